"""`varta serve`: the web server alone."""

import os

import click

from varta.cli import django_ready


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Processes that answer.")
@click.option("--threads", default=4, show_default=True, help="Requests that each process answers at a time.")
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve Varta's pages on this address.

    This is what a service manager starts in production, with DATABASE_URL set and a proxy that speaks
    HTTPS in front. `varta run` starts it together with everything else.
    """
    os.environ["VARTA_DATABASE_POOL"] = str(threads + 1)
    os.environ.setdefault("VARTA_STATEMENT_TIMEOUT", "30s")
    django_ready(process="varta serve")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "varta.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,  # nothing in Varta waits asynchronously: three times the rate of ASGI
        workers=workers,
        blocking_threads=threads,
        backpressure=threads * 16,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.serve()
