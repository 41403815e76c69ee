"""Clerks who number letters at one moment: no number twice, none left out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connection

from varta.appeals.models import Letter, Outgoing
from varta.appeals.tests.conftest import CAME, register, send
from varta.cases.errors import StepRefused
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading

SYSTEM = Reader.system()
CLERKS, EACH = 4, 6


def clerk(start: Barrier, case, nth: int) -> None:
    """Send letters one after another; every third is refused, since nothing was answered yet."""
    start.wait()
    try:
        for number in range(EACH):
            kind = "answer" if number % 3 == 1 else "acknowledgement"
            try:
                with reading(SYSTEM):
                    send(SYSTEM, case, kind=kind, key=uuid7(CAME + timedelta(seconds=nth * 100 + number)))
            except StepRefused:
                assert kind == "answer"
    finally:
        connection.close()


def test_two_clerks_at_one_moment_leave_no_gap_and_give_no_number_twice(committed_db):
    with reading(SYSTEM):
        cases = [register(SYSTEM, at=CAME + timedelta(seconds=n)).case_key for n in range(2)]
    start = Barrier(CLERKS)

    with ThreadPoolExecutor(CLERKS) as pool:
        done = [pool.submit(clerk, start, cases[nth % 2], nth) for nth in range(CLERKS)]
        for one in done:
            one.result(60)

    with reading(SYSTEM):
        numbers = sorted(Letter.objects.values_list("nth", flat=True))
        assert numbers == list(range(1, CLERKS * (EACH - 2) + 1))
        assert Outgoing.objects.get().last == len(numbers)


def test_one_letter_sent_by_two_hands_at_one_moment_has_one_number(committed_db):
    with reading(SYSTEM):
        case = register(SYSTEM).case_key
    key, start = uuid7(CAME + timedelta(days=1)), Barrier(CLERKS)

    def press() -> str:
        start.wait()
        try:
            with reading(SYSTEM):
                return send(SYSTEM, case, key=key).number
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        numbers = {one.result(60) for one in [pool.submit(press) for _ in range(CLERKS)]}

    assert numbers == {"1/2026"}
    with reading(SYSTEM):
        assert (Letter.objects.count(), Outgoing.objects.get().last) == (1, 1)
