"""What PostgreSQL itself shows and allows of letters, offices and reminders, in raw SQL."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import ProgrammingError, connection, transaction

from varta.appeals import actions
from varta.appeals.models import Reminder
from varta.appeals.tests.conftest import CAME, register, send
from varta.people.scope import Reader, reading

OF_CASES = ("appeals_letter", "appeals_reminder")
WALLED = (*OF_CASES, "appeals_nameform", "appeals_office", "appeals_receptionhours")
APPEND_ONLY = ("appeals_letter", "appeals_nameform", "appeals_reminder")


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def kept(olena, andrii, sector, reader_of):
    """A letter, a reminder, hours and a letterhead of Andrii's hromada."""
    with reading(reader_of(olena)) as desk:
        letter = send(desk, register(desk).case_key)
        actions.write_office(unit=sector, by=desk, at=CAME, phone="1")
        actions.add_hours(
            unit=sector, weekday=1, since=time(9), until=time(10), place="каб. 1", who="Начальник", by=desk
        )
    with reading(Reader.system()):
        Reminder.objects.create(
            case_key=letter.case_key, officer=andrii, on=date(2026, 3, 3), days_left=3, at=CAME
        )
    return letter


@pytest.mark.parametrize("table", WALLED)
def test_the_wall_stands_for_the_tables_owner_too(db, table):
    [(enabled, forced)] = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )

    assert enabled and forced


@pytest.mark.parametrize("table", OF_CASES)
def test_letters_and_reminders_are_seen_with_their_case_alone(kept, andrii, maria, reader_of, table):
    assert rows(f"SELECT 1 FROM {table}") == []
    with reading(reader_of(maria)):
        assert rows(f"SELECT 1 FROM {table}") == []
    with reading(reader_of(andrii)):
        assert rows(f"SELECT 1 FROM {table}") == [(1,)]


@pytest.mark.parametrize("role", ["exchange", "shared", "published"])
def test_a_program_reads_no_letter_even_where_it_sees_the_case(kept, olena, reader_of, role):
    with reading(replace(reader_of(olena), role=role)), connection.cursor() as cursor:
        cursor.execute("SELECT polpermissive FROM pg_policy WHERE polname LIKE 'appeals%%not_for_programs'")
        assert cursor.fetchall() == [(False,)] * 3
        assert rows("SELECT 1 FROM appeals_letter") == []
        assert rows("SELECT 1 FROM appeals_reminder") == []


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_is_not_changed_even_by_the_system(kept, table, statement):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            rows(statement.format(table))


def test_no_number_is_taken_out_of_the_journal(kept):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            rows("DELETE FROM appeals_outgoing")


COPY = """
    INSERT INTO appeals_letter
    SELECT gen_random_uuid(), case_key, unit_pre, year, nth + 1, kind, sent_on, content, address_sealed, fingerprint,
           pdf_sha256, at, %s, unit FROM appeals_letter
"""


def test_a_letter_is_written_in_ones_own_name_only(kept, andrii, maria, reader_of):
    with reading(reader_of(andrii)), pytest.raises(ProgrammingError, match="row-level security"):  # noqa: SIM117
        with transaction.atomic():
            rows(COPY, maria.pk)


@pytest.mark.parametrize("table", ["appeals_office", "appeals_receptionhours"])
def test_letterhead_and_hours_are_read_by_all_and_changed_by_the_office_of_the_unit(
    kept, olena, andrii, maria, reader_of, table
):
    assert rows(f"SELECT 1 FROM {table}") == [(1,)]
    for officer, changed in ((andrii, 0), (maria, 0), (olena, 1)):
        with reading(reader_of(officer)), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET unit = unit")
            assert cursor.rowcount == changed, officer


def test_an_office_does_not_write_for_a_unit_that_is_not_its_own(kept, olena, reader_of):
    with reading(reader_of(olena)), pytest.raises(ProgrammingError, match="row-level security"):  # noqa: SIM117
        with transaction.atomic():
            rows("UPDATE appeals_receptionhours SET unit = 'NPU-12-1204-005'")


def test_reminders_are_written_by_the_worker_alone(kept, olena, reader_of):
    add = """INSERT INTO appeals_reminder (case_key, officer_id, "on", days_left, as_head, at)
             SELECT case_key, officer_id, "on" + 1, 2, false, at FROM appeals_reminder"""
    with reading(reader_of(olena)), pytest.raises(ProgrammingError, match="row-level security"):  # noqa: SIM117
        with transaction.atomic():
            rows(add)
