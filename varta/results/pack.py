"""The pack: the one shape in which a report leaves its maker, for the reader, files, slides and the public.

Knows no framework. Numbers are not rounded; an absent one is None and its state says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from varta.figures import Period, breaks
from varta.indicators import discover
from varta.results.chapters import TITLES, by_chapter

if TYPE_CHECKING:
    from varta.figures import Indicator
    from varta.results import report as reports
    from varta.results.models import FrozenReport

Text = Mapping[str, str]  # {"uk", "en"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: this period, the same days a year before, and what can be said of the two.

    `base` and `before_base`: the count that a share or quantile rests on. `change` is now - before in the indicator's
    unit, `change_share` the change as a share of before. `low` and `high` are the ends of the 95 %
    interval of `now`. `notable` says which way it went when chance does not explain the change.
    """

    now: float | None
    state: str  # known, unknown, hidden
    base: float | None = None
    before: float | None = None
    before_state: str = "unknown"
    change: float | None = None
    change_share: float | None = None
    low: float | None = None
    high: float | None = None
    notable: str | None = None  # up, down
    share: float | None = None
    rank: int | None = None
    target: float | None = None
    before_base: float | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A column: the indicator as it was when the report was made."""

    code: str
    title: Text
    unit: Text
    definition: Text
    direction: str  # more, less, neither
    decimals: int
    percent: bool
    additive: bool
    breaks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A place or a unit with its figures by indicator code; `notes` say what became of it in these days."""

    code: str
    name: Text
    population: int | None
    figures: Mapping[str, Figure]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The indicators of a chapter by one level, in the order of the alphabet, and the whole."""

    level: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    total: Line


@dataclass(frozen=True, slots=True)
class Remark:
    """What a unit says to a figure; `row` is the code of a line, None for the whole."""

    indicator: str
    row: str | None
    unit: Text
    text: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of work: its tables by level, and what units say to its figures."""

    code: str
    title: Text
    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A report, whole. `edition` 0 is a draft that nobody has frozen."""

    name: str
    title: Text
    edition: int
    first: date
    last: date
    before_first: date
    before_last: date
    place: Text | None
    unit: Text | None
    chapters: tuple[Chapter, ...]
    made_at: datetime
    counted_at: str  # when the lake was last brought up to the journal, ISO 8601
    watermark: int  # entries of transactions before this one were counted
    version: str  # of the code
    law: str  # SHA-256 of the sources of procedures and indicators
    files: Mapping[str, str]  # file of the lake -> SHA-256


def as_plain(pack: Pack) -> dict[str, Any]:
    """Return the pack as values that JSON knows; what a class gives by itself is left out of figures."""
    plain = {one.name: getattr(pack, one.name) for one in fields(Pack)}
    for name in ("first", "last", "before_first", "before_last", "made_at"):
        plain[name] = plain[name].isoformat()
    return plain | {
        "files": dict(pack.files),
        "title": dict(pack.title),
        "place": dict(pack.place) if pack.place else None,
        "unit": dict(pack.unit) if pack.unit else None,
        "chapters": [_chapter_plain(chapter) for chapter in pack.chapters],
    }


def _chapter_plain(chapter: Chapter) -> dict[str, Any]:
    return {
        "code": chapter.code,
        "title": dict(chapter.title),
        "tables": [
            {
                "level": table.level,
                "heads": [_head_plain(head) for head in table.heads],
                "lines": [_line_plain(line) for line in table.lines],
                "total": _line_plain(table.total),
            }
            for table in chapter.tables
        ],
        "remarks": [
            {
                "indicator": remark.indicator,
                "row": remark.row,
                "unit": dict(remark.unit),
                "text": dict(remark.text),
                "at": remark.at.isoformat(),
            }
            for remark in chapter.remarks
        ],
    }


def _head_plain(head: Head) -> dict[str, Any]:
    plain = {one.name: getattr(head, one.name) for one in fields(Head)}
    texts = {name: dict(plain[name]) for name in ("title", "unit", "definition")}
    return plain | texts | {"breaks": [dict(text) for text in head.breaks]}


def _line_plain(line: Line) -> dict[str, Any]:
    figures = {code: _figure_plain(figure) for code, figure in line.figures.items()}
    plain = {"code": line.code, "name": dict(line.name), "population": line.population, "figures": figures}
    return plain | {"notes": [dict(note) for note in line.notes]} if line.notes else plain


def _figure_plain(figure: Figure) -> dict[str, Any]:
    held = ((one, getattr(figure, one.name)) for one in fields(Figure))
    return {one.name: value for one, value in held if one.default is MISSING or value != one.default}


def from_plain(plain: Mapping[str, Any]) -> Pack:
    """Return the pack that `as_plain` was given."""
    days = {
        name: date.fromisoformat(plain[name]) for name in ("first", "last", "before_first", "before_last")
    }
    moments = {"made_at": datetime.fromisoformat(plain["made_at"])}
    chapters = {"chapters": tuple(_chapter_of(chapter) for chapter in plain["chapters"])}
    return Pack(**{**plain, **days, **moments, **chapters})


def _chapter_of(plain: Mapping[str, Any]) -> Chapter:
    return Chapter(
        plain["code"],
        plain["title"],
        tuple(_table_of(table) for table in plain["tables"]),
        tuple(
            Remark(**{**remark, "at": datetime.fromisoformat(remark["at"])}) for remark in plain["remarks"]
        ),
    )


def _table_of(plain: Mapping[str, Any]) -> Table:
    heads = tuple(Head(**{**head, "breaks": tuple(head["breaks"])}) for head in plain["heads"])
    lines = tuple(_line_of(line) for line in plain["lines"])
    return Table(plain["level"], heads, lines, _line_of(plain["total"]))


def _line_of(plain: Mapping[str, Any]) -> Line:
    figures = {code: Figure(**figure) for code, figure in plain["figures"].items()}
    return Line(plain["code"], plain["name"], plain["population"], figures, tuple(plain.get("notes", ())))


def titled(first: date, last: date) -> Text:
    """Return the usual title of a report of these days."""
    days = Period(first, last).title
    return {"uk": f"Звіт за {days['uk']}", "en": f"Report for {days['en']}"}


def of_report(
    *made: reports.Report,
    name: str,
    at: datetime,
    title: Text | None = None,
    edition: int = 0,
    place: Text | None = None,
    unit: Text | None = None,
    chapters: Sequence[str] = (),
    remarks: Sequence[Remark] = (),
    watermark: int = 0,
    version: str = "",
    law: str = "",
    files: Mapping[str, str] | None = None,
) -> Pack:
    """Return the pack of one report, or of several that differ in their level only.

    `chapters` names those that are wanted, all without it; one without indicators is left out.
    `place` and `unit` are the names of what the report was narrowed to.
    """
    first = made[0]
    parts = by_chapter(one.code for one in first.indicators)
    return Pack(
        name=name,
        title=title or titled(first.period.first, first.period.last),
        edition=edition,
        first=first.period.first,
        last=first.period.last,
        before_first=first.before.first,
        before_last=first.before.last,
        place=place,
        unit=unit,
        chapters=tuple(
            Chapter(
                code,
                TITLES[code],
                tuple(_table(report, codes) for report in made),
                tuple(remark for remark in remarks if remark.indicator in codes),
            )
            for code, codes in parts.items()
            if not chapters or code in chapters
        ),
        made_at=at,
        counted_at=first.counted_at,
        watermark=watermark,
        version=version,
        law=law,
        files=files or {},
    )


def _table(report: reports.Report, codes: Sequence[str]) -> Table:
    heads = tuple(head_of(one, report.period) for one in report.indicators if one.code in codes)
    lines = tuple(_line(line, codes) for line in report.lines)
    return Table(report.level, heads, lines, _line(report.total, codes))


def head_of(indicator: Indicator, period: Period) -> Head:
    """Return the column of an indicator, with the days of the period from which it is counted otherwise."""
    return Head(
        code=indicator.code,
        title=dict(indicator.title),
        unit=dict(indicator.unit),
        definition=dict(indicator.definition),
        direction=indicator.direction,
        decimals=indicator.decimals,
        percent=indicator.percent,
        additive=indicator.additive,
        breaks=breaks.notes(indicator, period),
    )


def _line(line: reports.Line, codes: Sequence[str]) -> Line:
    figures = {code: _figure(line.cells[code]) for code in codes}
    return Line(line.code, dict(line.names), line.population, figures, tuple(map(dict, line.notes)))


def _figure(cell: reports.Cell) -> Figure:
    return Figure(
        now=cell.now.number,
        state=cell.now.state,
        base=cell.now.base,
        before=cell.before.number,
        before_state=cell.before.state,
        change=cell.change,
        change_share=cell.percent,
        low=cell.low,
        high=cell.high,
        notable=cell.notable,
        share=cell.share,
        rank=cell.rank,
        before_base=cell.before.base,
    )


def of_frozen(frozen: FrozenReport) -> Pack:
    """Return the pack that was frozen, also of rows that were frozen before there were packs."""
    if "chapters" in frozen.rows:
        return from_plain(frozen.rows)
    rows = frozen.rows
    first, last = (date.fromisoformat(rows["period"][end]) for end in ("from", "to"))
    heads = {head["code"]: _head_then(head, Period(first, last)) for head in rows["indicators"]}
    return Pack(
        name=frozen.name,
        title=titled(first, last),
        edition=frozen.edition,
        first=first,
        last=last,
        before_first=date.fromisoformat(rows["year_before"]["from"]),
        before_last=date.fromisoformat(rows["year_before"]["to"]),
        place=_named(rows["place"]),
        unit=_named(rows["unit"]),
        chapters=tuple(
            Chapter(code, TITLES[code], (_table_then(rows, [heads[one] for one in codes]),))
            for code, codes in by_chapter(heads).items()
        ),
        made_at=frozen.made_at,
        counted_at=rows["counted_at"],
        watermark=frozen.watermark,
        version=frozen.version,
        law=frozen.law,
        files=frozen.files,
    )


def _head_then(plain: Mapping[str, Any], period: Period) -> Head:
    """Return a column of older rows, which named neither definition nor form: those of today, if there is one."""
    if plain["code"] in discover():
        return head_of(discover()[plain["code"]], period)
    nothing = {"uk": "", "en": ""}
    return Head(plain["code"], plain["title"], plain["unit"], nothing, plain["direction"], 2, False, False)


def _table_then(rows: Mapping[str, Any], heads: Sequence[Head]) -> Table:
    lines = [_line_then(line, heads) for line in (*rows["rows"], rows["total"])]
    return Table(rows["by"], tuple(heads), tuple(lines[:-1]), lines[-1])


def _line_then(plain: Mapping[str, Any], heads: Sequence[Head]) -> Line:
    figures = {}
    for head in heads:
        held = plain["values"][head.code]
        figures[head.code] = Figure(
            now=held["value"],
            state=held["state"],
            base=held["base"],
            before=held["year_before"],
            before_state=held["year_before_state"],
            change=held["change"],
            change_share=held["change_share"],
            share=held["share"],
            rank=held["rank"],
            low=held.get("low"),
            high=held.get("high"),
            notable=held.get("notable"),
        )
    return Line(plain["code"], plain["name"], plain["population"], figures)


def _named(code: str | None) -> Text | None:
    return {"uk": code, "en": code} if code else None
