"""`varta live`: the process that keeps boards live, beside the web server."""

import asyncio
import os

import click

from varta.cli import django_ready


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Tell open boards of every change, as server-sent events.

    A service manager starts it beside `varta serve`, with the same environment; a proxy passes /live/ on to
    it without buffering, or VARTA_LIVE names its address. `varta run` starts it together with everything else.
    """
    os.environ.setdefault("VARTA_STATEMENT_TIMEOUT", "5s")
    django_ready(process="varta live")
    from varta.live import running

    asyncio.run(running.run(host=host, port=port))
