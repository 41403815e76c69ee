"""Pages of a report on its way: what it is to hold, who has agreed, its editions, and the list of all."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import wording
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.figures import Period
from varta.indicators import discover
from varta.law import Step
from varta.lib.clock import kyiv_day, now
from varta.people import roles
from varta.people.access import opens, reading_language
from varta.people.scope import SYSTEM, Reader
from varta.places.models import Territory, Unit
from varta.procedures import period_report
from varta.results import actions, queries
from varta.results.chapters import TITLES, by_chapter, without_procedure
from varta.results.composeforms import ComposeForm, RecordForm, usual_name
from varta.results.forms import presets
from varta.results.freezing import frozen_visible_to
from varta.results.models import FrozenReport
from varta.results.queries import Asking, Draft

LAW = period_report.procedure
LINKED = {"amend": "results:amend", "revise": "results:revise"}  # steps that have a page of their own


@never_cache
@require_safe
@opens("results")
def listed(request: HttpRequest) -> HttpResponse:
    """List the reports on their way, what units are asked, and the frozen ones with their editions."""
    cases = queries.reports(request.reader)[:50] if request.reader.may_read(LAW.code) else []
    drafts = [queries.draft_of(case) for case in cases]
    page = {
        "drafts": [_in_short(one) for one in drafts if one.state not in ("published", "dropped")],
        "asked": [asked_row(one) for one in queries.to_explain(request.reader)],
        "frozen": _by_report(request.reader),
        "may_compose": may_compose(request.reader),
    }
    return render(request, "results/reports.html", page)


def may_compose(reader: Reader) -> bool:
    """Return whether the reader composes reports."""
    return reader.role in LAW.step("compose").roles


def _in_short(one: Draft) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title[reading_language()],
        "state": period_report.STATES[one.state][reading_language()],
        "code": one.state,
        "since": one.entries[-1].at,
        "period": one.period,
        "unit": one.case.unit.title,
    }


def _by_report(reader: Reader) -> list[dict[str, Any]]:
    """Return the frozen reports, the newest first, each with its editions, the last one first."""
    language = reading_language()
    found: dict[str, list[dict[str, Any]]] = {}
    for one in frozen_visible_to(reader).defer("months", "files"):
        days = [date.fromisoformat(one.asked[end]) for end in ("from", "to")]
        title = one.rows["title"][language] if "title" in one.rows else one.name
        row = {"name": one.name, "edition": one.edition, "made_at": one.made_at, "title": title, "days": days}
        found.setdefault(one.of, []).append(row | {"reason": one.reason})
    return [{"last": rows[0], "earlier": rows[1:]} for rows in found.values()]


@never_cache
@require_http_methods(["GET", "POST"])
@opens("results")
def compose(request: HttpRequest, name: str = "") -> HttpResponse:
    """Compose a report, or change what one on its way is to hold; show its contents before it is written."""
    if not may_compose(request.reader):
        raise Http404
    held = draft(request, name) if name else None
    form = ComposeForm(request.POST or None, initial=_composed(request, held))
    page = {"form": form, "held": held, "presets": _presets(), **_lines()}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            page["contents"] = _contents(form)
        elif (written := _compose(request, form, held)) is not None:
            return redirect("results:way", name=written)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "results/compose.html", page, status=status)


def _compose(request: HttpRequest, form: ComposeForm, held: Draft | None) -> str | None:
    """Write what was composed and return the report's name, None where it was refused."""
    record, key = form.record(), form.cleaned_data["key"]
    try:
        with transaction.atomic():
            if held is None:
                actions.compose(key=key, data=record, by=request.reader, at=now())
            else:
                actions.amend(draft=held, key=key, data=record, by=request.reader, at=now())
    except StepRefused as refused:
        form.refuse(refused)
        return None
    messages.success(request, _("Written down. Now ask units, or submit it for agreement."))
    return str(record["name"])


def _composed(request: HttpRequest, held: Draft | None) -> dict[str, Any]:
    """Return what the form shows first: what is held, else the days of the address or of the first preset."""
    if held is not None:
        place = Territory.objects.filter(code=held.composition["place"]).first()
        unit = Unit.objects.filter(code=held.composition["under"]).first()
        names = {"place": place, "unit": unit}
        codes = {"place_code": held.composition["place"], "unit_code": held.composition["under"]}
        return {**held.composition, **names, **codes}
    period = _presets()[0]["period"]
    try:
        period = Period(*(date.fromisoformat(request.GET[end]) for end in ("first", "last")))
    except (KeyError, ValueError):
        pass
    days = {"first": period.first, "last": period.last}
    return days | {"levels": ["oblast"], "name": usual_name(period)}


def _presets() -> list[dict[str, Any]]:
    today = kyiv_day(now())
    return [{"title": title, "period": period} for title, period in presets(today, story=settings.DEMO)]


def _lines() -> dict[str, Any]:
    """Return the lines of work that no procedure serves yet, by their names."""
    return {"missing": [one.title[reading_language()] for one in without_procedure(discover())]}


def _contents(form: ComposeForm) -> list[dict[str, Any]]:
    """Return the chapters and indicators that the report would hold."""
    language, known = reading_language(), discover()
    wanted = form.cleaned_data["chapters"]
    return [
        {
            "title": TITLES[code][language],
            "indicators": [{"code": one, "title": known[one].title[language]} for one in held],
        }
        for code, held in by_chapter(known).items()
        if not wanted or code in wanted
    ]


def draft(request: HttpRequest, name: str) -> Draft:
    """Return the report of this name that the reader may see, or answer that there is none."""
    found = queries.draft(request.reader, name) if request.reader.may_read(LAW.code) else None
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
@opens("results")
def by_case(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead from a case to the page of its report."""
    case = queries.reports(request.reader).filter(key=key).first()
    if case is None:
        raise Http404
    return redirect("results:way", name=queries.draft_of(case).name)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("results")
def way(request: HttpRequest, name: str) -> HttpResponse:
    """Show where a report is, what may be done, who did what, and what units were asked; take its plain steps."""
    held = draft(request, name)
    mine = list(_open(request.reader, held))
    forms = {step.code: RecordForm(step=step) for step in mine if step.code not in LINKED}
    code = request.POST.get("step", "")
    if request.method == "POST":
        if code not in forms:
            raise Http404
        forms[code] = RecordForm(request.POST, step=LAW.step(code))
        if forms[code].is_valid() and _taken(request, held, forms[code]):
            return redirect("results:way", name=name)
    page = {
        "draft": held,
        "short": _in_short(held),
        "steps": [
            {
                "code": one,
                "title": wording.said(LAW.step(one).title),
                "form": form,
                "wrong": bool(form.errors),
            }
            for one, form in forms.items()
        ],
        "linked": [
            {"title": wording.said(step.title), "address": reverse(LINKED[step.code], args=[name])}
            for step in mine
            if step.code in LINKED
        ],
        "waits": _waits(request.reader, held),
        "timeline": list(timeline(held.entries, LAW.code)),
        "asked": [asked_row(one) for one in queries.askings(request.reader, held.case.key)],
        "editions": _editions(request.reader, held),
        "states": _states(held),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "results/way.html", page, status=422 if wrong else 200)


def _open(reader: Reader, held: Draft) -> Iterator[Step]:
    """Yield the steps that this reader may take now, as far as can be told before they are tried."""
    for code in period_report.FOLLOWS[held.state]:
        step = LAW.step(code)
        if reader.role == SYSTEM or reader.role in step.roles:
            yield step


def _taken(request: HttpRequest, held: Draft, form: RecordForm) -> bool:
    key, code, at = form.cleaned_data["key"], form.step.code, now()
    try:
        with transaction.atomic():
            if code == "freeze":
                actions.freeze(draft=held, key=key, by=request.reader, at=at)
            else:
                actions.step(draft=held, code=code, key=key, data=form.record(), by=request.reader, at=at)
    except StepRefused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Written down: %(step)s.") % {"step": wording.said(form.step.title)})
    return True


def _waits(reader: Reader, held: Draft) -> str:
    """Return whose turn it is, where it is not the reader's."""
    if list(_open(reader, held)):
        return ""
    language = reading_language()
    codes = dict.fromkeys(role for code in period_report.FOLLOWS[held.state] for role in LAW.step(code).roles)
    return ", ".join(roles.title(code, language) for code in codes)


def _states(held: Draft) -> list[dict[str, Any]]:
    """Return the stations of a report's way, and which of them it has reached."""
    order = ["draft", "submitted", "agreed", "frozen", "approved", "published"]
    at = order.index(held.state) if held.state in order else -1
    language = reading_language()
    return [
        {"title": period_report.STATES[code][language], "done": nth < at, "here": nth == at}
        for nth, code in enumerate(order)
    ]


def timeline(entries: tuple[Written, ...], procedure: str) -> Iterator[dict[str, Any]]:
    """Yield what happened, who did it, and what was recorded."""
    language = reading_language()
    names = queries.names_of([entry.officer_id for entry in entries], language)
    for entry in entries:
        yield {
            "title": wording.step_title(procedure, entry.step),
            "at": entry.at,
            "officer": names.get(entry.officer_id or 0, ""),
            "role": roles.title(entry.role, language),
            "rows": [row for row in wording.record_rows(procedure, entry.step, entry.data) if row[1]],
        }


def _editions(reader: Reader, held: Draft) -> list[FrozenReport]:
    return list(
        frozen_visible_to(reader)
        .filter(case=held.case.key)
        .defer("rows", "months", "files")
        .order_by("-edition")
    )


def asked_row(one: Asking) -> dict[str, Any]:
    """Return a question to a unit as lists show it."""
    language, question = reading_language(), one.question
    indicator = discover().get(question["indicator"])
    return {
        "key": one.case.key,
        "indicator": question["indicator"],
        "title": indicator.title[language] if indicator else question["indicator"],
        "unit": one.case.unit.title,
        "place": one.case.place.title,
        "report": question["report"],
        "until": date.fromisoformat(question["until"]),
        "state": one.state,
        "late": one.case.late_from is not None and one.case.late_from <= now(),
    }
