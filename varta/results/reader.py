"""The reader of a report: contents, chapters, figures; of a frozen one from its rows, of a draft as it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varta.figures.engine import TOTAL
from varta.indicators import discover
from varta.lib.clock import now
from varta.people.access import opens, reading_language
from varta.people.roles import may, may_export
from varta.people.scope import Reader
from varta.procedures import explanation, period_report
from varta.results import freezing, queries
from varta.results.ahead import chapter as prospects
from varta.results.chapters import without_procedure
from varta.results.comparing import Change
from varta.results.forms import LEVEL_NAMES
from varta.results.freezing import count, frozen_visible_to
from varta.results.models import FrozenReport
from varta.results.out import words
from varta.results.pack import Chapter, Figure, Head, Line, Pack, Remark, Table, of_frozen
from varta.results.queries import Draft
from varta.results.report import ReportRefused

FEW_CHANGES = 12  # named on the first page; the rest stand on a page of their own


@dataclass(frozen=True)
class Book:
    """A report to be read: its pack, the row that keeps it unless it is a draft, and its way unless it has none."""

    pack: Pack
    frozen: FrozenReport | None
    draft: Draft | None
    editions: tuple[FrozenReport, ...] = ()

    @property
    def newest(self) -> FrozenReport | None:
        return self.editions[-1] if self.editions else None


def book(request: HttpRequest, name: str) -> Book:
    """Return the frozen report of this name, or the draft as it would be counted now; answer "not found" for none."""
    reader = request.reader
    frozen = frozen_visible_to(reader).filter(name=name).first()
    may_see = reader.may_read(period_report.procedure.code)
    if frozen is not None:
        draft = queries.draft(reader, frozen.of) if frozen.case and may_see else None
        all_of_it = (
            frozen_visible_to(reader)
            .filter(of=frozen.of)
            .defer("rows", "months", "files")
            .order_by("edition")
        )
        return Book(of_frozen(frozen), frozen, draft, tuple(all_of_it))
    draft = queries.draft(reader, name) if may_see else None
    if draft is None:
        raise Http404
    try:
        keeping = draft.keeping(queries.remarks(reader, draft.case.key))
        return Book(count(draft.asked, keeping, by=reader, at=now()), None, draft)
    except ReportRefused as refused:
        raise Http404 from refused


@require_safe
@opens("results")
def contents(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a report holds: its chapters with the figures of the whole, its editions, what has changed since."""
    found = book(request, name)
    changes = since(request, found)
    page = frame(found) | {
        "chapters": [_chapter_in_short(found, chapter) for chapter in found.pack.chapters],
        "missing": _missing(found.pack),
        "changes": [change_row(one) for one in changes[:FEW_CHANGES]],
        "changed": len(changes),
        "may_revise": bool(changes) and may_revise(request.reader, found),
        "proof": found.frozen,
        "may_export": may_export(request.reader),
        "prospects": prospects.kept_for(found.pack.name),
    }
    return render(request, "results/contents.html", page)


def since(request: HttpRequest, found: Book) -> list[Change]:
    """Return what the journal gives otherwise now, for the newest edition alone."""
    if found.frozen is None or found.frozen.name != found.newest.name:
        return []
    try:
        return freezing.since(found.frozen, by=request.reader, at=now())
    except ReportRefused:
        return []


def may_revise(reader: Reader, found: Book) -> bool:
    """Return whether the reader may keep another edition of this report."""
    step = period_report.procedure.step("revise")
    return (
        found.draft is not None
        and reader.role in step.roles
        and "revise" in period_report.FOLLOWS[found.draft.state]
    )


def frame(found: Book) -> dict[str, Any]:
    """Return what every page of the reader shows: which report this is, and of when."""
    language, pack = reading_language(), found.pack
    return {
        "name": pack.name,
        "title": pack.title[language],
        "pack": pack,
        "place": pack.place[language] if pack.place else "",
        "unit": pack.unit[language] if pack.unit else "",
        "counted_at": datetime.fromisoformat(pack.counted_at) if pack.counted_at else None,
        "frozen": found.frozen,
        "newest": found.newest,
        "editions": found.editions,
        "is_old": bool(found.frozen and found.newest and found.frozen.name != found.newest.name),
        "state": found.draft.state if found.draft else "",
        "state_title": period_report.STATES[found.draft.state][language] if found.draft else "",
        "way": found.draft.name if found.draft else "",
        "chapter_links": [{"code": one.code, "title": one.title[language]} for one in pack.chapters],
    }


def _chapter_in_short(found: Book, chapter: Chapter) -> dict[str, Any]:
    language, table = reading_language(), chapter.tables[0]
    return {
        "code": chapter.code,
        "title": chapter.title[language],
        "remarks": len(chapter.remarks),
        "figures": [
            {"code": head.code, "title": head.title[language], "unit": head.unit[language]}
            | cell(table.total.figures[head.code], head)
            for head in table.heads
        ],
    }


def _missing(pack: Pack) -> list[str]:
    """Return the lines of work of which the pack says nothing, since they have no procedure yet."""
    codes = [head.code for chapter in pack.chapters for head in chapter.tables[0].heads]
    return [line.title[reading_language()] for line in without_procedure([*codes, *discover()])]


def cell(figure: Figure, head: Head) -> dict[str, Any]:
    """Return a figure as tables show it: both numbers, the change, whether it is better, worse, notable."""
    language = reading_language()
    this, before = words.figure_shown(figure, head, language)
    return {
        "now": this,
        "before": before,
        "state": figure.state,
        "before_state": figure.before_state,
        "change": change_shown(figure, head),
        "percent": _percent(figure.change_share, signed=True),
        "share": _percent(figure.share),
        "rank": figure.rank,
        "notable": figure.notable,
        "good": _is_good(figure, head),
        "interval": _interval(figure, head),
    }


def change_shown(figure: Figure, head: Head) -> str:
    """Return the change in the indicator's unit with its sign; of a share in percentage points."""
    if figure.change is None:
        return "—"
    number = figure.change * 100 if head.percent else figure.change
    text = _number(abs(number), head.decimals)
    sign = "+" if number > 0 else "−" if number < 0 else "±"
    return f"{sign}{text}" + (_(" pp") if head.percent else "")


def _number(number: float, decimals: int) -> str:
    text = f"{number:,.{decimals}f}".replace(",", "\u00a0")
    return text.replace(".", ",") if reading_language() == "uk" else text


def _percent(share: float | None, *, signed: bool = False) -> str:
    if share is None:
        return "—"
    sign = "" if not signed else "+" if share > 0 else "−" if share < 0 else ""
    return f"{sign}{_number(abs(share) * 100, 1)}\u00a0%"


def _is_good(figure: Figure, head: Head) -> bool | None:
    if not figure.change or head.direction == "neither":
        return None
    return (figure.change > 0) == (head.direction == "more")


def _interval(figure: Figure, head: Head) -> str:
    if figure.low is None or figure.high is None:
        return ""
    times = 100 if head.percent else 1
    ends = (_number(end * times, max(head.decimals, 0)) for end in (figure.low, figure.high))
    return " – ".join(ends)


@require_safe
@opens("results")
def chapter(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Show a chapter: all its indicators by one level, each beside the year before, with what units say."""
    found = book(request, name)
    part = next((one for one in found.pack.chapters if one.code == code), None)
    if part is None:
        raise Http404
    table = table_of(part, request.GET.get("level", ""))
    language = reading_language()
    marked = {(remark.indicator, remark.row) for remark in part.remarks}
    page = frame(found) | {
        "chapter": {"code": part.code, "title": part.title[language]},
        "levels": levels(part, table),
        "level": table.level,
        "heads": [_head(head) for head in table.heads],
        "rows": [_line(line, table, marked) for line in table.lines],
        "total": _line(table.total, table, marked),
        "remarks": [remark_row(one, part) for one in part.remarks],
        "beside": beside(found.pack, part),
    }
    return render(request, "results/chapter.html", page)


def table_of(part: Chapter, level: str) -> Table:
    """Return the chapter's table by this level, the first one where it has none such."""
    return next((one for one in part.tables if one.level == level), part.tables[0])


def levels(part: Chapter, here: Table) -> list[dict[str, Any]]:
    """Return the levels by which the chapter has tables."""
    return [{"code": one.level, "title": LEVEL_NAMES[one.level], "here": one is here} for one in part.tables]


def _head(head: Head) -> dict[str, Any]:
    language = reading_language()
    return {
        "code": head.code,
        "title": head.title[language],
        "unit": head.unit[language],
        "definition": head.definition[language],
        "breaks": [text[language] for text in head.breaks],
    }


def _line(line: Line, table: Table, marked: set[tuple[str, str | None]]) -> dict[str, Any]:
    row = None if line.code == TOTAL else line.code
    return {
        "code": line.code,
        "name": line.name[reading_language()],
        "cells": [
            cell(line.figures[head.code], head)
            | {
                "code": head.code,
                "title": head.title[reading_language()],
                "remark": (head.code, row) in marked,
            }
            for head in table.heads
        ],
    }


def remark_row(remark: Remark, part: Chapter) -> dict[str, Any]:
    """Return what a unit says to a figure, with the names of the figure and its line."""
    language = reading_language()
    names = {line.code: line.name[language] for table in part.tables for line in table.lines}
    heads = {head.code: head.title[language] for table in part.tables for head in table.heads}
    return {
        "indicator": remark.indicator,
        "title": heads.get(remark.indicator, ""),
        "row": names.get(remark.row, "") if remark.row else _("Total"),
        "unit": remark.unit[language],
        "text": remark.text[language],
        "is_ukrainian": language == "en" and remark.text["en"] == remark.text["uk"],
        "at": remark.at,
    }


def beside(pack: Pack, part: Chapter) -> dict[str, Any]:
    """Return the chapters before and after one."""
    language, nth = reading_language(), pack.chapters.index(part)
    around = {"previous": pack.chapters[nth - 1] if nth else None}
    around["next"] = pack.chapters[nth + 1] if nth + 1 < len(pack.chapters) else None
    return {way: {"code": one.code, "title": one.title[language]} for way, one in around.items() if one}


def change_row(change: Change) -> dict[str, Any]:
    """Return one difference between editions, or between an edition and the journal of now."""
    language = reading_language()
    was, now_ = change.values
    head = _told_apart(change.head, was, now_)
    return {
        "chapter": change.chapter,
        "level": change.level,
        "level_title": LEVEL_NAMES[change.level],
        "row": change.line.code,
        "name": change.line.name[language],
        "indicator": change.head.code,
        "title": change.head.title[language],
        "span": change.span,
        "was": words.number_shown(was, head, language),
        "now": words.number_shown(now_, head, language),
    }


def _told_apart(head: Head, one: float | None, other: float | None) -> Head:
    """Return the column with as many digits as it takes to see that two numbers differ, six at most."""
    finer = (replace(head, decimals=digits) for digits in range(head.decimals, 7))
    texts = ((form, {words.number_shown(value, form, "uk") for value in (one, other)}) for form in finer)
    return next((form for form, shown in texts if len(shown) > 1), head)


def may_ask(reader: Reader, found: Book) -> bool:
    """Return whether the reader may ask units to explain figures of this report."""
    return (
        found.draft is not None
        and found.draft.state != "dropped"
        and reader.role in explanation.procedure.step("ask").roles
    )


def records_query(found: Book, head: Head, table: Table, row: str) -> str:
    """Return the query of the page that lists the cases behind a figure."""
    query = {
        "first": found.pack.first.isoformat(),
        "last": found.pack.last.isoformat(),
        "by": table.level,
        "indicator": head.code,
        "row": row,
    }
    asked = found.frozen.asked if found.frozen else found.draft.composition
    for name, code in (("place", asked["place"]), ("unit", asked.get("unit") or asked.get("under"))):
        if code:
            query |= {name: code, f"{name}_code": code}
    return urlencode(query)


def opens_records(reader: Reader, figure: Figure, head: Head) -> bool:
    """Return whether the reader may see the cases behind a figure, and there are any."""
    return bool(figure.now if head.additive else figure.base) and may(reader, "cases")


def in_order(lines: Sequence[Line], code: str, sort: str) -> list[Line]:
    """Return the lines by a column of one indicator; unknown figures go last."""
    column = sort.lstrip("-")
    if column == "name":
        return list(reversed(lines)) if sort.startswith("-") else list(lines)
    known = [line for line in lines if getattr(line.figures[code], column) is not None]
    rest = [line for line in lines if getattr(line.figures[code], column) is None]
    return (
        sorted(known, key=lambda line: getattr(line.figures[code], column), reverse=sort.startswith("-"))
        + rest
    )
