"""The desk's side: reports that came without proof of work and wait for a call back; floods."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from varta.cases.errors import StepRefused
from varta.lib.clock import now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.scope import Reader
from varta.residents import actions, codes, queries
from varta.residents.models import Waiting
from varta.residents.topics import TOPICS

SHOWN = 50


@never_cache
@require_safe
@opens("desk")
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for a call back in the reader's scope; to a head, also from where much came."""
    rows = [_row(one) for one in queries.waiting(request.reader)[:SHOWN]]
    if rows:
        detail = {"what": "residents.waiting", "count": len(rows)}
        looks.note_request(request, "open", subject_kind="cases", detail=detail)
    page = {
        "rows": rows,
        "reasons": Waiting.Why.choices,
        "floods": queries.floods(request.reader, now=now()) if request.reader.role == "head" else [],
        "shows_floods": request.reader.role == "head",
    }
    return render(request, "residents/waiting.html", page)


def _row(one: Waiting) -> dict[str, Any]:
    content = actions.content_of(one)
    record, person = content["record"], content["person"]
    kinds = {topic.kind: topic.title for topic in TOPICS.values()}
    return {
        "waiting": one,
        "about": record["about"],
        "address": record.get("address", ""),
        "kind": kinds.get(record["kind"], _("Appeal")),
        "name": " ".join(filter(None, (person.get("surname"), person.get("given")))),
        "phone": person["phone"],
    }


@require_POST
@opens("desk")
def by_receipt(request: HttpRequest) -> HttpResponse:
    """Open the case of a receipt's number, which residents name on the telephone."""
    number = codes.digits_of(request.POST.get("number", ""))
    case = queries.case_of_receipt(request.reader, number)
    if case is None:
        messages.error(request, _("No such receipt among the cases that you may see."))
        return redirect("residents:waiting")
    return redirect("cases:case", case)


@require_POST
@opens("desk")
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Register a report that was confirmed by telephone, and open its case."""
    try:
        entry = actions.confirm(key=key, by=_reader(request), at=now())
    except actions.DecidedAlready:
        raise Http404 from None
    except StepRefused as error:
        messages.error(request, error.text(reading_language()))
        return redirect("residents:waiting")
    return redirect("cases:case", entry.case_key)


@require_POST
@opens("desk")
def dismiss(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a report aside that was not confirmed."""
    why = request.POST.get("why", "")
    try:
        if why in Waiting.Why.values:
            actions.dismiss(key=key, why=why, by=_reader(request), at=now())
            messages.success(request, _("Put aside. The report is kept with the reason."))
        elif not queries.waiting(request.reader).filter(key=key).exists():
            raise actions.DecidedAlready
        else:
            messages.error(request, _("Say why: choose one of the reasons."))
    except actions.DecidedAlready:
        raise Http404 from None
    return redirect("residents:waiting")


def _reader(request: HttpRequest) -> Reader:
    return request.reader  # type: ignore[attr-defined]
