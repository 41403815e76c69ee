"""Quiet hours: when nobody is woken."""

from datetime import datetime, time, timedelta

from varta.lib.clock import KYIV


def after_quiet(moment: datetime, quiet: tuple[int, int]) -> datetime:
    """Return the moment, or the end of the quiet hours that it lies in.

    `quiet` names the hours in Kyiv from which and to which it is quiet, such as (22, 8); equal hours
    mean that it never is.
    """
    first, last = quiet
    local = moment.astimezone(KYIV)
    hour = local.hour
    inside = first <= hour < last if first < last else first != last and (hour >= first or hour < last)
    if not inside:
        return moment
    day = local.date() + timedelta(days=1 if hour >= last else 0)
    return datetime.combine(day, time(last), tzinfo=KYIV).astimezone(moment.tzinfo)


def read(text: str) -> tuple[int, int]:
    """Return the hours of a setting such as "22-8". Raises ValueError."""
    first, _, last = text.partition("-")
    hours = int(first), int(last)
    if not all(0 <= hour <= 23 for hour in hours):
        raise ValueError(f"VARTA_QUIET_HOURS is {text!r}: give two hours of the day, such as 22-8.")
    return hours
