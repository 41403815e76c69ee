"""Whether a step may be taken next in a case: order, law in force, ceilings, odd rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from varta.law import clocks
from varta.law.errors import CeilingPassed, NotInForce, RuleBroken, StepClosed, Text
from varta.law.history import Taken
from varta.law.steps import Step
from varta.law.terms import in_force
from varta.lib.clock import KYIV, kyiv_day

if TYPE_CHECKING:
    from varta.law.procedure import Procedure

_TICK = timedelta(microseconds=1)
_UK, _EN = "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"


def check_step(procedure: "Procedure", history: Sequence[Taken], taken: Taken) -> None:
    """Raise UnknownStep, StepClosed, NotInForce, CeilingPassed or RuleBroken if the step may not be taken."""
    step = procedure.step(taken.step)
    first: dict[str, datetime] = {}
    for each in history:
        first.setdefault(each.step, each.at)
    closed = not procedure.closing.isdisjoint(first)
    _refuse_closed(procedure, step, first, closed)
    _refuse_too_early(step, first, taken.at)
    _refuse_before_the_law(step, taken.at)
    if step.at_most or step.moves:
        _refuse_chosen_day(procedure, step, first, history, taken)
    if step.rules:
        facts = {each.step: each.data for each in history}
        for rule in step.rules:
            if reason := rule(facts, step.code, taken.data):
                raise RuleBroken(reason)


def _refuse_closed(procedure: "Procedure", step: Step, first: Mapping[str, datetime], closed: bool) -> None:
    if not clocks.is_open(step, first, closed):
        raise StepClosed(step.title, _why_closed(procedure, step, first, closed))


def _why_closed(procedure: "Procedure", step: Step, first: Mapping[str, datetime], closed: bool) -> Text:
    if closed and not step.after_closing:
        return {"uk": "справу вже завершено", "en": "the case has ended"}
    if not step.opened_by:
        return {"uk": "ним справу лише відкривають", "en": "it only opens a case"}
    if step.once and step.code in first:
        return {"uk": "його вже виконано", "en": "it has been taken"}
    before = [procedure.step(code).title for code in step.opened_by]
    return {
        "uk": "спершу потрібно: " + " або ".join(f"«{title['uk']}»" for title in before),
        "en": "it comes after " + " or ".join(f"“{title['en']}”" for title in before),
    }


def _refuse_too_early(step: Step, first: Mapping[str, datetime], at: datetime) -> None:
    """Refuse a moment before the step that opened this one."""
    opened = [first[code] for code in step.opened_by if code in first]
    if opened and at < min(opened):
        raise StepClosed(
            step.title,
            {
                "uk": f"час {_shown(at, _UK)} раніший за попередній крок ({_shown(min(opened), _UK)})",
                "en": f"the time {_shown(at, _EN)} is before the step it follows ({_shown(min(opened), _EN)})",
            },
        )


def _refuse_before_the_law(step: Step, at: datetime) -> None:
    starts_on = step.law.starts_on
    if starts_on is not None and kyiv_day(at) < starts_on:
        day, law = kyiv_day(at), step.law
        raise NotInForce(
            {
                "uk": f"На {day:%d.%m.%Y} норма ще не діяла ({law.cited('uk')}): "
                f"вона чинна з {starts_on:%d.%m.%Y}.",
                "en": f"The rule was not in force on {day} ({law.cited('en')}): "
                f"it is in force from {starts_on}.",
            }
        )


def _refuse_chosen_day(
    procedure: "Procedure", step: Step, first: Mapping[str, datetime], history: Sequence[Taken], taken: Taken
) -> None:
    """Refuse a chosen day beyond its ceiling, before the step itself, or that does not move what it must."""
    chosen = clocks.chosen_day(step, taken.data)
    if chosen is None:
        return
    least = kyiv_day(taken.at)
    start = taken.at if step.since is None else clocks.start_of(step, first) or taken.at
    last = date.max
    if step.at_most:
        last = in_force(step.at_most, kyiv_day(start)).last_counted_day(kyiv_day(start))
    running = _running_until(procedure, step, history, taken.at) if step.moves else None
    if running is not None and step.extends:
        least = max(least, running + timedelta(days=1))
    elif running is not None:
        last = min(last, running - timedelta(days=1))
    if not least <= chosen <= last:
        raise _ceiling(step, chosen, least, last)


def _running_until(procedure: "Procedure", step: Step, history: Sequence[Taken], at: datetime) -> date | None:
    """Return the last day of the term that the step moves, None if none runs; refuse if it has run out.

    A term that has run out cannot be moved: otherwise a late reply could be made timely afterwards.
    """
    running = [due for due in procedure.state(history).deadlines if due.step == step.moves]
    if not running:
        return None
    last = kyiv_day(running[0].late_from - _TICK)
    if at >= running[0].late_from:
        raise StepClosed(
            step.title,
            {
                "uk": f"строк уже сплив {last:%d.%m.%Y}, змінюють його до спливу",
                "en": f"the term ran out on {last}, and it is changed before that",
            },
        )
    return last


def _ceiling(step: Step, chosen: date, least: date, last: date) -> CeilingPassed:
    texts = {
        "uk": f"День {chosen:%d.%m.%Y} не дозволено ({step.law.cited('uk')}): "
        f"оберіть від {least:%d.%m.%Y} до {last:%d.%m.%Y}.",
        "en": f"The day {chosen} is not allowed ({step.law.cited('en')}): choose one from {least} to {last}.",
    }
    return CeilingPassed(texts, fields={step.chosen: texts})


def _shown(at: datetime, form: str) -> str:
    """Return a moment as Kyiv's clock shows it."""
    return at.astimezone(KYIV).strftime(form)
