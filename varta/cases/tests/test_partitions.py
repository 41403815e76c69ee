"""Months of the journal come into being when they are needed, and only once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connection

from varta.cases import partitions
from varta.lib import postgres
from varta.lib.uuid7 import uuid7


def months() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'cases_entry'::regclass"
        )
        return {name for (name,) in cursor}


def test_a_key_belongs_to_its_utc_month():
    assert partitions.month_of(uuid7(datetime(2019, 10, 31, 23, 59, 59, tzinfo=UTC))) == date(2019, 10, 1)
    assert partitions.month_of(uuid7(datetime(2019, 11, 1, tzinfo=UTC))) == date(2019, 11, 1)


def test_a_year_ahead_is_thirteen_months():
    assert partitions.ahead(datetime(2026, 12, 5, tzinfo=UTC)) == {
        date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 13))
    }  # fmt: skip


@pytest.mark.django_db
def test_a_missing_month_is_made():
    partitions.ensure({date(2011, 5, 1)})

    assert "cases_entry_2011_05" in months()


@pytest.mark.django_db
def test_a_month_before_the_journal_is_refused():
    with pytest.raises(Exception, match="outside 1990"), connection.cursor() as cursor:
        cursor.execute("SELECT varta_entry_partition('1969-01-01')")


@pytest.mark.django_db
def test_the_application_cannot_reach_a_partition_past_its_policies():
    partitions.ensure({date(2011, 5, 1)})

    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('cases_entry_2011_05', 'SELECT')")
        assert cursor.fetchone() == (False,)


def test_two_writers_may_need_the_same_month_at_once(committed_db):
    def make(_: int) -> None:
        with psycopg.connect(**postgres.address("app")) as own:
            own.execute("SELECT to_regclass('cases_entry_2012_03')")
            own.execute("SELECT varta_entry_partition('2012-03-01')")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(4)))

    assert "cases_entry_2012_03" in months()
