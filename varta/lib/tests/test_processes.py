"""Children are kept alive, and all end together."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from varta.lib import processes
from varta.lib.processes import Child, Watch, end_orphans, free_port

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]
PARENT = [sys.executable, "-c", f"import subprocess; subprocess.run({SLEEP!r})"]


@pytest.fixture
def said():
    return []


@pytest.fixture
def watch(tmp_path, said):
    watch = Watch(tmp_path, say=said.append)
    yield watch
    watch.stop(within_s=1)


def child(tmp_path, command=SLEEP):
    return Child("worker", command, tmp_path / "logs" / "worker.log")


def wait_until(fact):
    """Wait until something is a fact, half a minute at most."""
    for _ in range(300):
        if answer := fact():
            return answer
        time.sleep(0.1)
    raise AssertionError("It did not become a fact within half a minute.")


def test_a_killed_child_is_started_again(watch, tmp_path, said):
    one = child(tmp_path)
    watch.add(one)
    killed = one.process.pid

    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: watch.look() or (one.process is not None and one.process.pid != killed))

    assert "worker ended (by SIGKILL)" in said[0]


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(watch, tmp_path):
    one = child(tmp_path, [sys.executable, "-c", "raise SystemExit(3)"])
    watch.add(one)
    waits = []
    for _ in range(7):
        one.process.wait()
        watch.look()
        waits.append(one.start_at - time.monotonic())
        one.start_at = 0.0
        watch.look()

    assert [round(wait) for wait in waits] == [1, 2, 4, 8, 16, 30, 30]


def test_the_pause_is_short_again_after_a_steady_minute(watch, tmp_path):
    one = child(tmp_path)
    one.wait_s = 16.0
    watch.add(one)
    one.started_at -= processes.STEADY_AFTER_S + 1

    one.process.kill()
    one.process.wait()
    watch.look()

    assert one.start_at - time.monotonic() <= 1


def test_a_childs_own_children_do_not_outlive_it(watch, tmp_path):
    one = child(tmp_path, PARENT)
    watch.add(one)
    [grandchild] = wait_until(lambda: psutil.Process(one.process.pid).children())

    one.process.kill()
    one.process.wait()
    watch.look()

    psutil.wait_procs([grandchild], timeout=10)
    assert not _lives(grandchild)


def test_a_child_that_does_not_listen_is_killed_at_the_end(tmp_path):
    watch = Watch(tmp_path, say=print)
    one = child(tmp_path, STUBBORN)
    watch.add(one)
    process = one.process
    wait_until(lambda: b"deaf" in one.log.read_bytes())

    watch.stop(within_s=0.5)

    assert process.returncode == -signal.SIGKILL


def test_children_of_a_killed_supervisor_end_with_it(tmp_path):
    code = f"""
import sys, time
from pathlib import Path
from varta.lib.processes import Child, Watch
watch = Watch(Path({str(tmp_path)!r}), say=print)
child = Child("worker", {SLEEP!r}, Path({str(tmp_path / "log")!r}))
watch.add(child)
print(child.process.pid, flush=True)
time.sleep(600)
"""
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    orphan = psutil.Process(int(supervisor.stdout.readline()))

    supervisor.kill()
    supervisor.wait()

    psutil.wait_procs([orphan], timeout=10)
    assert not _lives(orphan)


def test_what_a_killed_supervisor_left_is_found_by_its_mark_and_ended(tmp_path):
    orphan = subprocess.Popen(SLEEP, env={**os.environ, processes.MARK: str(tmp_path)})
    stranger = subprocess.Popen(SLEEP, env={**os.environ, processes.MARK: "another home"})
    try:
        wait_until(lambda: processes._belongs(psutil.Process(orphan.pid), tmp_path))

        assert end_orphans(tmp_path) == 1

        assert orphan.wait(10) is not None
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_next_free_port_is_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert free_port("127.0.0.1", [port]) is None
        assert free_port("127.0.0.1", [port, 0]) == 0


def _lives(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
