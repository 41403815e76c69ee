"""A killed load, a lost connection, a full disk: nothing is half written, and the same command goes on."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DiskFull

from varta.calls.files.errors import ConnectionLost, NoRoomOnDisk
from varta.calls.files.sending import send
from varta.calls.files.tests.conftest import nola
from varta.cases.bulk import Outcome
from varta.cases.models import Case, Entry, Journal
from varta.cases.verify import verify
from varta.people.scope import Reader, reading

CALLS = 12_000
FORM = "%m/%d/%Y %I:%M:%S %p"


def many(count):
    at = datetime(2018, 4, 1, 0, 0, 7)  # far from both clock changes
    for number in range(count):
        at += timedelta(minutes=13)
        steps = [at + timedelta(minutes=wait) for wait in (0, 4, 15, 60)]
        names = ("TimeCreate", "TimeDispatch", "TimeArrive", "TimeClosed")
        times = {name: step.strftime(FORM) for name, step in zip(names, steps, strict=True)}
        yield nola(f"K{number:06d}", PoliceDistrict=str(number % 9), **times)


def command(file):
    return [
        sys.executable,
        "-m",
        "varta",
        "load",
        "calls",
        str(file),
        "--mapping",
        "new-orleans",
        "--no-refresh",
    ]


def cases():
    with reading(Reader.system()):
        return Case.objects.count()


def test_a_load_killed_in_its_middle_goes_on_and_doubles_nothing(committed_db, table, tmp_path):
    file = table(list(many(CALLS)))
    first = subprocess.Popen(command(file), cwd=tmp_path, start_new_session=True, stderr=subprocess.DEVNULL)
    while not cases() and first.poll() is None:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    wait_for_the_end_of(first.pid)
    half = cases()

    subprocess.run(command(file), cwd=tmp_path, check=True, capture_output=True)

    assert 0 < half < CALLS
    with file.open(encoding="utf-8") as lines:
        by_hand = list(csv.DictReader(lines))
    with reading(Reader.system()):
        assert Case.objects.count() == len(by_hand)
        assert Entry.objects.count() == 4 * len(by_hand)
        for district in range(1, 9):
            wanted = sum(line["PoliceDistrict"] == str(district) for line in by_hand)
            assert Case.objects.filter(place=f"NOLA-{district}").count() == wanted
        assert sum(Journal.objects.values_list("last", flat=True)) == len(by_hand)
    assert [finding for finding in verify() if "seal" not in str(finding).lower()] == []


def wait_for_the_end_of(group):
    """Wait until the processes of the killed load are gone: they end with their parent."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise TimeoutError("The processes of a killed load are still there.")


class Failing:
    """Work that fails a few times before it succeeds."""

    def __init__(self, *errors):
        self.errors = list(errors)

    def __call__(self):
        if self.errors:
            raise self.errors.pop(0)
        return Outcome(written=1)


def lost(cause=None):
    error = OperationalError("server closed the connection unexpectedly")
    error.__cause__ = cause
    return error


def test_a_lost_connection_is_tried_again_with_longer_waits(committed_db):
    waits = []
    outcome = send(Failing(lost(), lost()), waits_s=(1, 2, 4), pause=waits.append)
    assert outcome.written == 1
    assert waits == [1, 2]


def test_a_connection_that_does_not_come_back_stops_the_load_with_a_message(committed_db):
    with pytest.raises(ConnectionLost) as stopped:
        send(Failing(*[lost()] * 3), waits_s=(1, 2), pause=lambda seconds: None)
    assert "продовжить" in stopped.value.text("uk")
    assert "goes on" in stopped.value.text("en")


def test_a_full_disk_stops_at_once(committed_db):
    waits = []
    with pytest.raises(NoRoomOnDisk, match="disk"):
        send(Failing(lost(DiskFull())), pause=waits.append)
    assert waits == []


def test_a_connection_cut_while_writing_is_opened_again(committed_db, as_superuser):
    def cut():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [pid] = cursor.fetchone()
            if not seen:
                seen.append(pid)
                as_superuser.execute("SELECT pg_terminate_backend(%s)", [pid])
            cursor.execute("SELECT 1")
        return Outcome(written=1)

    seen = []
    assert send(cut, waits_s=(0.01,)).written == 1


def test_a_full_disk_in_the_middle_keeps_what_was_loaded_and_a_rerun_goes_on(
    committed_db, load, table, as_superuser, written
):
    as_superuser.execute("""
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON calls_loadedline FOR EACH ROW
            WHEN (NEW.number = 'K002600') EXECUTE FUNCTION full_disk();
    """)
    file = table(list(many(2_700)))

    with pytest.raises(NoRoomOnDisk):
        load(file, "new-orleans")
    assert written() == (2_500, 10_000)

    as_superuser.execute("DROP TRIGGER full_disk ON calls_loadedline")
    totals, _ = load(file, "new-orleans")
    assert (totals.loaded, totals.there) == (200, 2_500)
