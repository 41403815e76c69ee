"""Cohorts: where they train, how full they are, and what is entered for all of their people at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import wording
from varta.cases.errors import StepRefused
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import is_uuid7, uuid7
from varta.officers import actions, groups, pages, register
from varta.officers.models import Cohort, Stay
from varta.officers.projection import enrolled
from varta.officers.stepforms import CohortForm
from varta.officers.views.keeping import keeps
from varta.officers.views.steps import status
from varta.people.access import opens, reading_language


@never_cache
@require_safe
@opens("officers")
@keeps
def listed(request: HttpRequest) -> HttpResponse:
    """List the cohorts, the newest first, with their capacity and how many of the reader's people are in them."""
    trained = Count("stays", filter=Q(stays__stage=Stay.Stage.TRAINING))
    present = Count("stays", filter=Q(stays__stage=Stay.Stage.TRAINING, stays__ended=None))
    found = Cohort.objects.select_related("university").annotate(enrolled=trained, present=present)
    today = kyiv_day(now())
    page = {
        "cohorts": [
            {"cohort": one, "state": _state(one, today)} for one in found.order_by("-begins", "code")
        ],
        "may_open": request.reader.role == "coordinator",
    }
    return render(request, "officers/cohorts.html", page)


def _state(cohort: Cohort, today: Any) -> str:
    if today < cohort.begins:
        return "ahead"
    return "running" if today <= cohort.ends else "over"


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def new(request: HttpRequest) -> HttpResponse:
    """Open a cohort."""
    if request.reader.role != "coordinator":
        raise Http404
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cohort = actions.open_cohort(by=request.reader, at=now(), **form.cleaned_data)
        except StepRefused as refused:
            form.add_error(None, refused.text(reading_language()))
        else:
            messages.success(request, _("The cohort is open."))
            return redirect("officers:cohort", cohort=cohort.code)
    return render(request, "officers/cohort_edit.html", {"form": form}, status=status(form))


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def edit(request: HttpRequest, cohort: str) -> HttpResponse:
    """Change a cohort: its days, its capacity, its curriculum."""
    found = _found(cohort)
    if request.reader.role != "coordinator":
        raise Http404
    form = CohortForm(request.POST or None, cohort=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_cohort(by=request.reader, cohort=found, **form.cleaned_data)
        except StepRefused as refused:
            form.add_error(None, refused.text(reading_language()))
        else:
            messages.success(request, _("The cohort is changed."))
            return redirect("officers:cohort", cohort=found.code)
    return render(request, "officers/cohort_edit.html", {"form": form, "cohort": found}, status=status(form))


@never_cache
@require_safe
@opens("officers")
@keeps
def cohort(request: HttpRequest, cohort: str) -> HttpResponse:
    """Show a cohort: its course, how full it is, its people."""
    found = _found(cohort)
    stays = groups.members(found)
    taken = enrolled(found.code)
    page = {
        "cohort": found,
        "course": wording.said(found.courses),
        "curriculum": [{"title": wording.said(one), "hours": one["hours"]} for one in found.curriculum],
        "hours": sum(one["hours"] for one in found.curriculum),
        "enrolled": taken,
        "free": found.capacity - taken,
        "rows": register.rows(stays, request.reader),
        "tabs": list(groups.TABS.items()) if groups.in_course(stays) else [],
        "may_edit": request.reader.role == "coordinator",
    }
    return render(request, "officers/cohort.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
@keeps
def group(request: HttpRequest, cohort: str, what: str) -> HttpResponse:
    """Enter attendance, marks or the end of the course for all of a cohort at once."""
    found = _found(cohort)
    if what not in groups.TABS:
        raise Http404
    stays = groups.in_course(groups.members(found))
    persons = register.persons_of(stays, request.reader)
    names = {stay.case: str(persons.get(stay.person_id) or "—") for stay in stays}
    page: dict[str, Any] = {"refused": []}
    if request.method == "POST":
        page["refused"] = _entered(request, what, stays, names)
        if not page["refused"]:
            return redirect("officers:cohort", cohort=found.code)
    page |= {
        "cohort": found,
        "what": what,
        "title": groups.TABS[what],
        "rows": [_row(request, what, stay, names[stay.case]) for stay in stays],
        "choices": [(code, wording.said(text)) for code, text in groups.CHOICES.get(what, {}).items()],
        "subjects": pages.subjects_of(found),
        "subject": request.POST.get("subject", ""),
        "on": request.POST.get("on") or kyiv_day(now()).isoformat(),
        "key": uuid7(now()),
    }
    return render(request, "officers/group.html", page, status=422 if page["refused"] else 200)


def _row(request: HttpRequest, what: str, stay: Stay, name: str) -> dict[str, Any]:
    usual = {"attend": "present", "graduate": "passed"}.get(what, "")
    given = request.POST.get(f"m-{stay.case}", usual)
    return {"stay": stay, "name": name, "given": given}


def _entered(
    request: HttpRequest, what: str, stays: list[Stay], names: dict[UUID, str]
) -> list[dict[str, str]]:
    """Write what was entered; return who was left out, and why."""
    records = groups.records(what, request.POST, stays)
    key = _key(request)
    if not records or key is None:
        return [{"name": _("Nobody"), "why": _("Nothing was entered. Fill in at least one row.")}]
    done, refused = actions.take_for_group(step=what, key=key, records=records, by=request.reader, at=now())
    if done:
        text = ngettext("Entered for %(done)s person.", "Entered for %(done)s people.", done) % {"done": done}
        messages.success(request, text)
    language = reading_language()
    return [{"name": names[case], "why": error.text(language)} for case, error in refused.items()]


def _key(request: HttpRequest) -> UUID | None:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return key if is_uuid7(key) else None


def _found(code: str) -> Cohort:
    found = Cohort.objects.select_related("university").filter(code=code).first()
    if found is None:
        raise Http404
    return found
