"""The board of a head of oblast: 200 open calls, 300 crews, and what a change and a recommendation take.

    python -m bench.board [--calls 200] [--crews 300] [--past 20000] [--times 20] [--smoke]

All in this process, as the application's role behind row-level security. The floor is hand-written: three
statements that read the same calls, their entries and the crews in scope, and draw nothing. The aim: a board
within ten questions, and a recommendation under 50 ms.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from bench import ground

NOW = datetime(2026, 10, 3, 10, 0, tzinfo=UTC)
CALL = {
    "channel": "line_102",
    "kind": "noise",
    "zone": "city",
    "about": "Шумлять під вікнами",
    "address": "Садова, 5",
}
CALLS = "SELECT * FROM cases_case WHERE procedure = 'call' AND closed_at IS NULL AND opened_at >= %s"
ENTRIES = "SELECT * FROM cases_entry WHERE case_key = ANY(%s) AND key >= %s"
CREWS = "SELECT * FROM calls_crew c LEFT JOIN calls_sending s ON s.crew = c.key AND s.left_at IS NULL WHERE c.ended_at IS NULL"


def fill(calls: int, crews: int, past: int) -> list[UUID]:
    """Make the crews, calls of the last weeks that are closed, and open ones; return the keys of the open."""
    from varta.calls.demo import ground as places
    from varta.cases.bulk import Row, take_many
    from varta.lib.uuid7 import uuid7
    from varta.people.demo import OBLAST
    from varta.people.scope import Reader, reading

    chance = Random(1)
    spots = [spot for spot in places.country(wartime=True).spots if spot.code.startswith(OBLAST[:4])]
    rows: list[Row] = []

    def step(
        case: UUID | None, procedure: str, name: str, at: datetime, data: dict, spot: places.Spot
    ) -> UUID:
        key = uuid7(at)
        rows.append(Row(key, case or key, procedure, name, at, at, data, spot.code, spot.unit, ()))
        return key

    shifts = []
    for nth in range(crews):
        spot = chance.choice(spots)
        data = {"crew": f"Явір-{nth}", "force": "response", "officers": "x", "lat": spot.lat, "lon": spot.lon}
        at = NOW - timedelta(hours=3) + timedelta(seconds=nth)
        shifts.append(step(None, "duty_shift", "begin", at, data, spot))
    for nth in range(past):
        spot, at = chance.choice(spots), NOW - timedelta(days=28) + timedelta(days=26) * (nth / max(past, 1))
        case = step(None, "call", "receive", at, _call(chance, spot), spot)
        step(case, "call", "close", at + timedelta(minutes=40), {"outcome": "resolved"}, spot)
    open_calls = []
    for nth in range(calls):
        spot, at = chance.choice(spots), NOW - timedelta(minutes=90) + timedelta(seconds=20 * nth)
        case = step(None, "call", "receive", at, _call(chance, spot), spot)
        open_calls.append(case)
        if nth % 5 < 3 and nth < crews:  # of five calls three have a crew
            sent = {"force": "response", "crew": f"Явір-{nth}", "shift": str(shifts[nth])}
            step(case, "call", "assign", at + timedelta(minutes=1), sent, spot)
    with reading(Reader.system()):
        refused = take_many(rows, by=Reader.system()).refused
    assert not refused, refused[0]
    return open_calls


def _call(chance: Random, spot) -> dict:
    category = chance.choice(("alpha", "beta", "gamma", "gamma"))
    return CALL | {"category": category, "lat": spot.lat, "lon": spot.lon}


def measured(work: Callable[[], object], times: int) -> tuple[float, float, int]:
    """Return median and 95th percentile of milliseconds, and how many questions the last time asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    with CaptureQueriesContext(connection) as asked:
        work()
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - started))
    return ground.percentile(spent, 0.5), ground.percentile(spent, 0.95), len(asked)


def floor() -> None:
    """Read the same calls, entries and crews by hand."""
    from django.db import connection

    since = NOW - timedelta(hours=48)
    with connection.cursor() as cursor:
        cursor.execute(CALLS, [since])
        keys = [row[0] for row in cursor.fetchall()]
        cursor.execute(ENTRIES, [keys, min(keys)])
        cursor.fetchall()
        cursor.execute(CREWS)
        cursor.fetchall()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--crews", type=int, default=300)
    parser.add_argument("--past", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    if options.smoke:
        options.calls, options.crews, options.past, options.times = 10, 12, 50, 3
    with ground.database():
        from django.db import connection
        from django.template.loader import render_to_string

        from varta.calls import advice, board
        from varta.lib.clock import kyiv_day
        from varta.people.demo import MAIN_DIRECTORATE, OBLAST
        from varta.people.scope import Reader, reading
        from varta.people.tests.story import officer_at

        head = officer_at("head", "Галина Керівна", "head", OBLAST, MAIN_DIRECTORATE)
        keys = fill(options.calls, options.crews, options.past)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        by, lines = Reader.of(head, on=kyiv_day(NOW)), []
        with reading(by):
            shown = board.rows(by, now=NOW)
            crews = advice.everyone(by, now=NOW)
            row = next(one for one in shown.calls if one.state == "waiting")
            works = [
                ("by hand, undrawn (floor)", floor),
                ("the board read", lambda: board.rows(by, now=NOW)),
                ("the board drawn", lambda: render_to_string("calls/rows.html", {"board": shown})),
                ("a recommendation, crews known", lambda: advice.advise(by, row, crews, now=NOW)),
            ]
            lines += [[name, *_shown(measured(work, options.times))] for name, work in works]
        with reading(Reader.system()):
            some = keys[: min(20, len(keys))]
            work = measured(lambda: board.changed(some, now=NOW), options.times)
            lines.append([f"{len(some)} changed calls, drawn in both languages", *_shown(work)])
    title = (
        f"A board with {len(shown.calls)} calls and {len(shown.crews)} crews, {options.past:,} calls before"
    )
    ground.table(title, ["work", "median ms", "p95 ms", "questions"], lines)


def _shown(found: tuple[float, float, int]) -> list[str]:
    return [f"{found[0]:.0f}", f"{found[1]:.0f}", str(found[2])]


if __name__ == "__main__":
    main()
