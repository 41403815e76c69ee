"""Stocks: what state each case was in, from when to when, put together from the steps that moved it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from varta.figures.indicator import Covered, Move, PeoplePer
from varta.figures.periods import Period
from varta.figures.value import Value


def stretches(moves: Sequence[Move], folders: Mapping[str, str], places: str) -> str:
    """Return SQL of one row for each stretch of a case in a state, with its place and unit.

    `folders`: step -> its rows as a table; `places`: the file of places. `since` and `until` are moments in
    UTC, `until` NULL in the last stretch. A day counts from its midnight in UTC, which lies within the same
    day of Kyiv, and so on the right side of every bound of a period.
    """
    taken = " UNION ALL ".join(
        f'SELECT f."case", f."at", \'{move.state}\' AS state, {nth} AS nth, f.place_pre AS own, f.unit, f.unit_pre, '
        f"{_since(move)} AS since, {f'f.{move.place}' if move.place else 'NULL::VARCHAR'} AS moved_to "
        f"FROM {folders[move.step]} f"
        for nth, move in enumerate(moves)
    )
    order = 'PARTITION BY m."case" ORDER BY m.since, m."at", m.nth'
    return (
        f'(SELECT s."case", s."at", s.state, s.since, s.until, s.unit, s.unit_pre, h.pre AS place_pre, h.hromada FROM ('
        f"SELECT m.*, lead(m.since) OVER ({order}) AS until, coalesce(last_value(q.pre IGNORE NULLS) "
        f"OVER ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), m.own) AS place "
        f"FROM ({taken}) m LEFT JOIN read_parquet('{places}') q ON q.code = m.moved_to) s "
        f"LEFT JOIN read_parquet('{places}') h ON h.pre = s.place)"
    )


def _since(move: Move) -> str:
    return f'coalesce(f.{move.day}::TIMESTAMP, f."at")' if move.day else 'f."at"'


@dataclass(frozen=True)
class Hromada:
    """One hromada of the ground: the row it belongs to, its people, and the days on which it is one."""

    row: str
    people: int | None
    first: Any  # the first day, None: always was
    ended: Any  # the first day without it, None: still is

    def stood_on(self, day: object) -> bool:
        """Return whether it was a hromada on that day."""
        return (self.first is None or self.first <= day) and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Ground:
    """The hromadas that count, by code, and which of them belong to each row."""

    hromadas: Mapping[str, Hromada] = field(default_factory=dict)
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)


def ground(
    database: duckdb.DuckDBPyConnection, places: str, level: str, interval: tuple[int, int] | None
) -> Ground:
    """Return the hromadas within the interval, each with the row of the level that it belongs to."""
    low, high = interval or (-(2**31), 2**31 - 1)
    found = database.execute(
        f"SELECT code, {level}, population, valid_from, valid_to FROM read_parquet('{places}') "
        "WHERE level = 3 AND pre BETWEEN $low AND $high",
        {"low": low, "high": high},
    ).fetchall()
    rows: dict[str, list[str]] = defaultdict(list)
    for code, row, *_ in found:
        rows[row].append(code)
    return Ground({code: Hromada(*rest) for code, *rest in found}, rows)


def value(
    measure: Covered | PeoplePer,
    held: Mapping[str, int] | None,
    row: str | None,
    ground: Ground,
    period: Period,
) -> Value:
    """Return the figure of a row (None: of all) from how many of the stock each hromada has."""
    found, known = held or {}, ground.hromadas
    if isinstance(measure, PeoplePer):
        people = [known[code].people if code in known else None for code in found]
        return _people_per(people, sum(found.values()))
    own = known if row is None else ground.rows.get(row, ())
    standing = [code for code in own if known[code].stood_on(period.last)]
    return _covered(found, standing, measure.least)


def _people_per(people: Collection[int | None], stock: int) -> Value:
    known = [number for number in people if number is not None]
    if not stock or len(known) < len(people):
        return Value.unknown()
    return Value.known(sum(known) / stock, stock)


def _covered(found: Mapping[str, int], standing: Sequence[str], least: int) -> Value:
    return Value.share(sum(found.get(code, 0) >= least for code in standing), len(standing))
