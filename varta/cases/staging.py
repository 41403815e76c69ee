"""The set-based statements of `take_many`: COPY into temporary tables, one INSERT for each table.

COPY cannot write into a table with row-level security, hence the temporary tables; they are
never logged, so the second write costs little.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg

from varta.cases.canon import Written, canonical
from varta.cases.checks import Spot
from varta.cases.journal import CASE_COLUMNS, DEADLINE_COLUMNS, case_row, numbered
from varta.cases.projection import Projection
from varta.cases.rows import SELECTED, entry_of

if TYPE_CHECKING:
    from varta.cases.bulk import Matter

_case_list = ", ".join(CASE_COLUMNS)
_deadline_list = ", ".join(["case_key", "nth", *DEADLINE_COLUMNS])
_involved_list = "case_key, person, part, entry_key"

TABLES = f"""
CREATE TEMP TABLE IF NOT EXISTS new_entry ON COMMIT DELETE ROWS AS
    SELECT {SELECTED} FROM cases_entry WITH NO DATA;
CREATE TEMP TABLE IF NOT EXISTS new_case ON COMMIT DELETE ROWS AS
    SELECT {_case_list} FROM cases_case WITH NO DATA;
CREATE TEMP TABLE IF NOT EXISTS new_deadline ON COMMIT DELETE ROWS AS
    SELECT {_deadline_list} FROM cases_deadline WITH NO DATA;
CREATE TEMP TABLE IF NOT EXISTS new_involvement ON COMMIT DELETE ROWS AS
    SELECT {_involved_list} FROM cases_involvement WITH NO DATA;
"""

LOCK = "SELECT key, key_low, key_high FROM cases_case WHERE key = ANY($1) ORDER BY key FOR UPDATE"
FETCH = f"""
SELECT {SELECTED} FROM cases_entry WHERE case_key = ANY($1) AND key BETWEEN $2 AND $3 ORDER BY case_key, position
"""
# Journals are locked in one order by everybody, so that two loads cannot wait for each other.
JOURNALS = """
INSERT INTO cases_journal (procedure, unit, year, last)
SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[], $4::int[]) AS one(procedure, unit, year, many)
ORDER BY procedure, unit, year
ON CONFLICT (procedure, unit, year) DO UPDATE SET last = cases_journal.last + excluded.last
RETURNING procedure, unit, year, last
"""


def lock_and_fetch(cursor: psycopg.RawCursor[Any], matters: Mapping[UUID, "Matter"]) -> None:
    """Lock those cases that exist already and fill in their entries."""
    existing = cursor.execute(LOCK, (list(matters),)).fetchall()
    if not existing:
        return
    low, high = min(row[1] for row in existing), max(row[2] for row in existing)
    for row in cursor.execute(FETCH, ([key for key, _, _ in existing], low, high)):
        entry = entry_of(row)
        matters[entry.case_key].found.append(entry)


def visible(cursor: psycopg.RawCursor[Any], cases: Collection[UUID]) -> set[UUID]:
    """Return those of the cases that exist and that the reader may see."""
    if not cases:
        return set()
    return {
        key for (key,) in cursor.execute("SELECT key FROM cases_case WHERE key = ANY($1)", (list(cases),))
    }


def spots(cursor: psycopg.RawCursor[Any], table: str, codes: Collection[str]) -> dict[str, Spot]:
    """Return place or unit by code; unknown codes are missing."""
    query = f"SELECT code, pre, valid_from, valid_to FROM {table} WHERE code = ANY($1)"
    return {code: Spot(*rest) for code, *rest in cursor.execute(query, (list(codes),))}


def advance_journals(
    cursor: psycopg.RawCursor[Any], many: Mapping[tuple[str, str, int], int]
) -> dict[tuple[str, str, int], int]:
    """Take `many` numbers from each journal; return the last number given before."""
    if not many:
        return {}
    columns = [
        list(column) for column in zip(*((*key, count) for key, count in sorted(many.items())), strict=True)
    ]
    return {
        (procedure, unit, year): last - many[procedure, unit, year]
        for procedure, unit, year, last in cursor.execute(JOURNALS, columns)
    }


def write(
    cursor: psycopg.RawCursor[Any],
    work: Sequence[tuple["Matter", Projection]],
    places: Mapping[str, Spot],
    units: Mapping[str, Spot],
) -> None:
    """Write new entries and the projections of their cases."""
    if not work:
        return
    _create_tables(cursor)
    _copy(cursor, "new_entry", SELECTED, (_entry_line(entry) for matter, _ in work for entry in matter.fresh))
    cursor.execute(f"INSERT INTO cases_entry ({SELECTED}) SELECT {SELECTED} FROM new_entry")
    cursor.execute("TRUNCATE new_entry")
    old = [matter.key for matter, _ in work if matter.found]
    write_projections(cursor, [after for _, after in work], places, units, old=old)


def write_projections(
    cursor: psycopg.RawCursor[Any],
    projections: Sequence[Projection],
    places: Mapping[str, Spot],
    units: Mapping[str, Spot],
    *,
    old: list[UUID],
) -> None:
    """Write the rows of cases, deadlines and people; `old` names the cases that may have rows already."""
    _create_tables(cursor)
    _copy(cursor, "new_case", _case_list, (_case_line(after, places, units) for after in projections))
    _copy(cursor, "new_deadline", _deadline_list, _deadline_lines(projections))
    _copy(cursor, "new_involvement", _involved_list, _involved_lines(projections))
    conflict = ""
    if old:
        conflict = "ON CONFLICT (key) DO UPDATE SET " + ", ".join(
            f"{name} = excluded.{name}" for name in CASE_COLUMNS[1:]
        )
        cursor.execute("DELETE FROM cases_deadline WHERE case_key = ANY($1)", (old,))
        cursor.execute("DELETE FROM cases_involvement WHERE case_key = ANY($1)", (old,))
    cursor.execute(f"INSERT INTO cases_case ({_case_list}) SELECT {_case_list} FROM new_case {conflict}")
    cursor.execute(f"INSERT INTO cases_deadline ({_deadline_list}) SELECT {_deadline_list} FROM new_deadline")
    cursor.execute(
        f"INSERT INTO cases_involvement ({_involved_list}) SELECT {_involved_list} FROM new_involvement"
    )
    cursor.execute("TRUNCATE new_case, new_deadline, new_involvement")


def _create_tables(cursor: psycopg.RawCursor[Any]) -> None:
    if cursor.execute("SELECT to_regclass('pg_temp.new_entry')").fetchone() == (None,):
        cursor.execute(TABLES)


def _copy(cursor: psycopg.RawCursor[Any], table: str, columns: str, lines: Iterable[str]) -> None:
    """Send lines of COPY's text format; building them here costs a third of adapting each value."""
    text = "".join(lines)
    if text:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write(text.encode())


def _entry_line(entry: Written) -> str:
    """Return the columns of `rows.COLUMNS` as a line; written out, for it is built for each entry of a load."""
    data = _text(canonical(entry.data))
    people = canonical(entry.people_json()) if entry.people else "[]"
    return (
        f"{entry.key}\t{entry.case_key}\t{entry.position}\t{entry.procedure}\t{entry.step}\t"
        f"{_text(entry.place)}\t{_text(entry.unit)}\t{_text(entry.officer_id)}\t{entry.role}\t"
        f"{entry.at.isoformat()}\t{entry.received_at.isoformat()}\t{data}\t{people}\t"
        f"{_text(entry.corrects)}\t{_text(entry.parent)}\t{_text(entry.number)}\t{_text(entry.year)}\t"
        f"{_text(entry.prev_hash)}\t{_text(entry.hash)}\n"
    )


def _case_line(after: Projection, places: Mapping[str, Spot], units: Mapping[str, Spot]) -> str:
    row = case_row(after, place=places[after.case["place"]], unit=units[after.case["unit"]])
    return _line([row[name] for name in CASE_COLUMNS])


def _deadline_lines(projections: Sequence[Projection]) -> Iterable[str]:
    return (_line((after.case["key"], *row)) for after in projections for row in numbered(after))


def _involved_lines(projections: Sequence[Projection]) -> Iterable[str]:
    return (_line((after.case["key"], *row)) for after in projections for row in after.involvements)


def _line(values: Iterable[Any]) -> str:
    return "\t".join([_text(value) for value in values]) + "\n"


def _text(value: Any) -> str:
    """Return a value in COPY's text format (PostgreSQL, COPY, "Text Format")."""
    kind = type(value)
    if value is None:
        return "\\N"
    if kind is str:
        if "\\" in value or "\t" in value or "\n" in value or "\r" in value:
            value = value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
        return value  # type: ignore[no-any-return]
    if kind is datetime:
        return value.isoformat()  # type: ignore[no-any-return]
    if kind is bytes:
        return "\\\\x" + value.hex()
    if kind is bool:
        return "t" if value else "f"
    return str(value)
