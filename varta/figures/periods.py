"""Periods of Kyiv days, and the same days of the year before."""

from dataclasses import dataclass
from datetime import date, datetime

from varta.lib.clock import day_end, day_start


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"The period ends on {self.last}, before its first day {self.first}.")

    @property
    def start(self) -> datetime:
        """Return its first moment, in UTC."""
        return day_start(self.first)

    @property
    def end(self) -> datetime:
        """Return the first moment after it, in UTC."""
        return day_end(self.last)

    def year_before(self) -> "Period":
        """Return the same days a year earlier; a period that ends with February ends with February."""
        last = _year_earlier(self.last)
        if (self.last.month, self.last.day) == (2, 28) and _is_leap(self.last.year - 1):
            last = last.replace(day=29)
        return Period(_year_earlier(self.first), last)


def nine_months(year: int) -> Period:
    """Return January to September of a year."""
    return Period(date(year, 1, 1), date(year, 9, 30))


def year_to(day: date) -> Period:
    """Return the year from its first day to this one."""
    return Period(date(day.year, 1, 1), day)


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
