"""When things happen: hours, weekdays and seasons of a year as duty desks know them."""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from math import exp
from random import Random
from zlib import crc32

from varta.lib.clock import KYIV

# Weight of each hour: least before dawn, most in the evening.
HOURS = (34, 26, 20, 15, 12, 12, 16, 25, 36, 44, 47, 48, 48, 47, 48, 50, 54, 60, 68, 74, 76, 72, 62, 48)
OFFICE_HOURS = (9, 10, 10, 11, 11, 12, 14, 14, 15, 15, 16, 17)
WEEKDAYS = (0.96, 0.94, 0.95, 0.98, 1.08, 1.09, 1.0)
MONTHS = (0.93, 0.92, 0.96, 1.0, 1.05, 1.08, 1.08, 1.06, 1.0, 0.98, 0.96, 0.98)
_SUMS = list(accumulate(HOURS))


def at_some_hour(day: date, chance: Random) -> datetime:
    """Return a moment of a Kyiv day, likelier in the evening."""
    hour = bisect(_SUMS, chance.random() * _SUMS[-1])
    return moment(day, time(hour, chance.randrange(60), chance.randrange(60)))


def in_office_hours(day: date, chance: Random) -> datetime:
    """Return a moment of a Kyiv day in which an office works."""
    return moment(day, time(chance.choice(OFFICE_HOURS), chance.randrange(60)))


def moment(day: date, clock: time) -> datetime:
    """Return a local time of Kyiv in UTC."""
    return datetime.combine(day, clock, tzinfo=KYIV).astimezone(UTC)


def minutes(middle: float, chance: Random, *, spread: float) -> timedelta:
    """Return a duration whose median is `middle` minutes; most are shorter than the mean, few very long."""
    return timedelta(seconds=round(60 * middle * exp(chance.gauss(0, spread))))


def how_many(mean: float, day: date, chance: Random) -> int:
    """Return the number of events of a day about a yearly mean."""
    return max(0, round(chance.gauss(mean, mean**0.5) * WEEKDAYS[day.weekday()] * MONTHS[day.month - 1]))


def change_since_2018(oblast: str) -> float:
    """Return by how much more an oblast registers in 2019 than in 2018: each has its own practice."""
    return 1.12 + (crc32(oblast.encode()) % 31 - 15) / 100
