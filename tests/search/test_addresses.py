"""Finding calls by the words of their address."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import AT, CALL, registered
from varta.cases import finding
from varta.cases.actions import take
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.naming import stems
from varta.people.scope import Reader, reading

ADDRESS = "вул. Під’яблунева, 112, кв. 4"


def call_at(address: str, *, days: int = 0, place: str = demo.HROMADA, unit: str = demo.SECTOR):
    """Register a call at an address, so many days before the others, and return its key."""
    at = AT - timedelta(days=days)
    with reading(Reader.system()) as by:
        call = CALL | {"address": address}
        written = take(
            key=uuid7(at),
            procedure="call",
            step="receive",
            data=call,
            by=by,
            at=at,
            received_at=at,
            place=place,
            unit=unit,
        )
    return written.case_key


@pytest.fixture
def found(reading_as):
    """Return the keys of the cases that an officer finds."""

    def keys(officer, asked: str) -> list:
        with reading_as(officer) as reader:
            return [one.case.key for one in finding.find(asked, reader, at=AT)]

    return keys


@pytest.mark.parametrize(
    "asked",
    [
        "Під’яблунева", "під'яблунева 112", "вулиця Підяблунева, 112", "112 Під’яблунева", "Під’яблу", "Під",
        "Під’яблунева 112 4", "Подъяблунева", "Підяблунва", "Pidiabluneva", "Gsl`z,keytdf 112", "ПІДЯБЛУНЕВА",
    ],
)  # fmt: skip
def test_a_call_is_found_by_words_of_its_address(andrii, found, asked):
    key = call_at(ADDRESS)

    assert found(andrii, asked) == [key]


@pytest.mark.parametrize(
    "asked", ["Під’яблунева 12", "Під’яблунева 11", "Вишнева", "112 4", "%", "вул", "кв 4"]
)
def test_other_words_find_nothing(andrii, found, asked):
    call_at(ADDRESS)

    assert found(andrii, asked) == []


def test_the_newest_call_at_an_address_comes_first_and_the_oldest_is_found_too(andrii, found):
    keys = [call_at(ADDRESS, days=days) for days in (0, 20, 300, 1000)]

    assert found(andrii, "Під’яблунева 112") == keys


def test_the_reason_names_the_address(andrii, reading_as):
    call_at(ADDRESS)

    with reading_as(andrii) as reader:
        [one] = finding.find("Під’яблунева", reader, at=AT)

    assert ADDRESS in one.why[0]


def test_maria_finds_no_call_of_another_hromada(maria, found):
    call_at(ADDRESS)

    assert found(maria, "Під’яблунева") == []


def test_another_unit_in_the_same_place_is_not_seen(andrii, found):
    call_at(ADDRESS, unit=demo.OTHER_SECTOR)

    assert found(andrii, "Під’яблунева") == []


def test_an_address_that_was_put_right_is_found_and_the_wrong_one_no_more(andrii, found):
    key = call_at(ADDRESS)
    with reading(Reader.system()) as by:
        take(
            key=uuid7(AT), case=key, procedure="call", step="receive", corrects=key, by=by, at=AT, received_at=AT,
            data=CALL | {"address": "вул. Вишнева, 7"},
        )  # fmt: skip

    assert found(andrii, "Вишнева 7") == [key]
    assert found(andrii, "Під’яблунева") == []


def test_without_a_reader_no_address_is_shown(db):
    call_at(ADDRESS)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM varta_cases_addressed(ARRAY['112'], NULL, NULL, 2900, 100)")
        assert cursor.fetchall() == []


def test_the_application_reads_nothing_of_the_table_itself(db):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cases_addressed")


LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё"


@given(word=st.text(alphabet=LETTERS + LETTERS.upper() + "'’ʼ- .", max_size=24))
def test_the_database_reads_an_address_as_python_reads_a_name(django_db_setup, django_db_blocker, word):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT varta_address_words(%s)", [word])
        [words] = cursor.fetchone()

    assert set(words) == set(stems(word))


def test_the_very_street_comes_before_people_of_a_similar_name(andrii, found):
    [person] = registered([{"surname": "Під’яблуніва", "given": "Оксана"}])
    key = call_at(ADDRESS, days=1)

    keys = found(andrii, "Під’яблунева")

    assert keys[0] == key and len(keys) == 2, person
