"""take_many() beside a bare COPY of the same rows: calls a second, four entries each.

    python -m bench.take_many [--calls 20000] [--batch 2500] [--smoke]

The floor is COPY of text made beforehand into tables of the same shape, indexes and constraints
included, without walls, checks, hashes or numbers; several writers are processes, as when a
loader runs with --jobs.
"""

import argparse
import multiprocessing
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from bench import ground
from bench.take import RECEIVED, connect, steps


def run_many(
    database: str, unit: str, place: str, first: int, calls: int, batch: int, ready: Any = None
) -> None:
    """Take the steps of these calls, `batch` calls in a transaction; `ready` is met once the rows are made."""
    connect(database)
    from varta.cases.bulk import take_many
    from varta.people.scope import Reader

    batches = [
        rows_of(range(start, min(start + batch, first + calls)), unit, place)
        for start in range(first, first + calls, batch)
    ]
    if ready is not None:
        ready.wait()
    for rows in batches:
        outcome = take_many(rows, by=Reader.system())
        assert outcome.written == len(rows), outcome.refused[:1]


def rows_of(numbers: Iterable[int], unit: str, place: str) -> list[Any]:
    """Return the rows of these calls, as a loader hands them over."""
    from varta.cases.bulk import Row
    from varta.lib.uuid7 import uuid7_from

    rows, received_at = [], RECEIVED + timedelta(days=400)
    for call in numbers:
        case = None
        for step, at, data in steps(call, 0):
            key = uuid7_from(at, call, step)
            case = case or key
            rows.append(Row(key, case, "call", step, at, received_at, data, place, unit))
    return rows


def in_processes(arguments: Sequence[tuple[Any, ...]]) -> float:
    """Return the seconds that the writers need side by side, once their rows are made."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(len(arguments) + 1)
    writers = [context.Process(target=run_many, args=(*one, ready)) for one in arguments]
    for writer in writers:
        writer.start()
    ready.wait()
    started = time.perf_counter()
    for writer in writers:
        writer.join()
    assert not any(writer.exitcode for writer in writers)
    return time.perf_counter() - started


def floor(database: str, batch: int) -> tuple[float, int]:
    """Copy the rows that lie in the database once more, by bare COPY; return seconds and entries."""
    from varta.cases.journal import CASE_COLUMNS, DEADLINE_COLUMNS
    from varta.cases.rows import COLUMNS
    from varta.lib import postgres

    columns = {
        "cases_entry": COLUMNS,
        "cases_case": CASE_COLUMNS,
        "cases_deadline": ["case_key", "nth", *DEADLINE_COLUMNS],
    }
    texts: dict[str, list[bytes]] = {}
    with postgres.connect_as_superuser(database=database) as connection:
        for table, names in columns.items():
            order = "key" if table != "cases_deadline" else "case_key"
            with connection.cursor().copy(
                f"COPY (SELECT {', '.join(names)} FROM {table} ORDER BY {order}) TO STDOUT"
            ) as out:
                lines = b"".join(bytes(part) for part in out).splitlines(keepends=True)
            size = -(-len(lines) * batch // max(len(lines) // (4 if table == "cases_entry" else 1), 1))
            texts[table] = [b"".join(lines[start : start + size]) for start in range(0, len(lines), size)]
            like = (
                "(LIKE cases_entry INCLUDING ALL) PARTITION BY RANGE (key)"
                if table == "cases_entry"
                else f"(LIKE {table} INCLUDING ALL)"
            )
            connection.execute(f"CREATE TABLE bare_{table} {like}")
        connection.execute("CREATE TABLE bare_partition PARTITION OF bare_cases_entry DEFAULT")
        entries = connection.execute("SELECT count(*) FROM cases_entry").fetchone()[0]
        started = time.perf_counter()
        for table, parts in texts.items():
            for part in parts:
                with connection.cursor().copy(
                    f"COPY bare_{table} ({', '.join(columns[table])}) FROM STDIN"
                ) as copy:
                    copy.write(part)
        return time.perf_counter() - started, entries


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=20_000, help="calls of each measurement")
    parser.add_argument("--batch", type=int, default=2_500, help="calls in a transaction")
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    calls, batch = (100, 50) if options.smoke else (options.calls, options.batch)
    lines = []
    for writers in (1, 2):
        with ground.database() as database:
            from varta.places.models import Territory, Unit

            units = list(Unit.objects.order_by("-pre")[:2].values_list("code", flat=True))
            place = Territory.objects.filter(level=3).first().code
            share = calls // writers
            seconds = in_processes(
                [(database, units[n], place, n * share, share, batch) for n in range(writers)]
            )
            bare, entries = floor(database, batch)
            lines += [
                [
                    f"take_many(), {writers} writers",
                    entries,
                    f"{share * writers / seconds:,.0f}",
                    f"{entries / seconds:,.0f}",
                    f"{bare / seconds:.2f}",
                ],
                [
                    "bare COPY (floor)",
                    entries,
                    f"{share * writers / bare:,.0f}",
                    f"{entries / bare:,.0f}",
                    "1.00",
                ],
            ]
    head = ["writer", "entries", "calls/s", "entries/s", "rate of the floor"]
    ground.table(f"Calls of four entries, {batch:,} calls in a transaction (fsync on)", head, lines)


if __name__ == "__main__":
    main()
