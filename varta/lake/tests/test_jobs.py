"""The worker brings the lake up to the journal often enough for the report's promise of a minute."""

from datetime import UTC, datetime
from itertools import pairwise

from croniter import croniter
from procrastinate.contrib.django import app

from varta.lake import jobs  # noqa: F401  declares the jobs


def test_the_lake_is_refreshed_three_times_in_every_minute_of_the_day():
    tasks = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}
    task = tasks["varta.lake.jobs.refresh"]
    times = croniter(task.cron, datetime(2026, 11, 23, 8, 7, 5, tzinfo=UTC))

    found = [times.get_next(datetime) for _ in range(10)]

    assert {(later - earlier).total_seconds() for earlier, later in pairwise(found)} == {20}
