"""A real server with the demo accounts, and a real browser."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import databases, ports
from varta.lib import browser as chromium
from varta.lib import home
from varta.lib.clock import now

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Station:
    """A running Varta: its address, its database, the passwords of the demo accounts, and its live process."""

    url: str
    database: str
    passwords: dict[str, str]
    live: "Process"


class Process:
    """A process of Varta that listens on a port of its own."""

    def __init__(self, command: str, port: int, environment: dict[str, str], *arguments: str) -> None:
        self.port, self.environment = port, environment
        self.command = [sys.executable, "-m", "varta", command, "--port", str(port), *arguments]

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(self.command, env=self.environment)
        _wait_for(self.port, self.process)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="session")
def station(django_db_setup: None, django_db_blocker: object) -> Iterator[Station]:
    """Serve a database of its own with the demo accounts, as a process of its own."""
    from varta.people import demo

    name = databases.unused_name(os.environ["VARTA_DATABASE"])
    databases.clone(name)
    hashers = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"])
    with django_db_blocker.unblock(), databases.django_uses(name), hashers, _one_at_a_time():  # type: ignore[attr-defined]
        passwords = {account.login: account.password for account in demo.make(at=now())}
    live_port, port = ports.unused(2)
    environment = {**os.environ, "VARTA_DATABASE": name, "VARTA_DEMO": "1"}
    live = Process("live", live_port, environment | {"VARTA_LIVE_RECHECK": "1"})
    server = Process("serve", port, environment | {"VARTA_LIVE": f":{live.port}"}, "--workers", "1")
    subprocess.run([sys.executable, "-m", "varta", "manage", "collectstatic", "--noinput", "-v0"], check=True)
    with ExitStack() as running:
        running.callback(databases.drop, name)
        for process in (server, live):
            process.start()
            running.callback(process.stop)
        yield Station(f"http://127.0.0.1:{server.port}", name, passwords, live)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; without one the test fails and says what to install."""
    path = chromium.install()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    """Open a window of a desk's size that remembers nothing; Ukrainian comes first."""
    window = browser.new_context(base_url=station.url, viewport=DESK, locale="uk-UA")
    window.set_default_timeout(20_000)
    yield window
    window.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open an empty page."""
    return context.new_page()


@pytest.fixture
def sign_in(context: BrowserContext, station: Station) -> Callable[[str], Page]:
    """Return what signs a demo officer in by login and gives the start page."""

    def as_officer(login: str) -> Page:
        page = context.new_page()
        page.goto("/account/login/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", station.passwords[login])
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda address: "/login" not in address)
        return page

    return as_officer


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one test process at a time write the file of the demo accounts' passwords."""
    with open(home.path() / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("The web server of the browser tests ended; its words are above.")
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The web server of the browser tests did not start within half a minute.")
