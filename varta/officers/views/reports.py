"""The report to the hromada: figures counted, words written, looked at, published, revised, its evaluation entered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varta.cases import actions as cases_actions
from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.cases.forms import StepForm
from varta.cases.models import Case
from varta.law import discover
from varta.lib.clock import kyiv_day, now
from varta.officers.hromada import actions, counting, mine, queries, sheet
from varta.officers.hromada.forms import PeriodForm, PublishForm, WordsForm, refusal_of, suspicious
from varta.people.access import opens, reading_language

LAW = discover()[queries.REPORT]


@never_cache
@require_safe
@opens("officers")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a report: its term, its editions, what the hromada thought of it, and what may be done next."""
    case = _visible(request, key)
    editions = queries.editions(case.key)
    shown = _about(request, case) | {
        "editions": list(reversed(editions)),
        "opinion": queries.opinion_of(case.key),
        "draft": queries.draft_of(case),
        "last_day": kyiv_day(case.late_from - mine.TICK) if case.late_from else None,
        "marks": sheet.MARK,
    }
    if editions:
        language = reading_language()
        shown["report"] = sheet.shown(
            sheet.Edition.of(editions[-1]), language, opinion=queries.opinion_of(case.key)
        )
    return render(request, "officers/report.html", shown)


@never_cache
@require_POST
@opens("officers")
def begin(request: HttpRequest) -> HttpResponse:
    """Count the figures of the officer's next report, whose term begins now if it has not begun."""
    home, moment = queries.home_of(request.reader), now()
    if home is None or home.officer_id != request.reader.officer_id:
        raise Http404
    case = queries.due_report(request.reader, home.officer.login, home.place)
    if case is None:
        actions.open_report(appointment=home, at=moment, received_at=moment)
        case = queries.due_report(request.reader, home.officer.login, home.place)
    assert case is not None  # it was opened in the reader's own hromada and unit
    return _counted(request, case)


@never_cache
@require_POST
@opens("officers")
def count(request: HttpRequest, key: UUID) -> HttpResponse:
    """Count the figures of a period anew; the words stay."""
    return _counted(request, _writable(request, key))


def _counted(request: HttpRequest, case: Case) -> HttpResponse:
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, refusal_of(form))
        return redirect("officers:report_edit", key=case.key)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            actions.count(
                key=said["key"],
                case=case,
                first=said["first"],
                last=said["last"],
                by=request.reader,
                at=now(),
            )
    except StepRefused as refused:
        messages.error(request, refused.text(reading_language()))
    return redirect("officers:report_edit", key=case.key)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write the words of a report beside its figures, which stand here to be read and not to be typed."""
    case = _writable(request, key)
    figures = queries.last_count(cases.journal(case))
    editions = queries.editions(case.key)
    draft = queries.draft_of(case)
    kept = draft.content if draft else (editions[-1].content | _held(editions[-1]) if editions else None)
    form = WordsForm(request.POST or None, kept=kept, revising=bool(editions))
    if request.method == "POST" and figures is not None and form.is_valid():
        actions.save_draft(case=case, content=form.content(), by=request.reader, at=now())
        if request.POST.get("do") != "preview":
            messages.success(request, _("The draft is saved. Nobody else reads it yet."))
            return redirect("officers:report_edit", key=case.key)
        if form.check():
            return redirect("officers:report_preview", key=case.key)
    page = _about(request, case) | {
        "form": form,
        "period": _period_form(case, figures),
        "figures": _figures(case, figures),
        "saved_at": draft.saved_at if draft else None,
        "editions": editions,
    }
    return render(
        request, "officers/report_edit.html", page, status=422 if form.is_bound and form.errors else 200
    )


@never_cache
@require_safe
@opens("officers")
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the draft as everybody will read it, with what looks like somebody's number, and offer to publish."""
    case = _writable(request, key)
    found = _draft(case)
    if found is None:
        return redirect("officers:report_edit", key=case.key)
    edition, count = found
    draft = queries.draft_of(case)
    assert draft is not None
    page = _about(request, case) | {
        "report": sheet.shown(edition, _language(request)),
        "suspicious": sorted(set(suspicious(queries.words(draft.content) | _summary(draft.content)))),
        "form": PublishForm.of(counted=count.key, seen_at=draft.saved_at.isoformat()),
        "revising": edition.revision > 1,
    }
    return render(request, "officers/report_preview.html", page)


@never_cache
@require_POST
@opens("officers")
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish what the preview showed."""
    case, form = _writable(request, key), PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, refusal_of(form))
        return redirect("officers:report_edit", key=case.key)
    said, found = form.cleaned_data, _draft(case)
    try:
        if found is not None:
            for language in ("uk", "en"):
                sheet.pdf(sheet.shown(found[0], language))  # what cannot be printed is not published
        with transaction.atomic():
            actions.publish(
                key=said["key"],
                case=case,
                counted=str(said["counted"]),
                seen_at=said["seen_at"],
                by=request.reader,
                at=now(),
            )
    except StepRefused as refused:
        messages.error(request, refused.text(reading_language()))
        again = "officers:report_preview" if queries.draft_of(case) else "officers:report"
        return redirect(again, key=case.key)
    messages.success(request, _("Published. Everybody can read the report."))
    return redirect("officers:report", key=case.key)


@never_cache
@require_safe
@opens("officers")
def paper(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    """Give the draft, or the last edition where there is none, as PDF."""
    case = _visible(request, key)
    found, editions = _draft(case), queries.editions(case.key)
    if language not in ("uk", "en") or (found is None and not editions):
        raise Http404
    edition = found[0] if found else sheet.Edition.of(editions[-1])
    try:
        content = sheet.pdf(sheet.shown(edition, language, opinion=queries.opinion_of(case.key)))
    except StepRefused as refused:
        messages.error(request, refused.text(reading_language()))
        return redirect("officers:report_edit", key=case.key)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="report-{edition.last}-{language}.pdf"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@opens("officers")
def evaluate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Enter how the hromada found the report."""
    case, step = _writable(request, key), LAW.step("evaluate")
    form = StepForm(request.POST or None, step=step, exactly=case.opened_at)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                cases_actions.take(
                    key=form.cleaned_data["key"],
                    case=case.key,
                    procedure=LAW.code,
                    step=step.code,
                    data=form.record(),
                    by=request.reader,
                    at=form.cleaned_data["moment"],
                    received_at=now(),
                )
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The evaluation is entered."))
            return redirect("officers:report", key=case.key)
    page = _about(request, case) | {"form": form, "title": step.title[reading_language()]}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "officers/step.html", page, status=status)


def _visible(request: HttpRequest, key: UUID) -> Case:
    case = queries.reports(request.reader).filter(key=key).first()
    if case is None:
        raise Http404
    return case


def _writable(request: HttpRequest, key: UUID) -> Case:
    """Return a report that the reader may write: the own one, or for a head any of the area."""
    case = _visible(request, key)
    officer = queries.officer_of(case)
    own = officer is not None and officer.pk == request.reader.officer_id
    if request.reader.role != "head" and not (request.reader.role == queries.OFFICER and own):
        raise Http404
    return case


def _about(request: HttpRequest, case: Case) -> dict[str, Any]:
    officer = queries.officer_of(case)
    own = officer is not None and officer.pk == request.reader.officer_id
    return {
        "case": case,
        "number": f"{case.number}/{case.year}",
        "officer": officer,
        "law": LAW.step("publish").law,
        "cited": LAW.step("publish").law.cited(reading_language()),
        "writable": request.reader.role == "head" or own,
        "public": _public(case),
    }


def _public(case: Case) -> str:
    found = queries.editions(case.key)
    return reverse("residents:report_of", args=[found[-1].address]) if found else ""


def _held(edition: Any) -> dict[str, str]:
    return {"held_on": edition.held_on.isoformat(), "why": ""}


def _summary(content: Any) -> dict[str, str]:
    return {"summary_en": content.get("summary_en", ""), "held_at": content.get("held_at", "")}


def _language(request: HttpRequest) -> str:
    """Return the language in which the report is looked at: that of the page, unless another is asked for."""
    asked = request.GET.get("in", "")
    return asked if asked in ("uk", "en") else reading_language()


def _draft(case: Case) -> tuple[sheet.Edition, Written] | None:
    """Return the draft beside the last figures, and their entry; None without figures or without words."""
    count, draft = queries.last_count(cases.journal(case)), queries.draft_of(case)
    if count is None or draft is None:
        return None
    figures = counting.read(count.data["figures"])
    content = draft.content | {"signed": queries.signature(queries.officer_of(case))}
    revision = len(queries.editions(case.key)) + 1
    period = [sheet.day(count.data[name]) for name in ("first", "last")]
    held_on = sheet.day(draft.content.get("held_on", ""))
    return (
        sheet.Edition(case.place, period[0], period[1], held_on, content, figures, revision, draft=True),
        count,
    )


def _figures(case: Case, count: Written | None) -> dict[str, Any] | None:
    if count is None:
        return None
    figures = counting.read(count.data["figures"])
    first, last = (sheet.day(count.data[name]) for name in ("first", "last"))
    return sheet.shown(sheet.Edition(case.place, first, last, None, {}, figures), reading_language())


def _period_form(case: Case, count: Written | None) -> PeriodForm:
    if count is not None:
        return PeriodForm(initial={name: count.data[name] for name in ("first", "last")})
    first, last = mine.half_year(kyiv_day(now()))
    service = queries.service_of(case.facts.get("officer", ""), case.place, on=kyiv_day(now()))
    return PeriodForm(initial={"first": max(first, service.since) if service else first, "last": last})
