"""What a procedure is made of: steps, conditions on recorded facts, terms chosen by facts, norms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from varta.law.errors import Text
from varta.law.sources import Law
from varta.law.terms import Term

Facts = Mapping[str, Mapping[str, Any]]  # step code -> the latest record of that step, JSON-plain
Rule = Callable[[Facts, str, Mapping[str, Any]], Text | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """A condition: the latest record of a step has one of these values in a field (or among several)."""

    step: str
    field: str
    values: tuple[Any, ...]

    def holds(self, facts: Facts) -> bool:
        """Return whether the condition is met; False while the step was not taken."""
        record = facts.get(self.step)
        value = record.get(self.field) if record is not None else None
        if isinstance(value, list | tuple):
            return any(each in self.values for each in value)
        return record is not None and value in self.values

    def as_json(self) -> dict[str, object]:
        """Return the plain form: step, field, values."""
        return {"step": self.step, "field": self.field, "values": list(self.values)}


@dataclass(frozen=True)
class TermsBy:
    """Terms that depend on what a step recorded: rows by its fields' values, `otherwise` for the rest."""

    step: str
    fields: tuple[str, ...]
    rows: Mapping[tuple[Any, ...], tuple[Term, ...]]
    otherwise: tuple[Term, ...] = ()

    def chosen(self, facts: Facts) -> tuple[Term, ...]:
        """Return the terms for these facts."""
        record = facts.get(self.step, {})
        return self.rows.get(tuple([record.get(field) for field in self.fields]), self.otherwise)

    def every(self) -> tuple[Term, ...]:
        """Return all terms of all rows, in their order."""
        return tuple(each for row in (*self.rows.values(), self.otherwise) for each in row)

    def as_json(self) -> dict[str, object]:
        """Return the plain form: step, fields, rows with their values and terms."""
        return {
            "step": self.step,
            "fields": list(self.fields),
            "rows": [
                {"values": list(values), "terms": [each.as_json() for each in terms]}
                for values, terms in self.rows.items()
            ],
            "otherwise": [each.as_json() for each in self.otherwise],
        }


@dataclass(frozen=True)
class Norm:
    """A term that is law or practice but that no step of Varta meets or breaks; shown for reference."""

    code: str
    title: Text
    law: Law
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Step:
    """One thing that the law lets somebody do in a case, and what it must record.

    `by`: role codes. `after`: step codes, any of which opens this one; none: it opens a case.
    Three clocks: `within` somebody must act, counted from `since` (else from the step that opened
    this one), only where one of `when` holds, if given, and none of `unless`; `at_most` is the ceiling, counted in
    the same way, for the day that the officer writes into the field `chosen`; `repeats` is counted
    from the previous time. `extends`: the day in `chosen` becomes the due day of that step,
    longer than the running one and chosen before that runs out. `shortens`: likewise, but sooner.
    `closes`: it ends the case. `after_closing`: it may be taken, and stays due, when the case has ended.
    `rules`: odd rules, each a named function of (facts, step, record) that returns why not, or None.
    """

    code: str
    title: Text
    law: Law
    record: type
    by: str | tuple[str, ...] = ()
    after: str | tuple[str, ...] = ()
    within: tuple[Term, ...] | TermsBy = ()
    at_most: tuple[Term, ...] = ()
    repeats: tuple[Term, ...] = ()
    since: str | None = None
    when: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()
    chosen: str = "until"
    extends: str | None = None
    shortens: str | None = None
    closes: bool = False
    once: bool = True
    after_closing: bool = False
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        for name in ("by", "after"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))
        if self.repeats and self.once:
            object.__setattr__(self, "once", False)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the codes of the roles that may take the step."""
        return tuple(self.by)

    @property
    def opened_by(self) -> tuple[str, ...]:
        """Return the codes of the steps any of which opens this one."""
        return tuple(self.after)

    @property
    def starts_at(self) -> tuple[str, ...]:
        """Return the codes of the steps from whose first moment the clocks run."""
        return (self.since,) if self.since else self.opened_by

    @property
    def moves(self) -> str | None:
        """Return the code of the step whose due day this one moves."""
        return self.extends or self.shortens

    def every_term(self) -> tuple[Term, ...]:
        """Return all terms of the step."""
        within = self.within.every() if isinstance(self.within, TermsBy) else self.within
        return (*within, *self.at_most, *self.repeats)
