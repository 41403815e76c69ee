"""The worker is killed while it sends notices: none is lost, and a repeat bears the key of the first."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from varta.lib.clock import now
from varta.notices import actions
from varta.notices.models import Notice
from varta.people.scope import Reader, reading

NOTICES, KILLS = 24, 3


class Gateway:
    """Takes messages slowly and remembers their keys."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.taken.append(body["id"])
                time.sleep(0.05)
                try:
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"{}")
                except OSError:
                    pass  # the worker was killed while it waited for the answer

            def log_message(self, *given: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/send"


@pytest.fixture
def gateway():
    started = Gateway()
    yield started
    started.http.shutdown()
    started.http.server_close()


def unsent() -> int:
    with reading(Reader.system()):
        return Notice.objects.filter(sent_at=None).count()


def work_until(gateway: Gateway, taken: int, environment: dict[str, str]) -> None:
    """Let a worker send until the gateway has taken so many, then kill it."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "varta", "work"], env=environment, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 90
        while len(gateway.taken) < taken and worker.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def test_no_notice_is_lost_and_a_repeat_is_known_by_its_key(committed_db, gateway):
    with reading(Reader.system()) as by:
        for nth in range(NOTICES):
            actions.send(to=f"+3800000000{nth:02}", channel="sms", template="news", language="uk", anytime=True,
                         context={"number": "1"}, dedupe=str(nth), by=by, at=now())  # fmt: skip
    environment = {**os.environ, "VARTA_NOTICES": "", "VARTA_SMS_URL": gateway.address}

    for kill in range(1, KILLS + 1):
        work_until(gateway, kill * NOTICES // (KILLS + 2), environment)
    with reading(Reader.system()):  # what was claimed by the killed is tried again after a minute: now
        Notice.objects.filter(sent_at=None).update(not_before=now())
    left = unsent()
    subprocess.run(
        [sys.executable, "-m", "varta", "work", "--once"], env=environment, check=True, timeout=120
    )
    from varta.notices.jobs import deliver

    deliver.defer(timestamp=0)
    subprocess.run(
        [sys.executable, "-m", "varta", "work", "--once"], env=environment, check=True, timeout=120
    )

    with reading(Reader.system()):
        keys = {str(key) for key in Notice.objects.values_list("key", flat=True)}
        given_up = Notice.objects.exclude(given_up_at=None).count()
    repeated = sum(count - 1 for count in Counter(gateway.taken).values())
    assert left > 0, "the kills came while notices waited"
    assert (unsent(), given_up) == (0, 0)
    assert set(gateway.taken) == keys
    assert repeated <= KILLS * 2, "at most what each of two threads had under way"
