"""A station that was restored from its backup verifies, and goes on writing where it stopped."""

import os
import subprocess
import sys

import pytest

from tests import databases

TAKE_A_CALL = """
from datetime import UTC, datetime
from varta.cli import django_ready
django_ready()
from varta.cases import seals
from varta.cases.actions import take
from varta.lib import clock
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.scope import Reader, reading
at = clock.now()
call = {"channel": "line_102", "category": "beta", "kind": "noise", "zone": "rural", "about": "Шумлять"}
with reading(Reader.system()) as system:
    written = take(key=uuid7(at), case=None, procedure="call", step="receive", data=call, by=system,
                   at=at, received_at=at, place=demo.HROMADA, unit=demo.SECTOR)
print(written.number)
seals.seal(clock.now())
"""


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    """Give a home folder with a station that has its territory; return what runs commands in it."""
    environment = {name: value for name, value in os.environ.items() if name != "VARTA_DATABASE"}
    folder = tmp_path_factory.mktemp("station")
    environment["VARTA_HOME"] = str(folder)

    def run(*arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("-m", "varta", "setup", "--no-demo")
    yield run
    databases.forget_clusters(folder)


def test_a_restored_station_verifies_and_numbers_go_on(station):
    first = int(station("-c", TAKE_A_CALL))
    folder = station("-m", "varta", "backup").splitlines()[-1].split(": ")[0]
    station("-c", TAKE_A_CALL)

    station("-m", "varta", "restore", folder, "--replace")

    assert "All as it was written" in station("-m", "varta", "verify")
    assert int(station("-c", TAKE_A_CALL)) == first + 1
    assert "All as it was written" in station("-m", "varta", "verify")
