"""Registering an appeal: its parts are checked, who may be known and what may be repeated is offered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from varta.appeals import actions, opening, queries
from varta.appeals.forms import AppealForm
from varta.appeals.opening import Findings
from varta.cases import queries as cases
from varta.cases import wording
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.cases.forms import RECORD
from varta.cases.models import Case
from varta.law import Step
from varta.lib.clock import now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader

DIRECTORY = 300  # officers that the field for the one complained of offers


@never_cache
@require_http_methods(["GET", "POST"])
@opens("appeals")
def new(request: HttpRequest) -> HttpResponse:
    """Register an appeal."""
    step = _step(request)
    appointment = request.appointment
    typed = request.POST if request.method == "POST" else None
    form = AppealForm(typed, step=step, within=appointment.place if appointment else None)
    if request.method != "POST":
        _prefill(form, request, appointment)
        return render(request, "appeals/new.html", _page(request, form, step, None))
    valid = form.is_valid()
    found = _findings(request, form)
    if valid and "check" not in request.POST:
        if found.worth_a_look and not form.cleaned_data.get("looked"):
            messages.warning(request, _("Look at what was found below, then register."))
        else:
            entry = _registered(request, form)
            if entry is not None:
                number = f"{entry.number}/{entry.year}"
                messages.success(request, _("Registered under the number %(number)s.") % {"number": number})
                return redirect("appeals:appeal", key=entry.case_key)
    _propose(form, found)
    page = _page(request, form, step, found)
    return render(request, "appeals/new.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
@opens("appeals")
def check(request: HttpRequest) -> HttpResponse:
    """Show anew, as part of the form, what should be looked at."""
    step = _step(request)
    form = AppealForm(request.POST, step=step)
    form.is_valid()
    found = _findings(request, form)
    _propose(form, found)
    return render(request, "appeals/check.html", _page(request, form, step, found))


def _step(request: HttpRequest) -> Step:
    law = wording.procedures_of(request.reader).get(queries.APPEAL)
    if law is None or request.reader.role not in law.step("receive").roles:
        raise Http404
    return law.step("receive")


def _findings(request: HttpRequest, form: AppealForm) -> Findings:
    """Return the findings, and write down for whom the files of residents were searched."""
    sender = form.sender()
    asked = " ".join(sender[name] for name in ("surname", "given", "patronymic", "phone") if sender[name])
    if asked:
        looks.note_request(
            request, "search", subject_kind="person", purpose="appeal", detail={"asked": asked}
        )
    return opening.findings(form, request.reader)


def _registered(request: HttpRequest, form: AppealForm) -> Written | None:
    moment = now()
    try:
        with transaction.atomic():
            return actions.register(
                key=form.cleaned_data["key"],
                data=form.record(),
                sender=form.sender(),
                known=form.cleaned_data.get("known"),
                signatories=list(form.also_signed()),
                place=form.cleaned_data["place_code"],
                unit=form.cleaned_data["unit_code"],
                by=request.reader,
                at=form.cleaned_data["moment"],
                received_at=moment,
                parent=form.cleaned_data["parent"],
            )
    except StepRefused as refused:
        form.refuse(refused)
        return None


def _propose(form: AppealForm, found: Findings) -> None:
    """Put the proposed defect into the form, unless the officer has chosen another."""
    typed = form.data.copy()
    chosen = typed.get(RECORD + "defect") or "none"
    if chosen == (typed.get("proposed") or "none"):
        typed[RECORD + "defect"] = found.proposed
    typed["proposed"], typed["looked"] = found.proposed, "1"
    form.data = typed


def _page(request: HttpRequest, form: AppealForm, step: Step, found: Findings | None) -> dict[str, Any]:
    return {
        "form": form,
        "f": {name.removeprefix(RECORD): form[name] for name in form.fields if name.startswith(RECORD)},
        "step": step,
        "cited": step.law.cited(reading_language()),
        "found": found,
        "missing": opening.explained(found.missing, reading_language()) if found else [],
        "known": form["known"].value(),
        "repeats": form[RECORD + "repeats"].value(),
        "parent": _parent(form["parent"].value(), request.reader),
        "officers": Officer.objects.filter(
            is_active=True, unit__pre__range=(request.reader.unit_from, request.reader.unit_to)
        )[:DIRECTORY],
    }


def _parent(given: Any, reader: Reader) -> Case | None:
    try:
        key = UUID(str(given)) if given else None
    except ValueError:
        return None
    return cases.visible_to(reader).filter(key=key).first() if key else None


def _prefill(form: AppealForm, request: HttpRequest, appointment: Appointment | None) -> None:
    """Propose the officer's own unit and place, and what the case that this one grows out of already says."""
    if appointment is not None:
        form.fields["unit"].initial = appointment.unit.title
        form.fields["unit_code"].initial = appointment.unit.code
        if appointment.place.level >= appointment.place.HROMADA:
            form.fields["place"].initial = appointment.place.title
            form.fields["place_code"].initial = appointment.place.code
    parent = _parent(request.GET.get("parent"), request.reader)
    if parent is not None:
        _grow(form, request, parent)


def _grow(form: AppealForm, request: HttpRequest, parent: Case) -> None:
    """Take over place, unit, words and person of the case that the appeal grows out of: a reception, mostly."""
    number = f"{parent.number}/{parent.year}"
    looks.note_request(request, "open", subject_kind="case", subject_key=parent.key, case_number=number)
    said = next(iter(cases.journal(parent))).data
    values: dict[str, Any] = {
        "parent": parent.key,
        "place": parent.place.title,
        "place_code": parent.place_id,
        "unit": parent.unit.title,
        "unit_code": parent.unit_id,
        RECORD + "about": said.get("about", ""),
    }
    if parent.procedure == "personal_reception":
        values[RECORD + "form"] = "oral"
        values[RECORD + "subject"] = said.get("subject", "")
    person = queries.visitor(parent, request.reader)
    if person is not None:
        names = {name: getattr(person, name) for name in ("surname", "given", "patronymic", "phone", "sex")}
        values |= names | {"known": person.key}
    for name, value in values.items():
        form.fields[name].initial = value
