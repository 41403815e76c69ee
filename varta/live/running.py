"""The live process from its start to its stop: the loop, the threads that ask the database, the signals."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import psycopg
import structlog
from django.db import Error, connection

from varta.lib.clock import now
from varta.live import door, server
from varta.live.door import Pass
from varta.live.hub import Hub
from varta.live.looking import Look, Lookout

CHECKERS = 2  # threads that look at sessions
GOODBYE_S = 1.0

T = TypeVar("T")
_log = structlog.get_logger("varta.live")


async def run(*, host: str, port: int) -> None:
    """Serve boards until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with ThreadPoolExecutor(1, "look") as lookers, ThreadPoolExecutor(CHECKERS, "check") as checkers:
        look, check = _askers(lookers, checkers)
        hub = Hub(look=look, check=check)
        listening, connections = await server.listen(hub, check, host=host, port=port)
        _log.info("live.started", host=host, port=port)
        looking, stopping = asyncio.create_task(hub.run()), asyncio.create_task(stop.wait())
        await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        listening.close()
        hub.close()
        await _gone(connections)
        stopping.cancel()
        if looking.done():
            looking.result()  # it never ends by itself: this raises what ended it
        looking.cancel()
    _log.info("live.stopped")


Looking = Callable[[set[str]], Awaitable[Look]]


def _askers(lookers: ThreadPoolExecutor, checkers: ThreadPoolExecutor) -> tuple[Looking, server.Check]:
    """Return what looks for changes and what looks at a session: both ask in threads of their own."""
    lookout, loop = Lookout(), asyncio.get_running_loop()

    async def look(earlier: set[str]) -> Look:
        return await loop.run_in_executor(lookers, partial(_asked, lookout.look, earlier))

    async def check(session: str) -> Pass:
        return await loop.run_in_executor(checkers, partial(_asked, door.admit, session))

    return look, check


def _asked(ask: Callable[..., T], about: object) -> T:
    """Ask the database in this thread. A connection that broke is replaced, and the question put once more.

    Raises ConnectionError when the database is away.
    """
    for last in (False, True):
        try:
            return ask(about, at=now())
        except (Error, psycopg.Error) as broken:
            connection.close()
            if last:
                raise ConnectionError(f"{type(broken).__name__}: {broken}".splitlines()[0]) from broken
    raise AssertionError("the last attempt answers or raises")


async def _gone(connections: set[server.Connection]) -> None:
    """Give the boards a second to read the good-bye, then end what is left."""
    for _ in range(int(GOODBYE_S / 0.05)):
        if not connections:
            return
        await asyncio.sleep(0.05)
    for one in list(connections):
        one.transport.abort()
