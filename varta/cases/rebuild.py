"""`varta rebuild`: cases, deadlines and involvements computed again from entries."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from varta.cases import checks, projectors, rows, staging
from varta.cases.canon import Written
from varta.cases.journal import CASE_COLUMNS, DEADLINE_COLUMNS, case_row, numbered
from varta.cases.projection import Projection, project
from varta.people.scope import Reader, reading

BATCH = 2000  # cases compared at once

Progress = Callable[[str, int], None]
ENTRIES = f"SELECT {rows.SELECTED} FROM cases_entry ORDER BY case_key, position"
CASES = f"SELECT {', '.join(CASE_COLUMNS)} FROM cases_case WHERE key = ANY($1)"
DEADLINES = f"""
SELECT case_key, nth, {", ".join(DEADLINE_COLUMNS)} FROM cases_deadline WHERE case_key = ANY($1) ORDER BY nth
"""
INVOLVED = """
SELECT case_key, person, part, entry_key FROM cases_involvement WHERE case_key = ANY($1) ORDER BY person, part
"""
ORPHANS = """
SELECT key FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_entry e WHERE e.key = c.key)
UNION SELECT case_key FROM cases_deadline d WHERE NOT EXISTS (SELECT FROM cases_case c WHERE c.key = d.case_key)
UNION SELECT case_key FROM cases_involvement i WHERE NOT EXISTS (SELECT FROM cases_case c WHERE c.key = i.case_key)
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A case whose rows are not what its entries say."""

    case: UUID
    what: str


@dataclass(slots=True)
class Batch:
    """Some cases: what their entries say, and what the tables hold."""

    projections: list[Projection]
    beside: list[list[Written]]  # the entries of cases whose room keeps rows that differ
    places: dict[str, checks.Spot]
    units: dict[str, checks.Spot]
    differences: list[Difference]


def differences(*, progress: Progress = lambda stage, done: None) -> Iterator[Difference]:
    """Yield the cases whose rows differ from what their entries say. Call it inside `reading`."""
    for batch in _batches(progress):
        yield from batch.differences
    for [key] in rows.cursor().execute(ORPHANS).fetchall():
        yield Difference(key, "rows of a case that has no opening entry")


def rebuild(*, progress: Progress = lambda stage, done: None) -> list[Difference]:
    """Put right every row that differs and return what was wrong."""
    with reading(Reader.system()):
        mended: list[Difference] = []
        cursor = rows.cursor()
        for batch in _batches(progress):
            wrong = {difference.case for difference in batch.differences}
            if wrong:
                again = [after for after in batch.projections if after.case["key"] in wrong]
                staging.write_projections(cursor, again, batch.places, batch.units, old=list(wrong))
                mended += batch.differences
            for entries in batch.beside:
                projectors.write(entries)
        orphans = [key for [key] in cursor.execute(ORPHANS).fetchall()]
        for table, column in (
            ("cases_deadline", "case_key"),
            ("cases_involvement", "case_key"),
            ("cases_case", "key"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY($1)", (orphans,))
        return mended + [Difference(key, "rows of a case that has no opening entry") for key in orphans]


def _batches(progress: Progress) -> Iterator[Batch]:
    done = 0
    with rows.stream(ENTRIES, size=BATCH * 4) as stream:
        cases = groupby(map(rows.entry_of, stream), key=lambda entry: entry.case_key)
        grouped = (list(entries) for _, entries in cases)
        while some := list(islice(grouped, BATCH)):
            yield _compared(some)
            done += len(some)
            progress("cases", done)


def _compared(cases: Sequence[list[Written]]) -> Batch:
    cursor = rows.cursor()
    whole = [entries for entries in cases if entries[0].position == 1]
    projections = [
        project(checks.known_step(entries[0].procedure, entries[0].step)[0], entries) for entries in whole
    ]
    places = staging.spots(cursor, "places_territory", {after.case["place"] for after in projections})
    units = staging.spots(cursor, "places_unit", {after.case["unit"] for after in projections})
    keys = [after.case["key"] for after in projections]
    held = {row[0]: _case_values(row) for row in cursor.execute(CASES, (keys,))}
    due = _by_case(cursor.execute(DEADLINES, (keys,)))
    involved = _by_case(cursor.execute(INVOLVED, (keys,)))
    headless = [entries[0].case_key for entries in cases if entries[0].position != 1]
    found = [Difference(key, "its opening entry is missing") for key in headless]
    beside = [entries for entries in whole if projectors.differs(entries)]
    apart = {entries[0].case_key for entries in beside}
    for after in projections:
        key = after.case["key"]
        row = case_row(after, place=places[after.case["place"]], unit=units[after.case["unit"]])
        wrong = _case_difference(
            {name: row[name] for name in CASE_COLUMNS} | {"facts": after.case["facts"]}, held.get(key)
        )
        if wrong is None and due.get(key, []) != numbered(after):
            wrong = "its deadlines differ"
        if wrong is None and involved.get(key, []) != list(after.involvements):
            wrong = "its people differ"
        if wrong is None and key in apart:
            wrong = "what its room keeps beside it differs"
        if wrong:
            found.append(Difference(key, wrong))
    return Batch(projections, beside, places, units, found)


def _case_values(row: Sequence[Any]) -> dict[str, Any]:
    values = dict(zip(CASE_COLUMNS, row, strict=True))
    values["head_hash"] = bytes(values["head_hash"])
    values["facts"] = json.loads(values["facts"]) if isinstance(values["facts"], str) else values["facts"]
    return values


def _case_difference(expected: dict[str, Any], held: dict[str, Any] | None) -> str | None:
    if held is None:
        return "its row is missing"
    wrong = [name for name in CASE_COLUMNS if expected[name] != held[name]]
    return f"differs in {', '.join(wrong)}" if wrong else None


def _by_case(found: Any) -> dict[UUID, list[tuple[Any, ...]]]:
    grouped: dict[UUID, list[tuple[Any, ...]]] = {}
    for key, *rest in found:
        grouped.setdefault(key, []).append(tuple(rest))
    return grouped
