"""How many of two hundred residents are among the first ten found, however they are asked for."""

from random import Random

import pytest

from bench.asking import BY_NAME, BY_PHONE
from varta.people import search
from varta.people.scope import Reader, reading

# What is missed: a slip in a part of five letters may be a part of another name, and names that
# differ by one letter cannot be told apart.
LEAST = {
    "whole surname": 1.0,
    "part of it": 1.0,
    "part with a slip": 0.9,
    "whole with a slip": 0.96,
    "keyboard layout": 1.0,
    "Russian spelling": 0.98,
    "Latin letters": 0.98,
}


def among_ten(questions, officer, reading_as) -> float:
    with reading_as(officer) as reader:
        found = [
            key in [str(one.key) for one in search.search(asked, reader)[:10]] for asked, key in questions
        ]
    return sum(found) / len(found)


@pytest.mark.parametrize("kind", BY_NAME)
def test_residents_are_among_the_first_ten_however_the_name_is_written(residents, andrii, reading_as, kind):
    chance = Random(kind)
    questions = [(BY_NAME[kind](one, chance), one.key) for one in residents]

    assert among_ten(questions, andrii, reading_as) >= LEAST[kind]


@pytest.mark.parametrize("kind", BY_PHONE)
def test_residents_are_among_the_first_ten_by_a_part_of_the_telephone(residents, andrii, reading_as, kind):
    chance = Random(kind)
    questions = [(BY_PHONE[kind](one, chance), one.key) for one in residents if one.digits]

    assert among_ten(questions, andrii, reading_as) >= 0.99


def test_nobody_of_them_is_found_from_another_hromada(residents, maria, reading_as):
    with reading_as(maria) as reader:
        assert not any(search.search(one.surname, reader) for one in residents[:30])
        assert not any(search.search(one.digits[-4:], reader) for one in residents[:30] if one.digits)


def test_the_system_finds_them_all(residents):
    with reading(Reader.system()) as reader:
        assert search.search(f"{residents[0].surname} {residents[0].given}", reader)
