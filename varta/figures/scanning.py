"""From a scan to statements over the lake's files, and to what they count by level and row.

All levels that are asked for are counted in one pass. Counts are made by the numbers of places and units first and
by codes after that: numbers are quicker to group by, and the join with places then has thousands of rows instead
of millions. Quantiles are read from what order.py sorts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np

from varta.figures import order, stocks
from varta.figures.question import TOTAL, Interval, Lake, Level, Question
from varta.figures.sql import WAITED_US, Compiler, Join, Scan, both
from varta.law import discover

Counted = dict[Level, dict[str, dict[str, Any]]]  # level -> code of the row -> name of the aggregate -> value
Fetch = Callable[[str], list[tuple[Any, ...]]]  # a statement -> its rows
Months = tuple[str, str]  # the first and the last, "2019-01"
COUNT = "count(*)"


def count(
    database: duckdb.DuckDBPyConnection,
    lake: Lake,
    compiler: Compiler,
    question: Question,
    levels: Sequence[Level],
) -> Counted:
    """Return what all scans count, by DuckDB."""

    def fetch(query: str) -> list[tuple[Any, ...]]:
        return database.execute(query).fetchall()

    found: Counted = {level: {} for level in levels}
    for scan in compiler.scans.values():
        if scan.quantiles:
            _ordered(database, lake, compiler, scan, question, found)
        else:
            gather(fetch, lake, compiler, scan, question, found)
    return found


def gather(
    fetch: Fetch, lake: Lake, compiler: Compiler, scan: Scan, question: Question, found: Counted
) -> None:
    """Put what a scan's aggregates come to into `found`, which has the levels."""
    levels = list(found)
    every = (1 << len(levels)) - 1
    by_mask = {every ^ 1 << len(levels) - 1 - nth: [level] for nth, level in enumerate(levels)}
    for mask, code, *values in fetch(statement(lake, compiler, scan, question, levels)):
        of = levels if mask == every else by_mask[mask]
        for level in of:
            row = found[level].setdefault(TOTAL if mask == every else code, {})
            row.update(zip(scan.aggregates, values, strict=True))


def statement(lake: Lake, compiler: Compiler, scan: Scan, question: Question, levels: Sequence[Level]) -> str:
    """Return the statement of a scan: which level (grouping's bits), code of the row, the aggregates."""
    groups = [column(level) for level in levels]
    joins = " ".join(dict.fromkeys(join(lake, level) for level in levels))
    sets = ", ".join(f"({group})" for group in groups)
    head = f"SELECT grouping({', '.join(groups)}), coalesce({', '.join(groups)}, '')"
    tail = f"GROUP BY GROUPING SETS ({sets}, ())"
    rows = [compiler.either(scan)]
    if not all(call.startswith(COUNT) for call in scan.aggregates.values()):
        listed = ", ".join(scan.aggregates.values())
        return f"{head}, {listed} {source(lake, compiler, scan, joins, question, rows)} {tail}"
    keys = ", ".join(dict.fromkeys(f"f.{_key(level)}" for level in levels))
    inner = ", ".join(f"{call} AS a{n}" for n, call in enumerate(scan.aggregates.values()))
    summed = ", ".join(f"sum(f.a{n})" for n in range(len(scan.aggregates)))
    counted = f"SELECT {keys}, {inner} {source(lake, compiler, scan, '', question, rows)} GROUP BY {keys}"
    return f"{head}, {summed} FROM ({counted}) f {joins} {tail}"


def _ordered(
    database: duckdb.DuckDBPyConnection,
    lake: Lake,
    compiler: Compiler,
    scan: Scan,
    question: Question,
    found: Counted,
) -> None:
    """Put the counts and quantiles of a scan into `found`: its values are fetched once, for all levels."""
    conditions = list(dict.fromkeys(scan.conditions.values()))
    flags = ", ".join(f"coalesce({one}, false) AS c{n}" for n, one in enumerate(conditions))
    numbers = ", ".join(f"coalesce(l{n}.n, 0) AS n{n}" for n in range(len(found)))
    joins = " ".join(
        f"LEFT JOIN ({_numbered(lake, compiler, scan, level)}) l{n} ON l{n}.k = f.{_key(level)}"
        for n, level in enumerate(found)
    )
    rows = source(lake, compiler, scan, joins, question, [compiler.either(scan)])
    read = database.execute(f"SELECT {numbers}, {WAITED_US} AS us, {flags} {rows}").fetchnumpy()
    for n, (level, of_level) in enumerate(found.items()):
        codes = dict(
            database.execute(f"SELECT n, code FROM ({_numbered(lake, compiler, scan, level)})").fetchall()
        )
        _put(scan, conditions, (read[f"n{n}"], read), codes | {0: ""}, of_level)
    _put(scan, conditions, (np.zeros_like(read["us"]), read), {0: TOTAL}, *found.values())


def _numbered(lake: Lake, compiler: Compiler, scan: Scan, level: Level) -> str:
    """Return a table of keys `k` with the code that each is counted under, and the code's number `n`."""
    if level == "unit":
        keys = f"SELECT DISTINCT f.unit AS k, f.unit AS code FROM {rows_of(lake, compiler, scan)} f"
    elif level == "directorate":
        keys = f"SELECT pre AS k, directorate AS code FROM read_parquet('{lake.dimension('units')}')"
    else:
        keys = f"SELECT pre AS k, {level} AS code FROM read_parquet('{lake.dimension('places')}')"
    return f"SELECT k, code, dense_rank() OVER (ORDER BY code) AS n FROM ({keys}) WHERE code IS NOT NULL"


def _put(
    scan: Scan,
    conditions: Sequence[str],
    read: tuple[Any, Mapping[str, Any]],
    codes: Mapping[int, str],
    *rows_of_levels: dict[str, dict[str, Any]],
) -> None:
    """Put what one grouping of the values that were read comes to into the rows of these levels."""
    groups, columns = read
    for n, condition in enumerate(conditions):
        kept = np.asarray(columns[f"c{n}"], bool)
        names = [name for name, one in scan.conditions.items() if one == condition]
        shares = sorted({share for name in names for share in scan.quantiles.get(name, ())})
        values = np.asarray(columns["us"])[kept].astype(np.int64)
        for group, size, found in order.quantiles(np.asarray(groups)[kept].astype(np.int64), values, shares):
            by_share = dict(zip(shares, found, strict=True))
            for rows in rows_of_levels:
                row = rows.setdefault(codes[group], {})
                for name in names:
                    asked = scan.quantiles.get(name)
                    row[name] = [by_share[share] for share in asked] if asked else size


def source(
    lake: Lake,
    compiler: Compiler,
    scan: Scan,
    joins: str,
    question: Question,
    conditions: Sequence[str],
    months: Months | None = None,
) -> str:
    """Return FROM and WHERE of a scan: its rows within the question's places and units, and within months if told."""
    scope = [f"f.{name}_pre BETWEEN {low} AND {high}" for name, (low, high) in _intervals(question)]
    # What follows a case comes no earlier than the case.
    since = months[0] if months else f"{compiler.periods['before'].first:%Y-%m}"
    others = " ".join(
        f"{one.kind} JOIN {_joined(lake, one, '' if scan.every_month else since)} {one.alias} ON {one.on}"
        for one in scan.joins
    )
    rows = _files(lake, scan.folder, lake.files(scan.folder, *months)) if months else None
    rows = rows or rows_of(lake, compiler, scan, both(scope))
    return f"FROM {rows} f {others} {joins} WHERE {both([*conditions, *scope]) or 'true'}"


def by_month(scan: Scan) -> bool:
    """Return whether the rows that count in a month lie in the month's files, each by itself."""
    plain = not (scan.moves or scan.every_month)
    return plain and (not scan.first_only or _once(scan.folder))


def _joined(lake: Lake, other: Join, since: str) -> str:
    found = _files(lake, other.folder, lake.files(other.folder, since))
    return f'(SELECT DISTINCT "case" FROM {found})' if other.cases else found


def _key(level: Level) -> str:
    """Return the column of entries that decides in which row of the level they count."""
    return {"unit": "unit", "directorate": "unit_pre"}.get(level, "place_pre")


def column(level: Level) -> str:
    """Return the column to group by, once its join is there."""
    return {"unit": "f.unit", "directorate": "u.directorate"}.get(level, f"p.{level}")


def join(lake: Lake, level: Level) -> str:
    """Return the join that brings the column to group by."""
    if level == "unit":
        return ""
    if level == "directorate":
        return f"LEFT JOIN read_parquet('{lake.dimension('units')}') u ON u.pre = f.unit_pre"
    return f"LEFT JOIN read_parquet('{lake.dimension('places')}') p ON p.pre = f.place_pre"


def _intervals(question: Question) -> Iterator[tuple[str, Interval]]:
    given = (("place", question.places), ("unit", question.units))
    return ((name, interval) for name, interval in given if interval is not None)


def rows_of(lake: Lake, compiler: Compiler, scan: Scan, scope: str = "") -> str:
    """Return the rows of a scan: its folder's files of the months in question.

    `scope` is a condition on places and units `f`, which are the same in all steps of a case.
    """
    if scan.moves:
        # A step may count from an earlier day, so all months are read.
        folders = {move.step: table(lake, move.step) for move in scan.moves}
        return stocks.stretches(scan.moves, folders, lake.dimension("places"))
    if scan.every_month:
        return table(lake, scan.folder)
    found = table(lake, scan.folder, compiler)
    if not scan.first_only or _once(scan.folder):
        return found
    kept = ", ".join(
        f'any_value("{name}") AS "{name}"' for name in lake.columns(scan.folder) if name not in ("case", "at")
    )
    where = f"WHERE {scope} " if scope else ""
    return f'(SELECT "case", min("at") AS "at", {kept} FROM {found} f {where}GROUP BY "case")'


def _once(folder: str) -> bool:
    procedure, _, step = folder.partition(".")
    return discover()[procedure].step(step).once


def table(lake: Lake, folder: str, compiler: Compiler | None = None) -> str:
    """Return a folder as a table; with a compiler, only the months of its periods."""
    if compiler is None:
        return _files(lake, folder, lake.files(folder))
    months = [(f"{period.first:%Y-%m}", f"{period.last:%Y-%m}") for period in compiler.periods.values()]
    return _files(
        lake, folder, sorted({file for first, last in months for file in lake.files(folder, first, last)})
    )


def _files(lake: Lake, folder: str, files: Sequence[str]) -> str:
    if files:
        return f"read_parquet({list(files)!r}, union_by_name = {len(files) > 1})"
    typed = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in lake.columns(folder).items())
    return f"(SELECT {typed} WHERE false)"
