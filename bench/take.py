"""take() beside hand-written psycopg that writes the same rows: one client and eight.

    python -m bench.take [--calls 500] [--clients 8] [--smoke]

A call is four entries (receive, assign, arrive, close), each in a transaction of its own with
fsync on. The floor knows every value beforehand, checks nothing, computes no hash and passes no
row-level security; it sends one plain statement for each table. Eight clients are eight
processes, each with a journal of its own unit, as eight duty desks have.
"""

import argparse
import itertools
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bench import ground

RECEIVED = datetime(2026, 6, 1, 8, tzinfo=UTC)


def steps(call: int, client: int) -> Iterator[tuple[str, datetime, dict[str, Any]]]:
    """Yield the four steps of a typical call: code, moment, record."""
    at = RECEIVED + timedelta(seconds=37 * call + client)
    yield (
        "receive",
        at,
        {
            "channel": "line_102",
            "category": "beta",
            "kind": "noise",
            "zone": "city_zone",
            "about": "Шумлять під вікнами, просять приїхати",
        },
    )
    yield "assign", at + timedelta(seconds=70), {"force": "patrol", "crew": "ГРПП-12"}
    yield "arrive", at + timedelta(minutes=6), {}
    yield "close", at + timedelta(minutes=25), {"outcome": "resolved", "confirmed": True}


def run_take(client: int, database: str, unit: str, place: str, calls: int) -> list[float]:
    """Take every step of the calls; return the seconds of each."""
    connect(database)
    from varta.cases.actions import take
    from varta.lib.uuid7 import uuid7
    from varta.people.scope import Reader, reading

    system = Reader.system()
    spent = []
    for call in range(calls):
        case: UUID | None = None
        for step, at, data in steps(call, client):
            started = time.perf_counter()
            with reading(system):
                entry = take(
                    key=uuid7(at),
                    case=case,
                    procedure="call",
                    step=step,
                    data=data,
                    by=system,
                    at=at,
                    received_at=at,
                    place=place,
                    unit=unit,
                )
            spent.append(time.perf_counter() - started)
            case = entry.case_key
    return spent


def connect(database: str) -> None:
    """Let this process's Django use the benchmark's database."""
    import os

    os.environ["VARTA_DATABASE"] = database
    import django

    django.setup()
    from django.db import connections

    connections["default"].close()


class Floor:
    """The rows that take() has written, ready to be written again by plain statements."""

    def __init__(self, unit: str) -> None:
        from varta.cases.journal import CASE_COLUMNS, DEADLINE_COLUMNS
        from varta.cases.rows import COLUMNS
        from varta.lib import postgres

        self.entry_columns, self.case_columns = COLUMNS, CASE_COLUMNS
        self.deadline_columns = ["case_key", "nth", *DEADLINE_COLUMNS]
        with postgres.connect_as_superuser(database=postgres.address("app")["dbname"]) as connection:
            self.entries = self._read(
                connection, "cases_entry", COLUMNS, "unit = %s ORDER BY case_key, position", unit
            )
            self.cases = self._read(connection, "cases_case", CASE_COLUMNS, "unit = %s", unit)
            self.deadlines = self._read(
                connection,
                "cases_deadline",
                self.deadline_columns,
                "case_key IN (SELECT key FROM cases_case WHERE unit = %s) ORDER BY case_key, nth",
                unit,
            )

    @staticmethod
    def _read(
        connection: Any, table: str, columns: Sequence[str], where: str, unit: str
    ) -> list[tuple[Any, ...]]:
        listed = ", ".join(
            f"{name}::text" if name in ("data", "people", "facts") else name for name in columns
        )
        return connection.execute(f"SELECT {listed} FROM {table} WHERE {where}", [unit]).fetchall()  # type: ignore[no-any-return]


def run_floor(client: int, database: str, floor: Floor) -> list[float]:
    """Write the rows of one client once more, into an empty database; return the seconds of each transaction."""
    from varta.lib import postgres

    entry = insert("cases_entry", floor.entry_columns)
    case = insert("cases_case", floor.case_columns)
    deadline = insert("cases_deadline", floor.deadline_columns)
    changed = [name for name in floor.case_columns if name != "key"]
    update = f"UPDATE cases_case SET {', '.join(f'{name} = %s' for name in changed)} WHERE key = %s"
    case_of = {row[0]: row for row in floor.cases}
    due_of = {key: list(rows) for key, rows in itertools.groupby(floor.deadlines, key=lambda row: row[0])}
    spent = []
    with postgres.connect_as_superuser(database=database) as connection:
        connection.prepare_threshold = 0
        for key, rows in itertools.groupby(floor.entries, key=lambda row: row[1]):
            row, due = case_of[key], due_of.get(key, [])
            for nth, one in enumerate(rows):
                started = time.perf_counter()
                with connection.transaction():
                    if nth == 0:
                        connection.execute(
                            "INSERT INTO cases_journal VALUES (%s, %s, %s, 1) ON CONFLICT (procedure, unit, year) "
                            "DO UPDATE SET last = cases_journal.last + 1 RETURNING last",
                            [one[3], one[6], one[16]],
                        ).fetchone()
                        connection.execute(entry, one)
                        connection.execute(case, row)
                        for each in due:
                            connection.execute(deadline, each)
                    else:
                        connection.execute(
                            "SELECT * FROM cases_case WHERE key = %s FOR UPDATE", [key]
                        ).fetchone()
                        connection.execute(entry, one)
                        connection.execute(update, [*row[1:], key])
                        connection.execute(
                            "UPDATE cases_deadline SET met_at = %s WHERE case_key = %s AND nth = 1",
                            [one[9], key],
                        )
                spent.append(time.perf_counter() - started)
    return spent


def insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"


def in_processes(work: Any, arguments: Sequence[tuple[Any, ...]]) -> tuple[float, list[float]]:
    """Run the work once for each tuple of arguments, side by side; return wall seconds and all single times."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(len(arguments)) as pool:
        pool.starmap(_warm, [(one[1],) for one in arguments])
        started = time.perf_counter()
        spent = pool.starmap(work, arguments, chunksize=1)
        return time.perf_counter() - started, list(itertools.chain.from_iterable(spent))


def _warm(database: str) -> None:
    connect(database)
    from varta.law import discover

    discover()


def measure(clients: int, calls: int) -> list[list[object]]:
    """Return the table's lines for this number of clients: take() first, the floor after it."""
    from tests import databases
    from varta.lib import postgres

    with postgres.connect_as_superuser(database=postgres.address("app")["dbname"]) as connection:
        units = [
            row[0]
            for row in connection.execute(
                "SELECT code FROM places_unit ORDER BY code DESC LIMIT %s OFFSET %s", [clients, clients * 8]
            )
        ]
        place = connection.execute("SELECT code FROM places_territory WHERE level = 3 LIMIT 1").fetchone()[0]
    database = postgres.address("app")["dbname"]
    ours, ours_each = in_processes(
        run_take, [(n, database, unit, place, calls) for n, unit in enumerate(units)]
    )
    empty = f"{database}_floor{clients}"
    databases.clone(empty)
    try:
        with postgres.connect_as_superuser(database=empty) as connection:
            connection.execute(f"ALTER DATABASE {empty} SET synchronous_commit = on")
            connection.execute("SELECT varta_entry_partition(%s)", [RECEIVED.date()])
        floors = [(n, empty, Floor(unit)) for n, unit in enumerate(units)]
        floor, floor_each = in_processes(run_floor, floors)
    finally:
        databases.drop(empty)
    entries = clients * calls * 4
    return [
        line("take()", clients, entries, ours, ours_each, floor),
        line("hand-written psycopg (floor)", clients, entries, floor, floor_each, floor),
    ]


def line(
    name: str, clients: int, entries: int, seconds: float, each: Sequence[float], floor: float
) -> list[object]:
    """Return one line of the table."""
    p50, p99 = (1000 * ground.percentile(each, share) for share in (0.5, 0.99))
    return [
        name,
        clients,
        entries,
        f"{entries / seconds:,.0f}",
        f"{p50:.2f}",
        f"{p99:.2f}",
        f"{floor / seconds:.2f}",
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=500, help="calls of each client")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    calls, clients = (5, 2) if options.smoke else (options.calls, options.clients)
    with ground.database():
        lines = [*measure(1, calls), *measure(clients, max(calls // 2, 2))]
    head = ["writer", "clients", "entries", "entries/s", "p50 ms", "p99 ms", "rate of the floor"]
    ground.table("Entries taken one by one (fsync on)", head, lines)


if __name__ == "__main__":
    main()
