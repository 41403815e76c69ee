"""The officer's own page, and what a head sees of reports and meetings in all hromadas."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.cases import lists
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.officers.hromada import mine, queries
from varta.officers.hromada.forms import PeriodForm
from varta.people.access import opens
from varta.people.models import Officer

OVERSEES = ("head", "coordinator")
MOST = 300


@never_cache
@require_safe
@opens("officers")
def page(request: HttpRequest) -> HttpResponse:
    """Show an officer the own hromada, people, duties of the week, report and meetings."""
    if request.reader.role != queries.OFFICER:
        raise Http404
    home, moment = queries.home_of(request.reader), now()
    if home is None:
        return render(request, "officers/mine_nowhere.html", {})
    first, last = mine.proposed_period(home, kyiv_day(moment))
    shown = mine.page(home, request.reader, now=moment)
    return render(
        request,
        "officers/mine.html",
        shown | {"period": PeriodForm(initial={"first": first, "last": last})},
    )


@never_cache
@require_safe
@opens("officers")
def overview(request: HttpRequest) -> HttpResponse:
    """Show reports and meetings of all hromadas of the reader's area, what is late first."""
    if request.reader.role not in OVERSEES:
        raise Http404
    moment = now()
    waiting = Q(closed_at=None)
    reports = list(queries.reports(request.reader).filter(waiting)[: MOST + 1])
    meetings = list(queries.meetings(request.reader).filter(waiting)[: MOST + 1])
    names = _officers(reports)
    shown = {
        "reports": [_row(case, moment) | {"officer": names.get(_login(case), "")} for case in reports[:MOST]],
        "meetings": [_row(case, moment) | _last_of(case) for case in meetings[:MOST]],
        "late": sum(lists.state_of(case, now=moment) == "late" for case in (*reports, *meetings)),
        "more": max(len(reports), len(meetings)) > MOST,
    }
    return render(request, "officers/overview.html", shown)


def _row(case: Case, moment: Any) -> dict[str, Any]:
    last_day = kyiv_day(case.late_from - mine.TICK) if case.late_from else None
    return {"case": case, "state": lists.state_of(case, now=moment), "last_day": last_day}


def _login(case: Case) -> str:
    return str(case.facts.get("officer", ""))


def _officers(reports: list[Case]) -> dict[str, Officer]:
    return {one.login: one for one in Officer.objects.filter(login__in=[_login(case) for case in reports])}


def _last_of(case: Case) -> dict[str, Any]:
    found = queries.meetings_of(case)
    missed = found.missed[0] if found.missed else None
    held = found.held[0] if found.held else None
    newer = missed is not None and (held is None or missed.at > held.at)
    return {
        "held": held,
        "missed": missed if newer else None,
        "planned_on": found.planned_on,
        "planned": found.planned,
    }
