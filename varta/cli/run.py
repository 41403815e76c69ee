"""`varta run`: the database, the web server, the live process and the worker of one machine, under watch."""

import contextlib
import fcntl
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

import click
from rich.console import Console

from varta.lib import home, postgres
from varta.lib.processes import MARK, Child, Watch, end_orphans, free_port

FIRST_PORT = 8000
LOOK_EVERY_S = 0.5


class Stopped(SystemExit):
    """Somebody asked Varta to stop."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=int, default=None, help="Port to listen on.  [default: 8000 or the next free one]"
)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--demo/--no-demo", default=True, show_default=True, help="Make and show the demo data.")
def command(host: str, port: int | None, workers: int, demo: bool) -> None:
    """Start Varta on this machine and keep it running until Ctrl-C.

    Starts the embedded PostgreSQL (or uses the server that DATABASE_URL names), brings the database to this
    version, loads the territory, makes the demo data, and starts the web server, the live process (at the
    next free port) and the worker. What dies is started again. The data stays in the home folder: .varta,
    or the one that VARTA_HOME names.
    """
    console = Console(highlight=False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with _only_one(), _database(console):
        watch = Watch(home.path(), say=console.print)
        try:
            chosen = _choose_port(host, port)
            _prepare(demo=demo)
            _start(watch, host=host, port=chosen, workers=workers, demo=demo)
            _announce(console, watch, host=host, port=chosen)
            _keep(watch)
        except Stopped:
            console.print("Stopping …")
        finally:
            _ignore_signals()
            watch.stop()
    console.print("Stopped. The data is kept.")


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Refuse a second Varta of the same home folder; end what a killed one left."""
    with open(home.path() / "run.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise click.ClickException(
                f"Varta already runs from this folder. {lock.read().strip()}"
            ) from None
        lock.truncate(0)
        lock.write(f"Its process is {os.getpid()}.")
        lock.flush()
        end_orphans(home.path())
        yield


@contextlib.contextmanager
def _database(console: Console) -> Iterator[None]:
    if postgres.is_embedded():
        console.print("Starting the embedded PostgreSQL …")
    postgres.use()
    try:
        postgres.bootstrap()
        yield
    finally:
        postgres.leave()


def _prepare(*, demo: bool) -> None:
    """Prepare in a process of its own: this one stays small, and needs no Django."""
    arguments = [sys.executable, "-m", "varta", "setup", "--demo" if demo else "--no-demo"]
    process = subprocess.Popen(arguments, env=_environment(demo=demo))
    try:
        code = process.wait()
    except Stopped:
        process.terminate()
        process.wait()
        raise
    if code:
        raise click.ClickException("The database could not be prepared; the reason is above.")


def _start(watch: Watch, *, host: str, port: int, workers: int, demo: bool) -> None:
    logs, beside = home.folder("logs"), str(_choose_port(host, None, first=port + 1))
    serve = ["serve", "--host", host, "--port", str(port), "--workers", str(workers)]
    live = ["live", "--host", host, "--port", beside]
    environment = {"VARTA_LIVE": f":{beside}", **_environment(demo=demo)}
    for name, arguments in (("web", serve), ("live", live), ("worker", ["work"])):
        command = [sys.executable, "-m", "varta", *arguments]
        watch.add(Child(name, command, logs / f"{name}.log", environment))


def _keep(watch: Watch) -> NoReturn:
    """Look after the children and the database until somebody stops us."""
    while True:
        time.sleep(LOOK_EVERY_S)
        postgres.revive()
        watch.look()


def _announce(console: Console, watch: Watch, *, host: str, port: int) -> None:
    """Wait until the first page answers, then say where it is."""
    while not _answers(host, port):
        time.sleep(0.1)
        watch.look()
    shown = f"[{host}]" if ":" in host else host
    console.print(f"\n[bold]Varta is ready:[/bold] http://{shown}:{port}/")
    console.print("Ctrl-C stops everything; the data is kept.\n")


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/health")
        connection.getresponse().read()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _choose_port(host: str, port: int | None, *, first: int = FIRST_PORT) -> int:
    """Return the port, or the first free one from `first` when none was asked for."""
    wanted = [port] if port is not None else range(first, first + 100)
    found = free_port(host, wanted)
    if found is None:
        raise click.ClickException(f"Port {port or first} on {host} is taken: give another with --port.")
    return found


def _environment(*, demo: bool) -> dict[str, str]:
    own = {"VARTA_HOME": str(home.path()), "VARTA_DEMO": "1" if demo else "0", MARK: str(home.path())}
    return {**os.environ, **own}


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped(0)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
