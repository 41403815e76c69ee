"""From a figure to its cases: a page of them, the newest first, without going through all.

Files are of months, and so the newest page lies in the newest files: months are read back from the period's end
until the page is full. A row of the table narrows what is read to the places or units that it stands for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import duckdb

from varta.figures import scanning
from varta.figures.indicator import BeatsOverNorm, Indicator
from varta.figures.periods import Period
from varta.figures.question import TOTAL, Interval, Lake, Question
from varta.figures.sql import Compiler, Scan


@dataclass(frozen=True)
class Records:
    """Cases behind a figure, the newest first: how many there are, and those of one page."""

    count: int
    cases: tuple[UUID, ...]


def records(
    lake: Lake,
    indicator: Indicator,
    question: Question,
    code: str,
    *,
    first: int = 0,
    most: int = 50,
    known: int | None = None,
) -> Records:
    """Return the cases that a row's figure of this period is counted from; `code` TOTAL means the whole.

    `known`: how many there are, if the figure has told it; else they are counted.
    """
    if isinstance(indicator.measure, BeatsOverNorm):
        return Records(0, ())  # beats are places; no case lies behind them
    compiler = Compiler(question.period)
    compiler.add(indicator)
    scan, condition = compiler.behind(indicator)
    with duckdb.connect() as database:
        asked, join, of_row = _row(database, lake, question, code)
        reading = _Reading(database, lake, compiler, scan, asked, join, (condition, of_row))
        count = reading.count() if known is None else known
        return Records(count, reading.page(first, most))


def _row(
    database: duckdb.DuckDBPyConnection, lake: Lake, question: Question, code: str
) -> tuple[Question, str, str]:
    """Return the question narrowed to a row, the join that the row needs, and its condition."""
    if code == TOTAL:
        return question, "", "true"
    text = "'" + code.replace("'", "''") + "'"
    join, condition = (
        scanning.join(lake, question.level),
        f"coalesce({scanning.column(question.level)}, '') = {text}",
    )
    if question.level == "unit" or not code:
        return question, join, condition
    # All that counts in the row: a place that became another counts in that one, and may lie elsewhere in the tree.
    units = question.level == "directorate"
    found = database.execute(
        f"SELECT min(pre), max(pre_end) FROM read_parquet('{lake.dimension('units' if units else 'places')}') "
        f"WHERE {question.level} = $code",
        {"code": code},
    ).fetchone()
    if not found or found[0] is None:
        return question, join, condition
    if units:
        return replace(question, units=_common(question.units, found)), join, condition
    return replace(question, places=_common(question.places, found)), join, condition


def _common(one: Interval | None, other: tuple[int, int]) -> Interval:
    return (max(one[0], other[0]), min(one[1], other[1])) if one else other


@dataclass(frozen=True)
class _Reading:
    """The rows behind one figure, and how to read them."""

    database: duckdb.DuckDBPyConnection
    lake: Lake
    compiler: Compiler
    scan: Scan
    question: Question
    join: str
    conditions: tuple[str, str]

    def count(self) -> int:
        """Return how many rows there are."""
        [(count,)] = self._fetch("count(*)", self._within(self.compiler.periods["now"]))
        return int(count)

    def page(self, first: int, most: int) -> tuple[UUID, ...]:
        """Return the cases of a page."""
        found: list[UUID] = []
        for months in self._months():
            lacking = first + most - len(found)
            newest = f'ORDER BY f."at" DESC, f."case" LIMIT {lacking}'
            found += [case for (case,) in self._fetch('f."case"', months, newest)]
            if len(found) >= first + most:
                break
        return tuple(found[first:])

    def _months(self) -> Iterator[scanning.Months | None]:
        """Yield the period's months, the last one first; None where all must be read at once."""
        period = self.compiler.periods["now"]
        if self._within(period) is None:
            yield None
            return
        last = period.last.year * 12 + period.last.month - 1
        for number in range(last, period.first.year * 12 + period.first.month - 2, -1):
            month = f"{number // 12}-{number % 12 + 1:02}"
            yield month, month

    def _within(self, period: Period) -> scanning.Months | None:
        """Return the months in which the rows lie, if their moment is that of their file."""
        if not scanning.by_month(self.scan):
            return None
        return f"{period.first:%Y-%m}", f"{period.last:%Y-%m}"

    def _fetch(self, what: str, months: scanning.Months | None, tail: str = "") -> list[tuple[Any, ...]]:
        rows = scanning.source(
            self.lake, self.compiler, self.scan, self.join, self.question, self.conditions, months
        )
        return self.database.execute(f"SELECT {what} {rows} {tail}").fetchall()
