"""Finding calls: by number and unit, by the caller's name and telephone, and while a number is being typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.search.conftest import AT, registered
from varta.cases import finding
from varta.cases.models import Case
from varta.people import demo
from varta.people.scope import Reader, reading

HANNA = {"surname": "Мар’яненко", "given": "Ганна", "phone": "+380 00 765 43 21"}


@pytest.fixture
def here(db) -> Case:
    """A call of Hanna's in Andrii's hromada."""
    registered([HANNA])
    return only_case(demo.SECTOR)


@pytest.fixture
def there(db) -> Case:
    """A call of somebody else's in Maria's hromada, with the same number in another journal."""
    registered(
        [{"surname": "Шевченко", "phone": "+380 00 111 22 33"}],
        place=demo.OTHER_HROMADA,
        unit=demo.OTHER_SECTOR,
    )
    return only_case(demo.OTHER_SECTOR)


def only_case(unit: str) -> Case:
    with reading(Reader.system()):
        return Case.objects.get(unit=unit)


@pytest.fixture
def found(reading_as):
    """Return the keys of the cases that an officer finds."""

    def keys(officer, asked: str) -> list:
        with reading_as(officer) as reader:
            return [one.case.key for one in finding.find(asked, reader, at=AT)]

    return keys


def test_two_journals_have_the_same_number(olena, here, there, found):
    assert set(found(olena, "1/2026")) == {here.key, there.key}


@pytest.mark.parametrize(
    "asked", ["1/2026 Обухівська", "ЄО 1/26, обухівська", "1 NPU-12-1202-017", "1 Obukhivska"]
)
def test_a_unit_or_a_place_behind_the_number_tells_which_is_meant(olena, here, there, found, asked):
    assert found(olena, asked) == [here.key]


@pytest.mark.parametrize("asked", ["1/2026 Жмеринка-Нова", "1 ____", "1/2026 %"])
def test_an_unknown_unit_behind_the_number_finds_nothing(olena, here, there, found, asked):
    assert found(olena, asked) == []


@pytest.mark.parametrize("asked", ["Маряненко", "Мараненко", "Hanna Marianenko", "4321", "000 765 43 21"])
def test_a_call_is_found_by_who_called(olena, here, there, found, asked):
    assert found(olena, asked) == [here.key]


@pytest.mark.parametrize("asked", ["Маряненко", "4321", "1/2026 Обухівська", "Обухівська"])
def test_maria_finds_no_call_of_another_hromada(maria, here, there, found, asked):
    assert here.key not in found(maria, asked)


def test_calls_of_the_likest_name_come_first(olena, found):
    registered([{"surname": one} for one in ("Ковальчук", "Ковальов", "Коваль")])

    first = found(olena, "Коваль")[0]

    with reading(Reader.system()):
        assert [part.person.surname for part in Case.objects.get(key=first).involvements.all()] == ["Коваль"]


@pytest.mark.parametrize("typed", ["0007", "000 765", "8 000 765 4", "+380 00 765 43", "380007654321"])
def test_a_number_that_is_being_typed_shows_who_called_before(andrii, here, reading_as, typed):
    with reading_as(andrii) as reader:
        [known] = finding.earlier(reader, typed)

    assert (known.person.surname, known.cases) == ("Мар’яненко", (here,))


@pytest.mark.parametrize("typed", ["", "000", "4321", "7654321", "000 766", "00000000000000000000000"])
def test_other_digits_show_nobody(andrii, here, reading_as, typed):
    with reading_as(andrii) as reader:
        assert finding.earlier(reader, typed) == []


def test_a_number_that_is_being_typed_shows_maria_nobody_of_another_hromada(maria, here, reading_as):
    with reading_as(maria) as reader:
        assert finding.earlier(reader, "000 765 43 21") == []


def test_who_may_not_read_of_residents_is_told_nothing_of_a_number(here, andrii, reading_as):
    with reading(Reader.nobody()) as reader:
        assert finding.earlier(reader, "000 765 43 21") == []


def test_who_called_last_comes_first(andrii, reading_as):
    registered([{"surname": one, "phone": "+380 00 765 43 21"} for one in ("Давній", "Недавній")])

    with reading_as(andrii) as reader:
        assert [known.person.surname for known in finding.earlier(reader, "000 765")] == [
            "Недавній",
            "Давній",
        ]


def test_a_look_up_asks_the_database_four_times(andrii, here, reading_as):
    with reading_as(andrii) as reader, CaptureQueriesContext(connection) as queries:
        finding.earlier(reader, "8 000 765")

    assert len(queries) <= 4
