"""Who reads, as the database hears it."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from varta.people.demo import HROMADA, OTHER_HROMADA
from varta.people.models import Appointment, Officer
from varta.people.scope import NAMES, Reader, current, reading
from varta.places.models import Territory

ON = date(2026, 10, 31)


def told() -> dict[str, str]:
    with connection.cursor() as cursor:
        settings = ", ".join(f"coalesce(current_setting('varta.{name}', true), '')" for name in NAMES)
        cursor.execute(f"SELECT {settings}")
        return dict(zip(NAMES, cursor.fetchone(), strict=True))


def test_the_database_hears_who_reads(olena):
    reader = Reader.of(olena, on=ON)

    with reading(reader):
        heard = told()

    assert heard["officer"] == str(olena.pk)
    assert heard["role"] == "duty"
    assert heard["place_from"] == str(reader.place_from)
    assert set(heard["procedures"].split(",")) == set(reader.procedures)


def test_after_reading_nobody_reads(olena):
    with reading(Reader.of(olena, on=ON)):
        pass

    assert set(told().values()) == {""}
    assert current() == Reader.nobody()


def test_the_outer_reader_returns_after_an_inner_one(olena, maria):
    outer = Reader.of(olena, on=ON)
    with reading(outer):
        with reading(Reader.of(maria, on=ON)):
            assert told()["role"] == "hromada_officer"

        assert told()["role"] == "duty"
        assert current() == outer


def test_the_outer_reader_returns_after_a_failed_transaction(olena):
    with reading(Reader.of(olena, on=ON)):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), reading(Reader.system()):
            raise ZeroDivisionError

        assert told()["role"] == "duty"


def test_what_was_written_before_a_failure_inside_goes_with_it(olena, andrii):
    with pytest.raises(ZeroDivisionError), reading(Reader.system()):
        Officer.objects.filter(pk=andrii.pk).update(theme="dark")
        raise ZeroDivisionError

    assert Officer.objects.get(pk=andrii.pk).theme == "auto"


def test_a_duty_officer_covers_both_hromadas_and_a_hromada_officer_one(olena, andrii):
    home, other = (Territory.objects.get(code=code).pre for code in (HROMADA, OTHER_HROMADA))

    duty, officer = Reader.of(olena, on=ON), Reader.of(andrii, on=ON)

    assert duty.covers_place(home) and duty.covers_place(other)
    assert officer.covers_place(home) and not officer.covers_place(other)


def test_an_appointment_counts_through_its_last_day(andrii):
    with reading(Reader.system()):
        Appointment.objects.filter(officer=andrii).update(until=ON)

    assert Reader.of(andrii, on=ON).role == "hromada_officer"
    assert Reader.of(andrii, on=ON + timedelta(days=1)) == Reader.nobody(andrii.pk)


def test_a_locked_officer_is_known_by_name_and_sees_nothing(andrii):
    andrii.is_active = False

    reader = Reader.of(andrii, on=ON)

    assert reader == Reader.nobody(andrii.pk)
    assert not reader.covers_place(0) and not reader.known and not reader.procedures


def test_another_officers_appointment_is_not_taken(andrii, maria):
    foreign = maria.appointments.get()

    reader = Reader.of(andrii, on=ON, appointment=foreign.pk)

    assert reader.appointment_id == andrii.appointments.get().pk
