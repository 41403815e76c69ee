"""Pages "how it is counted": one for each indicator, for officers and, without signing in, for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varta.figures import Indicator, breaks, nine_months, words
from varta.indicators import discover
from varta.people.access import opens, reading_language
from varta.results.chapters import TITLES, by_chapter
from varta.results.recount import COUNTED

EXAMPLE = nine_months(2019)  # the period whose statements are shown
LANGUAGES = ("uk", "en")


@opens("results")
def listed(request: HttpRequest) -> HttpResponse:
    """List all indicators with their definitions, for officers."""
    return render(request, "results/indicators.html", {"chapters": _chapters()})


@opens("results")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Say how one indicator is counted, to officers."""
    return render(request, "results/indicator.html", {"indicator": _page(_known(code))})


@require_safe
@login_not_required
def listed_publicly(request: HttpRequest) -> HttpResponse:
    """List all indicators with their definitions, for everybody."""
    return render(request, "results/counted/listed.html", {"chapters": _chapters()})


@require_safe
@login_not_required
def one_publicly(request: HttpRequest, code: str) -> HttpResponse:
    """Say how one indicator is counted, to everybody."""
    return render(request, "results/counted/one.html", {"indicator": _page(_known(code))})


@require_safe
@login_not_required
def as_json(request: HttpRequest, code: str) -> JsonResponse:
    """Return what the page says as JSON, in both languages."""
    one = _known(code)
    return JsonResponse(
        {
            "code": one.code,
            "title": dict(one.title),
            "definition": dict(one.definition),
            "unit": dict(one.unit),
            "direction": one.direction,
            "percent": one.percent,
            "decimals": one.decimals,
            "additive": one.additive,
            "on_a_day": one.on_a_day,
            "measure": dict(words.explained(one)),
            "steps": list(dict.fromkeys(breaks.names(one.measure))),
            "breaks": [{"day": held.day.isoformat(), **held.text} for held in breaks.every(one)],
            "source": one.source,
            "checked_by": one.checked_by,
            "review_on": one.review_on.isoformat(),
            "counted_twice": one.code in COUNTED,
            "sql": list(words.compiled(one, EXAMPLE)),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _known(code: str) -> Indicator:
    found = discover().get(code)
    if found is None:
        raise Http404
    return found


def _chapters() -> list[dict[str, Any]]:
    language, known = reading_language(), discover()
    return [
        {
            "title": TITLES[chapter][language],
            "indicators": [_short(known[code], language) for code in codes],
        }
        for chapter, codes in by_chapter(known).items()
    ]


def _short(one: Indicator, language: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title[language],
        "definition": one.definition[language],
        "unit": one.unit[language],
        "checked_by": one.checked_by,
    }


def _page(one: Indicator) -> dict[str, Any]:
    language = reading_language()
    [other] = [each for each in LANGUAGES if each != language]
    return _short(one, language) | {
        "other": {"language": other, "title": one.title[other], "definition": one.definition[other]},
        "measure": words.explained(one)[language],
        "direction": one.direction,
        "on_a_day": one.on_a_day,
        "additive": one.additive,
        "source": one.source,
        "review_on": one.review_on,
        "breaks": [{"day": held.day, "text": held.text[language]} for held in breaks.every(one)],
        "sql": words.compiled(one, EXAMPLE),
        "counted_twice": one.code in COUNTED,
    }
