"""Accounts and appointments: what an administrator may give, and what nobody may."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from varta.people import actions
from varta.people.demo import OBLAST, RAION, SECTOR
from varta.people.errors import (
    AppointedAlready,
    EndedAlready,
    EndsBeforeItBegins,
    LoginTaken,
    NotAllowed,
    OutsideOwnScope,
    OwnAccount,
)
from varta.people.models import Appointment, Look, Officer, Person
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.places.models import Territory, Unit

AT = datetime(2026, 10, 31, 9, 30, tzinfo=UTC)
ON = date(2026, 10, 31)
KYIV = "UA80000000000093317"


@pytest.fixture
def adam(db):
    """Administrator of Dnipropetrovsk oblast."""
    return officer_at("adam", "Адам Обліковець", "administrator", OBLAST, "NPU-12")


@pytest.fixture
def desk(adam):
    with reading(Reader.of(adam, on=ON)) as reader:
        yield reader


def place(code: str) -> Territory:
    return Territory.objects.get(code=code)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def appoint(by, officer, **more) -> Appointment:
    given = {"role": "duty", "place": place(RAION), "unit": unit(SECTOR), "since": ON}
    return actions.appoint(by=by, at=AT, officer=officer, **given | more)


def test_a_new_account_gets_a_password_that_must_be_changed(desk):
    officer, password = actions.open_account(
        by=desk, at=AT, login="ivan", name="Іван Новенко", unit=unit(SECTOR)
    )

    assert officer.check_password(password)
    assert officer.must_change_password
    assert officer.password_until == AT + timedelta(hours=72)


def test_a_login_is_taken_in_any_letter_case(desk, andrii):
    with pytest.raises(LoginTaken):
        actions.open_account(by=desk, at=AT, login="ANDRII", name="Андрій Інший", unit=unit(SECTOR))


def test_an_account_of_a_foreign_unit_is_not_opened(desk):
    with pytest.raises(OutsideOwnScope):
        actions.open_account(by=desk, at=AT, login="ivan", name="Іван Новенко", unit=unit("NPU"))


def test_the_same_appointment_is_not_given_twice_for_one_day(desk, andrii):
    appoint(desk, andrii, until=ON + timedelta(days=30))

    with pytest.raises(AppointedAlready):
        appoint(desk, andrii, since=ON + timedelta(days=30))


def test_the_same_appointment_may_follow_when_the_first_has_ended(desk, andrii):
    appoint(desk, andrii, until=ON + timedelta(days=30))

    later = appoint(desk, andrii, since=ON + timedelta(days=31))

    assert later.since == date(2026, 12, 1)


def test_a_place_or_unit_beyond_the_administrators_own_is_not_given(desk, andrii):
    with pytest.raises(OutsideOwnScope):
        appoint(desk, andrii, place=place(KYIV))
    with pytest.raises(OutsideOwnScope):
        appoint(desk, andrii, unit=unit("NPU"))


def test_nobody_appoints_themselves(desk, adam):
    with pytest.raises(OwnAccount):
        appoint(desk, adam)


def test_the_database_too_refuses_an_own_appointment(desk, adam):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Appointment.objects.create(
            officer=adam, role="auditor", place=place(OBLAST), unit=unit("NPU-12"), since=ON
        )


def test_nobody_reaches_further_by_resetting_a_password(desk, andrii):
    with reading(Reader.system()):
        Appointment.objects.create(
            officer=andrii, role="auditor", place=place("UA"), unit=unit("NPU"), since=ON
        )

    with pytest.raises(OutsideOwnScope):
        actions.reset_password(by=desk, at=AT, officer=andrii, forget_factors=True)
    with pytest.raises(OutsideOwnScope):
        actions.set_locked(by=desk, at=AT, officer=andrii, locked=True)


def test_an_appointment_does_not_end_before_it_begins(desk, andrii):
    with pytest.raises(EndsBeforeItBegins):
        appoint(desk, andrii, until=ON - timedelta(days=1))


def test_an_ended_appointment_is_not_prolonged_by_ending_it_later(desk, andrii):
    given = appoint(desk, andrii, until=ON + timedelta(days=3))

    with pytest.raises(EndedAlready):
        actions.end_appointment(by=desk, at=AT, appointment=given, until=ON + timedelta(days=9))


@pytest.mark.parametrize("role", ["duty", "head", "auditor", "editor"])
def test_only_an_administrator_touches_accounts(andrii, role):
    other = officer_at("other", "Інша Посада", role, OBLAST, "NPU-12")
    with reading(Reader.of(other, on=ON)) as reader:
        with pytest.raises(NotAllowed):
            actions.reset_password(by=reader, at=AT, officer=andrii)
        with pytest.raises(NotAllowed):
            actions.set_locked(by=reader, at=AT, officer=andrii, locked=True)


def test_the_database_lets_an_officer_change_no_account_but_the_own(andrii, maria, reading_as):
    with reading_as(andrii):
        changed = Officer.objects.filter(pk=maria.pk).update(name="Чуже Ім'я")
        own = Officer.objects.filter(pk=andrii.pk).update(theme="dark")

    assert (changed, own) == (0, 1)


def test_no_account_and_no_appointment_is_ever_deleted(andrii):
    for table in ("people_officer", "people_appointment", "people_person"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def test_each_change_of_an_account_is_in_the_log(desk, andrii):
    actions.set_locked(by=desk, at=AT, officer=andrii, locked=True)

    with reading(Reader.system()):
        [look] = Look.objects.filter(action="account", subject_key=str(andrii.pk))

    assert (look.officer_id, look.detail) == (desk.officer_id, {"change": "locked"})


def test_a_registered_resident_is_seen_by_nobody_before_a_case(olena, reading_as):
    with reading_as(olena) as reader:
        person = actions.register_person(by=reader, at=AT, surname="Незнайко", phone="+380 00 765 43 21")

        assert not Person.objects.filter(key=person.key).exists()


def test_an_analyst_registers_nobody(db, reading_as):
    anton = officer_at("anton", "Антон Показник", "analyst", "UA", "NPU")
    with reading_as(anton) as reader:
        with pytest.raises(NotAllowed):
            actions.register_person(by=reader, at=AT, surname="Незнайко")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Person.objects.create(key="0190b6f0-0000-7000-8000-000000000001", sort_key="", created_at=AT)


def test_unset_scope_sees_no_resident(olena, reading_as):
    with reading_as(olena) as reader:
        actions.register_person(by=reader, at=AT, surname="Незнайко")

    assert Person.objects.count() == 0
