"""`varta work`: the worker, with what it does by the clock."""

import asyncio
import subprocess
import sys

import click

from varta.cli import django_ready

HEARTBEAT_S = 10
STALLED_AFTER_S = 30


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs at the same time.")
@click.option("--once", is_flag=True, help="Do what waits, then end.")
def command(concurrency: int, once: bool) -> None:
    """Do the work that waits in the queue, and the periodic work of all rooms.

    Each room declares its jobs in varta/<room>/jobs.py. A job whose worker was killed is found by the
    missing heartbeat and done again.
    """
    django_ready(process="varta work")
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        _retry_stalled_jobs(worker_app)
        _back_up_at_night(worker_app)
        _make_demo_on_request(worker_app)
        asyncio.run(_work(worker_app, concurrency=concurrency, wait=not once))


async def _work(app, *, concurrency: int, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            wait=wait,
            delete_jobs="successful",
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=STALLED_AFTER_S,
            shutdown_graceful_timeout=10,
        )


def _retry_stalled_jobs(app) -> None:
    """Every minute, put back the jobs of workers that were killed."""

    @app.periodic(cron="* * * * *")
    @app.task(name="varta.retry_stalled_jobs", queueing_lock="varta.retry_stalled_jobs", pass_context=True)
    async def retry_stalled_jobs(context, timestamp: int) -> None:
        await put_back(app)


async def put_back(app) -> int:
    """Put the jobs of workers without heartbeat back into the queue and return how many it was."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


def _back_up_at_night(app) -> None:
    """Every night, back up the embedded server; a server of somebody else's has its own tools."""

    @app.periodic(cron="41 1 * * *")
    @app.task(name="varta.back_up", queueing_lock="varta.back_up", pass_context=False)
    def back_up(timestamp: int) -> None:
        from varta.lib import postgres

        if postgres.is_embedded():
            subprocess.run([sys.executable, "-m", "varta", "backup"], check=True)


def _make_demo_on_request(app) -> None:
    """Add what the demonstration lacks, such as its last days, while Varta is already in use."""

    @app.task(name="varta.demo", queueing_lock="varta.demo")
    def make_demo() -> None:
        subprocess.run([sys.executable, "-m", "varta", "demo", "--jobs", "1"], check=True)
