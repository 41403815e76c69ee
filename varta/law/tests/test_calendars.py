"""Working days: an independent brute-force calendar must agree with ours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.law import CalendarUnknown, calendars, holidays, is_working

DAYS = st.dates(date(2015, 1, 1), date(2028, 6, 30))


def easter(year: int) -> date:
    """Return Orthodox Easter: the Julian computus, thirteen days on (1900 to 2099)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def holidays_by_law(year: int) -> set[date]:
    """Return the holidays of article 73 of the Labour Code as the years changed it."""
    days = {date(year, 1, 1), date(year, 3, 8), date(year, 5, 1), date(year, 6, 28), date(year, 8, 24)}
    days |= {easter(year), easter(year) + timedelta(days=49)}
    days.add(date(year, 5, 8) if year >= 2024 else date(year, 5, 9))
    days.add(date(year, 10, 1) if year >= 2023 else date(year, 10, 14))
    if year <= 2023:
        days.add(date(year, 1, 7))
    if year <= 2017:
        days.add(date(year, 5, 2))
    if year >= 2017:
        days.add(date(year, 12, 25))
    if year >= 2022:
        days.add(date(year, 7, 15) if year >= 2024 else date(year, 7, 28))
    return days


def with_moved_days(days: set[date]) -> set[date]:
    """Return the holidays and the working days to which those on a weekend move (article 67)."""
    moved = set(days)
    for holiday in sorted(days):
        free = holiday
        while free.weekday() >= 5 or (free != holiday and free in moved):
            free += timedelta(days=1)
        moved.add(free)
    return moved


EXCHANGED = {  # days off given by decrees, in exchange for a worked weekend day
    2015: 3, 2016: 3, 2017: 2, 2018: 5, 2019: 3, 2020: 1, 2021: 3, 2022: 1
}  # fmt: skip


@pytest.mark.parametrize("year", sorted(holidays.YEARS))
def test_days_off_are_the_holidays_of_the_code_their_moved_days_and_the_exchanged_ones(year):
    off, worked = calendars._exceptions(year)
    by_law = {day for day in with_moved_days(holidays_by_law(year)) if day.weekday() < 5 and day.year == year}

    assert by_law <= off
    assert len(off - by_law) == len(worked) == EXCHANGED.get(year, 0)
    assert all(day.weekday() < 5 for day in off)
    assert all(day.weekday() >= 5 for day in worked)


@given(DAYS, st.integers(0, 60))
def test_adding_working_days_agrees_with_a_list_of_all_of_them(day, count):
    ahead = [day + timedelta(days=n) for n in range(1, 150)]
    working = [each for each in ahead if is_working(each)]

    assert calendars.add_working_days(day, count) == (working[count - 1] if count else day)


@given(DAYS)
def test_the_next_working_day_is_the_day_itself_or_comes_after_days_off_only(day):
    found = calendars.next_working(day)

    assert is_working(found)
    assert not any(is_working(day + timedelta(days=n)) for n in range((found - day).days))


def test_martial_law_may_end_and_holidays_come_back(monkeypatch):
    monkeypatch.setattr(holidays, "MARTIAL_LAW_LAST_DAY", date(2026, 8, 23))

    assert is_working(date(2026, 7, 15))
    assert not is_working(date(2026, 8, 24))


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2029, 1, 1)])
def test_a_year_that_the_calendar_does_not_know_is_an_error(day):
    with pytest.raises(CalendarUnknown, match="add the year"):
        is_working(day)


def test_the_last_day_of_martial_law_is_still_under_it(monkeypatch):
    monkeypatch.setattr(holidays, "MARTIAL_LAW_LAST_DAY", date(2026, 8, 24))

    assert is_working(date(2026, 8, 24))
    assert not is_working(date(2026, 10, 1))
