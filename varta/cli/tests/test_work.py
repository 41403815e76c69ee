"""The worker does what waits, and what a killed worker left is done again."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from procrastinate.contrib.django import app

from varta.cli import work


def put_back():
    async def in_a_worker():
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            async with worker_app.open_async():
                return await work.put_back(worker_app)

    # In a thread of its own: a browser that earlier tests drove keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(in_a_worker())).result()


def taken_by_a_worker(connection, *, heartbeat_s):
    """Write a job that a worker took; the worker's last heartbeat was so many seconds ago."""
    [worker] = connection.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
        [heartbeat_s],
    ).fetchone()
    [job] = connection.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
        " VALUES ('default', 'seal', 'doing', %s) RETURNING id",
        [worker],
    ).fetchone()
    return job


def status(connection, job):
    return connection.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job]).fetchone()[0]


@pytest.mark.parametrize(("heartbeat_s", "then"), [(31, "todo"), (5, "doing")])
def test_a_job_is_put_back_once_its_worker_is_silent_for_half_a_minute(as_superuser, heartbeat_s, then):
    job = taken_by_a_worker(as_superuser, heartbeat_s=heartbeat_s)

    put_back()

    assert status(as_superuser, job) == then


def test_the_worker_does_what_waits_and_ends_if_asked_once(as_superuser):
    from varta.cases.jobs import seal

    seal.defer(timestamp=0)

    subprocess.run([sys.executable, "-m", "varta", "work", "--once"], check=True, timeout=120)

    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status <> 'succeeded'"
    assert as_superuser.execute(waiting, [seal.name]).fetchone() == (0,)
