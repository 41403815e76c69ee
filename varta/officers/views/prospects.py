"""When each oblast reaches a cover, with bands; and how such expectations would have fared before."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.figures.bands import Band, small
from varta.lib.clock import kyiv_day, now
from varta.officers import comparing, prospects
from varta.officers.forms import ProspectsForm
from varta.officers.models import Stay
from varta.officers.prospects import Aim, Backtest
from varta.people.access import opens
from varta.places.models import Territory
from varta.planning import pipeline
from varta.planning.pipeline import Checked, Paths, Reached, WhatIf
from varta.planning.survival import Learnt

Form = Mapping[str, Any]


@never_cache
@require_safe
@opens("officers")
def show(request: HttpRequest) -> HttpResponse:
    """Show the prospects that the records give, for the cover and the changes asked for."""
    today = kyiv_day(now())
    form = ProspectsForm(
        _filled(request, today), today=today, reader=request.reader, checked=prospects.CHECKED
    )
    page: dict[str, Any] = {"form": form, "today": today}
    if not form.is_valid():
        return render(request, "officers/prospects.html", page, status=400)
    answer = _answer(request, form.cleaned_data)
    for name, usual in answer["course"].items():
        form.fields[name].widget.attrs["placeholder"] = usual
    return render(request, "officers/prospects.html", page | answer)


def _filled(request: HttpRequest, today: date) -> dict[str, Any]:
    """Return what the address says, and what is usual where it says nothing."""
    said = {name: value for name, value in request.GET.items() if value}
    return {**ProspectsForm.USUAL, "on": f"{today:%Y-%m-%d}", **said}


def _answer(request: HttpRequest, asked: Form) -> dict[str, Any]:
    spells, day = prospects.spells_of(request.reader), asked["on"]
    places, courses = prospects.oblasts(request.reader), prospects.capacities()
    codes = tuple(one.code for one in places)
    known = prospects.understood(spells, day, codes, courses)
    aim = Aim(asked["aim"], asked["norm"], asked["part"] / 100)
    covered = prospects.covered_on(request.reader, day)
    wanted = prospects.wanted(aim, places, known, covered, day)
    what_if = _what_if(asked)
    paths = prospects.runs(spells, day, codes, courses, asked["years"] * 52, what_if)
    shown = [one for one in places if not asked["oblast"] or one.code == asked["oblast"]]
    found = {one.place: one for one in pipeline.reached(paths, wanted)}
    return {
        "asked": asked,
        "known": known,
        "empty": not spells,
        "learnt": [_learnt(one) for one in known.stages.values()],
        "course": {"cohorts": known.cohorts_a_year, "capacity": known.capacity},
        "changed": what_if != WhatIf(),
        "applied": sum(known.applied.values()),
        "filled": None if paths.filled is None else round(paths.filled * 100),
        "rows": [_row(one, found.get(one.code), paths) for one in shown],
        "past": _past(request, spells, courses, asked),
        "query": urlencode({name: value for name, value in request.GET.items() if name != "check" and value}),
    }


def _what_if(asked: Form) -> WhatIf:
    return WhatIf(asked["cohorts"], asked["capacity"], asked["lost"] / 100, asked["applied"] / 100)


def _learnt(one: Learnt) -> dict[str, object]:
    lost, median = one.lost(), one.survival().median() if one.ended else None
    return {
        "stage": Stay.Stage(one.stage).label,
        "stays": len(one.lengths),
        "ended": one.ended,
        "median": round(median) if median is not None else None,
        "lost": round(lost * 100) if lost is not None else None,
        "a_year": _a_year(one),
        "assumed": one.assumed is not None,
    }


def _a_year(one: Learnt) -> float | None:
    """Return the yearly loss in percent of a stage that lasts for years; None for the short ones."""
    a_year = one.lost_a_year() if one.stage == Stay.Stage.SERVING else None
    return None if a_year is None else a_year * 100


def _row(place: Territory, found: Reached | None, paths: Paths) -> dict[str, object]:
    if found is None:
        return {"place": place, "unknown": True}
    low, middle, high = (list(values) for values in paths.band(place.code))
    band = Band(date.fromordinal(paths.day), low, middle, high, aim=found.wanted)
    said = _(
        "%(place)s: %(now)s officers now, %(middle)s expected at the end (from %(low)s to %(high)s), %(aim)s wanted"
    )
    title = said % {
        "place": place.title, "now": found.now, "aim": found.wanted,
        "low": round(low[-1]), "middle": round(middle[-1]), "high": round(high[-1]),
    }  # fmt: skip
    return {
        "place": place,
        "found": found,
        "early": _day(found.early),
        "middle": _day(found.middle),
        "late": _day(found.late),
        "chance": round(found.chance * 100),
        "end": {"low": round(low[-1]), "middle": round(middle[-1]), "high": round(high[-1])},
        "met": found.now >= found.wanted,
        "chart": mark_safe(small(band, title=title)),  # noqa: S308 - the chart escapes its texts
    }


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _past(request: HttpRequest, spells: Any, courses: Any, asked: Form) -> dict[str, object] | None:
    """Return the back-test; None for readers whose counts are not the country's."""
    if not comparing.sees_all(request.reader):
        return None
    day = date.fromisoformat(asked["check"]) if asked["check"] else prospects.CHECKED[0]
    found = prospects.backtest(spells, day, courses)
    days = [(one, f"{one:%Y-%m-%d}", one == day) for one in prospects.CHECKED]
    if found is None:
        return {"day": day, "days": days, "found": None}
    return {"day": day, "days": days, "found": found, **_compared(found)}


def _compared(found: Backtest) -> dict[str, object]:
    low, middle, high = (list(values) for values in found.paths.band())
    points = [(date.fromordinal(one.first), date.fromordinal(one.last), one.value) for one in found.published]
    band = Band(date.fromordinal(found.paths.day), low, middle, high, found=points)
    title = _("Officers serving: expected on the day beside what was published later")
    rows = [_checked(*pair) for pair in zip(found.published, found.recorded, strict=True)]
    return {
        "rows": rows,
        "within": sum(one.within for one in found.published),
        "error": None if found.error is None else round(found.error * 100),
        "now": int(middle[0]),
        "assumed": [Stay.Stage(stage).label for stage in found.known.assumed],
        "chart": mark_safe(small(band, title=title)),  # noqa: S308 - the chart escapes its texts
    }


def _checked(published: Checked, recorded: Checked) -> dict[str, object]:
    return {
        "first": date.fromordinal(published.first),
        "last": date.fromordinal(published.last),
        "low": round(published.low),
        "middle": round(published.middle),
        "high": round(published.high),
        "value": round(published.value),
        "within": published.within,
        "error": None if published.error is None else round(published.error * 100),
        "recorded": round(recorded.value),
        "recorded_within": recorded.within,
    }
