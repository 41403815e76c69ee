"""Candidates, trainees, interns and officers: their register, a person's way, and its next step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import listing
from varta.cases import queries as cases
from varta.cases.errors import StepRefused
from varta.cases.involving import involve
from varta.cases.models import Case
from varta.law import discover
from varta.lib.clock import now
from varta.officers import actions, pages, queries, register
from varta.officers.models import Stay
from varta.officers.projection import CANDIDATE
from varta.officers.stepforms import QuestionnaireForm, RegisterForm
from varta.officers.views import steps
from varta.officers.views.keeping import asked_day, keeps
from varta.people import looks, roles
from varta.people import queries as people
from varta.people.access import opens


@never_cache
@require_safe
@opens("officers")
@keeps
def listed(request: HttpRequest) -> HttpResponse:
    """List who is in the programme on a day, narrowed by what the address asks for."""
    form, found = _asked(request)
    words = form.cleaned_data.get("q")
    looks.note_request(
        request,
        "search" if words else "open",
        subject_kind="cases",
        detail={"asked": listing.in_words(request)},
    )
    number = _page(request)
    first = (number - 1) * register.PER_PAGE
    some = list(found[first : first + register.PER_PAGE + 1])
    page = {
        "form": form,
        "day": asked_day(request),
        "rows": register.rows(some[: register.PER_PAGE], request.reader),
        "count": found.count(),
        "number": number,
        "first": first + 1,
        "last": first + min(len(some), register.PER_PAGE),
        "has_next": len(some) > register.PER_PAGE,
        "address": listing.address_of(request),
        "narrowed": any(request.GET.get(name) for name in ("stage", "cohort", "place", "q")),
        "may_export": roles.may_export(request.reader),
        "ceased": list(queries.in_ceased(request.reader, asked_day(request))),
    }
    return render(request, "officers/candidates.html", page)


@never_cache
@require_safe
@opens("officers")
@keeps
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the register as a file, and write down who took it."""
    if form not in ("csv", "xlsx") or not roles.may_export(request.reader):
        raise Http404
    _form, found = _asked(request)
    listing.note_export(request, form)
    rows = register.file_rows(found, request.reader)
    return listing.file_of(form, "officers", _("Hromada officers"), register.header(), rows, now=now())


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def new(request: HttpRequest) -> HttpResponse:
    """Take the questionnaire of a candidate; of somebody who left, with `person` in the address."""
    step = discover()[actions.TRAINING].step("apply")
    known = _known_person(request)
    kind = steps.RecordForm if known else QuestionnaireForm
    form = kind(request.POST or None, step=step, within=steps.within(request))
    if request.method == "POST" and form.is_valid():
        entry = _opened(request, form, known.key if known else None)
        if entry is not None:
            messages.success(request, _("Registered under the number %(number)s.") % {
                "number": f"{entry.number}/{entry.year}"
            })  # fmt: skip
            return redirect("officers:candidate", key=entry.case_key)
    page = steps.page(step, form) | {"known": known}
    return render(request, "officers/candidate_new.html", page, status=steps.status(form))


def _opened(request: HttpRequest, form: Any, person: UUID | None) -> Any:
    moment = now()
    key = form.cleaned_data["key"]
    try:
        with transaction.atomic():
            if person is None:
                [one] = involve(form.person(), part=CANDIDATE, key=key, by=request.reader, at=moment)
                person = one.person
            return actions.open_case(
                procedure=actions.TRAINING,
                key=key,
                data=form.record(),
                by=request.reader,
                at=moment,
                person=person,
            )
    except StepRefused as refused:
        form.refuse(refused)
        return None


def _known_person(request: HttpRequest) -> Any:
    """Return the person whom the address names, whose earlier way the reader may see; None without one."""
    given = request.GET.get("person")
    if not given:
        return None
    try:
        found = people.visible_to(request.reader).filter(key=UUID(given)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
@opens("officers")
@keeps
def candidate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the way of one person: the stages, what happened, and what may be done next."""
    case = visible(request, key)
    number = f"{case.number}/{case.year}"
    looks.note_request(request, "open", subject_kind="case", subject_key=case.key, case_number=number)
    page = pages.candidate_page(case, cases.journal(case), request.reader)
    return render(request, "officers/candidate.html", page | {"person": person_of(request, case)})


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Take a step on the way of a person, or put one right."""
    case = visible(request, key)
    more = {"person": person_of(request, case), "back": "officers:candidate"}
    return steps.taken(request, case, step, template="officers/candidate_step.html", more=more)


def visible(request: HttpRequest, key: UUID) -> Case:
    """Return the case of a candidate whom the reader may see; otherwise nothing is there."""
    found = cases.visible_to(request.reader).filter(key=key, procedure=actions.TRAINING)
    case = found.select_related("place", "unit").first()
    if case is None:
        raise Http404
    return case


def person_of(request: HttpRequest, case: Case) -> Any:
    """Return the person of the case."""
    stay = Stay.objects.filter(case=case.key).first()
    return people.visible_to(request.reader).filter(key=stay.person_id).first() if stay else None


def _asked(request: HttpRequest) -> tuple[RegisterForm, QuerySet[Stay]]:
    form = RegisterForm(request.GET, within=listing.widest_place(request))
    form.is_valid()
    return form, register.narrowed(request.reader, form, day=asked_day(request))


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(1, min(int(given), 1000)) if given.isascii() and given.isdigit() and len(given) < 5 else 1
