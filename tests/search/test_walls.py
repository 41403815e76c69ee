"""What search must not show: the second wall stands behind the tables that only functions read."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.access.conftest import call_of
from tests.search.conftest import AT, registered
from varta.people import demo, search
from varta.people.actions import register_person
from varta.people.models import Person
from varta.people.scope import Reader, current, reading
from varta.places.models import Territory, Unit

HANNA = {"surname": "Маряненко", "given": "Ганна", "phone": "+380 00 765 43 21"}
NAMED = "SELECT person FROM varta_people_named(ARRAY['маріанінкі', 'марянінкі'], NULL, NULL, NULL, 100)"
DIALLED = "SELECT person FROM varta_people_dialled(ARRAY['7654'], false, 100)"


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.fixture
def hanna(db) -> Person:
    """A resident with a call in Andrii's hromada."""
    [person] = registered([HANNA])
    return person


@pytest.mark.parametrize("query", [NAMED, DIALLED])
def test_the_functions_show_whom_the_reader_sees(hanna, andrii, olena, reading_as, query):
    for officer in (andrii, olena):
        with reading_as(officer):
            assert rows(query) == [(hanna.key,)]


@pytest.mark.parametrize("query", [NAMED, DIALLED])
def test_the_functions_show_nobody_of_another_hromada(hanna, maria, reading_as, query):
    with reading_as(maria):
        assert rows(query) == []


@pytest.mark.parametrize("query", [NAMED, DIALLED])
def test_without_a_reader_the_functions_show_nobody(hanna, query):
    assert rows(query) == []


@pytest.mark.parametrize("query", [NAMED, DIALLED])
def test_the_functions_leave_the_reader_as_it_was(hanna, maria, reading_as, query):
    with reading_as(maria):
        rows(query)

        assert rows("SELECT current_setting('varta.role')") == [("hromada_officer",)]
        assert rows("SELECT count(*) FROM people_person") == [(0,)]
        assert current().role == "hromada_officer"


def test_an_error_inside_a_function_leaves_the_reader_as_it_was(hanna, maria, reading_as):
    with reading_as(maria):
        with pytest.raises(Exception, match="LIMIT"), transaction.atomic():
            rows("SELECT * FROM varta_people_named(ARRAY['маріанінкі', 'марянінкі'], NULL, NULL, NULL, -1)")

        assert rows("SELECT current_setting('varta.role')") == [("hromada_officer",)]


@pytest.mark.parametrize("table", ["people_findable", "people_word"])
@pytest.mark.parametrize("statement", ["SELECT * FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"])
def test_the_application_reads_and_writes_nothing_of_what_people_are_found_by(db, table, statement):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            rows(statement.format(table))


@pytest.mark.parametrize(
    "function",
    [
        "varta_make_findable('{}', '{}')",
        "varta_forget_findable('{}')",
        "varta_learn_words('{}')",
    ],
)
def test_the_application_makes_nobody_findable_by_hand(db, function):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows(f"SELECT {function}")


def test_a_resident_without_a_case_is_found_by_nobody(andrii, reading_as):
    with reading(Reader.system()) as by:
        register_person(by=by, at=AT, **HANNA)

    with reading_as(andrii) as reader:
        assert search.search("Маряненко", reader) == []


def test_a_resident_is_found_as_soon_as_a_case_names_them(hanna, maria, reading_as):
    call_of(hanna, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)

    with reading_as(maria) as reader:
        assert search.search("Маряненко", reader) == [hanna]


def test_a_procedure_that_the_role_does_not_read_shows_nobody(hanna, andrii):
    blind = replace(Reader.of(andrii, on=date(2026, 10, 31)), procedures=frozenset({"appeal"}))

    with reading(blind) as reader:
        assert search.search("Маряненко", reader) == []
        assert search.search("4321", reader) == []


def test_another_unit_in_the_same_place_is_not_seen(andrii, reading_as):
    registered([HANNA], unit=demo.OTHER_SECTOR)

    with reading_as(andrii) as reader:
        assert search.search("Маряненко", reader) == []
        assert search.search("4321", reader) == []


def test_who_has_no_part_any_more_is_not_found(hanna, andrii, reading_as):
    with reading(Reader.system()):
        rows("WITH gone AS (DELETE FROM cases_involvement RETURNING 1) SELECT count(*) FROM gone")

    with reading_as(andrii):
        assert rows(NAMED) == []


def test_who_has_still_a_part_in_another_case_is_found(hanna, andrii, reading_as):
    case = call_of(hanna)
    with reading(Reader.system()):
        rows(
            f"WITH gone AS (DELETE FROM cases_involvement WHERE case_key = '{case.key}' RETURNING 1) TABLE gone"
        )

    with reading_as(andrii):
        assert rows(NAMED) == [(hanna.key,)]


def test_a_case_that_moves_takes_its_people_along(hanna, andrii, maria, reading_as):
    place, unit = Territory.objects.get(code=demo.OTHER_HROMADA), Unit.objects.get(code=demo.OTHER_SECTOR)
    with reading(Reader.system()):
        moved = f"UPDATE cases_case SET place_pre = {place.pre}, unit_pre = {unit.pre} RETURNING 1"
        rows(f"WITH moved AS ({moved}) TABLE moved")

    with reading_as(andrii):
        assert rows(NAMED) == []
    with reading_as(maria):
        assert rows(NAMED) == [(hanna.key,)]


def test_a_move_leaves_the_reader_as_it_was(hanna):
    with reading(Reader.system()) as by, reading(replace(by, role="")):
        rows("WITH gone AS (DELETE FROM cases_involvement RETURNING 1) SELECT count(*) FROM gone")

        assert rows("SELECT current_setting('varta.role')") == [("",)]
