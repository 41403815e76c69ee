"""`varta run` starts everything, mends what dies, and stops cleanly; after kill -9 the next start recovers."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from tests import databases
from varta.lib.processes import MARK

READY = re.compile(r"http://127\.0\.0\.1:(\d+)/")
PATIENCE_S = 120


class Running:
    """A `varta run` of its own home folder, with what it prints."""

    def __init__(self, home):
        self.home = home
        self.lines = []
        environment = {name: value for name, value in os.environ.items() if name != "VARTA_DATABASE"}
        environment |= {"VARTA_HOME": str(home), "COLUMNS": "200"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "varta", "run", "--no-demo", "--workers", "1"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def port(self):
        """Return the port once the first page answers."""
        found = wait_until(lambda: READY.search("".join(self.lines)) or self.process.poll() is not None)
        assert found is not True, "".join(self.lines)
        return int(found[1])

    def children(self):
        """Return all processes of this home folder: the web server's, the live process and the worker's."""
        return [process for process in psutil.process_iter() if mark_of(process) == str(self.home)]

    def child(self, word):
        """Return the process that runs `varta serve`, `varta live` or `varta work`."""
        found = [process for process in self.children() if word in process.cmdline()]
        return found[0] if found else None

    def postmaster(self):
        """Return the first process of the database server."""
        pid = (self.home / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
        return psutil.Process(int(pid))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


def mark_of(process):
    try:
        return process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None


def wait_until(fact):
    """Wait until something is a fact and return it; two minutes at most."""
    for _ in range(PATIENCE_S * 5):
        try:
            if answer := fact():
                return answer
        except (OSError, psutil.Error, http.client.HTTPException):
            pass  # not yet
        time.sleep(0.2)
    raise AssertionError(f"It did not become a fact within {PATIENCE_S} seconds.")


def answer_of(port, path="/"):
    """Return the answer for a path; the start page asks the database."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse()
    finally:
        connection.close()


def answers_well(port):
    return status_of(port, "/") == 200


def status_of(port, path):
    return answer_of(port, path).status


def policy_of(port):
    return answer_of(port).headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("station")
    yield folder
    databases.forget_clusters(folder)


@pytest.fixture
def running(home):
    one = Running(home)
    yield one
    if one.process.poll() is None:
        one.process.terminate()
        one.process.wait(PATIENCE_S)


def test_the_database_and_all_processes_are_mended_when_they_are_killed(running):
    port = running.port()
    wait_until(lambda: answers_well(port))

    children = [lambda word=word: running.child(word) for word in ("serve", "live", "work")]
    for find in (*children, running.postmaster):
        killed = find()
        killed.kill()
        wait_until(lambda find=find, killed=killed: (now := find()) and now.pid != killed.pid)
        wait_until(lambda: answers_well(port))

    assert running.stop() == 0
    assert running.children() == []
    assert not (running.home / "postgres" / "data" / "postmaster.pid").exists()


def test_a_page_finds_the_live_process_that_runs_beside_it(running):
    port = running.port()

    reached = wait_until(lambda: re.search(r"connect-src 'self' http://127\.0\.0\.1:(\d+)", policy_of(port)))

    wait_until(lambda: status_of(int(reached[1]), "/live/board") == 401)


def test_after_the_supervisor_is_killed_the_next_start_recovers(running):
    running.port()
    left = running.children()
    running.process.kill()
    running.process.wait()

    again = Running(running.home)
    try:
        port = again.port()
        wait_until(lambda: answers_well(port))

        assert not {process.pid for process in left} & {process.pid for process in again.children()}
    finally:
        code = again.stop()
    assert code == 0
    assert again.children() == []


def test_a_second_varta_of_the_same_folder_is_refused(running):
    running.port()

    second = Running(running.home)

    assert second.process.wait(PATIENCE_S) == 1
    second.reader.join()
    assert "already runs from this folder" in "".join(second.lines)


def test_ctrl_c_stops_everything_and_keeps_the_data(running):
    running.port()

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(PATIENCE_S) == 0
    assert running.children() == []
    assert (running.home / "postgres" / "data" / "PG_VERSION").exists()
