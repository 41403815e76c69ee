"""Meetings with the authorities of a hromada: planned, held with their decisions, or missed with a reason."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import lists
from varta.cases.actions import take
from varta.cases.errors import StepRefused
from varta.cases.forms import StepForm
from varta.cases.models import Case
from varta.law import discover
from varta.lib.clock import kyiv_day, now
from varta.officers.hromada import mine, queries
from varta.people.access import opens, reading_language
from varta.procedures.local_meeting import MISSED

LAW = discover()[queries.MEETING]
WEEK = timedelta(days=7)


@never_cache
@require_safe
@opens("officers")
def all_of(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the meetings of one duty: the next, and minutes of those that were."""
    case, moment = _visible(request, key), now()
    found = queries.meetings_of(case)
    language = reading_language()
    shown = _about(request, case) | {
        "planned": found.planned,
        "planned_on": found.planned_on,
        "held": [{"entry": one, "decisions": queries.decisions(one)} for one in found.held],
        "missed": [{"entry": one, "why": MISSED[one.data["reason"]][language]} for one in found.missed],
        "state": lists.state_of(case, now=moment),
        "last_day": kyiv_day(case.late_from - mine.TICK) if case.late_from else None,
        "proposed": _proposed(case, found, today=kyiv_day(moment)),
    }
    return render(request, "officers/meetings.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Plan a meeting, write its minutes, or say why it was not held."""
    case, taken = _visible(request, key), LAW.step(step)
    if request.reader.role not in taken.roles:
        raise Http404
    proposal = _proposal(case, step) if request.method == "GET" else None
    form = StepForm(request.POST or None, step=taken, recorded=proposal, exactly=case.opened_at)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                take(
                    key=form.cleaned_data["key"],
                    case=case.key,
                    procedure=LAW.code,
                    step=step,
                    data=form.record(),
                    by=request.reader,
                    at=form.cleaned_data["moment"],
                    received_at=now(),
                )
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Written down: %(step)s.") % {"step": taken.title[reading_language()]}
            )
            return redirect("officers:meetings", key=case.key)
    page = _about(request, case) | {"form": form, "title": taken.title[reading_language()]}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "officers/step.html", page, status=status)


def _visible(request: HttpRequest, key: UUID) -> Case:
    case = queries.meetings(request.reader).filter(key=key).first()
    if case is None:
        raise Http404
    return case


def _about(request: HttpRequest, case: Case) -> dict[str, Any]:
    step = LAW.step("hold")
    return {
        "case": case,
        "number": f"{case.number}/{case.year}",
        "law": step.law,
        "cited": step.law.cited(reading_language()),
        "writable": request.reader.role in step.roles and case.closed_at is None,
    }


def _proposed(case: Case, found: queries.Meetings, *, today: date) -> date | None:
    """Return a day for the next meeting: the one that was named, else a working day a week before the term ends."""
    if found.planned is not None or case.closed_at is not None or case.late_from is None:
        return None
    if found.proposed:
        return max(date.fromisoformat(found.proposed), today)
    day = max(kyiv_day(case.late_from - mine.TICK) - WEEK, today)
    return (
        day - timedelta(days=max(day.isoweekday() - 5, 0))
        if day.isoweekday() > 5 and day - today > WEEK
        else day
    )


def _proposal(case: Case, step: str) -> dict[str, Any] | None:
    """Return what the form begins with: the day proposed, and the place and hour of the last plan."""
    if step != "plan":
        return None
    found = queries.meetings_of(case)
    day = _proposed(case, found, today=kyiv_day(now()))
    kept = dict(found.planned.data) if found.planned else {}
    return {"on": day.isoformat() if day else "", "hour": "10:00", "where": ""} | kept
