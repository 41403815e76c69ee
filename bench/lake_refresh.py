"""The lake's refresh beside a bare COPY of the same columns to Parquet: entries a second.

    python -m bench.lake_refresh [--entries 1000000] [--smoke]

The floor is psycopg's COPY of the journal's columns and of the same fields out of the records,
read by Arrow and written as one Parquet file for each step: no scope, no deadlines, no facts of
the case, no months, no manifest with hashes. (DuckDB's own reader of PostgreSQL is an extension
that is fetched from a host of its own, so it cannot stand here.)
"""

import argparse
import io
import os
import tempfile
import time
from pathlib import Path

from bench import ground
from bench.take_many import RECEIVED, run_many


def fill(database: str, entries: int) -> None:
    """Write calls of four entries; beyond twenty thousand calls, copy what take_many wrote under other keys."""
    from varta.lib import postgres
    from varta.places.models import Territory, Unit

    calls = min(entries // 4, 20_000)
    place, unit = Territory.objects.filter(level=3).first().code, Unit.objects.order_by("-pre").first().code
    run_many(database, unit, place, 0, calls, 2_500)
    copies = entries // 4 // calls - 1
    with postgres.connect_as_superuser(database=database) as connection:
        for table, keys in (
            ("cases_entry", ("key", "case_key")),
            ("cases_case", ("key",)),
            ("cases_deadline", ("case_key",)),
        ):
            names = [
                row[0]
                for row in connection.execute(
                    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                    [table],
                )
            ]
            changed = {key: f"varta_bench_key(t.{key}, n)" for key in keys}
            if table == "cases_case":
                changed["number"] = "number + 1000000 * n"
            listed = ", ".join(changed.get(name, f"t.{name}") for name in names)
            connection.execute("""
                CREATE OR REPLACE FUNCTION varta_bench_key(key uuid, n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                $$ SELECT (left(key::text, 24) || substr(md5(key::text || n), 1, 12))::uuid $$""")
            if copies > 0:
                connection.execute(
                    f"INSERT INTO {table} SELECT {listed} FROM {table} t, generate_series(1, {copies}) n"
                )
        connection.execute("ANALYZE")


def floor(database: str, folder: Path) -> tuple[float, int]:
    """Copy the journal's columns bare, step by step; return seconds and rows."""
    import pyarrow.parquet as pq
    from pyarrow import csv

    from varta.lake.schema import folders
    from varta.lib import postgres

    rows, started = 0, time.perf_counter()
    with postgres.connect_as_superuser(database=database) as connection:
        for lake in folders().values():
            own = [column for column in lake.columns() if column.sql.startswith("e.")]
            listed = ", ".join(f'{column.sql} AS "{column.name}"' for column in own)
            query = (
                f"COPY (SELECT {listed} FROM cases_entry e WHERE procedure = '{lake.procedure.code}' "
                f"AND step = '{lake.step.code}') TO STDOUT (FORMAT csv)"
            )
            buffer = io.BytesIO()
            with connection.cursor().copy(query) as copy:
                for block in copy:
                    buffer.write(block)
            if not buffer.tell():
                continue
            buffer.seek(0)
            table = csv.read_csv(
                buffer, read_options=csv.ReadOptions(column_names=[column.name for column in own])
            )
            pq.write_table(table, folder / f"{lake.name}.parquet", compression="zstd")
            rows += table.num_rows
    return time.perf_counter() - started, rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    entries = 4_000 if options.smoke else options.entries
    with tempfile.TemporaryDirectory() as name, ground.database() as database:
        os.environ["VARTA_LAKE"] = f"{name}/lake"
        fill(database, entries)
        from tests import databases
        from varta.lake.refresh import refresh

        databases.settle()
        bare, rows = floor(database, Path(name))
        started = time.perf_counter()
        done = refresh(RECEIVED)
        seconds = time.perf_counter() - started
        assert done.rows == rows, (done.rows, rows)
    lines = [
        ["Varta's refresh", f"{rows:,}", f"{seconds:.1f}", f"{rows / seconds:,.0f}", f"{bare / seconds:.2f}"],
        ["COPY, Arrow, Parquet (floor)", f"{rows:,}", f"{bare:.1f}", f"{rows / bare:,.0f}", "1.00"],
    ]
    ground.table("Entries to the lake", ["writer", "entries", "s", "entries/s", "rate of the floor"], lines)


if __name__ == "__main__":
    main()
