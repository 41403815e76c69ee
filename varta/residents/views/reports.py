"""Reports of officers to hromadas: read by anybody, under an address that stays, in both languages and on paper."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from varta.lib.clock import kyiv_day, now
from varta.officers.hromada import queries as reports
from varta.officers.hromada import sheet
from varta.officers.models import HromadaReport
from varta.people.access import reading_language
from varta.places.models import Territory
from varta.residents import queries
from varta.residents.views.frame import public, show

LASTS_S = 300


@require_safe
@public
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """List the reports to the hromada of a place, the newest first."""
    place = queries.place_of(code, on=kyiv_day(now()))
    if place is None:
        raise Http404
    hromada = Territory.objects.filter(code=place.hromada).first() if place.hromada else place
    language = reading_language()
    rows = [
        {"address": one.address, "revision": one.revision} | _in_short(one, language)
        for one in reports.published_in(hromada or place)
    ]
    return show(request, "reports", {"place": place, "hromada": hromada or place, "reports": rows})


@require_safe
@public
def one(request: HttpRequest, address: UUID, revision: int | None = None) -> HttpResponse:
    """Show a report; without a number its last edition."""
    found = _found(address, revision)
    editions = reports.editions(found.case)
    page = {
        "report": _shown(found, reading_language()),
        "edition": found,
        "newer": editions[-1].revision > found.revision,
        "editions": list(reversed(editions)) if len(editions) > 1 else [],
    }
    return show(request, "hromada_report", page)


@require_safe
@login_not_required
@cache_control(public=True, max_age=LASTS_S)
def paper(request: HttpRequest, address: UUID, language: str) -> HttpResponse:
    """Give the last edition as PDF, in "uk" or "en"."""
    if language not in ("uk", "en"):
        raise Http404
    found = _found(address, None)
    with translation.override(language):
        response = HttpResponse(sheet.pdf(_shown(found, language)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="report-{found.last}-{language}.pdf"'
    response["Content-Language"] = language
    return response


def _found(address: UUID, revision: int | None) -> HromadaReport:
    found = reports.published(address, revision)
    if found is None:
        raise Http404
    return found


def _shown(found: HromadaReport, language: str) -> dict[str, Any]:
    return sheet.shown(sheet.Edition.of(found), language, opinion=reports.opinion_of(found.case))


def _in_short(found: HromadaReport, language: str) -> dict[str, str]:
    shown = _shown(found, language)
    return {name: shown[name] for name in ("period", "signed", "meeting", "opinion")}
