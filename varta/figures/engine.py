"""The engine: DuckDB over the lake's files, inside the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import UUID

import duckdb

from varta.figures import beats, chance, stocks, units
from varta.figures.indicator import (
    BeatsOverNorm,
    Count,
    Covered,
    Indicator,
    KeptInTerm,
    PeoplePer,
    PerPopulation,
    PromisesKept,
    Quantile,
    Share,
    ShareWith,
    Stock,
    Unanswered,
    UnitsWith,
)
from varta.figures.periods import Period
from varta.figures.sql import Compiler, Join, Scan, both
from varta.figures.value import Value
from varta.law import discover

Level = Literal["country", "oblast", "raion", "hromada", "directorate", "unit"]
PLACE_LEVELS = {"country": 0, "oblast": 1, "raion": 2, "hromada": 3}
LEVELS: tuple[Level, ...] = ("country", "oblast", "raion", "hromada", "directorate", "unit")
TOTAL = "*"  # stands for the whole among the groups
Interval = tuple[int, int]


class Lake(Protocol):
    """Where the files are."""

    def files(self, folder: str, first: str = "", last: str = "9999-12") -> list[str]:
        """Return the files of a folder from one month ("2019-01") to another, both inclusive."""

    def columns(self, folder: str) -> Mapping[str, str]:
        """Return the columns of a folder with their types in DuckDB's words."""

    def dimension(self, name: Literal["places", "units", "beats"]) -> str:
        """Return the file of places, of units or of beats."""


@dataclass(frozen=True)
class Question:
    """What is asked: which days, by which level, within which places and units (preorder, inclusive)."""

    period: Period
    level: Level
    places: Interval | None = None
    units: Interval | None = None


@dataclass(frozen=True)
class Row:
    """A place or a unit with its figures: indicator code -> (this period, the same days a year before)."""

    code: str
    names: Mapping[str, str]
    sort_key: str
    population: int | None
    values: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The rows in the order of the alphabet, and the whole."""

    rows: tuple[Row, ...]
    total: Row


def ask(lake: Lake, indicators: Sequence[Indicator], question: Question) -> Answer:
    """Return the figures of all indicators for the question."""
    compiler = Compiler(question.period)
    for indicator in indicators:
        compiler.add(indicator)
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'")
        counted: dict[str, dict[str, Any]] = {}
        for scan in compiler.scans.values():
            _run(database, lake, compiler, scan, question, counted)
        rows = _rows(database, lake, question, counted)
        people = _own_people(database, lake, question)
        ground = _ground(database, lake, question, indicators)
        of_beats = _beats(database, lake, question, indicators, compiler.periods)
        of_units = _units(database, lake, question, indicators, compiler.periods)
    if people is None:
        people = _people(rows, counted)
    total = Row(TOTAL, {"uk": "Усього", "en": "Total"}, "", people)
    filling = _Filling(indicators, compiler.periods, ground, of_beats, of_units)
    return Answer(
        tuple(filling.filled(row, counted.get(row.code, {})) for row in rows),
        filling.filled(total, counted.get(TOTAL, {})),
    )


@dataclass(frozen=True)
class Records:
    """Cases behind a figure, the newest first: how many there are, and those of one page."""

    count: int
    cases: tuple[UUID, ...]


def records(
    lake: Lake, indicator: Indicator, question: Question, code: str, *, first: int = 0, most: int = 50
) -> Records:
    """Return the cases that a row's figure of this period is counted from; `code` TOTAL means the whole."""
    if isinstance(indicator.measure, BeatsOverNorm):
        return Records(0, ())  # beats are places; no case lies behind them
    compiler = Compiler(question.period)
    compiler.add(indicator)
    scan, condition = compiler.behind(indicator)
    group, join = _group(lake, question.level)
    wanted = "true" if code == TOTAL else f"coalesce({group}, '') = $code"
    rows = _from(lake, compiler, scan, join, question, [condition, wanted])
    given = {} if code == TOTAL else {"code": code}
    with duckdb.connect() as database:
        [(count,)] = database.execute(f"SELECT count(*) {rows}", given).fetchall()
        page = f'SELECT f."case" {rows} ORDER BY f."at" DESC, f."case" LIMIT {most} OFFSET {first}'
        return Records(count, tuple(case for (case,) in database.execute(page, given).fetchall()))


def _run(
    database: duckdb.DuckDBPyConnection,
    lake: Lake,
    compiler: Compiler,
    scan: Scan,
    question: Question,
    counted: dict[str, dict[str, Any]],
) -> None:
    names = list(scan.aggregates)
    listed = ", ".join(f"{call} AS a{n}" for n, call in enumerate(scan.aggregates.values()))
    group, join = _group(lake, question.level)
    query = (
        f"SELECT CASE WHEN grouping({group}) = 1 THEN '{TOTAL}' ELSE coalesce({group}, '') END, {listed} "
        f"{_from(lake, compiler, scan, join, question, [compiler.either(scan)])} "
        f"GROUP BY GROUPING SETS (({group}), ())"
    )
    for code, *values in database.execute(query).fetchall():
        counted.setdefault(code, {}).update(zip(names, values, strict=True))


def _from(
    lake: Lake, compiler: Compiler, scan: Scan, join: str, question: Question, conditions: Sequence[str]
) -> str:
    """Return FROM and WHERE of a scan: its rows within the question's places and units."""
    scope = [f"f.{name}_pre BETWEEN {low} AND {high}" for name, (low, high) in _intervals(question)]
    since = f"{compiler.periods['before'].first:%Y-%m}"  # what follows a case comes no earlier than the case
    joins = " ".join(
        f"{one.kind} JOIN {_joined(lake, one, '' if scan.every_month else since)} {one.alias} ON {one.on}"
        for one in scan.joins
    )
    return f"FROM {_source(lake, compiler, scan)} f {joins} {join} WHERE {both([*conditions, *scope])}"


def _joined(lake: Lake, join: Join, since: str) -> str:
    found = _files(lake, join.folder, lake.files(join.folder, since))
    return f'(SELECT DISTINCT "case" FROM {found})' if join.cases else found


def _group(lake: Lake, level: Level) -> tuple[str, str]:
    """Return the column to group by, and the join that brings it."""
    if level == "unit":
        return "f.unit", ""
    if level == "directorate":
        return "u.directorate", f"LEFT JOIN read_parquet('{lake.dimension('units')}') u ON u.pre = f.unit_pre"
    return f"p.{level}", f"LEFT JOIN read_parquet('{lake.dimension('places')}') p ON p.pre = f.place_pre"


def _intervals(question: Question) -> list[tuple[str, Interval]]:
    given = (("place", question.places), ("unit", question.units))
    return [(name, interval) for name, interval in given if interval is not None]


def _source(lake: Lake, compiler: Compiler, scan: Scan) -> str:
    """Return the rows of a scan: its folder's files of the months in question."""
    if scan.moves:
        folders = {
            move.step: table(lake, move.step) for move in scan.moves
        }  # a step may count from an earlier day
        return stocks.stretches(scan.moves, folders, lake.dimension("places"))
    if scan.every_month:
        return table(lake, scan.folder)
    found = table(lake, scan.folder, compiler)
    if not scan.first_only or _once(scan.folder):
        return found
    kept = ", ".join(
        f'any_value("{name}") AS "{name}"' for name in lake.columns(scan.folder) if name not in ("case", "at")
    )
    return f'(SELECT "case", min("at") AS "at", {kept} FROM {found} GROUP BY "case")'


def _once(folder: str) -> bool:
    procedure, _, step = folder.partition(".")
    return discover()[procedure].step(step).once


def table(lake: Lake, folder: str, compiler: Compiler | None = None) -> str:
    """Return a folder as a table; with a compiler, only the months of its periods."""
    if compiler is None:
        return _files(lake, folder, lake.files(folder))
    months = [(f"{period.first:%Y-%m}", f"{period.last:%Y-%m}") for period in compiler.periods.values()]
    return _files(
        lake, folder, sorted({file for first, last in months for file in lake.files(folder, first, last)})
    )


def _files(lake: Lake, folder: str, files: Sequence[str]) -> str:
    if files:
        return f"read_parquet({list(files)!r}, union_by_name = {len(files) > 1})"
    typed = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in lake.columns(folder).items())
    return f"(SELECT {typed} WHERE false)"


def _rows(
    database: duckdb.DuckDBPyConnection, lake: Lake, question: Question, counted: Mapping[str, object]
) -> list[Row]:
    """Return the places or units of the level, in the order of the alphabet, also those with nothing counted."""
    if question.level in PLACE_LEVELS:
        found = database.execute(
            f"SELECT code, uk, en, sort_key, population, country FROM read_parquet('{lake.dimension('places')}') "
            # A place that became another counts in that one and is no row of its own.
            f"WHERE level = $level AND {question.level} = code AND pre BETWEEN $low AND $high ORDER BY sort_key, code",
            _bounds(question.places) | {"level": PLACE_LEVELS[question.level]},
        ).fetchall()
        home = found[0][5] if len({row[5] for row in found}) == 1 else _home(database, lake)
        rows = [Row(*_named(row)) for row in found if row[5] == home or row[0] in counted]
    else:
        own = "code = directorate" if question.level == "directorate" else "true"
        found = database.execute(
            f"SELECT code, uk, en, sort_key, NULL FROM read_parquet('{lake.dimension('units')}') "
            f"WHERE {own} AND pre BETWEEN $low AND $high ORDER BY sort_key, code",
            _bounds(question.units),
        ).fetchall()
        rows = [Row(*_named(row)) for row in found if question.level == "directorate" or row[0] in counted]
    if "" in counted:
        rows.append(Row("", {"uk": "без уточнення", "en": "not specified"}, "", None))
    return rows


def _home(database: duckdb.DuckDBPyConnection, lake: Lake) -> str | None:
    """Return the country that comes first: rows of others are shown where they count something."""
    query = (
        f"SELECT code FROM read_parquet('{lake.dimension('places')}') WHERE level = 0 ORDER BY pre LIMIT 1"
    )
    found = database.execute(query).fetchone()
    return found[0] if found else None


def _bounds(interval: Interval | None) -> dict[str, int]:
    low, high = interval or (-(2**31), 2**31 - 1)
    return {"low": low, "high": high}


def _named(row: Sequence[Any]) -> tuple[str, dict[str, str], str, int | None]:
    return row[0], {"uk": row[1], "en": row[2]}, row[3], row[4]


def _own_people(database: duckdb.DuckDBPyConnection, lake: Lake, question: Question) -> int | None:
    """Return the people of the one place that the question is about, if they are known."""
    if question.places is None:
        return None
    found = database.execute(
        f"SELECT population FROM read_parquet('{lake.dimension('places')}') WHERE pre = $low AND pre_end = $high",
        _bounds(question.places),
    ).fetchone()
    return found[0] if found else None


def _people(rows: Sequence[Row], counted: Mapping[str, object]) -> int | None:
    """Return the people of all rows; None where one that counts something is unknown.

    A part of the people would pass for the whole. Rows without figures and without people, as
    those of oblasts that no register reaches, are left out.
    """
    known = [row.population for row in rows if row.population is not None]
    lacking = any(row.population is None and row.code in counted for row in rows if row.code)
    return sum(known) if known and not lacking else None


def _ground(
    database: duckdb.DuckDBPyConnection, lake: Lake, question: Question, indicators: Sequence[Indicator]
) -> stocks.Ground:
    """Return the hromadas of the question, if they matter; the lake does not know what units answer for."""
    asked = any(isinstance(one.measure, Covered | PeoplePer) for one in indicators)
    if not asked or question.level not in PLACE_LEVELS:
        return {}
    return stocks.ground(database, lake.dimension("places"), question.level, question.places)


def _beats(
    database: duckdb.DuckDBPyConnection,
    lake: Lake,
    question: Question,
    indicators: Sequence[Indicator],
    periods: Mapping[str, Period],
) -> Mapping[str, beats.Counted]:
    """Return the beats of both periods' last days, if they matter."""
    if not any(isinstance(one.measure, BeatsOverNorm) for one in indicators):
        return {}
    group = question.level if question.level in PLACE_LEVELS else None
    files = lake.dimension("beats"), lake.dimension("places")
    return {
        span: beats.counted(database, files, group, period.last, question.places)
        for span, period in periods.items()
    }


def _units(
    database: duckdb.DuckDBPyConnection,
    lake: Lake,
    question: Question,
    indicators: Sequence[Indicator],
    periods: Mapping[str, Period],
) -> Mapping[str, units.Standing]:
    """Return the units of both periods' last days, if they matter."""
    if not any(isinstance(one.measure, UnitsWith) for one in indicators):
        return {}
    files, within = (lake.dimension("units"), lake.dimension("places")), (question.places, question.units)
    return {
        span: units.standing(database, files, question.level, period.last, within)
        for span, period in periods.items()
    }


@dataclass(frozen=True)
class _Filling:
    """What turns what was counted into figures."""

    indicators: Sequence[Indicator]
    periods: Mapping[str, Period]
    ground: stocks.Ground
    beats: Mapping[str, beats.Counted]
    units: Mapping[str, units.Standing]

    def filled(self, row: Row, counted: Mapping[str, Any]) -> Row:
        """Return the row with its figures."""
        values = {
            one.code: (self._value(one, row, counted, "now"), self._value(one, row, counted, "before"))
            for one in self.indicators
        }
        return Row(row.code, row.names, row.sort_key, row.population, values)

    def _value(self, indicator: Indicator, row: Row, counted: Mapping[str, Any], span: str) -> Value:
        measure = indicator.measure
        if isinstance(measure, BeatsOverNorm):
            return beats.value(self.beats[span], row.code)
        if isinstance(measure, UnitsWith):
            return units.value(self.units[span], row.code, counted.get(f"{indicator.code}.units.{span}"))
        if not isinstance(measure, Covered | PeoplePer):
            return _value(indicator, row, counted, span)
        held = counted.get(f"{indicator.code}.hromadas.{span}")
        code = None if row.code == TOTAL else row.code
        return stocks.value(measure, held, code, self.ground, self.periods[span])


def _value(indicator: Indicator, row: Row, counted: Mapping[str, Any], span: str) -> Value:
    def part(name: str) -> Any:
        return counted.get(f"{indicator.code}.{name}.{span}")

    measure = indicator.measure
    if isinstance(measure, Share | ShareWith | KeptInTerm | PromisesKept):
        return Value.share(part("part") or 0, part("whole") or 0)
    if isinstance(measure, Quantile):
        return _quantile(measure.q, part("quantile"), part("base"))
    count = part("count") or 0
    if isinstance(measure, Stock):
        return Value.known(count, count)
    assert isinstance(measure, Count | Unanswered | PerPopulation)  # the others are told by stocks.py
    asks = measure.count.recorded if isinstance(measure, PerPopulation) else measure.recorded
    if asks and part("opened") and not part("recorded"):
        return Value.unknown()
    if isinstance(measure, PerPopulation):
        return Value.known(count / row.population * measure.per, count) if row.population else Value.unknown()
    return Value.known(count, count)


def _quantile(q: float, read: Sequence[float] | None, base: int | None) -> Value:
    """Return a quantile with its interval from the values that were read at `chance.points`."""
    if not read or not base:
        return Value.unknown()
    low, high = chance.quantile_interval(base, q, read) or (None, None)
    return Value(read[chance.points(q).index(q)], "known", base, low=low, high=high)
