"""PostgreSQL alone: what officers and nobody see of residents' tables, in raw SQL."""

import pytest
from django.db import ProgrammingError, connection, transaction

from varta.lib.clock import now
from varta.people.scope import Reader, reading
from varta.residents.models import Waiting

TABLES = ("residents_receipt", "residents_subscription", "residents_waiting")
TOLD = {"notify": "email", "notify_to": "marta@mail.example"}


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def filled(send):
    send(**TOLD)
    send(work="", phone="050 123 45 67", **TOLD)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_reader_there_are_no_rows(filled, table):
    assert count(table) == 0


def seen_by(officer) -> dict[str, int]:
    with reading(Reader.of(officer, on=now().date())):
        return {table: count(table) for table in TABLES}


def test_an_officer_sees_receipts_of_own_cases_and_what_waits_but_no_addresses(filled, andrii, maria):
    assert seen_by(andrii) == {"residents_receipt": 1, "residents_subscription": 0, "residents_waiting": 1}
    assert set(seen_by(maria).values()) == {0}


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(filled, table):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def test_an_officer_changes_no_receipt_and_takes_no_foreign_report(filled, andrii, maria):
    with reading(Reader.of(maria, on=now().date())):
        assert Waiting.objects.update(why="denied") == 0
    with reading(Reader.of(andrii, on=now().date())), connection.cursor() as cursor:
        cursor.execute("UPDATE residents_receipt SET followed = false")
        assert cursor.rowcount == 0
