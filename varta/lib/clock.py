"""The clock, and the days of Kyiv. Only doors (views, commands, jobs) read `now`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")


def now() -> datetime:
    """Return this moment, aware and in UTC."""
    return datetime.now(UTC)


def kyiv_day(moment: datetime) -> date:
    """Return the day that the calendar in Kyiv shows at an aware moment."""
    if moment.tzinfo is None:
        raise ValueError(f"The moment {moment.isoformat()} has no time zone: give one, for example +02:00.")
    return moment.astimezone(KYIV).date()


def day_start(day: date) -> datetime:
    """Return the first moment of a Kyiv day, in UTC."""
    return datetime.combine(day, time(), tzinfo=KYIV).astimezone(UTC)


def day_end(day: date) -> datetime:
    """Return the first moment after a Kyiv day, in UTC: days are half open, and 23 to 25 hours long."""
    return day_start(day + timedelta(days=1))
