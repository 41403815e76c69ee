"""Memoranda with hromadas: who applied, what both sides promised, what is due and what was met."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import listing, wording
from varta.cases import queries as cases
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.law import discover
from varta.lib.clock import kyiv_day, now
from varta.officers import actions, pages, queries
from varta.officers.models import Duty, Memorandum
from varta.officers.stepforms import RegisterForm
from varta.officers.views import steps
from varta.officers.views.keeping import keeps
from varta.people import looks
from varta.people.access import opens
from varta.procedures._memorandum_records import DUTY, SIDE

PER_PAGE = 50
SOON = timedelta(days=14)
STATES = {
    "signed": gettext_noop("In force"),
    "overdue": gettext_noop("With overdue duties"),
    "soon": gettext_noop("With duties due within two weeks"),
    "applied": gettext_noop("Applied"),
    "ended": gettext_noop("Ended"),
}


@never_cache
@require_safe
@opens("officers")
def listed(request: HttpRequest) -> HttpResponse:
    """List memoranda by hromada: in force, with overdue duties, only applied for, ended."""
    form = RegisterForm(request.GET, within=listing.widest_place(request))
    form.is_valid()
    today = kyiv_day(now())
    found = queries.memoranda_of(request.reader)
    place = form.cleaned_data.get("territory")
    if place is not None:
        found = found.filter(place_pre__range=(place.pre, place.pre_end))
    found = _with_duties(found, today)
    state = request.GET.get("state") if request.GET.get("state") in STATES else "signed"
    here = _in_state(found, state)
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    first = max(0, min(number, 1000) - 1) * PER_PAGE
    some = list(
        here.select_related("hromada", "oblast").order_by("-overdue", "place_pre")[
            first : first + PER_PAGE + 1
        ]
    )
    page = {
        "form": form,
        "states": [
            {"code": code, "title": _(title), "count": _in_state(found, code).count(), "here": code == state}
            for code, title in STATES.items()
        ],
        "state": state,
        "rows": some[:PER_PAGE],
        "number": number,
        "has_next": len(some) > PER_PAGE,
        "address": listing.address_of(request),
        "narrowed": place is not None,
        "may_open": queries.keeps(request.reader),
    }
    return render(request, "officers/memoranda.html", page)


def _with_duties(found: QuerySet[Memorandum], today: date) -> QuerySet[Memorandum]:
    return found.annotate(
        promised=Count("duties"),
        met=Count("duties", filter=Q(duties__met_on__isnull=False)),
        overdue=Count("duties", filter=Q(duties__met_on=None, duties__due__lt=today, ended_on=None)),
        soon=Count("duties", filter=Q(duties__met_on=None, duties__due__range=(today, today + SOON))),
    )


def _in_state(found: QuerySet[Memorandum], state: str) -> QuerySet[Memorandum]:
    if state == "ended":
        return found.filter(ended_on__isnull=False)
    if state == "applied":
        return found.filter(ended_on=None, signed_on=None)
    signed = found.filter(ended_on=None, signed_on__isnull=False)
    return signed.filter(**{f"{state}__gt": 0}) if state in ("overdue", "soon") else signed


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def new(request: HttpRequest) -> HttpResponse:
    """Take the application of a hromada."""
    step = discover()[actions.MEMORANDUM].step("apply")
    form = steps.RecordForm(request.POST or None, step=step, within=steps.within(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                entry = actions.open_case(
                    procedure=actions.MEMORANDUM,
                    key=form.cleaned_data["key"],
                    data=form.record(),
                    by=request.reader,
                    at=now(),
                )
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The application is registered."))
            return redirect("officers:memorandum", key=entry.case_key)
    return render(request, "officers/memorandum_new.html", steps.page(step, form), status=steps.status(form))


@never_cache
@require_safe
@opens("officers")
def memorandum(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a memorandum: the duties of both sides, stations, vehicles, equipment, what happened."""
    found = (
        queries.memoranda_of(request.reader)
        .filter(key=key)
        .select_related("hromada", "oblast", "unit")
        .first()
    )
    if found is None:
        raise Http404
    case = cases.visible_to(request.reader).filter(key=key).first()
    looks.note_request(request, "open", subject_kind="case", subject_key=key)
    page: dict[str, Any] = {"memorandum": found, "stations": [], "assets": [], "steps": [], "timeline": []}
    if case is not None:
        page |= pages.memorandum_page(case, cases.journal(case), found, request.reader)
    today = kyiv_day(now())
    page |= {
        "may_write": queries.keeps(request.reader),
        "sides": [
            {
                "title": wording.said(text),
                "duties": [
                    _duty(one, today) for one in found.duties.filter(side=code).order_by("due", "nth")
                ],
            }
            for code, text in SIDE.items()
        ],
        "served": queries.serving(request.reader, today).get(found.hromada_id, 0),
    }
    return render(request, "officers/memorandum.html", page)


def _duty(duty: Duty, today: date) -> dict[str, Any]:
    if duty.met_on:
        state = "met-late" if duty.met_on > duty.due else "met"
    else:
        state = "late" if duty.due < today else "open"
    return {"duty": duty, "what": wording.said(DUTY[duty.what]), "state": state}


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Take a step of a memorandum, or put one right."""
    case: Case | None = (
        cases.visible_to(request.reader)
        .filter(key=key, procedure=actions.MEMORANDUM)
        .select_related("place", "unit")
        .first()
    )
    found = queries.memoranda_of(request.reader).filter(key=key).select_related("hromada").first()
    if case is None or found is None:
        raise Http404
    more = {"memorandum": found, "back": "officers:memorandum"}
    answer = steps.taken(
        request, case, step, template="officers/memorandum_step.html", more=more, memorandum=found
    )
    if step == "sign" and answer.status_code == 302 and request.POST.get("usual") == "1":
        _promise_usual(request, case)
    return answer


def _promise_usual(request: HttpRequest, case: Case) -> None:
    signed = Memorandum.objects.get(key=case.key).signed_on
    if signed and not Duty.objects.filter(memorandum=case.key).exists():
        key = UUID(request.POST["key"])
        actions.promise_usual(case=case, key=key, signed=signed, by=request.reader, at=now())
