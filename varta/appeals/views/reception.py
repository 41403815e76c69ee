"""Personal reception: the journal of visits, its hours, and the letterhead of the office."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.appeals import actions, queries, reception
from varta.appeals.forms import HoursForm, OfficeForm
from varta.appeals.models import ReceptionHours
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import opens
from varta.places.models import Unit

UNITS = 300  # to choose from


@never_cache
@require_safe
@opens("appeals")
def journal(request: HttpRequest) -> HttpResponse:
    """Show who came to personal reception, on what, and what came of it."""
    asked = reception.asked_of(request.GET)
    looks.note_request(request, "open", subject_kind="cases", detail={"asked": f"reception {asked.detail}"})
    page = reception.journal(request.reader, asked) | {
        "hours": queries.reception_hours(unit=_own_unit(request).code, on=kyiv_day(now())),
        "unit": _own_unit(request),
        "may_keep_office": queries.keeps_office(request.reader),
        "may_receive": request.reader.role in reception.LAW.step("receive").roles,
    }
    return render(request, "appeals/reception.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("appeals")
def office(request: HttpRequest) -> HttpResponse:
    """Keep a unit's letterhead, its rule on approval, and its hours of reception."""
    if not queries.keeps_office(request.reader):
        raise Http404
    unit = _unit(request)
    part = request.POST.get("part", "")
    letterhead = OfficeForm(request.POST if part == "office" else None, instance=queries.office_of(unit))
    hours = HoursForm(request.POST if part == "hours" else None)
    if part == "office" and letterhead.is_valid():
        actions.write_office(unit=unit, by=request.reader, at=now(), **letterhead.cleaned_data)
        messages.success(request, _("The letterhead is kept."))
        return _back(unit)
    if part == "hours" and hours.is_valid():
        actions.add_hours(unit=unit, by=request.reader, **hours.cleaned_data)
        messages.success(request, _("The hours are added."))
        return _back(unit)
    if part == "remove":
        _remove(request, unit)
        return _back(unit)
    page = {
        "unit": unit,
        "units": _units(request),
        "letterhead": letterhead,
        "hours_form": hours,
        "hours": queries.reception_hours(unit=unit.code, on=kyiv_day(now())),
        "may_keep_office": True,
    }
    wrong = letterhead.errors or hours.errors
    return render(request, "appeals/office.html", page, status=422 if wrong else 200)


def _remove(request: HttpRequest, unit: Unit) -> None:
    given = request.POST.get("hours", "")
    found = ReceptionHours.objects.filter(unit=unit, pk=int(given)).first() if given.isdigit() else None
    if found is None:
        raise Http404
    actions.remove_hours(hours=found, by=request.reader)
    messages.success(request, _("The hours are removed."))


def _back(unit: Unit) -> HttpResponse:
    answer: Any = redirect("appeals:office")
    answer["Location"] += f"?unit={unit.code}"
    return answer


def _units(request: HttpRequest) -> list[Unit]:
    scope = (request.reader.unit_from, request.reader.unit_to)
    return list(Unit.objects.filter(pre__range=scope, valid_to__isnull=True)[:UNITS])


def _own_unit(request: HttpRequest) -> Unit:
    found = Unit.objects.filter(pre=request.reader.unit_from).first()
    if found is None:
        raise Http404
    return found


def _unit(request: HttpRequest) -> Unit:
    """Return the unit that the address names, if it is one of the reader's; else the reader's own."""
    code = (request.POST.get("unit") or request.GET.get("unit") or "").replace("\x00", "")
    if not code:
        return _own_unit(request)
    scope = (request.reader.unit_from, request.reader.unit_to)
    found = Unit.objects.filter(code=code, pre__range=scope).first()
    if found is None:
        raise Http404
    return found
