"""One appeal: what is due, who works on it, what was sent; and giving it to an executor and answering it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.appeals import composing, queries, repeats
from varta.appeals.forms import AssignForm
from varta.cases import actions, pages, wording
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.cases.forms import StepForm
from varta.cases.models import Case
from varta.law import Step, discover, fields_of
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import ROLES
from varta.procedures._appeal_records import LETTER

LAW = discover()[queries.APPEAL]
SHOWN_ELSEWHERE = {"kind", "subject", "form", "about"}  # on the page, beside the list of facts
GROWS_INTO = {"call", "domestic_violence", "joint_task"}


def visible(request: HttpRequest, key: UUID) -> Case:
    """Return the appeal if the reader may see it; to others it does not exist."""
    found = queries.visible_to(request.reader).filter(key=key).select_related("place", "unit").first()
    if found is None:
        raise Http404
    return found


def note(request: HttpRequest, case: Case, action: str = "open", **detail: object) -> None:
    """Write down that the reader looks at the appeal."""
    number = f"{case.number}/{case.year}"
    looks.note_request(
        request,
        action,
        subject_kind="case",
        subject_key=case.key,
        case_number=number,
        purpose="appeal",
        detail=detail,
    )


@never_cache
@require_safe
@opens("appeals")
def appeal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an appeal: what it is, what is due, what to do next, which letters went out."""
    found = visible(request, key)
    note(request, found)
    steps = queries.steps_of(found)
    sent = queries.letters_of(found)
    language = reading_language()
    page = pages.case_page(found, request.reader, now=now())
    opening = steps[0].data
    page |= {
        "opening": opening,
        "senders": queries.senders([found.key], request.reader).get(found.key, []),
        "facts": list(_telling(opening)),
        "steps": [one for one in page["steps"] if _offered(one["step"], found)],
        "others": [one for one in page["others"] if one["code"] in GROWS_INTO],
        "executor": next(iter(queries.named([found.facts.get("executor", "")])), ("", ""))[1],
        "assignment": _last(steps, "assign"),
        "draft": _last(steps, "propose_reply") if found.last_step == "propose_reply" else None,
        "letters": queries.letter_rows(sent),
        "reminders": queries.reminders_of(found),
        "wanted": _titled(composing.wanted(steps, [one.kind for one in sent]), language),
        "acknowledges": not found.closed_at and not any(one.kind == "acknowledgement" for one in sent),
        "calls": [one for one in page["children"] if one["case"].procedure == "call"],
        "earlier": _earlier(request, found, opening),
        "may_write": request.reader.role in LAW.step("send_letter").roles,
    }
    return render(request, "appeals/appeal.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("appeals")
def assign(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an appeal to an executor, with the head's resolution."""
    found = visible(request, key)
    officers = queries.executors(found.place, found.unit, on=kyiv_day(now()))
    form = AssignForm(
        request.POST or None,
        officers=officers,
        current=found.facts.get("executor", ""),
        step=LAW.step("assign"),
        exactly=found.opened_at,
    )
    if request.method == "POST" and form.is_valid() and _taken(request, found, form, "assign"):
        messages.success(request, _("Given to %(name)s.") % {"name": form.record()["executor_name"]})
        return redirect("appeals:appeal", key=key)
    note(request, found)
    page = _form_page(found, "assign", form) | {"officers": officers}
    return render(request, "appeals/assign.html", page, status=_status(form))


@never_cache
@require_http_methods(["GET", "POST"])
@opens("appeals")
def reply(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer an appeal; where the unit wants it, propose the answer to the head first."""
    found = visible(request, key)
    steps = queries.steps_of(found)
    draft, approved = queries.draft_of(steps)
    must_propose = queries.office_of(found.unit).approves and not approved
    code = "propose_reply" if must_propose or "propose" in request.POST else "reply"
    recorded = {"result": draft["result"], "text": draft["text"]} if draft else None
    form = StepForm(request.POST or None, step=LAW.step(code), exactly=found.opened_at)
    for name, value in (recorded or {}).items():
        form.fields[f"r-{name}"].initial = value
    if request.method == "POST" and form.is_valid() and _taken(request, found, form, code):
        if code == "reply":
            messages.success(request, _("Answered. Now send the letter."))
            return redirect("appeals:compose", key=key, kind="answer")
        messages.success(request, _("The head decides on the reply."))
        return redirect("appeals:appeal", key=key)
    note(request, found)
    page = _form_page(found, code, form) | {
        "must_propose": must_propose,
        "approved": approved,
        "remark": queries.remark_of(steps),
        "about": steps[0].data.get("about", ""),
        "resolution": _last(steps, "assign").get("resolution", ""),
    }
    return render(request, "appeals/reply.html", page, status=_status(form))


@never_cache
@require_http_methods(["GET", "POST"])
@opens("appeals")
def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approve a proposed reply, or send it back with a remark."""
    found = visible(request, key)
    steps = queries.steps_of(found)
    form = StepForm(request.POST or None, step=LAW.step("approve_reply"), exactly=found.opened_at)
    if request.method == "POST" and form.is_valid() and _taken(request, found, form, "approve_reply"):
        messages.success(request, _("Written down: %(step)s.") % {"step": wording.said(form.step.title)})
        return redirect("appeals:appeal", key=key)
    note(request, found)
    draft, _approved = queries.draft_of(steps)
    if draft is None:
        raise Http404
    result = next(value for _title, value in wording.record_rows("appeal", "propose_reply", draft))
    page = _form_page(found, "approve_reply", form) | {"draft": draft, "result": result}
    return render(request, "appeals/approve.html", page, status=_status(form))


def _taken(request: HttpRequest, case: Case, form: StepForm, step: str) -> Written | None:
    try:
        with transaction.atomic():
            return actions.take(
                key=form.cleaned_data["key"],
                case=case.key,
                procedure=case.procedure,
                step=step,
                data=form.record(),
                by=request.reader,
                at=form.cleaned_data["moment"],
                received_at=now(),
            )
    except StepRefused as refused:
        form.refuse(refused)
        return None


def _form_page(case: Case, code: str, form: StepForm) -> dict[str, Any]:
    step = LAW.step(code)
    return {
        "case": case,
        "number": f"{case.number}/{case.year}",
        "form": form,
        "step": step,
        "title": wording.said(step.title),
        "cited": step.law.cited(reading_language()),
    }


def _telling(opening: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield title and value of each fact that is not what it usually is."""
    for field in fields_of(LAW.step("receive").record):
        value = opening.get(field.name)
        if field.name not in SHOWN_ELSEWHERE and value not in (field.default, None, ""):
            yield wording.said(field.title), wording.value(field, value)


def _offered(step: Step, case: Case) -> bool:
    """Return whether a step stands among what may be done: letters have a place of their own."""
    by_people = any(role in ROLES for role in step.roles)
    useful = step.code != "lift_control" or bool(case.facts.get("control"))
    return step.code != "send_letter" and by_people and useful


def _status(form: StepForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _last(steps: list[Written], code: str) -> dict[str, Any]:
    return next((dict(one.data) for one in reversed(steps) if one.step == code), {})


def _titled(kinds: list[str], language: str) -> list[dict[str, str]]:
    return [{"kind": kind, "title": LETTER[kind][language]} for kind in kinds]


def _earlier(request: HttpRequest, case: Case, opening: Any) -> list[repeats.Earlier]:
    persons = [one.person_id for one in case.involvements.all() if one.part == "applicant"]
    found = repeats.earlier_of(
        persons,
        about=opening.get("about", ""),
        subject=opening.get("subject", ""),
        reader=request.reader,
        without=case.key,
    )
    return [one for one in found if one.case.opened_at <= case.opened_at]
