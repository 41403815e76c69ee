"""The page of the “what if”: a few controls, an estimate, and how far it is from what calls showed."""

from datetime import date
from math import isnan
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.figures import Period, nine_months
from varta.lib.clock import kyiv_day, now
from varta.people.access import opens, reading_language
from varta.places.models import Territory
from varta.planning.staffing import Change, Spread
from varta.results.ahead import whatif
from varta.results.ahead.forms import WhatIfForm
from varta.results.ahead.places import seen_whole
from varta.results.ahead.views import STORY
from varta.results.ahead.whatif import Answer, Asked, CannotTell

FIRST_SHOWN = "UA12000000000090473"  # the acceptance story's oblast comes first


@never_cache
@require_safe
@opens("results")
def show(request: HttpRequest) -> HttpResponse:
    """Show what more officers may change; nothing is estimated until somebody asks."""
    oblasts = [one for one in seen_whole(request.reader) if one.level == Territory.OBLAST]
    oblasts.sort(key=lambda one: one.code != FIRST_SHOWN)
    form = WhatIfForm(request.GET, oblasts=oblasts)
    page: dict[str, Any] = {"form": form, "oblasts": oblasts, "on": _day(), "period": _period()}
    if not oblasts or not request.GET.get("oblast"):
        return render(request, "results/ahead/whatif.html", page)
    if not form.is_valid():
        return render(request, "results/ahead/whatif.html", page, status=400)
    language, clean = reading_language(), form.cleaned_data
    asked = Asked(
        clean["oblast"], _day(), _period(), clean["more"], clean["crews"], clean["shift_h"], clean["busier"]
    )
    try:
        found = whatif.answer(asked, reader=request.reader)
    except CannotTell as cannot:
        return render(request, "results/ahead/whatif.html", page | {"cannot": cannot.texts[language]})
    return render(request, "results/ahead/whatif.html", page | _shown(found, asked, language))


def _day() -> date:
    """Return the day whose officers count: the story's in the demonstration, else today."""
    return STORY if settings.DEMO else kyiv_day(now())


def _period() -> Period:
    """Return the days whose calls are drawn from: those of the report in the demonstration, else the last year."""
    if settings.DEMO:
        return nine_months(STORY.year)
    last = kyiv_day(now())
    return Period(date.fromordinal(last.toordinal() - 364), last)


def _shown(found: Answer, asked: Asked, language: str) -> dict[str, Any]:
    made = found.estimate
    names = Territory.objects.in_bulk(found.added)
    return {
        "found": found,
        "asked": asked,
        "rows": [
            {"name": "median", **_change(made.median, language, 1)},
            {"name": "p90", **_change(made.p90, language, 1)},
            {"name": "within", **_change(made.within, language, 1, 100)},
        ],
        "near": [_number(100 * one, language, 0) for one in made.near],
        "minutes": [_number(one, language, 0) for one in made.minutes],
        "pace": _number(made.pace, language, 2),
        "errors": [
            (
                name,
                _number(seen, language, 1),
                _number(simulated, language, 1),
                _signed(simulated - seen, language),
            )
            for name, seen, simulated in (
                ("median", made.seen.median, made.simulated.median),
                ("p90", made.seen.p90, made.simulated.p90),
                ("within", 100 * made.seen.within, 100 * made.simulated.within),
            )
        ],
        "added": sorted(((names[code].titles[language], many) for code, many in found.added.items())),
    }


def _change(one: Change, language: str, decimals: int, times: float = 1.0) -> dict[str, str]:
    return {
        "now": _spread(one.now, language, decimals, times),
        "then": _spread(one.then, language, decimals, times),
        "difference": _signed(one.difference.mean * times, language, decimals),
        "interval": f"{_signed(one.difference.low * times, language, decimals)} … "
        f"{_signed(one.difference.high * times, language, decimals)}",
        "is_sure": "yes" if one.difference.low * one.difference.high > 0 else "",
    }


def _spread(one: Spread, language: str, decimals: int, times: float) -> str:
    ends = " … ".join(_number(value * times, language, decimals) for value in (one.low, one.high))
    return f"{_number(one.mean * times, language, decimals)} ({ends})"


def _number(value: float, language: str, decimals: int = 1) -> str:
    if isnan(value):
        return "—"
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language == "uk" else text


def _signed(value: float, language: str, decimals: int = 1) -> str:
    text = _number(abs(value), language, decimals)
    if not any(digit in text for digit in "123456789"):
        return text
    return ("+" if value > 0 else "−") + text
