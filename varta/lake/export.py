"""From entries in PostgreSQL to Arrow: which rows, and their text through COPY."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

import pyarrow as pa
from django.db import connection
from pyarrow import csv

from varta.cases import rows
from varta.cases.projection import effective
from varta.lake.schema import Folder
from varta.law import discover

MANY = 50_000  # entries from which on reading whole tables is quicker than looking rows up


@dataclass(slots=True)
class Range:
    """Complete transactions start ≤ t < end: how many entries, of which folders, and whether some change others."""

    start: int
    end: int
    entries: int = 0
    folders: set[str] = field(default_factory=set)
    changes: bool = False


def ranges(since: int, until: int, *, size: int) -> list[Range]:
    """Return the transactions since ≤ t < until in ranges of about `size` entries, by one look at the journal."""
    extending = {f"{law.code}.{step.code}" for law in discover().values() for step in law.steps if step.moves}
    query = """
        SELECT txid::text::bigint, procedure || '.' || step, count(*), count(corrects) FROM cases_entry
        WHERE txid >= %s::text::xid8 AND txid < %s::text::xid8 GROUP BY txid, procedure, step ORDER BY txid
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [since, until])
        counted = cursor.fetchall()
    found: list[Range] = []
    for txid, rows_of_one in groupby(counted, key=itemgetter(0)):
        steps = list(rows_of_one)
        entries = sum(count for _, _, count, _ in steps)
        if not found or found[-1].entries + entries > size:
            if found:
                found[-1].end = txid
            found.append(Range(txid if found else since, until))
        last = found[-1]
        last.entries += entries
        last.folders |= {name for _, name, _, _ in steps}
        last.changes = last.changes or any(corrected or name in extending for _, name, _, corrected in steps)
    return found


def plan_for(entries: int) -> None:
    """Let the planner join many entries by hash, and few by index.

    It takes the scope's policy to leave one case in two hundred, and would look up each of a
    million cases by itself: five times slower than reading the table once.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_nestloop = {'off' if entries >= MANY else 'on'}")


def changed_cases(since: int, until: int) -> list[UUID]:
    """Return the cases whose earlier rows no longer hold: a correction came, or a deadline was moved."""
    extensions = [
        f"{law.code}.{step.code}" for law in discover().values() for step in law.steps if step.moves
    ]
    query = """
        SELECT DISTINCT case_key FROM cases_entry
        WHERE txid >= %s::text::xid8 AND txid < %s::text::xid8
          AND (corrects IS NOT NULL OR procedure || '.' || step = ANY(%s))
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [since, until, extensions])
        return [case for (case,) in cursor]


def entries_of(cases: Sequence[UUID], until: int) -> tuple[list[UUID], set[tuple[str, object]]]:
    """Return the keys of the entries that count in these cases, and each (procedure, moment) they ever had."""
    query = f"""
        SELECT {rows.SELECTED} FROM cases_entry
        WHERE case_key = ANY($1) AND txid < $2::text::xid8 ORDER BY case_key, position
    """
    by_case: dict[UUID, list] = {}
    for row in rows.cursor().execute(query, (list(cases), str(until))):
        entry = rows.entry_of(row)
        by_case.setdefault(entry.case_key, []).append(entry)
    keys = [entry.key for entries in by_case.values() for entry in effective(entries)]
    return keys, {(entry.procedure, entry.at) for entries in by_case.values() for entry in entries}


def new_rows(folder: Folder, since: int, until: int, *, without: Sequence[UUID]) -> pa.Table:
    """Return the folder's rows of these transactions, apart from cases that are exported whole."""
    left_out = f" AND NOT e.case_key = ANY('{_array(without)}')" if without else ""
    return _copy(
        folder, f"e.txid >= '{since}'::xid8 AND e.txid < '{until}'::xid8 AND e.corrects IS NULL{left_out}"
    )


def rows_of(folder: Folder, keys: Sequence[UUID]) -> pa.Table:
    """Return the folder's rows of these entries."""
    return _copy(folder, f"e.key = ANY('{_array(keys)}')")


def rows_between(folder: Folder, start: datetime, end: datetime, *, until: int) -> pa.Table:
    """Return the folder's rows that count and happened from `start` to before `end`, of transactions before `until`."""
    return _copy(
        folder,
        f"e.txid < '{int(until)}'::xid8 AND e.at >= '{start.isoformat()}' AND e.at < '{end.isoformat()}' "
        "AND (e.corrects IS NULL OR e.data->>'undone' IS DISTINCT FROM 'true') AND NOT EXISTS "
        f"(SELECT FROM cases_entry x WHERE x.corrects = e.key AND x.txid < '{int(until)}'::xid8)",
    )


def _array(keys: Sequence[UUID]) -> str:
    return "{" + ",".join(map(str, keys)) + "}"


def query(folder: Folder, where: str) -> str:
    """Return the statement that selects the folder's rows; `where` is made of numbers and keys only."""
    listed = ", ".join(f'{column.sql} AS "{column.name}"' for column in folder.columns())
    deadlines = " ".join(
        f"LEFT JOIN cases_deadline due_{code} ON due_{code}.case_key = e.case_key AND due_{code}.step = '{code}'"
        for code in folder.deadlines
    )
    return (
        f"SELECT {listed} FROM cases_entry e JOIN cases_case c ON c.key = e.case_key {deadlines} "
        f"WHERE e.procedure = '{folder.procedure.code}' AND e.step = '{folder.step.code}' AND {where}"
    )


def _copy(folder: Folder, where: str) -> pa.Table:
    buffer = io.BytesIO()
    with (
        rows.cursor() as cursor,
        cursor.copy(f"COPY ({query(folder, where)}) TO STDOUT (FORMAT csv)") as copy,
    ):
        for block in copy:
            buffer.write(block)
    schema = folder.schema()
    if not buffer.tell():
        return schema.empty_table()
    buffer.seek(0)
    return csv.read_csv(
        buffer,
        read_options=csv.ReadOptions(column_names=schema.names, block_size=1 << 23),
        parse_options=csv.ParseOptions(newlines_in_values=False),
        convert_options=csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
