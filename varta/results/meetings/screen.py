"""The meeting on the wall: a slide for each thought, and beside it the view of whoever presents."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.cases import queries as cases
from varta.cases.projection import effective
from varta.lib.clock import kyiv_day, now
from varta.people.access import reading_language
from varta.results.figurepage import place_map
from varta.results.meetings import queries, shown, slides
from varta.results.meetings.access import held, meets
from varta.results.meetings.models import Meeting
from varta.results.meetings.slides import Row, in_language


@never_cache
@require_safe
@meets
def screen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the slides of a meeting; the address says which is in front."""
    found = held(request, key)
    return render(request, "meetings/screen.html", _page(request, found))


@never_cache
@require_safe
@meets
def presenter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the presenter the slide in front, the one that follows, the speaker's notes and the time left."""
    found = held(request, key)
    page = _page(request, found)
    notes = _notes(request, found)
    for one in page["slides"]:
        one["notes"] = notes.get(one["slide"].item, "")
    return render(request, "meetings/presenter.html", page)


def _page(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    language = reading_language()
    made = _slides(request, meeting, language)
    given = request.GET.get("n", "1")
    front = (
        min(max(int(given), 1), len(made)) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    )
    items = {item["number"]: item for item in meeting.told["items"]}
    return {
        "meeting": meeting,
        "title": in_language(meeting.told, "title", language),
        "front": front,
        "many": len(made),
        "slides": [
            {
                "slide": one,
                "nth": nth,
                "front": nth == front,
                "back": nth - 1 if nth > 1 else 0,
                "next": nth + 1 if nth < len(made) else 0,
                "after": made[nth].title if nth < len(made) else "",
                "chart": mark_safe(one.chart),  # noqa: S308  figures/chart.py escapes
                "minutes": items.get(one.item, {}).get("minutes", 0),
                "speaker": items.get(one.item, {}).get("speaker", ""),
            }
            for nth, one in enumerate(made, start=1)
        ],
    }


def _slides(request: HttpRequest, meeting: Meeting, language: str) -> list[slides.Slide]:
    reader, today = request.reader, kyiv_day(now())
    return slides.made(
        meeting.told,
        shown.pack_of(reader, meeting.report),
        former=shown.former(meeting, reader, today=today),
        decided=_decided(meeting, language),
        language=language,
        maps=lambda table, head: place_map(table, head, key=f"map-{head.code}"),
    )


def _decided(meeting: Meeting, language: str) -> list[Row]:
    units = queries.units_named([one["owner"] for one in meeting.told["decisions"]])
    return [
        Row(
            str(one["number"]),
            in_language(one, "text", language),
            units[one["owner"]].title if one["owner"] in units else one["owner"],
            f"{one['due'][8:]}.{one['due'][5:7]}.{one['due'][:4]}",
        )
        for one in meeting.told["decisions"]
    ]


def _notes(request: HttpRequest, meeting: Meeting) -> dict[int, str]:
    """Return the speaker's notes by the item's number; only who holds the meeting reads them."""
    case = cases.visible_to(request.reader).filter(key=meeting.key).first()
    entries = effective(cases.journal(case)) if case else []
    return {one.data["number"]: one.data["notes"] for one in entries if one.step == "agenda"}
