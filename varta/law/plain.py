"""A procedure as plain JSON: what a phone without network needs to draw, check and count."""

from typing import TYPE_CHECKING

from varta.law.fields import fields_of
from varta.law.steps import Norm, Rule, Step, TermsBy
from varta.law.terms import Term

if TYPE_CHECKING:
    from varta.law.procedure import Procedure


def procedure_json(procedure: "Procedure") -> dict[str, object]:
    """Return code, titles, sensitivity, steps with their fields and clocks, guarded values and norms."""
    return {
        "code": procedure.code,
        "title": dict(procedure.title),
        "sensitivity": procedure.sensitivity,
        "steps": [_step(step) for step in procedure.steps],
        "guarded": {name: sorted(values) for name, values in procedure.guarded.items()},
        "norms": [_norm(norm) for norm in procedure.norms],
    }


def _step(step: Step) -> dict[str, object]:
    within = step.within
    return {
        "code": step.code,
        "title": dict(step.title),
        "law": step.law.as_json(),
        "by": list(step.roles),
        "after": list(step.opened_by),
        "fields": [field.as_json() for field in fields_of(step.record)],
        "within": within.as_json() if isinstance(within, TermsBy) else _terms(within),
        "at_most": _terms(step.at_most),
        "repeats": _terms(step.repeats),
        "counted_from": list(step.starts_at),
        "when": [fact.as_json() for fact in step.when],
        "unless": [fact.as_json() for fact in step.unless],
        "chosen": step.chosen if step.at_most or step.moves else None,
        "extends": step.extends,
        "shortens": step.shortens,
        "closes": step.closes,
        "once": step.once,
        "after_closing": step.after_closing,
        "rules": [rule_json(rule) for rule in step.rules],
    }


def rule_json(rule: Rule) -> dict[str, object]:
    """Return an odd rule's name and what it says; the server checks it, a phone only shows it."""
    return {"name": rule.__name__, "text": in_both(rule.__doc__ or rule.__name__)}


def in_both(docstring: str) -> dict[str, str]:
    """Return a docstring's first paragraph as English and its second, if any, as Ukrainian."""
    paragraphs = [" ".join(part.split()) for part in docstring.strip().split("\n\n")]
    return {"uk": paragraphs[min(1, len(paragraphs) - 1)], "en": paragraphs[0]}


def _norm(norm: Norm) -> dict[str, object]:
    return {
        "code": norm.code,
        "title": dict(norm.title),
        "law": norm.law.as_json(),
        "terms": _terms(norm.terms),
    }


def _terms(terms: tuple[Term, ...]) -> list[dict[str, object]]:
    return [each.as_json() for each in terms]
