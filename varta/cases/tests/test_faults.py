"""A full disk and a lost connection: nothing is half written, and the same key sent again is enough."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from tests import databases
from varta.cases.actions import take
from varta.cases.bulk import Row, take_many
from varta.cases.models import Case, Entry, Journal
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.cases.verify import verify
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

SYSTEM = Reader.system()
FULL_DISK = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON cases_deadline FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@pytest.fixture
def spot(committed_db):
    with reading(SYSTEM):
        return {"place": Territory.objects.filter(level=3).first().code, "unit": Unit.objects.first().code}


@pytest.fixture
def call(spot):
    """Register one call, always with the same key."""
    key = uuid7(RECEIVED)

    def register():
        with reading(SYSTEM):
            return take(
                key=key,
                procedure="call",
                step="receive",
                data=CALL,
                by=SYSTEM,
                at=RECEIVED,
                received_at=RECEIVED,
                **spot,
            )

    return register


def counts():
    with reading(SYSTEM):
        return (
            Entry.objects.count(),
            Case.objects.count(),
            list(Journal.objects.values_list("last", flat=True)),
        )


def test_a_full_disk_leaves_nothing_half_written(call, as_superuser):
    as_superuser.execute(FULL_DISK)
    with pytest.raises(OperationalError):
        call()
    assert counts() == (0, 0, [])

    as_superuser.execute("DROP TRIGGER full_disk ON cases_deadline")
    call()

    assert counts() == (1, 1, [1])


def test_a_full_disk_leaves_nothing_of_a_batch(spot, as_superuser):
    keys = [uuid7(RECEIVED) for _ in range(20)]
    rows = [
        Row(key, key, "call", "receive", RECEIVED, RECEIVED, CALL, spot["place"], spot["unit"])
        for key in keys
    ]
    as_superuser.execute(FULL_DISK)
    with pytest.raises(OperationalError):
        take_many(rows, by=SYSTEM)
    assert counts() == (0, 0, [])

    as_superuser.execute("DROP TRIGGER full_disk ON cases_deadline")

    assert take_many(rows, by=SYSTEM).written == 20
    assert verify() == []


def test_a_lost_connection_leaves_nothing_and_the_next_try_connects_again(call, as_superuser):
    with pytest.raises(OperationalError), reading(SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [backend] = cursor.fetchone()
        as_superuser.execute("SELECT pg_terminate_backend(%s)", [backend])
        call()
    connection.close_if_unusable_or_obsolete()
    assert counts() == (0, 0, [])

    call()

    assert counts() == (1, 1, [1])


def test_one_key_sent_by_eight_at_once_is_written_once(call):
    def send(_):
        try:
            return call().number
        finally:
            databases.close_django()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(send, range(8)))

    assert numbers == [1] * 8
    assert counts() == (1, 1, [1])


def test_eight_desks_writing_at_once_leave_no_gap(spot):
    def send(nth):
        try:
            for _ in range(5):
                with reading(SYSTEM):
                    take(
                        key=uuid7(RECEIVED), procedure="call", step="receive", data=CALL, by=SYSTEM, at=RECEIVED,
                        received_at=RECEIVED, **spot,
                    )  # fmt: skip
        finally:
            databases.close_django()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))

    with reading(SYSTEM):
        assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, 41))
    assert verify() == []
