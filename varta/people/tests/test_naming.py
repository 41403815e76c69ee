"""Telephones and names as people write them."""

import pytest

from varta.people.naming import phone_digits, phone_grams, search_keys


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


def test_any_three_digits_in_a_row_are_searchable():
    assert set(phone_grams("4567")) <= set(phone_grams("380001234567"))
    assert phone_grams("12") == []


def test_an_apostrophe_of_any_kind_gives_the_same_trigrams():
    keys = [
        search_keys(surname="Мар" + sign + "яненко", given="", patronymic="", phone="")["grams"]
        for sign in "'’ʼ"
    ]

    assert keys[0] == keys[1] == keys[2]
