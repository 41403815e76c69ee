"""How the law counts time: a length, the days it is in force, and who checked it.

Seconds, minutes and hours are real time. Days, working days and months are Kyiv days: the
day it starts on is not counted, and the moment keeps its Kyiv time of day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from varta.law import calendars
from varta.law.errors import NotInForce
from varta.law.sources import Check, Law
from varta.lib.clock import KYIV, day_end

REAL = ("seconds", "minutes", "hours")
CALENDAR = ("days", "working_days", "months")


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time that the law sets, in force from its first to its last day (inclusive).

    `verified` covers the length; the first day is confirmed only where `first_day_verified`.
    `law` stands in for the step's article where this edition had another.
    `moves_off_days_off`: a last day that is no working day moves to the next one.
    """

    first_day: date
    unit: str
    amount: int
    last_day: date | None = None
    law: Law | None = None
    verified: Check | None = None
    first_day_verified: bool = False
    moves_off_days_off: bool = False

    def in_force_on(self, day: date) -> bool:
        """Return whether the term counts for what starts on a Kyiv day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def due(self, start: datetime) -> datetime:
        """Return the moment, in UTC, when the term that starts at an aware moment runs out."""
        return self.ends(start)[0]

    def ends(self, start: datetime) -> tuple[datetime, datetime]:
        """Return when the term runs out and the first moment that is too late, both in UTC.

        A term in real time ends with its moment; a term in days ends with its last Kyiv day.
        """
        if self.unit in REAL:
            due = start.astimezone(UTC) + timedelta(**{self.unit: self.amount})
            return due, due + _TICK
        local = start.astimezone(KYIV)
        last = self.last_counted_day(local.date())
        # A Kyiv time that the clock skips in March is taken an hour later; of two in October, the first.
        return datetime.combine(last, local.time(), tzinfo=KYIV).astimezone(UTC), day_end(last)

    def last_counted_day(self, day: date) -> date:
        """Return the last Kyiv day of a term in days or months that starts on a day."""
        if self.unit == "days":
            last = day + timedelta(days=self.amount)
        elif self.unit == "months":
            last = add_months(day, self.amount)
        else:
            last = calendars.add_working_days(day, self.amount)
        return calendars.next_working(last) if self.moves_off_days_off else last

    def as_json(self) -> dict[str, object]:
        """Return the plain form, enough to count the term on a phone."""
        return {
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "unit": self.unit,
            "amount": self.amount,
            "law": self.law.as_json() if self.law else None,
            "verified": self.verified.as_json() if self.verified else None,
            "first_day_verified": self.first_day_verified,
            "moves_off_days_off": self.moves_off_days_off,
        }


_TICK = timedelta(microseconds=1)


def term(
    first_day: str,
    *,
    last_day: str | None = None,
    law: Law | None = None,
    verified: Check | None = None,
    first_day_verified: bool = False,
    moves_off_days_off: bool = False,
    **length: int,
) -> Term:
    """Return a term such as term("1996-10-12", months=1); days are ISO dates in Kyiv.

    Exactly one length is given: seconds, minutes, hours, days, working_days or months.
    """
    if len(length) != 1 or not set(length) <= {*REAL, *CALENDAR}:
        raise ValueError(f"A term has exactly one of {', '.join((*REAL, *CALENDAR))}; got {sorted(length)}.")
    [(unit, amount)] = length.items()
    if amount < 1:
        raise ValueError(f"A term lasts at least 1 of its {unit}; got {amount}.")
    if moves_off_days_off and unit in REAL:
        raise ValueError("Only a term in days or months can move off days off.")
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day) if last_day else None
    if last is not None and last < first:
        raise ValueError(f"A term cannot end on {last}, before its first day {first}.")
    return Term(first, unit, amount, last, law, verified, first_day_verified, moves_off_days_off)


def in_force(terms: Iterable[Term], day: date) -> Term:
    """Return the term in force on a Kyiv day; raise NotInForce if there is none."""
    known = sorted(terms, key=lambda each: each.first_day)
    for each in known:
        if each.in_force_on(day):
            return each
    first = known[0].first_day if known else None
    raise NotInForce(
        {
            "uk": f"На {day:%d.%m.%Y} строку ще або вже не було"
            + (f": перший діє з {first:%d.%m.%Y}." if first else ": строків не названо."),
            "en": f"No term in force on {day}" + (f": the first one starts on {first}." if first else "."),
        }
    )


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    while True:
        try:
            return day.replace(year=year, month=month + 1)
        except ValueError:
            day -= timedelta(days=1)
