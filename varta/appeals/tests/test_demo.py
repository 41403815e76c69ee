"""The office of the demonstration: lawful to the last letter, and told once."""

from datetime import UTC, datetime, timedelta

import pytest

from varta.appeals import demo as office
from varta.appeals import queries
from varta.appeals.models import Letter, Office, ReceptionHours
from varta.appeals.tests.browsing import step_at
from varta.appeals.tests.conftest import SENDER, register
from varta.cases.models import Case
from varta.people import demo
from varta.people.scope import Reader, reading

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
SYSTEM = Reader.system()


@pytest.fixture
def told(db):
    """Thirty appeals to three units, most of them answered, some extended or returned."""
    units = (
        (demo.HROMADA, demo.SECTOR),
        (demo.OTHER_HROMADA, demo.OTHER_SECTOR),
        (demo.HROMADA, demo.DIRECTORATE),
    )
    with reading(SYSTEM):
        for nth in range(30):
            at = NOW - timedelta(days=40 - nth)
            place, unit = units[nth % 3]
            sender = SENDER | {"surname": ("Шевчук", "Ґудзик", "Швець")[nth % 3]}
            case = register(SYSTEM, at=at, place=place, unit=unit, sender=sender).case_key
            if nth % 4 == 0:
                until = (at + timedelta(days=40)).date().isoformat()
                step_at(case, "extend", at + timedelta(days=2), until=until, reason="Перевірка")
            if nth % 5:
                step_at(case, "reply", at + timedelta(days=5), result="satisfied", text="Провели бесіду")


def test_letters_visits_hours_and_letterheads_are_added_once(told):
    office.make(now=NOW)
    with reading(SYSTEM):
        letters, visits = Letter.objects.count(), Case.objects.filter(procedure="personal_reception").count()

    again = office.make(now=NOW)

    assert letters > 20
    assert visits == len(office.VISITS)
    assert again == 0
    assert Office.objects.count() == 3
    assert {one.unit_id for one in ReceptionHours.objects.all()} == set(office.UNITS)


def test_the_numbers_of_invented_letters_have_no_gap_and_follow_their_days(told):
    office.make(now=NOW)

    with reading(SYSTEM):
        for unit in office.UNITS:
            rows = list(Letter.objects.filter(unit=unit).order_by("nth").values_list("nth", "sent_on"))
            assert [nth for nth, _ in rows] == list(range(1, len(rows) + 1))
            assert [day for _, day in rows] == sorted(day for _, day in rows)


def test_an_invented_letter_is_intact_and_bears_the_right_forms(told):
    office.make(now=NOW)

    with reading(SYSTEM):
        letters = list(Letter.objects.all())
        assert all(queries.intact(letter) for letter in letters)
        assert any(letter.content["to"] == "Ґудзику Петру Івановичу" for letter in letters)


def test_nothing_is_sent_that_has_not_happened_yet(told):
    office.make(now=NOW - timedelta(days=30))

    with reading(SYSTEM):
        assert not Letter.objects.filter(at__gt=NOW - timedelta(days=30)).exists()


def test_a_station_without_the_demo_units_is_left_alone(db, monkeypatch):
    monkeypatch.setattr(office, "UNITS", ("NPU-none",))

    assert office.make(now=NOW) == 0
