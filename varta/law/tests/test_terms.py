"""How terms count: real time, Kyiv days, months, editions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.law import NotInForce, in_force, term
from varta.law.terms import add_months
from varta.lib.clock import KYIV, day_end, kyiv_day

MOMENTS = st.datetimes(datetime(2015, 1, 2), datetime(2028, 6, 1)).map(lambda at: at.replace(tzinfo=UTC))
FROM_1991 = "1991-08-24"


def kyiv(*parts: int) -> datetime:
    """Return a Kyiv time as a moment in UTC."""
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


def month_by_hand(day: date, months: int) -> date:
    """Return the day some months later, found by walking day by day."""
    target = (day.year * 12 + day.month - 1 + months) % 12 + 1
    year = (day.year * 12 + day.month - 1 + months) // 12
    found = date(year, target, 1)
    while found.day < day.day and (found + timedelta(days=1)).month == target:
        found += timedelta(days=1)
    return found


@given(MOMENTS, st.integers(1, 24 * 60))
def test_minutes_are_real_time_whatever_the_clock_shows(start, minutes):
    counted = term(FROM_1991, minutes=minutes)

    assert counted.due(start) - start == timedelta(minutes=minutes)


@given(MOMENTS, st.integers(1, 400))
def test_days_are_counted_on_the_kyiv_calendar(start, days):
    due = term(FROM_1991, days=days).due(start)

    assert kyiv_day(due) == kyiv_day(start) + timedelta(days=days)


@given(st.dates(date(1992, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_months_agree_with_walking_the_calendar(day, months):
    assert add_months(day, months) == month_by_hand(day, months)


@given(MOMENTS, st.integers(1, 36))
def test_a_month_never_runs_past_the_month_it_ends_in(start, months):
    first, last = kyiv_day(start), kyiv_day(term(FROM_1991, months=months).due(start))

    assert (last.year - first.year) * 12 + last.month - first.month == months
    assert last.day == first.day or (last + timedelta(days=1)).day == 1


@given(MOMENTS, st.sampled_from(["minutes", "hours", "days", "working_days", "months"]), st.integers(1, 50))
def test_a_term_ends_after_it_starts_and_is_late_after_it_ends(start, unit, amount):
    due, late_from = term(FROM_1991, **{unit: amount}).ends(start)

    assert start < due < late_from


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=90)), st.sampled_from(["days", "months"]))
def test_what_starts_later_is_never_late_earlier(start, later, unit):
    counted = term(FROM_1991, **{unit: 1})

    assert counted.ends(start)[1] <= counted.ends(start + later)[1]


def test_a_term_in_days_is_kept_until_its_last_kyiv_day_ends():
    due, late_from = term(FROM_1991, days=10).ends(kyiv(2026, 5, 1, 9))

    assert due == kyiv(2026, 5, 11, 9)
    assert late_from == day_end(date(2026, 5, 11))


def test_a_term_in_hours_is_late_right_after_its_moment():
    due, late_from = term(FROM_1991, hours=24).ends(kyiv(2026, 5, 1, 9))

    assert late_from - due == timedelta(microseconds=1)


def test_a_time_that_the_clock_skips_in_march_is_taken_an_hour_later():
    due = term(FROM_1991, days=1).due(kyiv(2026, 3, 28, 3, 30))

    assert due.astimezone(KYIV).isoformat() == "2026-03-29T04:30:00+03:00"


def test_of_a_doubled_time_in_october_the_first_counts():
    due = term(FROM_1991, days=1).due(kyiv(2026, 10, 24, 3, 30))

    assert due.astimezone(KYIV).isoformat() == "2026-10-25T03:30:00+03:00"


def test_a_last_day_moves_off_a_weekend_only_where_the_term_says_so():
    saturday = kyiv(2026, 11, 14, 12) - timedelta(days=10)

    assert kyiv_day(term(FROM_1991, days=10).due(saturday)) == date(2026, 11, 14)
    assert kyiv_day(term(FROM_1991, days=10, moves_off_days_off=True).due(saturday)) == date(2026, 11, 16)


def test_the_edition_in_force_on_the_day_counts():
    old = term("2000-01-01", last_day="2019-12-31", days=30)
    new = term("2020-01-01", days=10)

    assert in_force((new, old), date(2019, 12, 31)) is old
    assert in_force((new, old), date(2020, 1, 1)) is new


def test_before_the_first_term_nothing_is_in_force():
    with pytest.raises(
        NotInForce, match=r"No term in force on 1996-10-11: the first one starts on 1996-10-12\."
    ):
        in_force((term("1996-10-12", months=1),), date(1996, 10, 11))


def test_after_the_last_term_nothing_is_in_force():
    with pytest.raises(NotInForce):
        in_force((term("2000-01-01", last_day="2001-01-01", days=1),), date(2001, 1, 2))


def test_without_terms_nothing_is_in_force():
    with pytest.raises(NotInForce) as caught:
        in_force((), date(2020, 1, 1))

    assert caught.value.texts["uk"] == "На 01.01.2020 строку ще або вже не було: строків не названо."


@pytest.mark.parametrize("length", [{}, {"days": 1, "hours": 2}, {"weeks": 1}])
def test_a_term_has_exactly_one_length(length):
    with pytest.raises(ValueError, match="exactly one"):
        term("2020-01-01", **length)


def test_a_term_lasts_at_least_one():
    with pytest.raises(ValueError, match="at least 1"):
        term("2020-01-01", days=0)


def test_a_term_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        term("2020-01-02", last_day="2020-01-01", days=1)


def test_real_time_does_not_move_off_days_off():
    with pytest.raises(ValueError, match="days or months"):
        term("2020-01-01", hours=24, moves_off_days_off=True)


def test_a_term_may_be_in_force_for_one_day():
    one_day = term("2020-01-01", last_day="2020-01-01", days=1)

    assert [one_day.in_force_on(date(2020, 1, day)) for day in (1, 2)] == [True, False]


def test_nothing_is_verified_or_moved_unless_it_is_said():
    plain = term("2020-01-01", days=1)

    assert (plain.verified, plain.first_day_verified, plain.moves_off_days_off) == (None, False, False)
