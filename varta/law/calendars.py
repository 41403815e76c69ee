"""Which days are working days in Ukraine, from the data in holidays.py."""

from datetime import date, timedelta
from functools import cache

from varta.law import holidays
from varta.law.errors import CalendarUnknown

_DAY = timedelta(days=1)


def is_working(day: date) -> bool:
    """Return whether offices work on a day: not a weekend, nor a holiday unless martial law suspends it."""
    off, worked = _exceptions(day.year)
    if day.weekday() >= 5:
        return day in worked
    return day not in off or holidays_suspended(day)


def holidays_suspended(day: date) -> bool:
    """Return whether martial law suspends holidays on a day (law 2136-IX, article 6)."""
    last = holidays.MARTIAL_LAW_LAST_DAY
    return day >= holidays.SUSPENDED_FROM and (last is None or day <= last)


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after a day; the day itself is never counted."""
    while count:
        day += _DAY
        count -= is_working(day)
    return day


def next_working(day: date) -> date:
    """Return the day itself if offices work on it, otherwise the first working day after it."""
    while not is_working(day):
        day += _DAY
    return day


@cache
def _exceptions(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off and the worked weekend days of a year."""
    known = holidays.YEARS.get(year)
    if known is None:
        span = f"{min(holidays.YEARS)} to {max(holidays.YEARS)}"
        raise CalendarUnknown(
            f"The calendar of days off knows {span}, not {year}: add the year to varta/law/holidays.py."
        )
    return _days(year, known.off), _days(year, known.worked)


def _days(year: int, texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(f"{year}-{text}") for text in texts.split())
