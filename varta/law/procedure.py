"""A procedure: its steps, what is open and due in a case, and whether a step may be taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from varta.law import clocks, faults, plain
from varta.law.checking import check_step
from varta.law.errors import Text, UnknownStep
from varta.law.history import Due, State, Taken
from varta.law.steps import Facts, Norm, Step, TermsBy


@dataclass(frozen=True)
class Procedure:
    """What the law lets us do in one kind of matter, step by step.

    `sensitivity`: "ordinary", "personal", "violence" or "restricted". `norms`: terms for reference.
    `guarded`: values of recorded fields with which a list does not say the address, as if it were violence.
    Raises ProcedureInvalid when a step refers to one that is not there.
    """

    code: str
    title: Text
    steps: tuple[Step, ...]
    sensitivity: str = "ordinary"
    norms: tuple[Norm, ...] = ()
    guarded: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    _open: dict[tuple[frozenset[str], bool], tuple[Step, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        faults.refuse(self.code, faults.of_structure(self.steps))

    @cached_property
    def by_code(self) -> dict[str, Step]:
        """Return the steps by their codes."""
        return {step.code: step for step in self.steps}

    def step(self, code: str) -> Step:
        """Return the step with a code; raise UnknownStep."""
        try:
            return self.by_code[code]
        except KeyError:
            known = ", ".join(self.by_code)
            raise UnknownStep(
                {
                    "uk": f"У процедурі «{self.title['uk']}» немає кроку «{code}»; є: {known}.",
                    "en": f"The procedure “{self.title['en']}” has no step “{code}”; it has: {known}.",
                }
            ) from None

    def guards(self, facts: Mapping[str, Any]) -> bool:
        """Return whether lists keep the address of a matter with these facts to its own page."""
        return self.sensitivity == "violence" or any(
            facts.get(name) in values for name, values in self.guarded.items()
        )

    def state(self, history: Sequence[Taken]) -> State:
        """Return what the steps taken so far, in their order, leave open and due.

        Never refuses: whether a step may be taken is asked of `check` before it is written.
        """
        first: dict[str, datetime] = {}
        facts: dict[str, Mapping[str, Any]] = {}
        closed = False
        for taken in history:
            first.setdefault(taken.step, taken.at)
            facts[taken.step] = taken.data
            closed = closed or taken.step in self.closing
        return State(self._open_after(first, closed), self._deadlines(history, first, facts, closed), closed)

    def check(self, history: Sequence[Taken], taken: Taken) -> None:
        """Raise a LawError if the step may not be taken next in a case with this history."""
        check_step(self, history, taken)

    def open_steps(self, history: Mapping[str, datetime]) -> list[tuple[Step, datetime]]:
        """Return the open steps that are due, with their due moments, the earliest first.

        `history`: step code -> when it was taken. Raises a LawError if the law does not allow that history.
        """
        taken: list[Taken] = []
        for code, at in sorted(history.items(), key=lambda item: item[1]):
            self.check(taken, Taken(code, at))
            taken.append(Taken(code, at))
        state = self.state(taken)
        codes = {step.code for step in state.open}
        due = [each for each in state.deadlines if each.met_at is None and each.step in codes]
        return [(self.step(each.step), each.due_at) for each in sorted(due, key=lambda each: each.due_at)]

    def as_json(self) -> dict[str, object]:
        """Return the plain form, enough to draw the forms, check them and show the terms without network."""
        return plain.procedure_json(self)

    @cached_property
    def closing(self) -> frozenset[str]:
        """Return the codes of the steps that end a case."""
        return frozenset(step.code for step in self.steps if step.closes)

    @cached_property
    def _timed(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.within)

    @cached_property
    def _repeating(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.repeats)

    @cached_property
    def _moving(self) -> frozenset[str]:
        return frozenset(step.code for step in self.steps if step.moves)

    def _open_after(self, first: Iterable[str], closed: bool) -> tuple[Step, ...]:
        """Return the open steps; the few sets of steps that cases really have are remembered."""
        key = (frozenset(first), closed)
        known = self._open.get(key)
        if known is None:
            known = self._open[key] = tuple(
                step for step in self.steps if clocks.is_open(step, key[0], closed)
            )
        return known

    def _deadlines(
        self, history: Sequence[Taken], first: dict[str, datetime], facts: Facts, closed: bool
    ) -> tuple[Due, ...]:
        dues: list[Due] = []
        for step in self._timed:
            start = clocks.start_of(step, first)
            met_at = first.get(step.code)
            if start is None or (met_at is None and not clocks.is_needed(step, facts, closed)):
                continue
            within = step.within
            terms = within.chosen(facts) if isinstance(within, TermsBy) else within
            due = clocks.due_of(step, terms, start, met_at)
            if due is not None:
                dues.append(self._moved(due, history) if self._moving else due)
        for step in self._repeating:
            dues += clocks.repeated(step, history, first, facts, closed)
        return tuple(dues)

    def _moved(self, due: Due, history: Sequence[Taken]) -> Due:
        """Return the deadline moved to the end of the day chosen last in a step that extends or shortens it."""
        for taken in reversed(history):
            step = self.by_code[taken.step] if taken.step in self._moving else None
            day = clocks.chosen_day(step, taken.data) if step and step.moves == due.step else None
            if step and day is not None:
                return clocks.moved(due, step, day)
        return due
