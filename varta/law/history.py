"""What was taken in a case, and what follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from varta.law.sources import Law
from varta.law.steps import Step
from varta.law.terms import Term


class Taken(NamedTuple):
    """A step that was taken: its code, when it happened (aware), its record as JSON-plain values."""

    step: str
    at: datetime
    data: Mapping[str, Any] = {}


class Due(NamedTuple):
    """What must be done, or was: the step's code, since when, until when, when it was done.

    `due_at` and `late_from` are in UTC. A term in days may be kept until its last Kyiv day ends:
    `late_from` is the first moment that is too late. `verified`: somebody compared the term with its source.
    """

    step: str
    from_at: datetime
    due_at: datetime
    met_at: datetime | None
    law: Law
    verified: bool
    late_from: datetime
    term: Term

    def is_late(self, *, now: datetime) -> bool:
        """Return whether it was done too late, or is not done and it is too late now."""
        return (self.met_at or now) >= self.late_from


class State(NamedTuple):
    """What a case's history leaves: steps that may be taken now, deadlines met and running, whether it ended.

    Deadlines of steps that an ended case no longer needs are dropped: they are neither met nor due.
    """

    open: tuple[Step, ...]
    deadlines: tuple[Due, ...]
    closed: bool
