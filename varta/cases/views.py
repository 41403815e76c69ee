"""Pages of cases, drawn from their procedures. A view checks the form, calls `take`, and redirects."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import actions, pages, queries, rooms, wording
from varta.cases.canon import Involved
from varta.cases.errors import StepRefused
from varta.cases.forms import OpeningForm, StepForm
from varta.cases.involving import involve
from varta.cases.models import Case
from varta.law import Procedure, Step, discover
from varta.lib.clock import now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.models import Appointment


@never_cache
@require_safe
@opens("cases")
def case(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a case: what happened, what is due by which article, and what may be done next."""
    found = _visible(request, key)
    number = f"{found.number}/{found.year}"
    looks.note_request(request, "open", subject_kind="case", subject_key=found.key, case_number=number)
    page = pages.case_page(found, request.reader, now=now())
    return render(request, "cases/case.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("cases")
def new(request: HttpRequest, procedure: str) -> HttpResponse:
    """Open a case under a procedure."""
    law = next((one for one in pages.openable(request.reader) if one.code == procedure), None)
    if law is None:
        raise Http404
    step = next(one for one in law.steps if not one.opened_by and request.reader.role in one.roles)
    appointment = request.appointment
    form = OpeningForm(
        request.POST or None,
        step=step,
        part=wording.usual_part(procedure),
        within=appointment.place if appointment else None,
    )
    if request.method == "POST" and form.is_valid():
        given = {"place": form.cleaned_data["place_code"], "unit": form.cleaned_data["unit_code"]}
        entry = _taken(request, form, law, step, parent=form.cleaned_data["parent"], **given)
        if entry is not None:
            messages.success(
                request,
                _("Registered under the number %(number)s.") % {"number": f"{entry.number}/{entry.year}"},
            )
            return redirect(rooms.case_address(law.code, entry.case_key))
    elif request.method != "POST":
        _prefill(form, request, appointment)
    page = _form_page(law, step, form) | {"parent": _parent(request, form)}
    return render(request, "cases/new.html", page, status=_status(form))


@never_cache
@require_http_methods(["GET", "POST"])
@opens("cases")
def take(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Take a step in a case."""
    found = _visible(request, key)
    law = discover()[found.procedure]
    if step not in law.by_code:
        raise Http404
    if rooms.has_own(law.code, step):
        return redirect(rooms.step_address(law.code, step, found.key))
    form = StepForm(request.POST or None, step=law.step(step), part="other", exactly=found.opened_at)
    if request.method == "POST" and form.is_valid():
        entry = _taken(request, form, law, law.step(step), case=found.key)
        if entry is not None:
            messages.success(
                request, _("Written down: %(step)s.") % {"step": wording.said(law.step(step).title)}
            )
            return redirect(rooms.case_address(law.code, found.key))
    page = _form_page(law, law.step(step), form) | {"case": found}
    return render(request, "cases/take.html", page, status=_status(form))


@never_cache
@require_http_methods(["GET", "POST"])
@opens("cases")
def correct(request: HttpRequest, key: UUID, entry: UUID) -> HttpResponse:
    """Put an entry right: the old one stays, struck through, and the new one counts."""
    found = _visible(request, key)
    law = discover()[found.procedure]
    old = next((one for one in queries.journal(found) if one.key == entry), None)
    if old is None:
        raise Http404
    step = law.step(old.step)
    form = StepForm(request.POST or None, step=step, recorded=dict(old.data), at=old.at, exactly=old.at)
    if request.method == "POST" and form.is_valid():
        written = _taken(request, form, law, step, case=found.key, corrects=old.key, people=tuple(old.people))
        if written is not None:
            messages.success(request, _("Corrected. The old entry stays visible."))
            return redirect(rooms.case_address(law.code, found.key))
    page = _form_page(law, step, form) | {"case": found, "old": old}
    return render(request, "cases/correct.html", page, status=_status(form))


def _visible(request: HttpRequest, key: UUID) -> Case:
    found = queries.visible_to(request.reader).filter(key=key).select_related("place", "unit").first()
    if found is None:
        raise Http404
    return found


def _taken(
    request: HttpRequest,
    form: StepForm,
    law: Procedure,
    step: Step,
    *,
    people: tuple[Involved, ...] = (),
    **more: Any,
) -> Any:
    """Write the step that the form describes; None, with the reason in the form, when it is refused."""
    moment = now()
    try:
        with transaction.atomic():
            return actions.take(
                key=form.cleaned_data["key"],
                procedure=law.code,
                step=step.code,
                data=form.record(),
                by=request.reader,
                at=form.cleaned_data["moment"],
                received_at=moment,
                people=people or _people(request, form),
                **more,
            )
    except StepRefused as refused:
        form.refuse(refused)
        return None


def _people(request: HttpRequest, form: StepForm) -> tuple[Involved, ...]:
    """Register the person of the form, if one was named."""
    key, part = form.cleaned_data["key"], form.cleaned_data.get("part", "")
    return involve(form.person(), part=part, key=key, by=request.reader, at=now())


def _prefill(form: OpeningForm, request: HttpRequest, appointment: Appointment | None) -> None:
    """Propose the officer's unit, and the place where only one is possible; and the case it grows out of."""
    form.fields["parent"].initial = request.GET.get("parent")
    if appointment is None:
        return
    form.fields["unit"].initial, form.fields["unit_code"].initial = (
        appointment.unit.title,
        appointment.unit.code,
    )
    if appointment.place.level >= appointment.place.HROMADA:
        form.fields["place"].initial = appointment.place.title
        form.fields["place_code"].initial = appointment.place.code


def _parent(request: HttpRequest, form: OpeningForm) -> Case | None:
    given = form["parent"].value()
    try:
        key = UUID(str(given)) if given else None
    except ValueError:
        return None
    return queries.visible_to(request.reader).filter(key=key).first() if key else None


def _form_page(law: Procedure, step: Step, form: StepForm) -> dict[str, Any]:
    return {
        "law": law,
        "procedure": wording.said(law.title),
        "step": step,
        "title": wording.said(step.title),
        "cited": step.law.cited(reading_language()),
        "form": form,
    }


def _status(form: StepForm) -> int:
    return 422 if form.is_bound and form.errors else 200
