"""The crew's own page, made for a telephone and one hand."""

from math import isfinite
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from varta.calls import actions, crewpage
from varta.calls.stepforms import BeginForm, key_of, pressed_at
from varta.calls.views.showing import note_once
from varta.cases.errors import StepRefused
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.access import opens, reading_language
from varta.people.models import Appointment
from varta.places.models import Territory


@never_cache
@require_safe
@opens("desk")
def page(request: HttpRequest) -> HttpResponse:
    """Show the officer's crew and its call; without a turn of duty, the form that begins one."""
    found = crewpage.mine(request.reader, request.user.login, now=now())
    if found is None:
        return render(request, "calls/crew.html", {"form": _begin_form(request)})
    return render(request, "calls/crew.html", _shown(request, found))


@require_safe
@opens("desk")
def part(request: HttpRequest) -> HttpResponse:
    """Give what the page shows, alone; 304 while it says the same, 204 without a turn of duty."""
    found = crewpage.mine(request.reader, request.user.login, now=now())
    if found is None:
        return HttpResponse(status=204)
    tag = f'"{reading_language()}:{crewpage.state_of(found)}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "calls/crew_part.html", _shown(request, found))
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


@never_cache
@require_POST
@opens("desk")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a turn of duty."""
    form, moment = BeginForm(request.POST, moment=now(), within=_place(request)), now()
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                actions.begin_shift(
                    key=given["key"],
                    by=request.reader,
                    at=given["moment"],
                    received_at=moment,
                    record=_record(form),
                    place=given["place_code"],
                    unit=given["unit_code"],
                )
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("You are on duty."))
            return redirect("calls:crew")
    return render(request, "calls/crew.html", {"form": form}, status=422)


@never_cache
@require_POST
@opens("desk")
def change(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Pause, resume or end the turn of duty."""
    moment = now()
    record = {name: request.POST[name] for name in ("reason", "note") if name in request.POST}
    given = {"by": request.reader, "at": pressed_at(request.POST, moment=moment), "received_at": moment}
    try:
        with transaction.atomic():
            sent = key_of(request.POST) or uuid7(moment)
            actions.change_shift(key=sent, crew=key, step=step, record=record, **given)
    except StepRefused as refused:
        messages.error(request, refused.text(reading_language()))
    return redirect("calls:crew")


@never_cache
@require_POST
@opens("desk")
def position(request: HttpRequest, key: UUID) -> JsonResponse:
    """Keep where the crew is: sent by the device while on duty, if the officer switched it on."""
    numbers = {name: _number(request.POST.get(name)) for name in ("lat", "lon", "accuracy_m")}
    if numbers["lat"] is None or numbers["lon"] is None:
        return JsonResponse({"code": "bad-position"}, status=422)
    if not (-90 <= numbers["lat"] <= 90 and -180 <= numbers["lon"] <= 180):
        return JsonResponse({"code": "bad-position"}, status=422)
    moment = now()
    try:
        with transaction.atomic():
            at = pressed_at(request.POST, moment=moment)
            actions.move(crew=key, by=request.reader, at=at, **numbers)
    except StepRefused as refused:
        return JsonResponse({"code": refused.code}, status=409)
    return JsonResponse({"code": "kept"})


def _shown(request: HttpRequest, found: crewpage.Mine) -> dict[str, Any]:
    """Return the page, and write down whose call and whose telephone it shows."""
    moment = now()
    shown = crewpage.on_duty(request.reader, found, now=moment)
    if found.case is not None:
        number = f"{found.case.number}/{found.case.year}"
        note_once(request, moment, subject_kind="case", subject_key=found.case.key, case_number=number)
        for caller in shown["callers"]:
            why = {"purpose": "call", "reason": _("The crew of the call"), "case_number": number}
            note_once(request, moment, subject_kind="person", subject_key=caller.key, **why)
    return shown


def _begin_form(request: HttpRequest) -> BeginForm:
    """Return the form as the officer's last turn and appointment suggest."""
    form = BeginForm(moment=now(), within=_place(request))
    appointment = _appointment(request)
    last = crewpage.last_turn(request.reader, request.user.login)
    known: dict[str, Any] = {"officers": request.user.login, "force": _usual_force(request.reader.role)}
    if last is not None:
        known |= {"crew": last.call_sign, "force": last.force, "skills": last.skills, "vehicle": last.vehicle}
    for name, value in known.items():
        form.fields[f"r-{name}"].initial = value
    if appointment is not None:
        form.fields["unit"].initial, form.fields["unit_code"].initial = (
            appointment.unit.title,
            appointment.unit_id,
        )
        form.fields["place"].initial, form.fields["place_code"].initial = (
            appointment.place.title,
            appointment.place_id,
        )
    return form


def _usual_force(role: str) -> str:
    return {"hromada_officer": "hromada_officer", "juvenile_officer": "juvenile"}.get(role, "response")


def _record(form: BeginForm) -> dict[str, Any]:
    """Return the record; a crew whose device gave no point stands where its place is."""
    record = form.record()
    if record.get("lat") is None:
        place = Territory.objects.filter(code=form.cleaned_data["place_code"]).first()
        if place is not None and place.lat is not None:
            record |= {"lat": place.lat, "lon": place.lon}
    return record


def _appointment(request: HttpRequest) -> Appointment | None:
    found = Appointment.objects.select_related("place", "unit")
    return found.filter(pk=request.reader.appointment_id).first()


def _place(request: HttpRequest) -> Territory | None:
    appointment = _appointment(request)
    return appointment.place if appointment else None


def _number(text: str | None) -> float | None:
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if isfinite(found) else None
