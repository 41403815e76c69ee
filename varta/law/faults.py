"""What is wrong with a procedure as it is written; found when it is made and when it is discovered."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from varta.law.errors import ProcedureInvalid, Text
from varta.law.fields import fields_of
from varta.law.sources import ACTS
from varta.law.steps import Step, TermsBy
from varta.law.terms import CALENDAR, Term

if TYPE_CHECKING:
    from varta.law.procedure import Procedure

SENSITIVITIES = ("ordinary", "personal", "violence", "restricted")


def refuse(code: str, found: Iterator[str]) -> None:
    """Raise ProcedureInvalid with all faults, if there are any."""
    faults = list(found)
    if faults:
        raise ProcedureInvalid(f"The procedure “{code}” cannot be used: " + " ".join(faults))


def of_structure(steps: Sequence[Step]) -> Iterator[str]:
    """Yield the faults that would break counting: codes unknown or doubled, fields that are not there."""
    codes = [step.code for step in steps]
    yield from (
        f"The code “{code}” stands twice." for code in sorted({c for c in codes if codes.count(c) > 1})
    )
    if not any(not step.opened_by for step in steps):
        yield "No step opens a case: leave `after` out of one."
    for step in steps:
        for code in _codes_named(step):
            if code not in codes:
                yield f"The step “{step.code}” names “{code}”, which is not a step."
        yield from _of_record(step, {each.code: each for each in steps})


def of_completeness(procedure: "Procedure") -> Iterator[str]:
    """Yield the faults that a reader would meet: no source, a text in one language, terms that overlap."""
    if procedure.sensitivity not in SENSITIVITIES:
        yield f"The sensitivity “{procedure.sensitivity}” is not one of {', '.join(SENSITIVITIES)}."
    yield from _of_text("the procedure's title", procedure.title)
    for norm in procedure.norms:
        yield from _of_text(f"the title of the norm “{norm.code}”", norm.title)
        yield from _of_overlap(f"norm “{norm.code}”", norm.terms)
    for step in procedure.steps:
        yield from _of_step(step)


def _of_step(step: Step) -> Iterator[str]:
    name = f"step “{step.code}”"
    yield from _of_text(f"the title of the {name}", step.title)
    if not (step.law.act and step.law.article and step.law.url.startswith("https://")):
        yield f"The {name} has no source: act, article and an https address are needed."
    for law in {step.law, *(each.law for each in step.every_term() if each.law)}:
        if law.act not in ACTS:
            yield f"The act “{law.act}” of the {name} is not named in both languages: add it to ACTS."
    if not step.roles:
        yield f"Nobody may take the {name}: give `by`."
    within = step.within
    rows = (*within.rows.values(), within.otherwise) if isinstance(within, TermsBy) else (within,)
    for terms in (*rows, step.at_most, step.repeats):
        yield from _of_overlap(name, terms)
    for field in fields_of(step.record):
        where = f"the field “{field.name}” of the {name}"
        yield from _of_text(where, field.title)
        if "asked" not in step.record.__dataclass_fields__[field.name].metadata:  # type: ignore[attr-defined]
            yield f"{where} is not declared with asked()."
        if field.help:
            yield from _of_text(f"the help of {where}", field.help)
        for code, text in (field.choices or {}).items():
            yield from _of_text(f"the choice “{code}” of {where}", text)


def _of_record(step: Step, steps: dict[str, Step]) -> Iterator[str]:
    """Yield fields that conditions and clocks name but records do not have."""
    named = [(fact.step, fact.field) for fact in (*step.when, *step.unless)]
    if isinstance(step.within, TermsBy):
        named += [(step.within.step, field) for field in step.within.fields]
    if step.at_most or step.moves:
        named.append((step.code, step.chosen))
    if isinstance(step.within, TermsBy) and step.within.step in steps:
        for each in fields_of(steps[step.within.step].record):
            if each.name in step.within.fields and each.kind == "choices":
                yield f"The terms of the step “{step.code}” depend on “{each.name}”, which has several values."
    for code, field in named:
        if code in steps and field not in {each.name for each in fields_of(steps[code].record)}:
            yield f"The step “{step.code}” looks at “{field}”, which the record of “{code}” does not have."
    if any(term.unit not in CALENDAR for term in step.at_most):
        yield f"The ceiling of the step “{step.code}” must be in days or months: a day is chosen."


def _codes_named(step: Step) -> Iterator[str]:
    yield from step.opened_by
    yield from (code for code in (step.since, step.extends, step.shortens) if code)
    yield from (fact.step for fact in (*step.when, *step.unless))
    if isinstance(step.within, TermsBy):
        yield step.within.step


def _of_text(what: str, text: Text) -> Iterator[str]:
    for language in ("uk", "en"):
        if not text.get(language, "").strip():
            yield f"{what} lacks “{language}”."


def _of_overlap(name: str, terms: Sequence[Term]) -> Iterator[str]:
    ordered = sorted(terms, key=lambda term: term.first_day)
    for earlier, later in pairwise(ordered):
        if earlier.in_force_on(later.first_day):
            yield f"Two terms of the {name} are in force on {later.first_day}: give the earlier a last_day."
