"""Periods and the same days of the year before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.figures import Period, nine_months, year_to


def test_nine_months_are_january_to_september():
    assert nine_months(2019) == Period(date(2019, 1, 1), date(2019, 9, 30))
    assert nine_months(2019).year_before() == nine_months(2018)


def test_a_period_begins_and_ends_with_kyiv_midnight():
    period = nine_months(2019)

    assert period.start == datetime(2018, 12, 31, 22, tzinfo=UTC)
    assert period.end == datetime(2019, 9, 30, 21, tzinfo=UTC)


def test_the_29th_of_february_falls_back_on_the_28th():
    assert Period(date(2020, 2, 29), date(2020, 2, 29)).year_before() == Period(
        date(2019, 2, 28), date(2019, 2, 28)
    )


def test_a_period_to_the_end_of_february_is_compared_with_one_to_its_end():
    assert Period(date(2021, 1, 1), date(2021, 2, 28)).year_before().last == date(2020, 2, 29)


def test_a_running_year_begins_in_january():
    assert year_to(date(2026, 11, 23)) == Period(date(2026, 1, 1), date(2026, 11, 23))


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before its first day"):
        Period(date(2019, 9, 30), date(2019, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_the_year_before_is_never_empty_and_never_overlaps_by_more_than_the_length_asks(first, days):
    period = Period(first, first + timedelta(days=days))

    before = period.year_before()

    assert before.first <= before.last
    assert abs((period.first - before.first).days - 365) <= 1
