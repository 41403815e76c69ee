"""Periods and the same days of the year before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.figures import Period, nine_months, year_to
from varta.figures.periods import PeriodRefused, named, running, to_this_day


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


@pytest.mark.parametrize(
    ("name", "kind", "uk", "en"),
    [
        ("2019", "year", "2019 рік", "the year 2019"),
        ("2019-09", "month", "вересень 2019 року", "September 2019"),
        ("2019-Q3", "quarter", "III квартал 2019 року", "III quarter of 2019"),
        ("2019-h2", "half_year", "II півріччя 2019 року", "II half of 2019"),
        ("2019-9M", "nine_months", "дев’ять місяців 2019 року", "nine months of 2019"),
        (
            "2019-09-R12",
            "running",
            "12 місяців, 01.10.2018 – 30.09.2019",
            "12 months, 01.10.2018 – 30.09.2019",
        ),
    ],
)
def test_a_period_knows_its_kind_and_its_name_in_both_languages(name, kind, uk, en):
    period = named(name)

    assert (period.kind, period.title) == (kind, {"uk": uk, "en": en})


@pytest.mark.parametrize("name", ["", "soon", "2019-13", "2019-Q5", "2019-H3", "1890", "2019-Q", "20190-9M"])
def test_what_is_no_period_is_refused_in_both_languages(name):
    with pytest.raises(PeriodRefused) as refused:
        named(name)

    assert refused.value.texts.keys() == {"uk", "en"}


def test_the_last_twelve_months_end_with_a_whole_month():
    assert running(date(2019, 9, 29)) == Period(date(2018, 9, 1), date(2019, 8, 31))
    assert running(date(2020, 2, 29)) == Period(date(2019, 3, 1), date(2020, 2, 29))


def test_a_period_that_has_not_begun_is_refused_and_one_that_runs_is_counted_to_this_day():
    today = date(2019, 8, 15)

    with pytest.raises(PeriodRefused) as refused:
        to_this_day(named("2019-Q4"), today=today)
    runs, whole = to_this_day(nine_months(2019), today=today), to_this_day(named("2019-H1"), today=today)

    assert all("01.10.2019" in text for text in refused.value.texts.values())
    assert (runs.period.last, runs.period.year_before().last) == (today, date(2018, 8, 15))
    assert all("15.08.2019" in text and "30.09.2019" in text for text in runs.note.values())
    assert (whole.period.last, whole.note) == (date(2019, 6, 30), None)


def test_more_than_ten_years_and_days_before_any_journal_are_refused():
    for period in (Period(date(2000, 1, 1), date(2015, 1, 1)), Period(date(1890, 1, 1), date(1890, 1, 2))):
        with pytest.raises(PeriodRefused):
            to_this_day(period, today=date(2026, 1, 1))
