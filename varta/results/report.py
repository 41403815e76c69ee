"""The report of a period: rows that page, command, file and API all show."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

import duckdb

from varta.figures import Covered, Indicator, Period, Text, UnitsWith, Value, chance
from varta.figures.engine import TOTAL, Answer, Interval, Level, Question, Records, Row, ask, records
from varta.indicators import discover
from varta.lake import damage, manifest
from varta.lake.source import LakeFiles
from varta.people.scope import Reader
from varta.places.models import Territory, Unit
from varta.results import ground

Judgements = Mapping[str, Mapping[str, chance.Judged]]  # row -> indicator -> what chance says of the figure


class ReportRefused(ValueError):
    """The report cannot be made as it was asked for; `texts` says why in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        self.texts = {"uk": uk, "en": en}
        super().__init__(en)


class FiguresDamaged(ReportRefused):
    """A file of the lake is missing or corrupted; `texts` names it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one row: this period, the same days a year before, and what follows.

    `change` is now - before, in the indicator's unit; `percent` the change as a share of before.
    `share` is the part of the total and `rank` the place among the rows, 1 the largest value,
    equal values sharing a rank; both None where they make no sense. `low` and `high` are the 95 %
    interval of now, `notable` the way of a change that is larger than chance explains, see chance.py.
    """

    now: Value
    before: Value
    change: float | None
    percent: float | None
    share: float | None
    rank: int | None
    low: float | None = None
    high: float | None = None
    notable: chance.Notable | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A place or a unit with its cells by indicator code; `notes` say what became of it in these days."""

    code: str
    names: Mapping[str, str]
    population: int | None
    cells: Mapping[str, Cell]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Report:
    """The rows of a report, in the order of the alphabet, and the whole."""

    period: Period
    before: Period
    level: Level
    place: str | None
    unit: str | None
    indicators: tuple[Indicator, ...]
    lines: tuple[Line, ...]
    total: Line
    counted_at: str  # when the lake was last brought up to the journal, ISO 8601


@dataclass(frozen=True)
class Asked:
    """What somebody asks for; codes of place and unit narrow the report to what lies below them."""

    period: Period
    level: Level = "oblast"
    place: str | None = None
    unit: str | None = None
    codes: tuple[str, ...] = ()


def make(asked: Asked, *, reader: Reader, lake: LakeFiles | None = None) -> Report:
    """Return the report for a reader: never beyond the reader's places and units.

    Raises ReportRefused for an unknown indicator, place or unit, or one outside the reader's scope.
    """
    lake = lake or LakeFiles()
    indicators = chosen(asked.codes)
    codes = tuple(one.code for one in indicators)
    answer, judged = _answer(_State.of(lake), codes, _question(asked, reader))
    return Report(
        period=asked.period,
        before=asked.period.year_before(),
        level=asked.level,
        place=asked.place,
        unit=asked.unit,
        indicators=indicators,
        lines=_lines(answer, indicators, judged, ground.notes(asked.level, asked.period)),
        total=_line(answer.total, answer, indicators, {}, judged[TOTAL]),
        counted_at=lake.manifest.refreshed_at,
    )


@dataclass(frozen=True)
class _State:
    """What a figure depends on: the lake's folder, the names of its files, which never change, places and units."""

    folder: Path
    files: frozenset[str]
    written: tuple[int, ...]  # when places and units were written, nanoseconds
    lake: LakeFiles = field(compare=False)

    @classmethod
    def of(cls, lake: LakeFiles) -> "_State":
        ground = (Path(lake.dimension(name)) for name in ("places", "units", "beats"))
        written = tuple(path.stat().st_mtime_ns for path in ground)
        return cls(manifest.root(), frozenset(lake.manifest.hashes()), written, lake)


_Key = tuple[_State, tuple[str, ...], Question]
_kept: OrderedDict[_Key, tuple[Answer, Judgements]] = OrderedDict()
_keeping = Lock()
MOST_KEPT = 16  # an answer by hromada takes a few megabytes


def _answer(state: _State, codes: tuple[str, ...], question: Question) -> tuple[Answer, Judgements]:
    """Return the figures, counted once for each state of the lake; the question holds the reader's scope."""
    key = state, codes, question
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    indicators = chosen(codes)
    with naming_damage(state.lake):
        answer = ask(state.lake, indicators, question)
    found = answer, _judged(answer, indicators, question.period)
    with _keeping:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _judged(answer: Answer, indicators: Sequence[Indicator], period: Period) -> Judgements:
    """Return row -> indicator -> what chance says of it: of the rows together, and of the whole by itself."""
    days = period.days, period.year_before().days
    found: dict[str, dict[str, chance.Judged]] = {TOTAL: {}} | {row.code: {} for row in answer.rows}
    for one in indicators:
        told = chance.judge(one, [row.values[one.code] for row in answer.rows], days=days)
        for row, judged in zip(answer.rows, told, strict=True):
            found[row.code][one.code] = judged
        [found[TOTAL][one.code]] = chance.judge(one, [answer.total.values[one.code]], days=days)
    return found


def behind(
    asked: Asked, code: str, row: str, *, reader: Reader, page: int, size: int
) -> tuple[Records, Line]:
    """Return a page of the cases behind one figure of the report, and the figure's line.

    `code` names the indicator; `row` is the code of a line, or TOTAL. Raises ReportRefused.
    """
    lake = LakeFiles()
    state, question = _State.of(lake), _question(asked, reader)
    whole = tuple(one.code for one in chosen(asked.codes))
    [indicator] = chosen((code,))
    # The report from which somebody comes is mostly kept; if not, one figure is quicker than all.
    answer, judged = _answer(state, whole if (state, whole, question) in _kept else (code,), question)
    held = next((one for one in (*answer.rows, answer.total) if one.code == row), None)
    if held is None:
        raise ReportRefused(f"Рядка «{row}» у звіті немає.", f"The report has no row “{row}”.")
    line = _line(held, answer, (indicator,), {}, judged[row])
    # What these two are out of are hromadas and units; of all others the figure has told how many cases there are.
    told = line.cells[code].now.base if not isinstance(indicator.measure, Covered | UnitsWith) else None
    with naming_damage(lake):
        return records(lake, indicator, question, row, first=(page - 1) * size, most=size, known=told), line


def _question(asked: Asked, reader: Reader) -> Question:
    places = _within(Territory, asked.place, (reader.place_from, reader.place_to))
    units = _within(Unit, asked.unit, (reader.unit_from, reader.unit_to))
    return Question(asked.period, asked.level, places, units)


@contextmanager
def naming_damage(lake: LakeFiles) -> Iterator[None]:
    """Say of a lake that cannot be read which files are damaged. Raises FiguresDamaged, or what else was wrong."""
    try:
        yield
    except damage.LakeDamaged as damaged:
        raise FiguresDamaged(**damaged.texts) from damaged
    except duckdb.Error as failed:
        damages = damage.found(lake.manifest, deep=True)
        if not damages:
            raise
        raise FiguresDamaged(**damage.LakeDamaged(damages).texts) from failed


def usual_level(reader: Reader) -> Level:
    """Return the level that says most to the reader: the one below the widest place that the reader sees whole."""
    whole = (
        Territory.objects.filter(pre__gte=reader.place_from, pre_end__lte=reader.place_to)
        .order_by("pre")
        .first()
    )
    below: dict[int, Level] = {
        Territory.COUNTRY: "oblast",
        Territory.OBLAST: "raion",
        Territory.RAION: "hromada",
    }
    return below.get(whole.level, "hromada") if whole else "hromada"


def chosen(codes: Sequence[str]) -> tuple[Indicator, ...]:
    """Return the indicators with these codes, or all of them."""
    known = discover()
    unknown = [code for code in codes if code not in known]
    if unknown:
        listed, have = ", ".join(unknown), ", ".join(known)
        raise ReportRefused(
            f"Показника {listed} немає. Є: {have}.", f"There is no indicator {listed}. There are: {have}."
        )
    return tuple(known[code] for code in codes) if codes else tuple(known.values())


def _within(tree: type[Territory] | type[Unit], code: str | None, scope: Interval) -> Interval:
    """Return the interval of a place or unit, which must lie in the scope; without a code, the scope."""
    if not code:
        return scope
    found = tree.objects.filter(code=code).first()
    if found is None or not scope[0] <= found.pre <= found.pre_end <= scope[1]:
        raise ReportRefused(
            f"Коду «{code}» немає серед доступних вам. Оберіть зі списку.",
            f"The code “{code}” is not among those you may see. Choose from the list.",
        )
    return found.pre, found.pre_end


def _lines(
    answer: Answer, indicators: Sequence[Indicator], judged: Judgements, notes: ground.Notes
) -> tuple[Line, ...]:
    ranks = {indicator.code: _ranks(answer.rows, indicator.code) for indicator in indicators}
    lines = (_line(row, answer, indicators, ranks, judged[row.code]) for row in answer.rows)
    return tuple(replace(line, notes=notes.get(line.code, ())) for line in lines)


def _line(
    row: Row,
    answer: Answer,
    indicators: Sequence[Indicator],
    ranks: Mapping[str, Mapping[str, int]],
    judged: Mapping[str, chance.Judged],
) -> Line:
    cells = {}
    for indicator in indicators:
        now, before = row.values[indicator.code]
        whole = answer.total.values[indicator.code][0].number if indicator.additive else None
        cells[indicator.code] = Cell(
            now,
            before,
            change=_difference(now, before),
            percent=_relative(now, before),
            share=now.number / whole if whole and now.number is not None else None,
            rank=ranks.get(indicator.code, {}).get(row.code),
            low=judged[indicator.code].low,
            high=judged[indicator.code].high,
            notable=judged[indicator.code].notable,
        )
    return Line(row.code, row.names, row.population, cells)


def _difference(now: Value, before: Value) -> float | None:
    return now.number - before.number if now.number is not None and before.number is not None else None


def _relative(now: Value, before: Value) -> float | None:
    difference = _difference(now, before)
    return difference / before.number if difference is not None and before.number else None


def _ranks(rows: Sequence[Row], code: str) -> dict[str, int]:
    """Return place code -> rank; the largest is first, equals share a rank, unknown ones have none."""
    known = {row.code: row.values[code][0].number for row in rows if row.code}
    first: dict[float, int] = {}
    for rank, value in enumerate(sorted((v for v in known.values() if v is not None), reverse=True), start=1):
        first.setdefault(value, rank)
    return {place: first[value] for place, value in known.items() if value is not None}


def as_of(report: Report) -> datetime | None:
    """Return the moment up to which the report counts."""
    return datetime.fromisoformat(report.counted_at) if report.counted_at else None
