"""The ten most used pages at demo size: server time and queries, beside a page that asks nothing.

    python -m bench.pages [--times 20] [--smoke]

Each page is asked for in this process as its usual reader, through all middleware, with the
demonstration's cases in the database and in the lake. The aim: 20 queries and 100 ms at most, on
a quiet machine. The floor is the answer to a stranger: a redirect to sign-in, through the same
middleware, with no data asked for.
"""

import argparse
import os
import tempfile
import time

from bench import ground

PAGES = (
    ("start page", "olena", "/"),
    ("cases that wait", "olena", "/cases/"),
    ("a case", "olena", "{case}"),
    ("new call", "olena", "/cases/new/call/"),
    ("start page of a head", "halyna", "/"),
    ("results by raion", "halyna", "/results/"),
    ("results of the country by oblast", "anton", "/results/?indicator=C05"),
    ("how an indicator is counted", "anton", "/results/indicators/C05/"),
    ("places", "olena", "/places/"),
    ("a place", "olena", "/places/UA12020170000068526/"),
)


def fill(smoke: bool) -> None:
    """Make the demonstration, a small part of it for a smoke run, and bring it to the lake."""
    from varta.calls.demo import making
    from varta.lake import dimensions
    from varta.lake.refresh import refresh
    from varta.lib.clock import now
    from varta.people import demo

    demo.make(at=now())
    story = making.chapters(now())
    making.make([one for one in story if one.recent] if smoke else story, jobs=2, tell=lambda made: None)
    dimensions.write()
    refresh(now())


def measured(login: str, address: str, times: int) -> tuple[int, float, float, int]:
    """Return status, median and 95th percentile of milliseconds, and the queries of the last answer."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from varta.people.models import Officer

    client = Client(headers={"host": "localhost"})
    if login:
        client.force_login(Officer.objects.get(login=login))
    spent, status, queries = [], 0, 0
    for _ in range(times + 1):
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            status = client.get(address).status_code
            spent.append(1000 * (time.perf_counter() - started))
        queries = len(asked)
    return status, ground.percentile(spent[1:], 0.5), ground.percentile(spent[1:], 0.95), queries


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    times = 3 if options.smoke else options.times
    os.environ["VARTA_DEMO"] = "1"
    with tempfile.TemporaryDirectory() as folder, ground.database():
        os.environ["VARTA_LAKE"] = folder
        fill(options.smoke)
        from django.urls import reverse

        from varta.cases.models import Case
        from varta.people.demo import HROMADA
        from varta.people.scope import Reader, reading

        with reading(Reader.system()):
            case = reverse(
                "cases:case", args=[Case.objects.filter(place__hromada=HROMADA).latest("opened_at").key]
            )
            cases = Case.objects.count()
        lines = []
        floor = measured("", "/cases/", times)
        for name, login, address in (("redirect to sign-in (floor)", "", "/cases/"), *PAGES):
            status, median, late, queries = measured(login, address.format(case=case), times)
            assert status in (200, 302), (name, status)
            lines.append([name, login, queries, f"{median:.0f}", f"{late:.0f}", f"{median / floor[1]:.1f}"])
    head = ["page", "reader", "queries", "median ms", "p95 ms", "times the floor"]
    ground.table(f"Pages with {cases:,} cases", head, lines)


if __name__ == "__main__":
    main()
