"""What everybody reads of publications, what nobody does, and that nothing of them changes, in raw SQL."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from varta.figures.hiding import Key, Told
from varta.people.scope import Reader, reading
from varta.published.actions import keep, wait_for_others
from varta.published.queries import earlier

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
COUNT = Told(Key("call.receive", "UA", "2026-01-01", "2026-09-30"), 3, False, 1)


@pytest.fixture
def kept(db):
    return keep(
        name="nine", kind="report", title={"uk": "Дев'ять", "en": "Nine"}, of="nine", edition=1,
        shown={"a": 1}, counts=[COUNT], loss={}, by=None, at=AT,
    )  # fmt: skip


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_a_stranger_reads_what_was_published_and_none_of_the_counts_behind_it(kept):
    assert (count("published_publication"), count("published_counts")) == (1, 0)


@pytest.mark.parametrize("role", ["analyst", "head", "administrator", "auditor"])
def test_nobody_who_serves_reads_the_counts_behind_a_publication(kept, role):
    with reading(Reader(1, role, 0, 2**30, 0, 2**30, frozenset({"*"}))):
        assert count("published_counts") == 0


def test_the_system_reads_them_as_they_were_kept(kept):
    assert earlier(["call.receive", "appeal.receive"]) == [[COUNT]]


@pytest.mark.parametrize("table", ["published_publication", "published_counts"])
@pytest.mark.parametrize("order", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_was_published_is_neither_changed_nor_taken_away(kept, table, order):
    with reading(Reader.system()), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(order.format(table))


def test_nobody_adds_a_publication_past_the_system(db):
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO published_publication (name, kind, title, of, edition, at, shown, loss) "
            "VALUES ('x', 'report', '{}', 'x', 1, now(), '{}', '{}')"
        )


def test_one_publication_waits_until_the_other_is_told(committed_db, as_owner: psycopg.Connection):
    with transaction.atomic():
        wait_for_others()
        as_owner.execute("SET lock_timeout = '200ms'")

        with pytest.raises(psycopg.errors.LockNotAvailable):
            as_owner.execute("SELECT pg_advisory_xact_lock(7270003, 1)")

        as_owner.rollback()
    as_owner.execute("SELECT pg_advisory_xact_lock(7270003, 1)")
