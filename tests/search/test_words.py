"""What may be typed: every kind of name, and what is no name at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.search.conftest import registered
from varta.people import demo, search

HANNA = {
    "surname": "Мар’яненко-Ґудзь",
    "given": "Ганна",
    "patronymic": "Миколаївна",
    "phone": "+380 00 765 43 21",
}


@pytest.fixture
def found(andrii, reading_as):
    """Return the names that Andrii finds."""

    def names(asked: str) -> list[str]:
        with reading_as(andrii) as reader:
            return [str(person) for person in search.search(asked, reader)]

    return names


@pytest.fixture
def hanna(db):
    [person] = registered([HANNA])
    return str(person)


@pytest.mark.parametrize(
    "asked",
    [
        "Мар'яненко", "Мар’яненко", "Марʼяненко", "Маряненко", "Марьяненко", "МАРЪЯНЕНКО", "мар`яненко",
        "Ґудзь", "Гудзь", "Гудз", "Мар'яненко Ґудзь", "ґудзь-мар'яненко", "Мар’яненко Г. М.", "Г Мар’яненко",
        "Мaр’янeнкo", "Marianenko", "Maryanenko", "Hudz", "Vfh'zytyrj", "Анна Марьяненко", "Ганна Николаевна",
        "Мраяненко", "Маряненоко", "Маряенко", "Мараненко", "Марян", "Мар", "яненко", "Ганна 2000",
        "Маряненко Ганна Іванівна", "  Ґудзь \t Ганна ", "Ma\u0301р’яненко",
    ],
)  # fmt: skip
def test_a_resident_is_found(found, hanna, asked):
    assert found(asked) == [hanna]


@pytest.mark.parametrize(
    "asked",
    [
        "765 43 21", "4321", "0765", "8 000 765-43-21", "000 765 43 21", "+380007654321", "00380007654321",
        "8 000 76", "000 765 4", "380 00 76", "+38 (000) 765",
    ],
)  # fmt: skip
def test_a_resident_is_found_by_a_telephone_in_any_spelling(found, hanna, asked):
    assert found(asked) == [hanna]


@pytest.mark.parametrize(
    "asked",
    [
        "", " ", "%", "%%%%", "____", "М%", "'", "''''", "\\", "’ʼ'", "—", "№", "Квітослав", "Мельник Ганна",
        "Ю", "321", "9999", "+380 00 765 43 22", "٤٣٢١", "⁴³²¹", "🚓🚓🚓🚓", "漢字漢字", "ъьъь", "x" * 5000, "1" * 5000,
        "Ганна " * 500, "Мар’яненко 1950 1960",
    ],
)  # fmt: skip
def test_what_is_nobodys_name_finds_at_most_the_one_who_bears_it(found, hanna, asked):
    assert found(asked) in ([], [hanna])


@pytest.mark.parametrize(
    "asked", ["%", "____", "Квітослав", "9999", "٤٣٢١", "漢字漢字", "ъьъь", "+380 00 765 43 22"]
)
def test_nobody_is_found_by_what_resembles_nothing(found, hanna, asked):
    assert found(asked) == []


def test_a_resident_is_found_by_the_year_of_birth_beside_the_name(andrii, found):
    registered(
        [
            {"surname": "Шевченко", "given": "Олена", "birth_on": "1985-03-02"},
            {"surname": "Шевченко", "given": "Олена", "birth_on": "1958-03-02"},
            {"surname": "Шевченко", "given": "Ольга"},
        ]
    )

    assert len(found("Шевченко Олена")) == 2
    assert len(found("Шевченко Олена 1985")) == 1
    assert found("Шевченко 1985")[0] == "Шевченко Олена"


def test_a_year_in_which_nobody_of_the_name_was_born_is_passed_over(found):
    registered([{"surname": "Шевченко", "given": "Олена", "birth_on": "1985-03-02"}])

    assert found("Шевченко Олена 1968") == ["Шевченко Олена"]


def test_the_very_word_comes_before_a_longer_one_and_before_a_slip(found):
    registered([{"surname": one} for one in ("Коваленко", "Ковальов", "Ковали", "Ковалик", "Коваль")])

    assert found("Коваль")[0] == "Коваль"


def test_a_surname_comes_before_a_patronymic(found):
    registered([{"surname": "Бойко", "given": "Ірина", "patronymic": "Степанівна"}, {"surname": "Степанюк"}])

    assert found("Степан") == ["Степанюк", "Бойко Ірина Степанівна"]


def test_a_changed_telephone_is_found_at_once_and_the_old_one_no_more(andrii, reading_as, found):
    [person] = registered([HANNA])
    with reading_as(andrii):
        person.phone, person.phone_digits = "+380 00 111 22 33", "380001112233"
        person.save()

    assert found("111 22 33") == [str(person)]
    assert found("765 43 21") == []


def test_one_person_with_two_cases_is_found_once(olena, reading_as):
    [person] = registered([HANNA])
    registered_again(person)

    with reading_as(olena) as reader:
        assert search.search("Мар’яненко", reader) == [person]


def registered_again(person) -> None:
    """Give the person a case in another hromada too."""
    from tests.access.conftest import call_of

    call_of(person, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)


@pytest.mark.parametrize("asked", ["Мар’яненко", "Мараненко Ганна", "Marianenko", "4321", "000 765"])
def test_a_search_asks_the_database_at_most_six_times(andrii, reading_as, hanna, asked):
    with reading_as(andrii) as reader, CaptureQueriesContext(connection) as queries:
        search.search(asked, reader)

    assert len(queries) <= 6
