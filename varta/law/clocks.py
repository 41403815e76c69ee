"""When a step is open, what it is due by, and how a chosen day or a repetition changes that."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from varta.law.history import Due, Taken
from varta.law.steps import Facts, Step
from varta.law.terms import Term
from varta.lib.clock import day_end, kyiv_day

_SECOND = timedelta(seconds=1)


def is_open(step: Step, taken: Collection[str], closed: bool) -> bool:
    """Return whether a step may be taken in a case in which these steps were taken."""
    if closed and not step.after_closing:
        return False
    if step.once and step.code in taken:
        return False
    return any(code in taken for code in step.opened_by) if step.opened_by else not taken


def is_needed(step: Step, facts: Facts, closed: bool) -> bool:
    """Return whether somebody must still take the step: the case needs it and its conditions hold."""
    if closed and not step.after_closing:
        return False
    if step.unless and any(fact.holds(facts) for fact in step.unless):
        return False
    return not step.when or any(fact.holds(facts) for fact in step.when)


def start_of(step: Step, first: Mapping[str, datetime]) -> datetime | None:
    """Return the moment from which the step's clocks run, None while nothing started them."""
    starts = [first[code] for code in step.starts_at if code in first]
    return min(starts) if starts else None


def due_of(step: Step, terms: Sequence[Term], start: datetime, met_at: datetime | None) -> Due | None:
    """Return the deadline of a step by the term in force on the Kyiv day of its start, None without one."""
    if not terms:
        return None
    day = kyiv_day(start)
    for term in terms:
        if term.in_force_on(day):
            due_at, late_from = term.ends(start)
            law = term.law or step.law
            return Due(step.code, start, due_at, met_at, law, term.verified is not None, late_from, term)
    return None


def moved(due: Due, by: Step, day: date) -> Due:
    """Return the deadline moved to the end of the Kyiv day that a step chose."""
    end = day_end(day)
    verified = all(term.verified is not None for term in by.at_most) if by.at_most else due.verified
    return due._replace(due_at=end - _SECOND, late_from=end, law=by.law, verified=verified)


def chosen_day(step: Step, record: Mapping[str, Any]) -> date | None:
    """Return the day that the officer chose in a step's record, None if there is none."""
    value = record.get(step.chosen)
    return date.fromisoformat(value) if isinstance(value, str) else None


def repeated(
    step: Step, history: Sequence[Taken], first: Mapping[str, datetime], facts: Facts, closed: bool
) -> Iterator[Due]:
    """Yield the deadlines of a repeating step: one for each time it was taken, and the next one."""
    previous = start_of(step, first)
    if previous is None:
        return
    for taken in history:
        if taken.step == step.code:
            yield from _known(due_of(step, step.repeats, previous, taken.at))
            previous = taken.at
    if is_needed(step, facts, closed):
        yield from _known(due_of(step, step.repeats, previous, None))


def _known(due: Due | None) -> Iterator[Due]:
    if due is not None:
        yield due
