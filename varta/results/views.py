"""Pages of results: the report, the records behind a figure, how each indicator is counted."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from varta.cases import queries
from varta.figures import Indicator, Value, breaks, periods
from varta.figures.chart import Bar, bars
from varta.figures.engine import TOTAL
from varta.figures.periods import PeriodRefused
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import may, may_export
from varta.results.forms import ReportForm, Wanted, named_periods, presets, wanted
from varta.results.out import views as out
from varta.results.out import words
from varta.results.out.making import FORMS
from varta.results.pack import of_report
from varta.results.report import (
    Cell,
    FiguresDamaged,
    Line,
    Report,
    ReportRefused,
    as_of,
    behind,
    make,
    usual_level,
)

PAGE = 50
MOST_BARS = 30  # a chart of more rows says less than the table


@opens("results")
def report(request: HttpRequest) -> HttpResponse:
    """Show one indicator by place beside the year before, and the totals of all."""
    today = kyiv_day(now())
    if request.GET.get("period"):
        return _by_name(request, request.GET["period"])
    form = ReportForm(_filled(request, today))
    page = {
        "form": form,
        "presets": _presets(request, today),
        "named_periods": named_periods(today, story=settings.DEMO),
    }
    if not form.is_valid():
        return render(request, "results/report.html", page, status=400 if request.GET else 200)
    try:
        asked = wanted(form, request.GET, today=today)
        found = make(asked.asked, reader=request.reader)
    except (ReportRefused, PeriodRefused) as refused:
        form.add_error(None, refused.texts[reading_language()])
        status = 503 if isinstance(refused, FiguresDamaged) else 400
        return render(request, "results/report.html", page, status=status)
    return render(request, "results/report.html", page | _shown(request, found, asked))


def _by_name(request: HttpRequest, name: str) -> HttpResponse:
    """Send on to the days of a period that was asked for by its name; days that nobody can read are refused there."""
    try:
        period = periods.named(name)
    except PeriodRefused as refused:
        raise BadRequest(refused.texts[reading_language()]) from refused
    rest = {key: value for key, value in request.GET.dict().items() if key != "period"}
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return redirect(f"{reverse('results:report')}?{urlencode(rest | days)}")


def _filled(request: HttpRequest, today: date) -> dict[str, str]:
    """Return the form's values: those of the address, else the first preset by the level that says most."""
    period = presets(today, story=settings.DEMO)[0][1]
    usual = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    found = {name: request.GET.get(name, usual.get(name, "")) for name in ReportForm.base_fields}
    return found | {"by": found["by"] or usual_level(request.reader)}


def _presets(request: HttpRequest, today: date) -> list[dict[str, object]]:
    listed = []
    for title, period in presets(today, story=settings.DEMO):
        days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
        here = all(_filled(request, today)[name] == value for name, value in days.items())
        listed.append({"title": title, "query": _with(request, **days), "here": here})
    return listed


def _with(request: HttpRequest, **changed: str) -> str:
    """Return the address's query with these values put in."""
    return urlencode({**request.GET.dict(), **changed})


def _shown(request: HttpRequest, found: Report, asked: Wanted) -> dict[str, object]:
    language, focus = reading_language(), asked.focus
    lines = _sorted(found.lines, focus.code, asked.sort, language)
    return {
        "report": found,
        "period_title": found.period.title[language],
        "period_note": asked.note[language] if asked.note else "",
        "breaks": [text[language] for text in breaks.notes(focus, found.period)],
        "focus": _about(focus, language),
        "as_of": as_of(found),
        "totals": [
            _total(request, found, one, language, here=one.code == focus.code) for one in found.indicators
        ],
        "columns": _columns(request, asked.sort, focus),
        "rows": [_row(request, line, focus, language) for line in lines],
        "total": _row(request, found.total, focus, language),
        "chart": _chart(lines, focus, language) if len(lines) <= MOST_BARS else "",
        "exports": [(form.title[language], f"{form.code}?{_with(request)}") for form in FORMS.values()]
        if may_export(request.reader)
        else [],
        "query": _with(request),
    }


def _about(one: Indicator, language: str) -> dict[str, object]:
    return {
        "code": one.code,
        "title": one.title[language],
        "unit": one.unit[language],
        "definition": one.definition[language],
        "checked_by": one.checked_by,
        "additive": one.additive,
    }


def _total(
    request: HttpRequest, found: Report, one: Indicator, language: str, *, here: bool
) -> dict[str, object]:
    cell = found.total.cells[one.code]
    return _about(one, language) | {
        "now": words.value_shown(cell.now, one, language),
        "state": cell.now.state,
        "before": words.value_shown(cell.before, one, language),
        "change": _change(cell, one, language),
        "query": _with(request, indicator=one.code),
        "here": here,
    }


def _row(request: HttpRequest, line: Line, one: Indicator, language: str) -> dict[str, object]:
    cell = line.cells[one.code]
    counted = cell.now.number if one.additive else cell.now.base
    opens_records = bool(counted) and may(request.reader, "cases")
    return {
        "code": line.code,
        "name": line.names[language],
        "notes": [text[language] for text in line.notes],
        "now": words.value_shown(cell.now, one, language),
        "state": cell.now.state,
        "before": words.value_shown(cell.before, one, language),
        "before_state": cell.before.state,
        "change": _change(cell, one, language),
        "good": _is_good(cell, one),
        "percent": _percent(cell.percent, language, signed=True),
        "interval": _interval(cell, one, language),
        "notable": cell.notable,
        "share": _percent(cell.share, language),
        "rank": cell.rank,
        "records": _with(request, indicator=one.code, row=line.code) if opens_records else "",
    }


def _change(cell: Cell, one: Indicator, language: str) -> str:
    if cell.change is None:
        return "—"
    number = cell.change * (100 if one.percent else 1)
    text = f"{number:+,.{one.decimals}f}".replace(",", "\u00a0").replace("-", "−")
    text = text.replace(".", ",") if language == "uk" else text
    return text + ("\u00a0" + _("p.p.") if one.percent else "")


def _interval(cell: Cell, one: Indicator, language: str) -> str:
    """Return the 95 % interval in words, "" where there is none."""
    if cell.low is None or cell.high is None:
        return ""
    low, high = (words.value_shown(Value.known(end), one, language) for end in (cell.low, cell.high))
    return f"{low} – {high}"


def _is_good(cell: Cell, one: Indicator) -> bool | None:
    """Return whether the change is what the service hopes for; None where it hopes for nothing."""
    if not cell.change or one.direction == "neither":
        return None
    return (cell.change > 0) == (one.direction == "more")


def _percent(value: float | None, language: str, *, signed: bool = False) -> str:
    if value is None:
        return "—"
    text = f"{value * 100:{'+' if signed else ''},.1f}".replace(",", "\u00a0").replace("-", "−")
    return (text.replace(".", ",") if language == "uk" else text) + "\u00a0%"


def _sorted(lines: Sequence[Line], code: str, sort: str, language: str) -> list[Line]:
    """Return the lines in the asked order; lines come in the order of the alphabet, unknown ones go last."""
    column = sort.lstrip("-")
    if column == "name":
        return list(reversed(lines)) if sort.startswith("-") else list(lines)

    def value(line: Line) -> float | None:
        held = getattr(line.cells[code], column)
        return held.number if column in ("now", "before") else held

    known = [line for line in lines if value(line) is not None]
    return sorted(known, key=value, reverse=sort.startswith("-")) + [
        line for line in lines if value(line) is None
    ]


def _columns(request: HttpRequest, sort: str, focus: Indicator) -> list[dict[str, object]]:
    titles = [
        ("name", _("Name")),
        ("now", _("Period")),
        ("before", _("Year before")),
        ("change", _("Change")),
        ("percent", _("Change, %")),
    ]
    if focus.additive:
        titles.append(("share", _("Share")))
    titles.append(("rank", _("Position")))
    listed = []
    for name, title in titles:
        first = name if name in ("name", "rank") else f"-{name}"
        other = name if first.startswith("-") else f"-{name}"
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
        address = _with(request, sort=other if sort == first else first)
        listed.append({"name": name, "title": title, "query": address, "order": order})
    return listed


def _chart(lines: Sequence[Line], one: Indicator, language: str) -> str:
    listed = [
        Bar(
            line.names[language],
            line.cells[one.code].now.number,
            line.cells[one.code].before.number,
            words.value_shown(line.cells[one.code].now, one, language),
        )
        for line in lines
    ]
    source = _("Bars: the period. Marks: the same days a year before. Source: entries of Varta.")
    return mark_safe(bars(listed, title=f"{one.code}. {one.title[language]}", source=source))  # noqa: S308  escaped there


@opens("results")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send the whole report as a file; who took it is written down."""
    today = kyiv_day(now())
    asked = ReportForm(_filled(request, today))
    if form not in FORMS or not may_export(request.reader) or not asked.is_valid():
        raise Http404
    language = reading_language()
    try:
        found = make(wanted(asked, request.GET, today=today).asked, reader=request.reader)
    except (ReportRefused, PeriodRefused) as refused:
        raise Http404 from refused
    looks.note(by=request.reader, at=now(), action="export", subject_kind="report", detail={"form": form})
    name = f"varta-{found.period.first}-{found.period.last}-{found.level}"
    return out.sent(of_report(found, name=name, at=now()), FORMS[form], language)


@opens("results")
def records(request: HttpRequest) -> HttpResponse:
    """List the cases that a figure is counted from, to those who may see cases."""
    today = kyiv_day(now())
    form = ReportForm(_filled(request, today))
    if not may(request.reader, "cases") or not form.is_valid():
        raise Http404
    language = reading_language()
    row = request.GET.get("row", TOTAL)
    number = max(int(request.GET.get("page", "1")) if request.GET.get("page", "1").isdecimal() else 1, 1)
    try:
        asked = wanted(form, request.GET, today=today)
        found, line = behind(
            asked.asked, asked.focus.code, row, reader=request.reader, page=number, size=PAGE
        )
    except (ReportRefused, PeriodRefused) as refused:
        raise Http404 from refused
    pages = Paginator(range(found.count), PAGE)
    held = {
        case.key: case
        for case in queries.visible_to(request.reader)
        .filter(key__in=found.cases)
        .select_related("place", "unit")
    }
    return render(
        request,
        "results/records.html",
        {
            "focus": _about(asked.focus, language),
            "name": line.names[language],
            "period": asked.asked.period,
            "figure": words.value_shown(line.cells[asked.focus.code].now, asked.focus, language),
            "count": found.count,
            "cases": [held[key] for key in found.cases if key in held],
            "kept_back": len(found.cases) - len(held),
            "page": pages.get_page(number),
            "back": _with(request),
            "query": urlencode({key: value for key, value in request.GET.items() if key != "page"}),
        },
    )
