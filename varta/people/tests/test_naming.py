"""Telephones and names as people write them."""

import pytest

from varta.lib.text import variants
from varta.people.naming import ascii_digits, dialled, name_words, phone_digits, spellings


@pytest.mark.parametrize(
    "written",
    ["+380 00 123 45 67", "000 123 45 67", "8 000 123-45-67", "380001234567", "00 380 00 1234567"],
)
def test_one_telephone_is_one_number_however_it_is_written(written):
    assert phone_digits(written) == "380001234567"


def test_a_foreign_number_keeps_its_country():
    assert phone_digits("+48 600 100 200") == "48600100200"


def test_text_that_is_no_number_gives_its_digits():
    assert phone_digits("дод. 12") == "12"
    assert phone_digits("") == ""


@pytest.mark.parametrize("typed", ["+380 97 12", "00380 97 12", "8 097 12", "097 12"])
def test_the_start_of_a_number_is_dialled_the_same_however_it_is_typed(typed):
    assert dialled(ascii_digits(typed)) == "09712"


@pytest.mark.parametrize("typed", ["97 12", "48 600", "380", "0", ""])
def test_what_does_not_start_as_a_home_number_is_not_dialled(typed):
    assert dialled(ascii_digits(typed)) == ""


@pytest.mark.parametrize("sign", "'’ʼ`ь")
def test_an_apostrophe_of_any_kind_gives_the_same_words(sign):
    assert name_words("Мар" + sign + "яненко") == name_words("Маряненко")


def test_both_parts_of_a_double_surname_are_words():
    assert name_words("Нечуй-Левицький", "Іван") == ["лівіцкі", "нічуі", "іван"]


def test_the_same_word_stands_once():
    assert name_words("Гнат", "Гнат") == ["гнат"]


def test_given_names_are_known_in_the_neighbours_language():
    assert set(name_words("Микола")) <= spellings("Николай")
    assert set(name_words("Володимирович")) <= spellings("Владимирович")
    assert spellings("Тарас") == {"тарас"}


@pytest.mark.parametrize(("asked", "name"), [("Маріана", "Мар’яна"), ("Udovyak", "Удовиак")])
def test_a_letter_of_two_sounds_is_also_looked_for_as_two_letters(asked, name):
    forms = [form.text for form in variants(asked)]

    assert set(name_words(name)) & set().union(*map(spellings, forms))


def test_a_letter_and_its_two_sounds_are_the_same():
    assert name_words("Ярощук") == name_words("Ярошчук")
