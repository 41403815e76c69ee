"""A real live process on a free port, officers who are signed in, and a listener as a browser has one."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import psutil
import pytest
from django.test import Client

from tests import ports
from varta.calls import actions
from varta.cases.canon import Written
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

PATIENCE_S = 60
HOST = "127.0.0.1"
CALL = {
    "channel": "line_102",
    "category": "beta",
    "kind": "noise",
    "zone": "city",
    "about": "Шумлять під вікнами",
}


def wait_until(fact: Callable[[], Any]) -> Any:
    """Wait until something is a fact and return it."""
    for _ in range(PATIENCE_S * 20):
        if answer := fact():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"It did not become a fact within {PATIENCE_S} seconds.")


@dataclass
class Live:
    """A running `varta live`."""

    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "varta", "live", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment)
        wait_until(self.answers)

    def answers(self) -> bool:
        """Return whether somebody listens on the port."""
        assert self.process is not None
        assert self.process.poll() is None, "the live process ended; its words are above"
        with socket.socket() as attempt:
            return attempt.connect_ex((HOST, self.port)) == 0

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it and return how it ended."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)

    @property
    def sockets(self) -> int:
        """Return how many connections it holds open."""
        assert self.process is not None
        held = psutil.Process(self.process.pid).net_connections("tcp")
        return sum(one.status == psutil.CONN_ESTABLISHED for one in held)


@pytest.fixture
def live(committed_db: str) -> Iterator[Live]:
    """Run the live process on a free port, on the database of this test."""
    [port] = ports.unused()
    one = Live(port, {**os.environ, "VARTA_DEMO": "1", "VARTA_LIVE_RECHECK": "1"})
    one.start()
    yield one
    if one.process is not None and one.process.poll() is None:
        one.stop(signal.SIGKILL)


@dataclass
class Listener:
    """A board that listens: what it heard so far, each with its name, its data and its id."""

    port: int
    headers: dict[str, str]
    address: str = "/live/board"
    status: int = 0
    heard: list[tuple[str, Any, str]] = field(default_factory=list)
    closed: bool = False

    def connect(self) -> "Listener":
        """Ask, and read on in a thread of its own."""
        self.closed = False
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_S)
        self.connection.request("GET", self.address, headers=self.headers)
        self.socket = self.connection.sock
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        threading.Thread(target=self._read, daemon=True).start()
        return self

    def connect_again(self) -> "Listener":
        """Do as a browser does when the connection broke: name the last event that was heard."""
        again = Listener(self.port, self.headers | {"Last-Event-ID": self.last_id}, heard=self.heard)
        return again.connect()

    def close(self) -> None:
        """Go away."""
        with contextlib.suppress(OSError):  # the other side was first
            self.socket.shutdown(socket.SHUT_RDWR)

    def _read(self) -> None:
        name, data, mark = "", "", ""
        try:
            for line in self.answer:
                word, _, rest = line.decode().rstrip("\n").partition(": ")
                if word == "event":
                    name = rest
                elif word == "data":
                    data = rest
                elif word == "id":
                    mark = rest
                elif not word and name:
                    self.heard.append((name, json.loads(data), mark))
                    name = data = ""
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # the other side, or this one, went away
        self.closed = True

    @property
    def last_id(self) -> str:
        """Return the id of the last event."""
        return next(mark for _, _, mark in reversed(self.heard) if mark)

    def named(self, name: str) -> list[Any]:
        """Return what was heard under a name."""
        return [data for heard, data, _ in self.heard if heard == name]

    def rows(self) -> list[dict[str, Any]]:
        """Return all rows that were heard, in their order."""
        return [row for rows in self.named("changed") for row in rows]

    def row(self, key: UUID) -> dict[str, Any] | None:
        """Return what was heard of a row last."""
        return next((row for row in reversed(self.rows()) if row["key"] == str(key)), None)

    def hears(self, name: str) -> Any:
        """Wait for an event and return its data."""
        return wait_until(lambda: self.named(name))[-1]

    def hears_of(self, key: UUID) -> dict[str, Any]:
        """Wait until a row is heard of, and return it."""
        return wait_until(lambda: self.row(key))


@pytest.fixture
def officer(committed_db: str) -> Callable[..., Officer]:
    """Return what makes an officer: by default Olena, who sees the raion."""

    def make(
        login: str = "olena", role: str = "duty", place: str = demo.RAION, unit: str = demo.DIRECTORATE
    ) -> Officer:
        return officer_at(login, f"{login.title()} Черговенко", role, place, unit)

    return make


@pytest.fixture
def olena_there(officer: Callable[..., Officer]) -> Officer:
    """Duty officer of the raion directorate, committed."""
    return officer()


@pytest.fixture
def andrii_there(officer: Callable[..., Officer]) -> Officer:
    """Officer of the first hromada, committed."""
    return officer("andrii", "hromada_officer", demo.HROMADA, demo.SECTOR)


@pytest.fixture
def maria_there(officer: Callable[..., Officer]) -> Officer:
    """Officer of another hromada, committed."""
    return officer("maria", "hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR)


def signed_in(officer: Officer) -> Client:
    """Return a client with a session of the officer."""
    client = Client()
    client.force_login(officer)
    return client


def cookie_of(client: Client) -> dict[str, str]:
    """Return the header by which a browser shows its session."""
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


@pytest.fixture
def board(live: Live) -> Iterator[Callable[..., Listener]]:
    """Return what opens a board of an officer; all are closed at the end."""
    opened: list[Listener] = []

    def open_as(officer: Officer, **headers: str) -> Listener:
        one = Listener(live.port, cookie_of(signed_in(officer)) | headers).connect()
        opened.append(one)
        if one.status == 200:
            one.hears("hello")
        return one

    yield open_as
    for one in opened:
        one.close()


@pytest.fixture
def reader_of() -> Callable[[Officer], Reader]:
    """Return who an officer is today."""
    return lambda officer: Reader.of(officer, on=kyiv_day(now()))


@pytest.fixture
def register(reader_of: Callable[[Officer], Reader]) -> Callable[..., Written]:
    """Return what registers a call now, committed; by default in Andrii's hromada."""

    def call(officer: Officer, **other: Any) -> Written:
        moment = now() - timedelta(seconds=1)
        step = {"key": uuid7(moment), "at": moment, "received_at": now()}
        spot = {"place": demo.HROMADA, "unit": demo.SECTOR}
        with reading(reader_of(officer)) as by:
            return actions.receive(**step | spot | {"record": CALL, "by": by} | other)

    return call
