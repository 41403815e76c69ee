"""Pages on which a unit is asked to explain a figure, answers, and sees its answer accepted or returned."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from varta.cases import queries as cases
from varta.cases import wording
from varta.cases.errors import StepRefused
from varta.figures import Period
from varta.indicators import discover
from varta.law import Step, Taken
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.scope import Reader
from varta.places.models import Unit
from varta.procedures import explanation
from varta.results import actions, queries
from varta.results.composeforms import AskForm, RecordForm
from varta.results.composing import asked_row, draft, timeline
from varta.results.freezing import count
from varta.results.out import words
from varta.results.pack import Figure, Head, Line, Pack
from varta.results.queries import Asking, Draft
from varta.results.report import ReportRefused

LAW = explanation.procedure
USUAL_DAYS = 7


@never_cache
@require_http_methods(["GET", "POST"])
@opens("results")
def ask(request: HttpRequest, name: str) -> HttpResponse:
    """Ask a unit to explain one figure of a report by a day."""
    if request.reader.role not in LAW.step("ask").roles:
        raise Http404
    held = draft(request, name)
    wanted = {one: request.GET.get(one, "") for one in ("indicator", "level", "row")}
    head, line = _figure(request, held, **wanted)
    units = queries.units_for(request.reader, wanted["level"], wanted["row"])
    until = kyiv_day(now()) + timedelta(days=USUAL_DAYS)
    form = AskForm(request.POST or None, units=units, initial={"until": until})
    shown = _shown(line.figures[head.code], head)
    if request.method == "POST" and form.is_valid() and _asked(request, held, form, wanted, shown):
        return redirect("results:way", name=name)
    language = reading_language()
    page = {
        "form": form,
        "name": name,
        "title": held.title[language],
        "indicator": f"{head.code}. {head.title[language]}",
        "row": line.name[language],
        "figure": shown,
        "units": units,
    }
    return render(request, "results/ask.html", page, status=422 if form.is_bound and form.errors else 200)


def _figure(request: HttpRequest, held: Draft, *, indicator: str, level: str, row: str) -> tuple[Head, Line]:
    """Return the column and the line of a figure of the draft."""
    try:
        pack = count(held.asked, held.keeping(), by=request.reader, at=now())
    except ReportRefused as refused:
        raise Http404 from refused
    found = figure_in(pack, indicator, level, row)
    if found is None:
        raise Http404
    return found


def figure_in(pack: Pack, indicator: str, level: str, row: str) -> tuple[Head, Line] | None:
    """Return the column and the line of a figure, None where the pack has none such."""
    for chapter in pack.chapters:
        for table in chapter.tables:
            head = next((one for one in table.heads if one.code == indicator), None)
            line = next((one for one in table.lines if one.code == row), None)
            if table.level == level and head and line:
                return head, line
    return None


def _shown(figure: Figure, head: Head) -> str:
    """Return the figure beside that of a year before, as people read it."""
    language = reading_language()
    now_, before = words.figure_shown(figure, head, language)
    return _("%(now)s, a year before %(before)s") % {"now": now_, "before": before}


def _asked(request: HttpRequest, held: Draft, form: AskForm, wanted: dict[str, str], shown: str) -> bool:
    clean = form.cleaned_data
    data = {
        **wanted,
        "until": clean["until"].isoformat(),
        "question": clean["question"],
        "figure": shown,
    }
    try:
        with transaction.atomic():
            unit = Unit.objects.get(code=clean["unit"])
            actions.ask(draft=held, key=clean["key"], unit=unit, data=data, by=request.reader, at=now())
    except StepRefused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("%(unit)s has been asked.") % {"unit": unit.title})
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@opens("results")
def explained(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a unit is asked and what it has answered; take the steps that are the reader's."""
    asking = _asking(request, key)
    forms = {step.code: RecordForm(step=step) for step in _open(request.reader, asking)}
    code = request.POST.get("step", "")
    if request.method == "POST":
        if code not in forms:
            raise Http404
        forms[code] = RecordForm(request.POST, step=LAW.step(code))
        if forms[code].is_valid() and _taken(request, asking, forms[code]):
            return redirect("results:explanation", key=key)
    looks.note_request(request, "open", subject_kind="case", subject_key=key)
    page = {
        "asked": asked_row(asking),
        "question": asking.question,
        "own_figure": _own_figure(asking),
        "answer": asking.answer,
        "steps": [
            {
                "code": one,
                "title": wording.said(LAW.step(one).title),
                "form": form,
                "wrong": bool(form.errors),
            }
            for one, form in forms.items()
        ],
        "timeline": list(timeline(asking.entries, LAW.code)),
        "may_see_report": bool(queries.draft(request.reader, asking.question["report"])),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "results/explanation.html", page, status=422 if wrong else 200)


def _asking(request: HttpRequest, key: UUID) -> Asking:
    found = cases.visible_to(request.reader).filter(key=key, procedure=LAW.code)
    case = found.select_related("place", "unit").first()
    if case is None:
        raise Http404
    return queries.asking_of(case)


def _open(reader: Reader, asking: Asking) -> list[Step]:
    """Return the open steps of a question that are the reader's; what was answered is not asked for again."""
    state = LAW.state([Taken(entry.step, entry.at, entry.data) for entry in asking.entries])
    mine = [step for step in state.open if reader.role in step.roles and step.opened_by]
    return [step for step in mine if not (step.code == "accept" and asking.state == "returned")]


def _taken(request: HttpRequest, asking: Asking, form: RecordForm) -> bool:
    try:
        with transaction.atomic():
            actions.answer(
                asking=asking,
                code=form.step.code,
                key=form.cleaned_data["key"],
                data=form.record(),
                by=request.reader,
                at=now(),
            )
    except StepRefused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Written down: %(step)s.") % {"step": wording.said(form.step.title)})
    return True


def _own_figure(asking: Asking) -> dict[str, Any]:
    """Return the address of the figure among the reader's own, and its definition."""
    question = asking.question
    period = Period(date.fromisoformat(question["first"]), date.fromisoformat(question["last"]))
    indicator = discover().get(question["indicator"])
    query = {
        "first": question["first"],
        "last": question["last"],
        "by": question["level"],
        "indicator": question["indicator"],
    }
    definition = indicator.definition[reading_language()] if indicator else ""
    return {"query": urlencode(query), "period": period, "definition": definition}
