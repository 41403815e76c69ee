"""The ten indicators for two nine-month periods by oblast over millions of calls in the lake.

    python -m bench.indicators [--calls 10000000] [--postgres 1000000] [--smoke]

The floor is DuckDB by hand: the best statement that we could write for these files and rows.
Polars and pandas read the same files; PostgreSQL holds the same rows in tables of integers with
the indexes that a good engineer would make, at a size of its own since it is loaded first.
All of them must give equal rows, or the benchmark fails.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from bench import ground
from bench.invented import BEFORE, CODES, NOW, Rows, assembled, make_lake, same, span
from bench.peers import load_postgres, pandas_rows, polars_rows, postgres_rows


def ours(folder: Path) -> Rows:
    """Ask Varta's engine."""

    from varta.figures import Period
    from varta.figures.engine import Question, ask
    from varta.indicators import discover
    from varta.lake.source import LakeFiles

    indicators = [discover()[code] for code in CODES]
    answer = ask(LakeFiles(), indicators, Question(Period(date(2019, 1, 1), date(2019, 9, 30)), "oblast"))
    rows = (*answer.rows, answer.total)
    return {
        row.code: {code: tuple(value.number for value in row.values[code]) for code in CODES} for row in rows
    }


def by_hand(folder: Path) -> Rows:
    """Write in DuckDB what the engine writes, with nothing general about it."""
    both = {"n": NOW, "b": BEFORE}
    months = [f"{year}-{month:02}" for year in (2018, 2019) for month in range(1, 10)]

    def files(name: str, *, every: bool = False) -> str:
        if every:
            return f"read_parquet('{folder}/{name}/*.parquet')"
        return f"read_parquet({[f'{folder}/{name}/{month}-0.parquet' for month in months]})"

    minutes = '(epoch_us("at") - epoch_us(opened_at)) / 60e6'
    group = "GROUP BY GROUPING SETS ((p.oblast), ())"
    key = "coalesce(p.oblast, '*') AS oblast"
    place = f"JOIN read_parquet('{folder}/places.parquet') p ON p.pre = f.place_pre"

    def counted(call: str, condition: str = "true", moment: str = '"at"') -> str:
        return ", ".join(
            f"{call} FILTER (WHERE {span(bounds, moment)} AND {condition})" for bounds in both.values()
        )

    late = "(late_from_reply - INTERVAL 1 MICROSECOND)"
    queries = {
        "receive": f"SELECT {key}, {counted('count(*)')} FROM {files('call.receive')} f {place} {group}",
        "close": f"SELECT {key}, {counted('count(*)', 'confirmed')}, {counted('count(*)', 'confirmed IS NOT NULL')} "
        f"FROM {files('call.close')} f {place} {group}",
        "false": f"SELECT {key}, {counted('count(*)')} FROM {files('call.false_call')} f {place} {group}",
        "arrive": f"SELECT {key}, {counted('count(*)', chr(34) + 'at' + chr(34) + ' < late_from')}, "
        f"{counted('count(*)', 'late_from IS NOT NULL')}, {counted(f'quantile_cont({minutes}, [0.5, 0.9])')} "
        f"FROM {files('call.arrive')} f {place} {group}",
        "assign": f"SELECT {key}, {counted(f'quantile_cont({minutes}, 0.5)')} FROM "
        f'(SELECT "case", min("at") AS "at", any_value(opened_at) AS opened_at, any_value(place_pre) AS place_pre '
        f'FROM {files("call.assign")} GROUP BY "case") f {place} {group}',
        "unanswered": f"SELECT {key}, {counted('count(*)')} FROM {files('call.receive')} f "
        f'ANTI JOIN {files("call.arrive", every=True)} s ON s."case" = f."case" '
        f'ANTI JOIN {files("call.close", every=True)} c ON c."case" = f."case" {place} {group}'.replace(
            '"at"', 'f."at"'
        ),
        "appeals": f"SELECT {key}, {counted('count(*)')} FROM {files('appeal.receive')} f {place} {group}",
        "kept": f"SELECT {key}, {counted('count(*)', 's.' + chr(34) + 'at' + chr(34) + ' < late_from_reply', late)}, "
        f"{counted('count(*)', 'true', late)} FROM {files('appeal.receive', every=True)} f "
        f'ANTI JOIN {files("appeal.forward", every=True)} d ON d."case" = f."case" AND d."at" < late_from_reply '
        f'LEFT JOIN {files("appeal.reply", every=True)} s ON s."case" = f."case" {place} {group}',
    }
    with duckdb.connect() as database:
        found = {
            name: {row[0]: row[1:] for row in database.execute(query).fetchall()}
            for name, query in queries.items()
        }
        codes = database.execute(
            f"SELECT code, population FROM read_parquet('{folder}/places.parquet') WHERE level = 1"
        ).fetchall()
    return assembled(found, dict(codes))


def measured(work: Callable[[Path], Rows], folder: Path, *, times: int) -> tuple[Rows, float, float]:
    """Return the rows, the seconds of the first run, and the least of the others."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        rows = work(folder)
        spent.append(time.perf_counter() - started)
    return rows, spent[0], min(spent[1:] or spent)


def compare(folder: Path, calls: int, peers: dict[str, Callable[[Path], Rows]]) -> list[list[object]]:
    """Return a line for each peer; the floor runs first, and every other must give its rows."""
    make_lake(folder, calls)
    rows, cold, floor = measured(by_hand, folder, times=3)
    lines: list[list[object]] = [
        ["DuckDB by hand (floor)", f"{calls:,}", f"{cold:.2f}", f"{floor:.2f}", "1.00"]
    ]
    for name, work in peers.items():
        found, cold, warm = measured(work, folder, times=3 if work is ours else 1)
        same(rows, found)
        lines.append([name, f"{calls:,}", f"{cold:.2f}", f"{warm:.2f}", f"{warm / floor:.2f}"])
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000_000)
    parser.add_argument(
        "--postgres", type=int, default=1_000_000, help="calls for PostgreSQL, which is loaded first"
    )
    parser.add_argument(
        "--without", default="", help="peers to leave out, parted by commas: polars,pandas,postgres"
    )
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    calls, fewer = (20_000, 10_000) if options.smoke else (options.calls, options.postgres)
    left_out = set(options.without.split(","))
    peers = {"Varta": ours, "Polars": polars_rows, "pandas": pandas_rows}
    peers = {name: work for name, work in peers.items() if name.lower() not in left_out}
    with ground.database() as database:
        lines = in_lake(lambda folder: compare(folder, calls, peers))
        if "postgres" not in left_out:
            lines += in_lake(lambda folder: with_postgres(folder, fewer, database))
    head = ["counted by", "calls", "first s", "best s", "times the floor"]
    ground.table("Ten indicators, two nine-month periods, by oblast (equal rows)", head, lines)


def in_lake(work: Callable[[Path], list[list[object]]]) -> list[list[object]]:
    """Run the work in an empty lake that holds the places."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VARTA_LAKE"] = name
        from varta.lake import dimensions

        dimensions.write()
        return work(Path(name))


def with_postgres(folder: Path, calls: int, database: str) -> list[list[object]]:
    """Return the floor's and PostgreSQL's lines at their own size."""
    from varta.lib import postgres

    lines = compare(folder, calls, {"Varta": ours})
    with postgres.connect_as_superuser(database=database) as connection:
        load_postgres(folder, connection)
        rows, cold, warm = measured(lambda _: postgres_rows(connection), folder, times=2)
        same(by_hand(folder), rows)
    floor = float(str(lines[0][3])) or 0.01
    return [
        *lines,
        ["PostgreSQL, indexed", f"{calls:,}", f"{cold:.2f}", f"{warm:.2f}", f"{warm / floor:.2f}"],
    ]


if __name__ == "__main__":
    main()
