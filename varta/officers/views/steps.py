"""A step of a case of the programme on a page: the form of its record, refusals beside it, corrections, undoing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from varta.cases import queries as cases
from varta.cases import wording
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.law import Step, discover
from varta.lib.clock import now
from varta.officers import actions, pages
from varta.officers.models import Memorandum
from varta.officers.stepforms import RecordForm
from varta.people.access import reading_language
from varta.places.models import Territory

__all__ = ["RecordForm", "page", "status", "taken", "within"]


def taken(
    request: HttpRequest,
    case: Case,
    code: str,
    *,
    template: str,
    more: Mapping[str, Any],
    memorandum: Memorandum | None = None,
) -> HttpResponse:
    """Show the form of a step, or write what it says and go back to the case; `more["back"]` names its page.

    `entry` in the address names an entry to correct; `undone` says that it did not happen.
    """
    law = discover()[case.procedure]
    if code not in law.by_code:
        raise Http404
    step, entries = law.step(code), cases.journal(case)
    old = _corrected(request, entries, code)
    if old is None and not step.opened_by:
        raise Http404
    form = _form(request, case, step, old, memorandum)
    undoing = old is not None and request.POST.get("undone") == "1"
    if (
        request.method == "POST"
        and (undoing or form.is_valid())
        and _written(request, form, case, entries, old, undoing)
    ):
        done = _("Written down: %(step)s.") % {"step": wording.said(step.title)}
        messages.success(request, _("Corrected. The old entry stays visible.") if old else done)
        return redirect(more["back"], key=case.key)
    shown = page(step, form) | {
        "case": case,
        "old": old,
        "may_undo": old is not None and bool(step.opened_by),
    }
    return render(request, template, shown | dict(more), status=status(form))


def page(step: Step, form: RecordForm) -> dict[str, Any]:
    """Return what the template of a step needs."""
    return {
        "step": step,
        "title": wording.said(step.title),
        "cited": step.law.cited(reading_language()),
        "form": form,
    }


def status(form: Any) -> int:
    """Return 422 for a form that came back with errors."""
    return 422 if form.is_bound and form.errors else 200


def within(request: HttpRequest) -> Territory | None:
    """Return the place of the reader's appointment, within which places are looked for."""
    return request.appointment.place if request.appointment else None


def _corrected(request: HttpRequest, entries: list[Written], code: str) -> Written | None:
    given = request.GET.get("entry")
    if not given:
        return None
    standing = {one.corrects for one in entries}
    old = next((one for one in entries if str(one.key) == given and one.step == code), None)
    if old is None or old.key in standing:
        raise Http404
    return old


def _form(
    request: HttpRequest, case: Case, step: Step, old: Written | None, memorandum: Memorandum | None
) -> RecordForm:
    recorded = dict(old.data) if old else pages.next_numbers(memorandum, step.code) or None
    hromada = None
    if old and old.data.get("hromada"):
        hromada = Territory.objects.filter(code=old.data["hromada"]).first()
    elif step.code in ("begin_internship", "appoint"):
        hromada = case.place  # where the candidate wants to serve, or interns
    form = RecordForm(
        request.POST or None,
        step=step,
        recorded=dict(old.data) if old else None,
        offered={} if old and memorandum else pages.offered(case, step.code, memorandum),
        within=within(request),
        hromada=hromada,
    )
    for name, value in (recorded or {}).items() if old is None else ():
        form.fields[f"r-{name}"].initial = value
    chosen = request.GET.get("number", "")
    if step.code in ("fulfil", "close_station") and chosen.isdigit():
        form.fields["r-number"].initial = chosen
    return form


def _written(
    request: HttpRequest,
    form: RecordForm,
    case: Case,
    entries: list[Written],
    old: Written | None,
    undoing: bool,
) -> bool:
    """Write the step; False, with the reason in the form, when it is refused."""
    form.is_valid()
    key = form.cleaned_data.get("key")
    if key is None:
        return False
    try:
        with transaction.atomic():
            actions.take_step(
                case=case,
                entries=entries,
                step=form.step.code,
                key=key,
                data={**old.data, "undone": True} if undoing and old else form.record(),
                by=request.reader,
                at=now(),
                corrects=old,
            )
    except StepRefused as refused:
        form.refuse(refused)
        return False
    return True
