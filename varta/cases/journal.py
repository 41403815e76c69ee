"""The statements that write an entry together with what follows from it, one round trip each."""

import json
from collections.abc import Sequence
from typing import Any

import psycopg

from varta.cases.canon import Written
from varta.cases.checks import Spot
from varta.cases.projection import Projection
from varta.cases.rows import COLUMNS, SELECTED, row_of

CASE_COLUMNS = (
    "key procedure place unit number year opened_at last_at last_step closed_at due_at late_from due_step "
    "parent facts entries head_hash key_low key_high place_pre unit_pre"
).split()
CHANGING = [name for name in CASE_COLUMNS if name not in ("key", "procedure", "number", "year", "parent")]
DEADLINE_COLUMNS = "step from_at due_at late_from met_at act article url verified".split()

_slots = ", ".join(["%s"] * len(COLUMNS))
_case_slots = ", ".join(["%s"] * len(CASE_COLUMNS))
_deadlines = (
    "unnest(%s::smallint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], "
    "%s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::boolean[])"
)
_involved = "unnest(%s::uuid[], %s::text[], %s::uuid[])"
_insert_deadlines = (
    f"INSERT INTO cases_deadline (case_key, nth, {', '.join(DEADLINE_COLUMNS)}) SELECT %s, * FROM {_deadlines}"
)
_insert_involved = f"INSERT INTO cases_involvement (case_key, person, part, entry_key) SELECT %s, * FROM {_involved}"

OPENING = f"""
WITH entry AS (INSERT INTO cases_entry ({SELECTED}) VALUES ({_slots})),
     matter AS (INSERT INTO cases_case ({", ".join(CASE_COLUMNS)}) VALUES ({_case_slots})),
     due AS ({_insert_deadlines}),
     involved AS ({_insert_involved})
UPDATE cases_journal SET last = last + 1 WHERE procedure = %s AND unit = %s AND year = %s
"""

STEP = f"""
WITH entry AS (INSERT INTO cases_entry ({SELECTED}) VALUES ({_slots})),
     due AS ({_insert_deadlines}
             ON CONFLICT (case_key, nth) DO UPDATE
             SET ({", ".join(DEADLINE_COLUMNS)}) = ROW({", ".join("excluded." + name for name in DEADLINE_COLUMNS)})),
     gone AS (DELETE FROM cases_deadline WHERE case_key = %s AND nth > %s),
     involved AS ({_insert_involved}
                  ON CONFLICT (case_key, person, part) DO UPDATE SET entry_key = excluded.entry_key),
     left_out AS (DELETE FROM cases_involvement i USING unnest(%s::uuid[], %s::text[]) AS one(person, part)
                  WHERE i.case_key = %s AND i.person = one.person AND i.part = one.part)
UPDATE cases_case SET ({", ".join(CHANGING)}) = ROW({", ".join(["%s"] * len(CHANGING))}) WHERE key = %s
"""


def write_opening(
    cursor: psycopg.Cursor[Any], entry: Written, after: Projection, *, place: Spot, unit: Spot
) -> None:
    """Write a case's opening entry, the case, its deadlines and people, and count the journal on."""
    case = case_row(after, place=place, unit=unit)
    cursor.execute(
        OPENING,
        [
            *row_of(entry),
            *(case[name] for name in CASE_COLUMNS),
            entry.case_key,
            *_columns(numbered(after), 10),
            entry.case_key,
            *_columns(after.involvements, 3),
            entry.procedure,
            entry.unit,
            entry.year,
        ],
        prepare=True,
    )


def write_step(
    cursor: psycopg.Cursor[Any],
    entry: Written,
    before: Projection,
    after: Projection,
    *,
    place: Spot | None,
    unit: Spot | None,
) -> None:
    """Write a later entry and only those rows of the projection that it changes."""
    case = case_row(after, place=place, unit=unit)
    known = set(numbered(before))
    named = set(before.involvements)
    kept = {(person, part) for person, part, _ in after.involvements}
    left_out = [(person, part) for person, part, _ in before.involvements if (person, part) not in kept]
    cursor.execute(
        STEP,
        [
            *row_of(entry),
            entry.case_key,
            *_columns([row for row in numbered(after) if row not in known], 10),
            entry.case_key,
            len(after.deadlines),
            entry.case_key,
            *_columns([row for row in after.involvements if row not in named], 3),
            *_columns(left_out, 2),
            entry.case_key,
            *(case[name] for name in CHANGING),
            entry.case_key,
        ],
        prepare=True,
    )


def case_row(after: Projection, *, place: Spot, unit: Spot) -> dict[str, Any]:
    """Return the columns of `cases_case`."""
    facts = json.dumps(after.case["facts"], ensure_ascii=False)
    return after.case | {"facts": facts, "place_pre": place.pre, "unit_pre": unit.pre}


def numbered(after: Projection) -> list[tuple[Any, ...]]:
    """Return the deadlines with their order, from 1."""
    return [(nth, *deadline) for nth, deadline in enumerate(after.deadlines, start=1)]


def _columns(listed: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*listed, strict=True)] if listed else [[] for _ in range(width)]
