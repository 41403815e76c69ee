"""The page of cover for the whole country on any day, beside what the same figures take by hand.

    python -m bench.cover [--times 20] [--officers 1500] [--smoke]

1,772 hromadas (1,469 of the base) and 29,701 settlements of the codifier; points and people of those settlements
whose place nobody knows are invented, so that sizes are meant and not Ukraine. Officers are invented as well: their
stays are written as rows, as the projection would. Each time another day is asked for, so that nothing that was
counted for an earlier day helps. The floor is hand-written SQL and numpy: the nearest officer by a whole matrix, in
blocks, and sums by hromada; it draws no page. The aim: 300 ms of server time.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from bench import ground

FIRST, DAYS = date(2019, 6, 1), 2400
BLOCK = 2_000
SERVING = "SELECT hromada, count(*) FROM officers_stay WHERE stage = 'serving' AND began <= %s AND (ended IS NULL OR ended > %s) GROUP BY hromada"
PLACES = """SELECT hromada, lat, lon, population FROM places_territory
    WHERE level = 4 AND (valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to > %s) AND hromada IS NOT NULL"""


def fill(officers: int) -> None:
    """Invent points and people where they are unknown, and officers who begin and leave over seven years."""
    from django.db import transaction

    from varta.lib.uuid7 import uuid7
    from varta.officers.models import Stay
    from varta.people.scope import Reader, reading
    from varta.places import bulk
    from varta.places import demo as facts
    from varta.places.models import PlaceShape, Territory, Unit

    chance = np.random.default_rng(20191031)
    middles = {code: (lat, lon) for code, lat, lon in PlaceShape.objects.values_list("place", "lat", "lon")}
    rows = []
    for code, hromada, lat, lon, people in Territory.objects.filter(level=4).values_list(
        "code", "hromada", "lat", "lon", "population"
    ):
        near = middles.get(hromada) or (chance.uniform(46, 52), chance.uniform(23, 40))
        point = (lat, lon) if lat is not None else chance.normal(near, 0.08).tolist()
        rows.append((code, *point, people if people is not None else int(chance.pareto(1.3) * 200)))
    with transaction.atomic():
        bulk.update_from(Territory, ("code", "lat", "lon", "population"), rows)
    facts.make()
    country = Territory.objects.filter(level=3, code__startswith="UA").exclude(code__startswith="UA01")
    hromadas = list(country.values_list("code", "oblast", "pre"))
    unit = Unit.objects.get(code="NPU")
    with reading(Reader.system()):
        stays = []
        for nth in range(officers):
            code, oblast, pre = hromadas[int(chance.integers(len(hromadas)))]
            began = FIRST + timedelta(days=int(chance.integers(DAYS)))
            ended = began + timedelta(days=int(chance.integers(200, 3_000)))
            case: UUID = uuid7(_moment(nth))
            stays.append(
                Stay(
                    case=case, nth=1, person_id=case, stage="serving", oblast_id=oblast, hromada_id=code,
                    place_pre=pre, unit=unit, unit_pre=unit.pre, began=began,
                    ended=ended if nth % 3 == 0 else None,
                )
            )  # fmt: skip
        Stay.objects.bulk_create(stays, batch_size=1_000)


def _moment(nth: int):
    """Return a moment of its own for each invented case."""
    from datetime import UTC, datetime

    return datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=nth)


def floor(day: date) -> int:
    """Read officers and settlements by hand and count minutes and people of every hromada; return how many."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SERVING, [day, day])
        serving = dict(cursor.fetchall())
        cursor.execute(PLACES, [day, day])
        rows = cursor.fetchall()
    codes, lat, lon, people = zip(*rows, strict=True)
    names, area = np.unique(np.array(codes), return_inverse=True)
    points = np.column_stack((np.array(lat, float), np.array(lon, float)))
    people = np.array(people, float)
    largest = np.lexsort((-np.nan_to_num(people), area))
    first = np.unique(area[largest], return_index=True)[1]
    posts = points[largest[first]][np.isin(names, list(serving))]
    if not len(posts):
        return len(names)
    nearest = np.concatenate(
        [_metres(points[start : start + BLOCK], posts).min(axis=1) for start in range(0, len(points), BLOCK)]
    )
    np.bincount(area, (nearest * 1.3 / 1000 / 50 * 60 <= 20) * np.nan_to_num(people))
    return len(names)


def _metres(one, other):
    lat, lon = np.radians(one[:, 0])[:, None], np.radians(one[:, 1])[:, None]
    to_lat, to_lon = np.radians(other[:, 0])[None], np.radians(other[:, 1])[None]
    half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * 6_371_008.8 * np.arcsin(np.sqrt(half))


def measured(work: Callable[[date], object], times: int) -> list[str]:
    """Return median, 95th percentile and slowest, and the median of this process's own time, in milliseconds.

    Each time another day is asked for. Own time is without the database, and what others do on a busy machine
    hardly changes it.
    """
    spent, own = [], []
    for nth in range(times + 1):
        day = FIRST + timedelta(days=1 + (nth * 997) % DAYS)
        started, busy = time.perf_counter(), time.process_time()
        work(day)
        spent.append(1000 * (time.perf_counter() - started))
        own.append(1000 * (time.process_time() - busy))
    rest = spent[1:]  # the first loads modules and templates
    found = (
        ground.percentile(rest, 0.5),
        ground.percentile(rest, 0.95),
        max(rest),
        ground.percentile(own[1:], 0.5),
    )
    return [f"{one:.0f}" for one in found]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--officers", type=int, default=1500)
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    if options.smoke:
        options.times, options.officers = 2, 50
    import os

    os.environ["VARTA_DEMO"] = "1"
    with tempfile.TemporaryDirectory() as folder, ground.database():
        os.environ["VARTA_LAKE"] = folder
        from django.db import connection
        from django.test import Client

        from varta.lib.clock import now
        from varta.officers import covering
        from varta.people import demo
        from varta.people.models import Officer
        from varta.people.scope import Reader, reading
        from varta.places import snapshot
        from varta.places.models import Territory

        demo.make(at=now())
        fill(options.officers)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        anton = Officer.objects.get(login="anton")
        client = Client(headers={"host": "localhost"})
        client.force_login(anton)
        by = Reader.of(anton, on=date(2026, 10, 31))

        def page(day: date, **more: str) -> None:
            answer = client.get("/officers/cover/", {"on": day.isoformat(), **more})
            assert answer.status_code == 200, answer.status_code

        def counted(day: date) -> None:
            with reading(by):
                covering.cover(by, day)

        def by_hand(day: date) -> None:
            with reading(by):
                floor(day)

        works = [
            ("SQL and numpy by hand, undrawn (floor)", by_hand),
            ("hromadas of the day read", snapshot.on),
            ("cover counted", counted),
            ("page of the country", page),
            ("  coloured by minutes, sorted by them", lambda day: page(day, show="minutes", sort="-median")),
            ("  all hromadas in one table, to print", lambda day: page(day, all="1")),
            ("page of an oblast", lambda day: page(day, oblast=demo.OBLAST)),
            (
                "page of a hromada",
                lambda day: client.get(f"/officers/cover/{demo.HROMADA}/", {"on": day.isoformat()}),
            ),
        ]
        lines = [[name, *measured(work, options.times)] for name, work in works]
        sizes = [Territory.objects.filter(level=level).count() for level in (3, 4)]
    title = f"Cover of {sizes[0]:,} hromadas and {sizes[1]:,} settlements, {options.officers:,} officers over the years"
    ground.table(title, ["work", "median ms", "p95 ms", "slowest ms", "own ms"], lines)


if __name__ == "__main__":
    main()
