"""The engine: DuckDB over the lake's files, inside the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import duckdb

from varta.figures import beats, chance, scanning, stocks, units
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
from varta.figures.question import LEVELS, PLACE_LEVELS, TOTAL, Interval, Lake, Level, Question
from varta.figures.records import Records, records
from varta.figures.sql import Compiler
from varta.figures.value import Value

__all__ = [
    "LEVELS",
    "TOTAL",
    "Answer",
    "Interval",
    "Lake",
    "Level",
    "Question",
    "Records",
    "Row",
    "ask",
    "ask_levels",
    "records",
]


class Counter(Protocol):
    """What goes through the entries and counts."""

    def __call__(
        self,
        database: duckdb.DuckDBPyConnection,
        lake: Lake,
        compiler: Compiler,
        question: Question,
        levels: Sequence[Level],
        /,
    ) -> scanning.Counted:
        """Return what all scans of the compiler count, by level and row."""


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
    return ask_levels(lake, indicators, question, (question.level,))[question.level]


def ask_levels(
    lake: Lake,
    indicators: Sequence[Indicator],
    question: Question,
    levels: Sequence[Level],
    *,
    count: Counter = scanning.count,
) -> dict[Level, Answer]:
    """Return the figures by each of the levels, counted in one pass over the entries.

    The question's own level does not matter. `count` goes through the entries: DuckDB here, or Spark (spark.py).
    """
    compiler = Compiler(question.period)
    for indicator in indicators:
        compiler.add(indicator)
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'")
        counted = count(database, lake, compiler, question, levels)
        asked = {level: replace(question, level=level) for level in levels}
        return {
            level: _answer(database, lake, indicators, asked[level], compiler, counted[level])
            for level in levels
        }


def _answer(
    database: duckdb.DuckDBPyConnection,
    lake: Lake,
    indicators: Sequence[Indicator],
    question: Question,
    compiler: Compiler,
    counted: Mapping[str, Mapping[str, Any]],
) -> Answer:
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
        return stocks.Ground()
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
