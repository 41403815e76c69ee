"""The second wall of the desk alone: what PostgreSQL shows of shortages in raw SQL."""

import pytest
from django.db import ProgrammingError, connection, transaction

from varta.calls import actions
from varta.calls.tests.conftest import minutes, step
from varta.people.scope import Reader, reading


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def asked(olena, andrii, reader_of, call) -> None:
    """Report that forces are short for a call in Andrii's hromada."""
    with reading(reader_of(olena)) as by:
        case = call(by).case_key
        actions.report_shortage(**step(minutes(2)), call=case, reason="Усі на виїздах", by=by)


def test_a_shortage_is_seen_with_its_call_and_by_nobody_else(asked, olena, andrii, maria, reader_of):
    seen = []
    for officer in (olena, andrii, maria):
        with reading(reader_of(officer)):
            seen.append(count("calls_shortage"))

    assert seen == [1, 1, 0]
    assert count("calls_shortage") == 0  # nobody was told who reads


def test_the_wall_stands_for_the_tables_owner_too(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = 'calls_shortage'::regclass"
        )
        assert cursor.fetchone() == (True, True)


def test_all_shortages_are_not_swept_away_at_once(asked):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute("TRUNCATE calls_shortage")
