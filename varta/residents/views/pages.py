"""Pages to read: the front page, the officer of a place, the card, and what programs of these pages ask."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from varta.appeals import queries as appeals
from varta.lib.clock import kyiv_day, now
from varta.people.access import reading_language
from varta.places.models import Territory
from varta.residents import limits, queries, work
from varta.residents.views.frame import origin, public, refused, show

# The card may stand in a page of the hromada; it loads its own style sheet and runs nothing.
CARD_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors *"
CARD_LASTS_S = 900


@require_safe
@public
def front(request: HttpRequest) -> HttpResponse:
    """Show what can be done here, and first of all whom to call."""
    return show(request, "front")


@require_safe
@public
def officer_search(request: HttpRequest) -> HttpResponse:
    """Find a place by its name, to see who serves there."""
    asked = request.GET.get("q", "").strip()[:100]
    if asked and limits.SEARCHED.passed(origin(request), at=now()):
        return refused(request, "limit", status=429)
    found = queries.places_like(asked) if asked else []
    return show(request, "officer_search", {"q": asked, "found": found})


@require_safe
@public
def officer(request: HttpRequest, code: str) -> HttpResponse:
    """Show who serves in a place, and how to reach them."""
    return show(request, "officer", _officer_page(code))


@require_safe
@login_not_required
@xframe_options_exempt
@cache_control(public=True, max_age=CARD_LASTS_S)
def card(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Show the same as a small card for another page or for the printer, in "uk" or "en"."""
    if language not in ("uk", "en"):
        raise Http404
    with translation.override(language):
        page = _officer_page(code) | {"language": language}
        response = show(request, "card", page)
        response["Content-Language"] = language
    response["Content-Security-Policy"] = CARD_POLICY
    return response


def _officer_page(code: str) -> dict[str, Any]:
    today = kyiv_day(now())
    place = queries.place_of(code, on=today)
    if place is None:
        raise Http404
    hromada = Territory.objects.filter(code=place.hromada).first() if place.hromada else None
    unit = queries.unit_for(place)
    return {
        "place": place,
        "hromada": hromada if hromada != place else None,
        "officers": queries.officers_of(place, on=today, language=reading_language()),
        "unit": unit,
        "office": appeals.office_of(unit) if unit else None,
        "reception": appeals.reception_hours(place=place.code, on=today),
    }


@require_safe
@public
def places(request: HttpRequest) -> HttpResponse:
    """Return places by the beginning of a name, for the suggestions under a field."""
    asked = request.GET.get("q", "").strip()[:100]
    if not asked:
        return JsonResponse({"found": []})
    if limits.SEARCHED.passed(origin(request), at=now()):
        return JsonResponse({"found": [], "code": "too-many"}, status=429)
    found = [{"code": one.code, "title": one.title, "path": one.path} for one in queries.places_like(asked)]
    return JsonResponse({"found": found})


@require_safe
@public
def challenge(request: HttpRequest) -> HttpResponse:
    """Return the work that a browser does before it sends a form."""
    return JsonResponse(work.challenge(origin(request), at=now()))
