"""Pages of cover: the country, an oblast or a hromada on a chosen day, as a map and as the table beside it."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.lib.clock import kyiv_day, now
from varta.officers import coverhromada, covering, covershown
from varta.officers.coverforms import MEASURES, ONLY, CoverForm
from varta.officers.covering import Cover, Line
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import may_export
from varta.people.scope import Reader
from varta.places.models import Territory
from varta.planning import norms
from varta.planning.roads import travel_times

PAGE = 50
UKRAINE_BOX = "22.1,44.3,40.3,52.4"  # west, south, east, north, degrees
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@never_cache
@require_safe
@opens("officers")
def country(request: HttpRequest) -> HttpResponse:
    """Show the cover of the reader's area, or of one oblast of it, on the day that the address asks for."""
    oblasts = oblasts_of(request.reader)
    form = _form(request, oblasts)
    page: dict[str, Any] = {"form": form, "here": "cover"}
    if not form.is_valid():
        return render(request, "officers/cover.html", page, status=400)
    asked, language = form.cleaned_data, reading_language()
    found = covering.cover(request.reader, asked["on"], limit=asked["minutes"])
    lines = _of_oblast(found, asked["oblast"])
    chosen = covershown.only(lines, asked["only"])
    sort = request.GET.get("sort", "name")
    rows, pages = _paged(request, covershown.in_order(chosen, sort))
    titles = {one.code: one.titles[language] for one in oblasts}
    norm = norms.norm_on(asked["on"])
    page |= {
        "found": found,
        "total": covershown.total(covering.sums(lines)),
        "norm": norm,
        "norm_rural": covershown.number(norm.people[norms.RURAL] if norm else None),
        "norm_urban": covershown.number(norm.people[norms.URBAN] if norm else None),
        "rows": [covershown.row(line, language) for line in rows],
        "pages": pages,
        "columns": _columns(request, sort),
        "oblast_rows": _oblast_rows(request, lines, titles)
        if len(titles) > 1 and not asked["oblast"]
        else [],
        "filters": _filters(request, lines, asked["only"]),
        "map": _map(lines, asked["show"], asked["oblast"] or (oblasts[0].code if len(oblasts) == 1 else "")),
        "measure": dict(MEASURES)[asked["show"]],
        "query": _with(request, page=""),
        "all_query": _with(request, page="", all="1"),
        "is_whole": request.GET.get("all") == "1",
        "exports": [(kind.upper(), f"export.{kind}?{_with(request, page='')}") for kind in KINDS]
        if may_export(request.reader)
        else [],
        "day_query": urlencode({"on": asked["on"].isoformat(), "minutes": asked["minutes"]}),
    }
    return render(request, "officers/cover.html", page)


@never_cache
@require_safe
@opens("officers")
def hromada(request: HttpRequest, code: str) -> HttpResponse:
    """Show one hromada on a day: its officers, settlements with minutes, beats, memorandum, and what holds of it.

    Minutes are by road where the installation has a road graph.
    """
    reader = request.reader
    place = Territory.objects.filter(code=code, level=Territory.HROMADA).first()
    if place is None or not reader.covers_place(place.pre):
        raise Http404
    form = _form(request, oblasts_of(reader))
    if not form.is_valid():
        raise Http404
    day, limit, language = form.cleaned_data["on"], form.cleaned_data["minutes"], reading_language()
    found = coverhromada.cover_of(reader, place, day, limit=limit, travel=travel_times(settings.VARTA_ROADS))
    page = {"form": form, "place": place, "day": day, "limit": limit, "here": "cover"}
    page |= coverhromada.shown(reader, place, found, language)
    page["query"] = urlencode({"on": day.isoformat(), "minutes": limit})
    return render(request, "officers/cover_hromada.html", page)


@never_cache
@require_safe
@opens("officers")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send the hromadas that the page lists as a file; who took it is written down."""
    oblasts = oblasts_of(request.reader)
    asked = _form(request, oblasts)
    if form not in KINDS or not may_export(request.reader) or not asked.is_valid():
        raise Http404
    language, chosen = reading_language(), asked.cleaned_data
    found = covering.cover(request.reader, chosen["on"], limit=chosen["minutes"])
    lines = covershown.only(_of_oblast(found, chosen["oblast"]), chosen["only"])
    lines = covershown.in_order(lines, request.GET.get("sort", "name"))
    looks.note_request(request, "export", subject_kind="cover", detail={"form": form})
    rows = covershown.records(lines, {one.code: one.titles[language] for one in oblasts}, language)
    title = _("Cover by hromada officers on %(day)s; near is within %(minutes)s minutes") % {
        "day": f"{chosen['on']:%d.%m.%Y}",
        "minutes": chosen["minutes"],
    }
    content = (
        covershown.as_csv(rows, language) if form == "csv" else covershown.as_xlsx(rows, language, title)
    )
    answer = HttpResponse(content, content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="varta-cover-{chosen["on"]}.{form}"'
    return answer


def oblasts_of(reader: Reader) -> list[Territory]:
    """Return the oblasts in which the reader's area lies or that lie in it, in Ukrainian order."""
    found: QuerySet[Territory] = Territory.objects.filter(
        level=Territory.OBLAST, pre__lte=reader.place_to, pre_end__gte=reader.place_from
    )
    return list(found.filter(code__startswith="UA").order_by("sort_key"))


def _form(request: HttpRequest, oblasts: list[Territory]) -> CoverForm:
    listed = [(one.code, one.title) for one in oblasts]
    return CoverForm(request.GET, oblasts=listed, today=kyiv_day(now()).isoformat())


def _of_oblast(found: Cover, oblast: str) -> list[Line]:
    return [line for line in found.lines if not oblast or line.hromada.oblast == oblast]


def _paged(request: HttpRequest, lines: list[Line]) -> tuple[list[Line], Any]:
    if request.GET.get("all") == "1" or len(lines) <= PAGE:
        return lines, None
    pages = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    return list(pages.object_list), pages


def _with(request: HttpRequest, **changed: str) -> str:
    """Return the address's query with these values put in, those that are empty left out."""
    return urlencode({name: value for name, value in {**request.GET.dict(), **changed}.items() if value})


def _columns(request: HttpRequest, sort: str) -> list[dict[str, Any]]:
    listed = []
    for name, (title, _key) in covershown.COLUMNS.items():
        first = name if name in ("name", "state") else f"-{name}"
        other = name if first.startswith("-") else f"-{name}"
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
        query = _with(request, sort=other if sort == first else first, page="")
        listed.append({"name": name, "title": title, "query": query, "order": order})
    return listed


def _oblast_rows(request: HttpRequest, lines: list[Line], titles: dict[str, str]) -> list[dict[str, Any]]:
    found = covering.by_oblast(lines)
    return [
        {"name": title, "query": _with(request, oblast=code, page=""), **covershown.total(found[code])}
        for code, title in titles.items()
        if code in found
    ]


def _filters(request: HttpRequest, lines: list[Line], here: str) -> list[dict[str, Any]]:
    many = covershown.how_many(lines)
    return [
        {
            "title": title,
            "query": _with(request, only=key, page=""),
            "here": key == here,
            "many": many.get(key, 0),
        }
        for key, title in ONLY
    ]


def _map(lines: list[Line], measure: str, oblast: str) -> dict[str, Any]:
    """Return what the map needs: the class of each hromada by its code, the legend, and whose boundaries."""
    return {
        "classes": {line.hromada.code: covershown.class_of(line, measure) for line in lines},
        "legend": covershown.legend(lines, measure),
        "measure": measure,
        "within": oblast or "UA",
        "box": "" if oblast else UKRAINE_BOX,
    }
