"""Handing a call over: the record of the case that opens at the receiver, in one form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from varta.calls import actions
from varta.calls.stepforms import form_of
from varta.calls.views.steps import visible
from varta.cases import wording
from varta.cases.errors import StepRefused
from varta.law import Procedure, Step, discover
from varta.lib.clock import now
from varta.people.access import opens, reading_language
from varta.procedures.call import RECEIVER


@never_cache
@require_http_methods(["GET", "POST"])
@opens("desk")
def hand_over(request: HttpRequest, key: UUID, to: str) -> HttpResponse:
    """Open a case at the criminal block or a case of violence, and write in the call where it went."""
    case, moment = visible(request, key), now()
    law, step = _opened(request, to)
    posted = request.POST if request.method == "POST" else None
    form = form_of(step.code, moment=moment, data=posted, procedure=law.code)
    if posted is not None and form.is_valid():
        given = {"key": form.cleaned_data["key"], "by": request.reader, "at": moment, "received_at": moment}
        try:
            with transaction.atomic():
                actions.hand_over(call=key, to=to, record=form.record(), **given)
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Handed over. The case is linked below."))
            return redirect("calls:call", key=key)
    status = 422 if form.is_bound else 200
    return render(request, "calls/hand_over.html", _page(case, law, step, to, form), status=status)


def _opened(request: HttpRequest, to: str) -> tuple[Procedure, Step]:
    """Return the procedure and the step that open there, if the reader's role may take it."""
    if to not in actions.OPENS:
        raise Http404
    code, opening = actions.OPENS[to]
    law = discover()[code]
    step = law.step(opening)
    if not request.reader.may_read(code) or request.reader.role not in step.roles:
        raise Http404
    return law, step


def _page(case: Any, law: Procedure, step: Step, to: str, form: Any) -> dict[str, Any]:
    return {
        "case": case,
        "form": form,
        "to": wording.said(RECEIVER[to]),
        "procedure": wording.said(law.title),
        "step": step,
        "cited": step.law.cited(reading_language()),
    }
