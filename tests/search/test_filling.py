"""A register that was there before search was: what is filled in at once is what triggers write."""

import pytest

from tests.search.conftest import registered
from tests.search.test_addresses import ADDRESS, call_at
from varta.cases import sql
from varta.people import demo

FINDABLE = "SELECT person, place, unit, procedure, areas, names, words, dialled, born FROM people_findable ORDER BY 1"
WORDS = "SELECT DISTINCT word FROM people_word ORDER BY 1"
ADDRESSED = "SELECT case_key, place, unit, procedure, areas, words FROM cases_addressed ORDER BY 1"


@pytest.fixture
def register(committed_db) -> None:
    """Two hromadas with residents, and a call at an address."""
    registered([
        {"surname": "Мар’яненко-Ґудзь", "given": "Ганна", "phone": "+380 00 765 43 21", "birth_on": "1985-03-02"},
        {"surname": "Шевченко", "phone": "+48 600 100 200"},
        {"surname": ""},
    ])  # fmt: skip
    registered([{"surname": "Smith", "given": "John"}], place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)
    call_at(ADDRESS)


def test_residents_filled_in_at_once_are_those_whom_triggers_write(register, as_superuser):
    written = [as_superuser.execute(query).fetchall() for query in (FINDABLE, WORDS)]
    as_superuser.execute("TRUNCATE people_findable, people_word")

    as_superuser.execute(sql.FILL)

    assert [as_superuser.execute(query).fetchall() for query in (FINDABLE, WORDS)] == written
    assert len(written[0]) == 4


def test_addresses_filled_in_at_once_are_those_that_triggers_write(register, as_superuser):
    written = as_superuser.execute(ADDRESSED).fetchall()
    as_superuser.execute("TRUNCATE cases_addressed")

    as_superuser.execute(sql.FILL_ADDRESSED)

    assert as_superuser.execute(ADDRESSED).fetchall() == written
    assert len(written) == 1


def test_words_are_filled_in_for_residents_of_before(register, as_superuser):
    from importlib import import_module

    from django.apps import apps

    words = as_superuser.execute("SELECT key, words FROM people_person ORDER BY key").fetchall()
    as_superuser.execute("UPDATE people_person SET words = '{}'")

    import_module("varta.people.migrations.0007_words_of_the_known").fill(apps, None)

    assert as_superuser.execute("SELECT key, words FROM people_person ORDER BY key").fetchall() == words
