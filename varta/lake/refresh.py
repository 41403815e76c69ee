"""Bringing the lake up to the journal: complete transactions only, each exactly once, whenever it is killed.

New files are written beside the old ones and count from the moment the manifest names them; the
manifest also carries the watermark, so a refresh that was killed is simply done again.
"""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from varta.lake import damage, export, manifest
from varta.lake.manifest import Manifest, Part
from varta.lake.schema import Folder, folders
from varta.lib.clock import KYIV, kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading

RANGE = 1_000_000  # entries exported at once
MOST_PARTS = 8  # files of a folder's month before they are made one
KEPT_S = 900  # seconds that a file outlives the manifest that named it, for readers who began before


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did; `by_another` if another process was at it."""

    rows: int = 0
    cases_again: int = 0
    watermark: int = 0
    by_another: bool = False
    rebuilt: tuple[str, ...] = ()  # months of folders that were made anew, as "call.arrive/2019-03"


def refresh(now: datetime, *, progress: Callable[[int], None] = lambda rows: None) -> Refreshed:
    """Bring the lake up to the last complete transaction and say how many rows were written."""
    with manifest.alone() as alone:
        if not alone:
            return Refreshed(by_another=True)
        with reading(Reader.system()):
            return _refresh(now, progress)


def rebuild(folder: str, month: str, now: datetime) -> Refreshed:
    """Make a folder's month anew from entries, whatever its files are like; says how many rows were written."""
    with manifest.alone() as alone:
        if not alone:
            return Refreshed(by_another=True)
        with reading(Reader.system()):
            held, rows = _rebuilt(manifest.read(), folder, month)
            manifest.write(held, now=now)
            return Refreshed(rows, watermark=held.watermark, rebuilt=(f"{folder}/{month}",))


def mend(now: datetime, *, deep: bool = False) -> Refreshed:
    """Make anew each month of which a file is missing or of another size; `deep`: or of another SHA-256."""
    with manifest.alone() as alone:
        if not alone:
            return Refreshed(by_another=True)
        with reading(Reader.system()):
            held = manifest.read()
            mended, rows, spots = _mended(held, damage.found(held, deep=deep))
            if spots:
                manifest.write(mended, now=now)
            return Refreshed(rows, watermark=held.watermark, rebuilt=spots)


def _mended(held: Manifest, damages: Iterable[damage.Damage]) -> tuple[Manifest, int, tuple[str, ...]]:
    written, spots = 0, sorted({(one.folder, one.month) for one in damages})
    for folder, month in spots:
        held, rows = _rebuilt(held, folder, month)
        written += rows
    return held, written, tuple(f"{folder}/{month}" for folder, month in spots)


def _rebuilt(held: Manifest, folder: str, month: str) -> tuple[Manifest, int]:
    if folder not in folders():  # a step that is no more: nothing counts it
        return held.with_parts(folder, month, ()), 0
    rows = damage.rows_anew(folder, month, held)
    return _add(held.with_parts(folder, month, ()), folders()[folder], rows), rows.num_rows


def _refresh(now: datetime, progress: Callable[[int], None]) -> Refreshed:
    database, until = _state()
    held = manifest.read()
    if held.database != database or held.watermark > until:
        held = Manifest(database=database)
    held, written, rebuilt = _mended(held, damage.found(held))
    again = 0
    for part in export.ranges(held.watermark, until, size=RANGE):
        export.plan_for(part.entries)
        held, rows, cases = _take_in(held, part)
        held = manifest.write(_at(held, part.end), now=now)
        written, again = written + rows, again + cases
        progress(written)
    manifest.write(_at(held, until), now=now)
    _sweep(held, now)
    return Refreshed(written, again, until, rebuilt=rebuilt)


def _at(held: Manifest, watermark: int) -> Manifest:
    return replace(held, watermark=watermark)


def _state() -> tuple[str, int]:
    """Return the identity of the server's database and the first transaction that may still run."""
    query = """
        SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || d.oid::text,
               pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        FROM pg_database d WHERE d.datname = current_database()
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def _take_in(held: Manifest, part: export.Range) -> tuple[Manifest, int, int]:
    changed = export.changed_cases(part.start, part.end) if part.changes else []
    written = 0
    if changed:
        held, written = _again(held, changed, part.end)
    for name in sorted(part.folders & folders().keys()):
        table = export.new_rows(folders()[name], part.start, part.end, without=changed)
        held = _add(held, folders()[name], table)
        written += table.num_rows
    return held, written, len(changed)


def _again(held: Manifest, cases: list[UUID], until: int) -> tuple[Manifest, int]:
    """Take the rows of these cases out of the lake and put in what their entries say now."""
    keys, had = export.entries_of(cases, until)
    written = 0
    for folder in folders().values():
        months = {_month(at) for procedure, at in had if procedure == folder.procedure.code}
        if not months:
            continue
        for month in sorted(months):
            held = _without(held, folder, month, cases)
        table = export.rows_of(folder, keys)
        held = _add(held, folder, table)
        written += table.num_rows
    return held, written


def _without(held: Manifest, folder: Folder, month: str, cases: list[UUID]) -> Manifest:
    parts = held.parts(folder.name, month)
    if not parts:
        return held
    kept = duckdb.sql(
        'SELECT * FROM read_parquet($files) WHERE NOT list_contains($cases, "case")',
        params={"files": _paths(folder, parts), "cases": cases},
    )
    return held.with_parts(folder.name, month, _written(kept, folder, month))


def _add(held: Manifest, folder: Folder, table: pa.Table) -> Manifest:
    """Write the rows by Kyiv month and return the manifest with the new files."""
    for month, rows in by_month(table):
        typed = duckdb.from_arrow(rows).select('* REPLACE ("case"::UUID AS "case")')
        parts = (*held.parts(folder.name, month), *_written(typed, folder, month))
        if len(parts) > MOST_PARTS:
            whole = duckdb.sql("SELECT * FROM read_parquet($files)", params={"files": _paths(folder, parts)})
            parts = _written(whole, folder, month)
        held = held.with_parts(folder.name, month, parts)
    return held


def by_month(table: pa.Table) -> Iterable[tuple[str, pa.Table]]:
    """Yield the rows of each Kyiv month of `at`, as ("2019-01", rows)."""
    if not table.num_rows:
        return
    bounds = pc.min_max(table["at"]).as_py()
    first, last = (_kyiv(bounds[name]) for name in ("min", "max"))
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        start, end = (_month_start(each) for each in (number, number + 1))
        inside = pc.and_(pc.greater_equal(table["at"], start), pc.less(table["at"], end))
        rows = table.filter(inside)
        if rows.num_rows:
            yield f"{number // 12}-{number % 12 + 1:02}", rows


def _month(at: datetime) -> str:
    return kyiv_day(at).strftime("%Y-%m")


def _kyiv(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(KYIV)


def _month_start(number: int) -> pa.Scalar:
    start = datetime(number // 12, number % 12 + 1, 1, tzinfo=KYIV).astimezone(UTC)
    return pa.scalar(start.replace(tzinfo=None), pa.timestamp("us"))


def _written(rows: duckdb.DuckDBPyRelation, folder: Folder, month: str) -> tuple[Part, ...]:
    """Write one file and return it, forced to disk; nothing for no rows."""
    where = manifest.root() / folder.name
    where.mkdir(exist_ok=True)
    path = where / f"{month}-{uuid7(datetime.now(KYIV)).hex}.parquet"
    rows.write_parquet(str(path), compression="zstd")
    with path.open("rb") as file:
        os.fsync(file.fileno())
    [(count,)] = duckdb.sql("SELECT count(*) FROM read_parquet($file)", params={"file": str(path)}).fetchall()
    if not count:
        path.unlink()
        return ()
    return (manifest.part_of(path, count),)


def _paths(folder: Folder, parts: Iterable[Part]) -> list[str]:
    return [str(manifest.root() / folder.name / part.file) for part in parts]


def _sweep(held: Manifest, now: datetime) -> None:
    """Delete files that no manifest has named for a while, those of killed refreshes among them."""
    for folder in manifest.root().iterdir():
        if not folder.is_dir():
            continue
        named = {part.file for parts in held.folders.get(folder.name, {}).values() for part in parts}
        for path in folder.glob("*.parquet"):
            if path.name not in named and _age(path) > KEPT_S:
                path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime
