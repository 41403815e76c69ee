"""Pages on which steps of a meeting are taken. A view checks the form, calls an action, and redirects."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from varta.cases import queries as cases
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.people.access import reading_language
from varta.people.roles import may
from varta.places.models import Unit
from varta.procedures.meeting import procedure
from varta.results.freezing import frozen_visible_to
from varta.results.meetings import actions, drafting, queries, shown
from varta.results.meetings.access import held, meets
from varta.results.meetings.forms import Attending, Calling, Inviting, MeetingStep
from varta.results.meetings.models import Meeting
from varta.results.pack import of_frozen

Act = Callable[..., Any]
PLAIN: dict[str, Act] = {
    "open": actions.begin,
    "close": actions.close,
    "postpone": actions.postpone,
    "cancel": actions.cancel,
}
REPORTS = 50


def _may(request: HttpRequest, step: str) -> None:
    if request.reader.role not in procedure.step(step).roles:
        raise Http404


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def new(request: HttpRequest) -> HttpResponse:
    """Call a meeting: from a frozen report its agenda is drafted, and the regions are invited."""
    _may(request, "call")
    home = request.appointment
    if home is None:
        raise Http404
    reports = [(one.name, one.name) for one in frozen_visible_to(request.reader).only("name")[:REPORTS]]
    form = Calling(
        request.POST or None,
        step=procedure.step("call"),
        recorded={"hour": "10:00", "report": request.GET.get("report", ""), "secretary": _name(request)},
        invited=queries.usual_units(home.unit, on=kyiv_day(now())),
        reports=reports,
    )
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: _call(request, form))
        if made is not None:
            messages.success(request, _("The meeting is called. Look through its agenda."))
            return redirect("meetings:meeting", key=made.case_key)
    return _page(request, "meetings/new.html", form, title=_("New meeting"))


def _call(request: HttpRequest, form: Calling) -> Any:
    home, clean, record = request.appointment, form.cleaned_data, form.record()
    frozen = (
        frozen_visible_to(request.reader).filter(name=record["report"]).first() if record["report"] else None
    )
    items = []
    if frozen is not None and clean["draft"]:
        former = queries.decisions(request.reader).filter(host_unit=home.unit.pre).exists()
        items = drafting.draft(of_frozen(frozen), former=former)
    return actions.call(
        key=clean["key"], record=record, place=home.place_id, unit=home.unit_id, by=request.reader,
        at=clean["moment"], received_at=now(), items=items, units=clean["units"], answer_by=clean["answer_by"],
    )  # fmt: skip


def _name(request: HttpRequest) -> str:
    return str(request.user.name)


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Open, close, postpone or cancel the meeting."""
    found = held(request, key)
    if step not in PLAIN:
        raise Http404
    _may(request, step)
    recorded = {"hour": found.hour, "chair": found.told["chair"], "signed": found.told["chair"]}
    form = MeetingStep(request.POST or None, step=procedure.step(step), recorded=recorded)
    if request.method == "POST" and form.is_valid():
        act = PLAIN[step]
        if _tried(form, lambda: act(record=form.record(), meeting=key, **_about(request, form))) is not None:
            return _done(request, step, key)
    return _page(request, "meetings/step.html", form, step=step, meeting=found)


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def item(request: HttpRequest, key: UUID, number: int = 0) -> HttpResponse:
    """Put an item on the agenda, or put one right."""
    found = held(request, key)
    _may(request, "agenda")
    entries = _entries(request, found)
    old = (
        next((one for one in entries if str(one.key) == _item(found, number)["entry"]), None)
        if number
        else None
    )
    chapters = shown.pack_of(request.reader, found.report)
    listed = (
        [("", "—"), *((one.code, one.title[reading_language()]) for one in chapters.chapters)]
        if chapters
        else []
    )
    form = MeetingStep(
        request.POST or None,
        step=procedure.step("agenda"),
        recorded=dict(old.data) if old else None,
        without=("number",) if number else ("number", "undone"),
        choices={"chapter": _with(listed, old.data["chapter"] if old else "")} if listed else None,
        seen=len(entries),
        at=old.at if old else None,
        exactly=old.at if old else None,
    )
    if request.method == "POST" and form.is_valid():
        more = {"number": number, "seen": form.cleaned_data["seen"]}
        act = actions.put_item
        if (
            _tried(form, lambda: act(record=form.given(), meeting=key, **more, **_about(request, form)))
            is not None
        ):
            return _done(request, "agenda", key)
    return _page(request, "meetings/step.html", form, step="agenda", meeting=found)


def _with(listed: list[tuple[str, str]], code: str) -> list[tuple[str, str]]:
    """Return the choices, with the one that stands in the record where the report has no such chapter."""
    return listed if any(code == one for one, _title in listed) else [*listed, (code, code)]


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def minutes(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Write the minutes of one item; written again they are corrected."""
    found = held(request, key)
    _may(request, "minutes")
    of = _item(found, number)
    entries = _entries(request, found)
    old = next((one for one in entries if str(one.key) == of["heard_entry"]), None)
    form = MeetingStep(
        request.POST or None,
        step=procedure.step("minutes"),
        recorded=dict(old.data) if old else None,
        without=("number", "undone"),
        seen=len(entries),
        at=old.at if old else None,
        exactly=old.at if old else None,
    )
    if request.method == "POST" and form.is_valid():
        more = {"number": number, "seen": form.cleaned_data["seen"]}
        act = actions.write_minutes
        if (
            _tried(form, lambda: act(record=form.given(), meeting=key, **more, **_about(request, form)))
            is not None
        ):
            return _done(request, "minutes", key)
    return _page(
        request, "meetings/step.html", form, step="minutes", meeting=found, about=of["title"], old=old
    )


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def decide(request: HttpRequest, key: UUID, number: int = 0) -> HttpResponse:
    """Enter a decision and hand it to its owner, or put one right."""
    found = held(request, key)
    _may(request, "decide")
    old = next((one for one in found.told["decisions"] if one["number"] == number), None)
    if number and old is None:
        raise Http404
    items = [
        ("0", "—"),
        *((str(one["number"]), f"{one['number']}. {one['title']}") for one in found.told["items"]),
    ]
    form = MeetingStep(
        request.POST or None,
        step=procedure.step("decide"),
        recorded=old or {"item": request.GET.get("item", 0)},
        without=("number", "owner") if old else ("number",),
        choices={"item": items} | ({} if old else {"owner": [("", "—"), *_owners(request, found)]}),
    )
    if request.method == "POST" and form.is_valid():
        more = {"number": number} if old else {}
        act = actions.correct_decision if old else actions.decide
        if (
            _tried(form, lambda: act(record=form.given(), meeting=key, **more, **_about(request, form)))
            is not None
        ):
            return _done(request, "decide", key)
    return _page(request, "meetings/step.html", form, step="decide", meeting=found)


def _owners(request: HttpRequest, meeting: Meeting) -> list[tuple[str, str]]:
    """Return who may answer for a decision: the invited, what lies right below the host, the host itself."""
    invited = Unit.objects.filter(code__in=meeting.told["units"])
    below = Unit.objects.filter(parent=meeting.unit_id, valid_to=None)
    found = (invited | below | Unit.objects.filter(code=meeting.unit_id)).distinct().order_by("pre")
    return [(unit.code, unit.title) for unit in found if request.reader.covers_unit(unit.pre)]


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Invite more units."""
    found = held(request, key)
    _may(request, "invite")
    usual = queries.usual_units(found.unit, on=kyiv_day(now()))
    below = Unit.objects.filter(parent=found.unit_id, valid_to=None).order_by("pre")
    known = set(found.told["units"])
    listed = [one for one in dict.fromkeys([*usual, *below]) if one.code not in known]
    form = Inviting(request.POST or None, listed=listed, initial={"key": uuid7(now())})
    if request.method == "POST" and form.is_valid():
        clean, moment = form.cleaned_data, now()
        about = {name: clean[name] for name in ("key", "units", "answer_by")} | {"by": request.reader}
        act = actions.invite
        if _tried(form, lambda: act(meeting=key, at=moment, received_at=moment, **about)) is not None:
            return _done(request, "invite", key)
    return _page(request, "meetings/invite.html", form, step="invite", meeting=found)


@never_cache
@require_http_methods(["GET", "POST"])
@meets
def attend(request: HttpRequest, key: UUID) -> HttpResponse:
    """Enter who came, for all invited units at once."""
    found = held(request, key)
    _may(request, "attend")
    seats = queries.seats(request.reader, found)
    form = Attending(
        request.POST or None,
        seats=seats,
        language=reading_language(),
        initial={"key": uuid7(now()), "seen": found.entries},
    )
    if request.method == "POST" and form.is_valid():
        clean, moment = form.cleaned_data, now()
        about = {"key": clean["key"], "seen": clean["seen"], "by": request.reader, "at": moment}
        act = actions.attend
        if _tried(form, lambda: act(meeting=key, rows=form.rows(), received_at=moment, **about)) is not None:
            return _done(request, "attend", key)
    return _page(request, "meetings/attend.html", form, step="attend", meeting=found)


@never_cache
@require_POST
@meets
def follow_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """Enter how the former decisions stand on the day of the meeting."""
    found = held(request, key)
    _may(request, "follow_up")
    moment = now()
    try:
        with transaction.atomic():
            actions.follow_up(
                key=uuid7(moment), meeting=found, by=request.reader, at=moment, received_at=moment
            )
    except StepRefused as refused:
        messages.error(request, refused.text(reading_language()))
    else:
        messages.success(request, _written("follow_up"))
    return redirect("meetings:meeting", key=key)


def _entries(request: HttpRequest, meeting: Meeting) -> list[Any]:
    case = cases.visible_to(request.reader).filter(key=meeting.key).first()
    return cases.journal(case) if isinstance(case, Case) else []


def _item(meeting: Meeting, number: int) -> dict[str, Any]:
    found = next((one for one in meeting.told["items"] if one["number"] == number), None)
    if found is None:
        raise Http404
    return dict(found)


def _about(request: HttpRequest, form: MeetingStep) -> dict[str, Any]:
    at: datetime = form.cleaned_data["moment"]
    return {"key": form.cleaned_data["key"], "by": request.reader, "at": at, "received_at": now()}


def _tried(form: Any, act: Callable[[], Any]) -> Any:
    """Return what the action gives; None, with the reason in the form, when it is refused."""
    try:
        with transaction.atomic():
            return act()
    except StepRefused as refused:
        if isinstance(form, MeetingStep):
            form.refuse(refused)
        else:
            form.add_error(None, refused.text(reading_language()))
        if refused.code == "outrun":  # what is sent next is sent knowingly
            form.data = form.data.copy()
            form.data["seen"] = str(refused.values["seen"])
        return None


def _written(step: str) -> str:
    return _("Written down: %(step)s.") % {"step": procedure.step(step).title[reading_language()]}


def _done(request: HttpRequest, step: str, key: UUID) -> HttpResponse:
    messages.success(request, _written(step))
    return redirect("meetings:meeting", key=key)


def _page(
    request: HttpRequest, template: str, form: Any, *, step: str = "", title: str = "", **more: Any
) -> HttpResponse:
    language = reading_language()
    law = procedure.step(step) if step else procedure.step("call")
    page = {
        "form": form,
        "title": title or law.title[language],
        "law": law.law,
        "cited": law.law.cited(language),
        "may_see_case": may(request.reader, "cases"),
    }
    return render(request, template, page | more, status=422 if form.is_bound and form.errors else 200)
