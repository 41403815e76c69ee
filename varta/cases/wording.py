"""Cases in words: titles of procedures and steps, values of fields, parts of people, states."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from varta.cases import rooms
from varta.law import Procedure, UnknownStep, discover, fields_of
from varta.law.fields import Field
from varta.people.access import reading_language
from varta.people.scope import Reader

# What a person may be in a case. The first fits a call, the second an appeal or a reception.
PARTS: Mapping[str, str] = {
    "caller": gettext_noop("caller"),
    "applicant": gettext_noop("applicant"),
    "signatory": gettext_noop("also signed"),
    "victim": gettext_noop("victim"),
    "offender": gettext_noop("offender"),
    "witness": gettext_noop("witness"),
    "child": gettext_noop("child"),
    "candidate": gettext_noop("candidate"),
    "other": gettext_noop("other person involved"),
}
COLOURED = frozenset({"alpha", "beta", "gamma", "delta"})


def said(text: Mapping[str, str]) -> str:
    """Return a text of the framework-free rooms in the reader's language."""
    return text[reading_language()]


def part(code: str) -> str:
    """Return the word for a person's part; the code itself if no word is known."""
    return _(PARTS[code]) if code in PARTS else code


def usual_part(procedure: str) -> str:
    """Return the part that the person who opens a case usually has."""
    if procedure == "officer_training":
        return "candidate"
    return "applicant" if procedure in ("appeal", "personal_reception") else "caller"


def procedures_of(reader: Reader) -> dict[str, Procedure]:
    """Return the procedures that the reader may read, by code, in the order of their Ukrainian titles."""
    mine = [one for one in discover().values() if reader.may_read(one.code)]
    return {one.code: one for one in sorted(mine, key=lambda one: one.title["uk"])}


def step_title(procedure: str, step: str | None) -> str:
    """Return the title of a step; its code when the procedure is gone; "" for no step."""
    law = discover().get(procedure)
    if law is None or not step:
        return step or ""
    try:
        return said(law.step(step).title)
    except UnknownStep:
        return step


def value(field: Field, recorded: Any) -> str:
    """Return a recorded value as people read it; "" for what was not recorded."""
    if recorded is None or recorded in ("", []):
        return ""
    if field.choices is not None:
        codes = recorded if isinstance(recorded, list) else [recorded]
        return ", ".join(said(field.choices[code]) if code in field.choices else str(code) for code in codes)
    return _plain(field, recorded)


def _plain(field: Field, recorded: Any) -> str:
    if field.kind == "yes_no":
        return _("yes") if recorded else _("no")
    if field.kind == "moment":
        return moment(datetime.fromisoformat(recorded))
    if field.kind == "day":
        return formats.date_format(date.fromisoformat(recorded), "SHORT_DATE_FORMAT")
    return str(recorded)


def moment(at: datetime | None) -> str:
    """Return a moment in Kyiv time to the minute: "31.10.2019 14:05"."""
    return timezone.localtime(at).strftime("%d.%m.%Y %H:%M") if at else ""


def record_rows(procedure: str, step: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield title and value of each field that was filled in."""
    for field in fields_of(discover()[procedure].step(step).record):
        shown = rooms.in_words(procedure, field.name, value(field, data.get(field.name)))
        if shown and not (field.kind == "yes_no" and data.get(field.name) is False):
            yield said(field.title), shown


@cache
def listed_fields(procedure: str) -> dict[str, Field]:
    """Return the listed fields of a procedure's steps by name; the first step that names one counts."""
    law = discover().get(procedure)
    found: dict[str, Field] = {}
    for step in law.steps if law else ():
        for field in fields_of(step.record):
            if field.listed:
                found.setdefault(field.name, field)
    return found


@cache
def opening_choices(procedure: str) -> tuple[Field, ...]:
    """Return the listed coded fields of the opening step: what lists filter by."""
    law = discover().get(procedure)
    steps = [step for step in law.steps if not step.opened_by] if law else []
    return tuple(
        field for step in steps for field in fields_of(step.record) if field.listed and field.kind == "choice"
    )


def brief(text: str) -> str:
    """Return what stands before the colon: "Альфа" of "Альфа: загроза людям"."""
    return text.split(":", 1)[0]


def marks(procedure: str, facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the coded facts of a case for a list: short word, full word, colour."""
    shown = []
    for name, field in listed_fields(procedure).items():
        if field.kind == "choice" and facts.get(name) not in (None, "unknown"):
            full = value(field, facts[name])
            shown.append({"brief": brief(full), "full": full, "colour": _colour(facts[name])})
    return shown


def _colour(code: str) -> str:
    return code if code in COLOURED else ""


def guards(procedure: str, facts: Mapping[str, Any]) -> bool:
    """Return whether a list keeps the address to the page of the case; so it does where the law is unknown."""
    law = discover().get(procedure)
    return law is None or law.guards(facts)


def all_titles() -> dict[str, str]:
    """Return the titles of all procedures by code."""
    return {code: said(law.title) for code, law in discover().items()}
