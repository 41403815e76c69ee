"""The code of a receipt: hard to guess, easy to read out, kept as a hash."""

from math import log2
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from varta.residents import codes, limits

CASE = UUID("01999999-0000-7000-8000-000000000001")


def test_a_code_has_fifty_bits():
    assert codes.LENGTH * log2(len(codes.SIGNS)) >= 50
    assert len(set(codes.SIGNS)) == len(codes.SIGNS)


def test_guessing_a_code_has_a_budget_that_is_not_worth_it():
    tries_in_a_year = 365 * limits.LOOKS_AT_NUMBER_IN_A_DAY.most

    assert tries_in_a_year / len(codes.SIGNS) ** codes.LENGTH < 1e-10


@given(st.text(alphabet=codes.SIGNS, min_size=12, max_size=12))
def test_a_code_is_read_in_any_case_and_in_either_alphabet(code):
    kept = codes.code_hash(CASE, code)
    cyrillic = code.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ"))

    assert codes.is_code(CASE, code.lower(), kept)
    assert codes.is_code(CASE, f" {cyrillic[:4]}-{cyrillic[4:8]} {cyrillic[8:]}", kept)


def test_a_code_opens_its_own_case_only():
    code = codes.new_code()

    assert not codes.is_code(CASE, code, codes.code_hash(UUID(int=CASE.int + 1), code))


def test_numbers_are_nine_digits_by_chance():
    numbers = {codes.new_number() for _ in range(200)}

    assert len(numbers) == 200
    assert all(len(number) == 9 and number.isdigit() for number in numbers)
