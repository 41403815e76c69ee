"""The clock of the arrival norm as a row shows it: what is left, how late it is, or when a crew came."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from varta.cases.models import Deadline

HOUR, DAY = 60, 24


@dataclass(frozen=True, slots=True)
class Clock:
    """`kind`: "left", "late", "met", "met-late" or "none" where no norm is known; `seconds` is never negative."""

    kind: str
    seconds: int
    due_at: datetime | None = None
    verified: bool = True

    @property
    def text(self) -> str:
        """Return the time in figures."""
        return span(self.seconds) if self.kind != "none" else "—"

    @property
    def word(self) -> str:
        """Return what the figures mean."""
        return {
            "left": _("until the norm"),
            "late": _("late by"),
            "met": _("until arrival"),
            "met-late": _("until arrival, late"),
            "none": _("no norm"),
        }[self.kind]


def clock(due: Deadline | None, *, now: datetime) -> Clock:
    """Return the clock of a call's arrival."""
    if due is None:
        return Clock("none", 0)
    if due.met_at is not None:
        took = int((due.met_at - due.from_at).total_seconds())
        kind = "met" if due.met_at < due.late_from else "met-late"
        return Clock(kind, max(took, 0), due.due_at, due.verified)
    left = int((due.due_at - now).total_seconds())
    return Clock("left" if left >= 0 else "late", abs(left), due.due_at, due.verified)


def span(seconds: int) -> str:
    """Return "4:05" below an hour, else as `lasting` says it: what a norm leaves is counted in seconds."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}" if minutes < HOUR else lasting(seconds)


def lasting(seconds: float) -> str:
    """Return "12 min" below an hour, "1 h 02 min" below a day, then "3 d 4 h"; never below nothing."""
    hours, minutes = divmod(max(int(seconds), 0) // 60, HOUR)
    if hours < 1:
        return _("%(minutes)s min") % {"minutes": minutes}
    if hours < DAY:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02}"}
    return _("%(days)s d %(hours)s h") % {"days": hours // DAY, "hours": hours % DAY}
