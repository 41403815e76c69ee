"""The statements that write an entry together with what follows from it, in one round trip."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg

from varta.cases.canon import Written, canonical
from varta.cases.checks import Spot
from varta.cases.projection import Projection
from varta.cases.rows import SELECTED, row_of, slots

CASE_COLUMNS = [
    "key",
    "procedure",
    "place",
    "unit",
    "number",
    "year",
    "journal",
    "opened_at",
    "last_at",
    "last_step",
    "closed_at",
    "due_at",
    "late_from",
    "due_step",
    "parent",
    "facts",
    "entries",
    "head_hash",
    "key_low",
    "key_high",
    "place_pre",
    "unit_pre",
]
SPOT_COLUMNS = ["place", "unit", "place_pre", "unit_pre"]
MOVING = [
    name for name in CASE_COLUMNS if name not in ("key", "procedure", "number", "year", "journal", "parent")
]
CHANGING = [name for name in MOVING if name not in SPOT_COLUMNS]
DEADLINE_COLUMNS = ["step", "from_at", "due_at", "late_from", "met_at", "act", "article", "url", "verified"]
DEADLINE_TYPES = [
    "smallint",
    "text",
    "timestamptz",
    "timestamptz",
    "timestamptz",
    "timestamptz",
    "text",
    "text",
    "text",
    "boolean",
]
INVOLVED_COLUMNS = ["person", "part", "entry_key"]
INVOLVED_TYPES = ["uuid", "text", "uuid"]


def write_opening(
    cursor: psycopg.RawCursor[Any], entry: Written, after: Projection, *, place: Spot, unit: Spot
) -> None:
    """Write a case's opening entry, the case, its deadlines and people, and count the journal on."""
    case = case_row(after, place=place, unit=unit)
    statement = Statement()
    statement.also("entry", f"INSERT INTO cases_entry ({SELECTED}) VALUES ({{}})", row_of(entry))
    columns = ", ".join(CASE_COLUMNS)
    statement.also(
        "matter", f"INSERT INTO cases_case ({columns}) VALUES ({{}})", [case[name] for name in CASE_COLUMNS]
    )
    if after.deadlines:
        insert, values = _deadlines(entry, numbered(after))
        statement.also("due", insert, *values)
    if after.involvements:
        insert, values = _involved(entry, after.involvements)
        statement.also("involved", insert, *values)
    journal = [entry.procedure, entry.unit, entry.year]
    statement.run(
        cursor, "UPDATE cases_journal SET last = last + 1 WHERE (procedure, unit, year) = ({})", journal
    )


def write_step(
    cursor: psycopg.RawCursor[Any],
    entry: Written,
    before: Projection,
    after: Projection,
    *,
    place: Spot | None,
    unit: Spot | None,
) -> None:
    """Write a later entry and only those rows of the projection that it changes.

    `place` and `unit` are given where the step moves the case.
    """
    statement = Statement()
    statement.also("entry", f"INSERT INTO cases_entry ({SELECTED}) VALUES ({{}})", row_of(entry))
    known, named = set(numbered(before)), set(before.involvements)
    if changed := [row for row in numbered(after) if row not in known]:
        insert, values = _deadlines(entry, changed)
        fresh = ", ".join(f"excluded.{name}" for name in DEADLINE_COLUMNS)
        update = f"({', '.join(DEADLINE_COLUMNS)}) = ROW({fresh})"
        statement.also("due", f"{insert} ON CONFLICT (case_key, nth) DO UPDATE SET {update}", *values)
    if len(after.deadlines) < len(before.deadlines):
        gone = "DELETE FROM cases_deadline WHERE case_key = {} AND nth > {}"
        statement.also("gone", gone, [entry.case_key], [len(after.deadlines)])
    if added := [row for row in after.involvements if row not in named]:
        insert, values = _involved(entry, added)
        conflict = "ON CONFLICT (case_key, person, part) DO UPDATE SET entry_key = excluded.entry_key"
        statement.also("involved", f"{insert} {conflict}", *values)
    kept = {row[:2] for row in after.involvements}
    for nth, row in enumerate(row for row in before.involvements if row[:2] not in kept):
        left = "DELETE FROM cases_involvement WHERE (case_key, person, part) = ({})"
        statement.also(f"left_{nth}", left, [entry.case_key, *row[:2]])
    case, changing = case_row(after, place=place, unit=unit), MOVING if place and unit else CHANGING
    update = f"UPDATE cases_case SET ({', '.join(changing)}) = ROW({{}}) WHERE key = {{}}"
    statement.run(cursor, update, [case[name] for name in changing], [entry.case_key])


class Statement:
    """One statement of several writes, with its parameters; `{}` in a part takes the next list of values."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, str, tuple[int, ...]]] = []
        self.values: list[Any] = []

    def also(self, name: str, part: str, *values: Sequence[Any]) -> None:
        """Add a write."""
        self.parts.append((name, part, tuple(map(len, values))))
        for listed in values:
            self.values.extend(listed)

    def run(self, cursor: psycopg.RawCursor[Any], part: str, *values: Sequence[Any]) -> None:
        """Send the writes, this one last."""
        self.also("", part, *values)
        cursor.execute(_text(tuple(self.parts)), self.values, prepare=True)


@cache
def _text(parts: tuple[tuple[str, str, tuple[int, ...]], ...]) -> str:
    """Return the statement's text; the few combinations that occur are prepared once each."""
    taken, written = 0, []
    for name, part, lengths in parts:
        holes = []
        for length in lengths:
            holes.append(slots(length, after=taken))
            taken += length
        written.append((name, part.format(*holes)))
    with_parts = ", ".join(f"{name} AS ({text})" for name, text in written[:-1])
    return f"WITH {with_parts} {written[-1][1]}"


def _deadlines(entry: Written, listed: Sequence[tuple[Any, ...]]) -> tuple[str, list[list[Any]]]:
    columns = ["case_key", "nth", *DEADLINE_COLUMNS]
    return _insert(
        "cases_deadline", columns, ["uuid", *DEADLINE_TYPES], [(entry.case_key, *row) for row in listed]
    )


def _involved(entry: Written, listed: Sequence[tuple[Any, ...]]) -> tuple[str, list[list[Any]]]:
    columns = ["case_key", *INVOLVED_COLUMNS]
    return _insert(
        "cases_involvement", columns, ["uuid", *INVOLVED_TYPES], [(entry.case_key, *row) for row in listed]
    )


def _insert(
    table: str, columns: Sequence[str], types: Sequence[str], listed: Sequence[tuple[Any, ...]]
) -> tuple[str, list[list[Any]]]:
    """Return an insert with one array for each column, so that its text does not depend on how many rows come."""
    arrays = ", ".join(f"{{}}::{kind}[]" for kind in types)
    values = [[list(column)] for column in zip(*listed, strict=True)]
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})", values


def case_row(after: Projection, *, place: Spot | None, unit: Spot | None) -> dict[str, Any]:
    """Return the columns of `cases_case`; without the spots, their preorder numbers are missing."""
    facts = canonical(after.case["facts"])
    spots = {"place_pre": place.pre, "unit_pre": unit.pre} if place and unit else {}
    return after.case | {"facts": facts} | spots


def numbered(after: Projection) -> list[tuple[Any, ...]]:
    """Return the deadlines with their order, from 1."""
    return [(nth, *deadline) for nth, deadline in enumerate(after.deadlines, start=1)]
