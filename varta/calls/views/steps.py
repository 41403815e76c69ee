"""Steps of a call, taken from the board or from the crew's page. Each answers with the state as it is then."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from varta.calls import actions, advice, crewnames, errors, queries
from varta.calls.stepforms import DeskForm, form_of, key_of, pressed_at
from varta.calls.views import showing
from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.access import opens, reading_language

Write = Callable[..., Any]


@never_cache
@require_POST
@opens("desk")
def assign(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a crew: a chosen one, or the one whose call sign was typed."""
    case, crew = visible(request, key), _crew(request)
    if crew is None:
        return _refused(request, case, errors.CrewNotFound())
    if _changed_meanwhile(request, case):
        return _refused(request, case, errors.OthersCame())
    why = advice.sentence(request.POST.get("proof", ""), call=key, crew=crew)
    instead = key_of(request.POST, "instead")
    if instead is not None:
        return _take(
            request,
            case,
            lambda **given: actions.relieve(call=key, crew=crew, instead=instead, why=why, **given),
        )
    send = actions.divert if request.POST.get("divert") else actions.assign
    return _take(request, case, lambda **given: send(call=key, crew=crew, why=why, **given))


@never_cache
@require_POST
@opens("desk")
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write that a crew has the call."""
    return _of_crew(request, key, actions.accept)


@never_cache
@require_POST
@opens("desk")
def arrive(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write that a crew is on the spot, and what it found."""
    found, signs = request.POST.get("r-found", ""), bool(request.POST.get("r-crime_signs"))
    return _of_crew(request, key, lambda **given: actions.arrive(found=found, crime_signs=signs, **given))


@never_cache
@require_POST
@opens("desk")
def release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Free a crew from the call, with the reason."""
    given_why, note = request.POST.get("reason", ""), request.POST.get("note", "")
    return _of_crew(request, key, lambda **given: actions.release(reason=given_why, note=note, **given))


@never_cache
@require_POST
@opens("desk")
def form(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Take a step whose form stands in the panel: close, report or decide a shortage, protocol, register."""
    case, moment = visible(request, key), now()
    write = FORMS[step]
    filled = form_of(step, moment=moment, data=request.POST)
    if not filled.is_valid():
        return _back(request, case, filled)
    record = filled.record()
    return _take(request, case, lambda **given: write(call=key, record=record, **given), filled)


@never_cache
@require_POST
@opens("desk")
def join(request: HttpRequest, key: UUID) -> HttpResponse:
    """Join the call to another one of the same event, by its key or by its number."""
    case, other = visible(request, key), _other_call(request)
    if other is None:
        return _refused(request, case, errors.NoSuchCall())
    reason = request.POST.get("reason", "")
    return _take(request, case, lambda **given: actions.join(call=key, to=other.key, reason=reason, **given))


def _shortage(*, record: dict[str, Any], **given: Any) -> Written:
    return actions.report_shortage(reason=record["reason"], **given)


FORMS: dict[str, Write] = {
    "close": actions.close,
    "report_shortage": _shortage,
    "forces_shortage": actions.decide_shortage,
    "false_call": actions.draw_protocol,
    "register_crime": actions.register_crime,
}


def visible(request: HttpRequest, key: UUID) -> Case:
    """Return a call that the reader may see, with place and unit; else there is no such page."""
    found = queries.calls(request.reader).filter(key=key).select_related("place", "unit").first()
    if found is None:
        raise Http404
    return found


def _of_crew(request: HttpRequest, key: UUID, write: Write) -> HttpResponse:
    case, crew = visible(request, key), _crew(request)
    if crew is None:
        return _refused(request, case, errors.CrewNotFound())
    return _take(request, case, lambda **given: write(call=key, crew=crew, **given))


def _take(request: HttpRequest, case: Case, write: Write, filled: DeskForm | None = None) -> HttpResponse:
    """Write a step under the form's key; what was written under it before is not written again."""
    moment = now()
    key = key_of(request.POST) or uuid7(moment)
    if not _written(case, key):
        at = filled.cleaned_data["moment"] if filled else pressed_at(request.POST, moment=moment)
        try:
            with transaction.atomic():
                write(key=key, by=request.reader, at=at, received_at=moment)
        except StepRefused as refused:
            if filled is not None:
                filled.refuse(refused)
                return _back(request, case, filled)
            return _refused(request, case, refused)
    return _done(request, case)


def _written(case: Case, key: UUID) -> bool:
    return any(entry.key == key for entry in cases.timeline(case))


def _done(request: HttpRequest, case: Case) -> HttpResponse:
    if request.htmx:
        return showing.panel(request, visible(request, case.key))
    messages.success(request, _("Written down."))
    return _return(request, case)


def _refused(request: HttpRequest, case: Case, refused: StepRefused) -> HttpResponse:
    """Say why not, beside the state as it is now."""
    text = refused.text(reading_language())
    if request.htmx or request.POST.get("from") != "crew":
        return showing.page(request, visible(request, case.key), refused=text, status=409)
    messages.error(request, text)
    return _return(request, case)


def _back(request: HttpRequest, case: Case, filled: DeskForm) -> HttpResponse:
    """Show the form again with what is wrong in it."""
    if request.POST.get("from") == "crew":
        wrong = [f"{field.label}: {' '.join(field.errors)}" for field in filled.wrong_fields()]
        messages.error(request, " ".join([*map(str, filled.non_field_errors()), *wrong]))
        return _return(request, case)
    return showing.page(request, visible(request, case.key), form=filled, status=422)


def _return(request: HttpRequest, case: Case) -> HttpResponse:
    if request.POST.get("from") == "crew":
        return redirect("calls:crew")
    return redirect("calls:call", key=case.key)


def _crew(request: HttpRequest) -> UUID | None:
    """Return the crew that was chosen, else the only one on duty whose call sign was typed."""
    chosen = key_of(request.POST, "crew")
    if chosen is not None:
        return chosen
    return crewnames.find(request.reader, request.POST.get("sign", ""))


def _changed_meanwhile(request: HttpRequest, case: Case) -> bool:
    """Return whether another crew was sent after this page was drawn: then the sender decides once more."""
    seen = request.POST.get("seen", "")
    if not seen.isdecimal():
        return False
    fresh = cases.timeline(case)[int(seen) :]
    return any(entry.step == "assign" for entry in fresh)


def _other_call(request: HttpRequest) -> Case | None:
    calls = queries.calls(request.reader)
    chosen = key_of(request.POST, "to")
    if chosen is not None:
        return calls.filter(key=chosen).first()
    number, _slash, year = request.POST.get("number", "").strip().partition("/")
    if not number.isdecimal():
        return None
    found = calls.filter(number=int(number))
    return (found.filter(year=int(year)) if year.isdecimal() else found).order_by("-opened_at").first()
