"""The one door through which entries are written."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction
from psycopg.errors import ForeignKeyViolation, UniqueViolation

from varta.cases import checks, errors, journal, partitions, projectors, rows
from varta.cases.canon import Involved, Written, same_matter
from varta.cases.checks import Spot
from varta.cases.projection import history, project
from varta.law import Procedure, Step, Taken
from varta.lib.clock import kyiv_day
from varta.people.scope import Reader


def take(
    *,
    key: UUID,
    procedure: str,
    step: str,
    data: Mapping[str, Any],
    by: Reader,
    at: datetime,
    received_at: datetime,
    case: UUID | None = None,
    place: str | None = None,
    unit: str | None = None,
    people: Sequence[Involved] = (),
    corrects: UUID | None = None,
    parent: UUID | None = None,
) -> Written:
    """Take a step in a case and return its entry; without `case` the step opens one.

    Call it inside `reading(by)`. `key` is a UUIDv7 made by the sender: the same key with the
    same content returns the first entry. `at` is when it happened, `received_at` when it came
    here; deadlines count from `at`. `place` and `unit` are codes; a later step keeps those of
    its case. `corrects` names the entry of the same step that this one puts right. Raises an
    error of the `StepRefused` family, and then nothing has been written.
    """
    law, found = checks.known_step(procedure, step)
    checks.possible_key(key, received_at=received_at)
    checks.possible_time(at, received_at=received_at)
    written = Written(
        key=key,
        case_key=case or key,
        position=1,
        procedure=procedure,
        step=step,
        place=place or "",
        unit=unit or "",
        officer_id=by.officer_id,
        role=by.role,
        at=at,
        received_at=received_at,
        data=checks.valid_record(found, data),
        people=tuple(people),
        corrects=corrects,
        parent=parent,
    )
    partitions.ensure({partitions.month_of(key)})
    if not connection.in_atomic_block:
        raise RuntimeError("take() is called inside reading(): no transaction is open.")
    go = _open if case is None else _continue
    try:
        # A person who is not registered is found by the database; the savepoint keeps the rest alive.
        with transaction.atomic() if people else nullcontext(), connection.wrap_database_errors:
            return go(written, law, found, by=by)
    except IntegrityError as broken:
        if isinstance(broken.__cause__, ForeignKeyViolation):
            raise errors.UnknownPerson() from broken
        transaction.set_rollback(True)
        if isinstance(broken.__cause__, UniqueViolation):
            raise errors.KeyReused(key=key) from broken
        raise


LOCK_OPENING = """
SELECT t.pre, t.valid_from, t.valid_to, u.pre, u.valid_from, u.valid_to,
       pg_advisory_xact_lock(hashtextextended($1, 0))
FROM (SELECT) one
LEFT JOIN places_territory t ON t.code = $2
LEFT JOIN places_unit u ON u.code = $3
"""

# The journal's row stays locked until the end of the transaction, so that numbers have no gaps.
# The key was locked by an earlier statement, so an entry that another sender has just written is seen.
NUMBER = f"""
WITH journal AS (
    INSERT INTO cases_journal (procedure, unit, year, last) VALUES ($1, $2, $3, 0)
    ON CONFLICT (procedure, unit, year) DO UPDATE SET last = cases_journal.last
    RETURNING last + 1 AS number
)
SELECT journal.number AS next, {", ".join("e." + name for name in rows.COLUMNS)}
FROM journal LEFT JOIN cases_entry e ON e.key = $4
"""


def _open(entry: Written, law: Procedure, step: Step, *, by: Reader) -> Written:
    cursor = rows.cursor()
    spots = cursor.execute(LOCK_OPENING, (str(entry.key), entry.place, entry.unit), prepare=True).fetchone()
    place, unit = _spot(spots[0:3]), _spot(spots[3:6])
    checks.allowed(step, law, by=by)
    checks.in_scope(place, unit, codes=(entry.place, entry.unit), at=entry.at, by=by)
    checks.lawful_opening(law, entry)
    _parent_visible(cursor, entry.parent)
    year = kyiv_day(entry.at).year
    asked = (entry.procedure, entry.unit, year, entry.key)
    number, *earlier = cursor.execute(NUMBER, asked, prepare=True).fetchone()
    if earlier[0] is not None:
        return _repeated(rows.entry_of(earlier), entry)
    entry.number, entry.year = number, year
    entry.seal()
    projectors.write([entry])
    journal.write_opening(cursor, entry, project(law, [entry]), place=place, unit=unit)
    return entry


LOCKED_HISTORY = f"SELECT {rows.SELECTED} FROM varta_locked_history($1, $2)"

SPOTS = """
SELECT t.pre, t.valid_from, t.valid_to, u.pre, u.valid_from, u.valid_to
FROM (SELECT) one LEFT JOIN places_territory t ON t.code = $1 LEFT JOIN places_unit u ON u.code = $2
"""


def _continue(entry: Written, law: Procedure, step: Step, *, by: Reader) -> Written:
    cursor = rows.cursor()
    asked = (entry.case_key, entry.procedure)
    found = [rows.entry_of(row) for row in cursor.execute(LOCKED_HISTORY, asked, prepare=True)]
    if not found:
        raise errors.CaseNotFound(case=entry.case_key)
    place_now, unit_now = found[-1].place, found[-1].unit
    entry.place, entry.unit = entry.place or place_now, entry.unit or unit_now
    for earlier in found:
        if earlier.key == entry.key:
            return _repeated(earlier, entry)
    checks.allowed(step, law, by=by)
    if entry.corrects:
        checks.lawful_correction(law, entry, found)
    else:
        checks.lawful(law, Taken(entry.step, entry.at, entry.data), history(found))
    place, unit = None, None
    if (entry.place, entry.unit) != (place_now, unit_now):
        spots = cursor.execute(SPOTS, (entry.place, entry.unit), prepare=True).fetchone()
        place, unit = _spot(spots[0:3]), _spot(spots[3:6])
        checks.in_scope(place, unit, codes=(entry.place, entry.unit), at=entry.at, by=by)
    entry.position, entry.prev_hash = found[-1].position + 1, found[-1].hash
    entry.seal()
    before, after = project(law, found), project(law, [*found, entry])
    projectors.write([*found, entry])
    journal.write_step(cursor, entry, before, after, place=place, unit=unit)
    return entry


def _repeated(earlier: Written, again: Written) -> Written:
    same_spot = (earlier.place, earlier.unit) == (again.place, again.unit) or earlier.position > 1
    if not same_spot or not same_matter(earlier, again):
        raise errors.KeyReused(key=again.key)
    return earlier


def _parent_visible(cursor: psycopg.RawCursor[Any], parent: UUID | None) -> None:
    if parent is None:
        return
    if cursor.execute("SELECT FROM cases_case WHERE key = $1", (parent,)).fetchone() is None:
        raise errors.CaseNotFound(case=parent)


def _spot(values: Sequence[Any]) -> Spot | None:
    return Spot(*values) if values[0] is not None else None
