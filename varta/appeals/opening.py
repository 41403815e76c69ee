"""What is looked at while an appeal is registered: the parts of article 5, whom we know, what it may repeat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from varta.appeals import repeats
from varta.appeals.forms import AppealForm
from varta.appeals.repeats import Earlier
from varta.cases import queries as cases
from varta.cases.forms import RECORD
from varta.cases.models import Involvement
from varta.lib.clock import kyiv_day
from varta.lib.text import fold
from varta.people import search as people
from varta.people.models import Person
from varta.people.naming import phone_digits
from varta.people.scope import Reader
from varta.procedures._appeal_records import DEFECT
from varta.procedures.appeal import lacking, last_day_to_complain

CANDIDATES = 6
# Beginnings of words by which a report of a crime or of violence is noticed. They hint; a person decides.
CRIME = re.compile(
    r"\b(вбив|убив|побив|поби[тл]|б['’ʼ]є|бʼють|б['’ʼ]ють|зґвалт|згвалт|грабу|пограб|викра|вкра|укра|погрожу\w+ вби|"
    r"душ(ив|ить)|різа|ніж|насил|катув|наркот|вибух|зник(ла|ли|)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """A resident who may be the sender: how many appeals and calls name the person, the end of the telephone."""

    person: Person
    cases: int
    phone_end: str


@dataclass(frozen=True)
class Findings:
    """What an officer should look at before registering."""

    missing: tuple[str, ...]  # codes of DEFECT
    proposed: str  # the code that is proposed as the defect
    seems_anonymous: bool
    seems_crime: bool
    candidates: tuple[Candidate, ...]
    earlier: tuple[Earlier, ...]
    complain_until: date | None  # last day to complain, where days were given and the complaint is late

    @property
    def worth_a_look(self) -> bool:
        """Return whether something should be looked at before the appeal is registered."""
        return bool(
            self.missing or self.seems_crime or self.candidates or self.seems_same or self.complain_until
        )

    @property
    def seems_same(self) -> bool:
        """Return whether an earlier appeal seems to be about the same matter."""
        return any(one.seems_same for one in self.earlier)


def findings(form: AppealForm, reader: Reader) -> Findings:
    """Return what the typed appeal shows; the form is bound and was read, valid or not."""
    typed, sender = form.cleaned_data, form.sender()
    anonymous = bool(typed.get(RECORD + "anonymous"))
    parts = _parts(form, typed, sender)
    missing = () if anonymous else tuple(lacking(form=typed.get(RECORD + "form") or "written", **parts))
    candidates = () if anonymous else tuple(_candidates(sender, reader))
    persons = (
        [typed["known"]]
        if typed.get("known")
        else [one.person.key for one in candidates if _same(one, sender)]
    )
    about = typed.get(RECORD + "about") or ""
    subject = typed.get(RECORD + "subject") or ""
    return Findings(
        missing=missing,
        proposed=next(iter(missing), "none"),
        seems_anonymous=not anonymous and {"name", "residence"} <= set(missing),
        seems_crime=not typed.get(RECORD + "crime_signs")
        and (subject == "domestic_violence" or bool(CRIME.search(about))),
        candidates=candidates,
        earlier=tuple(repeats.earlier_of(persons, about=about, subject=subject, reader=reader)),
        complain_until=_complain_until(typed),
    )


def _parts(form: AppealForm, typed: dict[str, Any], sender: dict[str, str]) -> dict[str, bool]:
    known = bool(typed.get("known"))  # the file of a known resident has the name, and mostly the residence
    return {
        "named": known or bool(sender["surname"] and sender["given"]),
        "residence": known or bool(sender["residence"]),
        "about": bool(typed.get(RECORD + "about")),
        "signed": bool(typed.get("signed")),
        "dated": bool(typed.get(RECORD + "document_on")),
        "contact": bool(typed.get(RECORD + "email") or sender["phone"]),
    }


def _candidates(sender: dict[str, str], reader: Reader) -> list[Candidate]:
    """Return residents in the reader's scope who may be the sender, the likest first."""
    name = " ".join(part for part in (sender["surname"], sender["given"], sender["patronymic"]) if part)
    found = people.search(name, reader, limit=CANDIDATES) if len(fold(name)) >= 3 else []
    if len(phone_digits(sender["phone"])) >= 9:
        found = [*people.search(sender["phone"], reader, limit=CANDIDATES), *found]
    persons = list({one.key: one for one in found}.values())[:CANDIDATES]
    counts = _counts([one.key for one in persons], reader)
    return [Candidate(one, counts.get(one.key, 0), one.phone_digits[-4:]) for one in persons]


def _counts(persons: Sequence[UUID], reader: Reader) -> dict[UUID, int]:
    seen: dict[UUID, set[UUID]] = {}
    rows = Involvement.objects.filter(person__in=persons, case__in=cases.visible_to(reader))
    for person, case in rows.values_list("person", "case"):
        seen.setdefault(person, set()).add(case)
    return {person: len(keys) for person, keys in seen.items()}


def _same(candidate: Candidate, sender: dict[str, str]) -> bool:
    """Return whether the candidate bears the very name or telephone that was typed."""
    person = candidate.person
    digits = phone_digits(sender["phone"])
    names = (sender["surname"], sender["given"])
    return (len(digits) >= 9 and digits == person.phone_digits) or (
        all(names) and (fold(names[0]), fold(names[1])) == (fold(person.surname), fold(person.given))
    )


def _complain_until(typed: dict[str, Any]) -> date | None:
    """Return the last day to complain where the complaint came after it."""
    if typed.get(RECORD + "kind") != "complaint" or typed.get(RECORD + "excused") or not typed.get("moment"):
        return None
    days = {name: _day(typed.get(RECORD + name)) for name in ("decided_on", "learned_on")}
    last = last_day_to_complain(**days)
    return last if last is not None and last < kyiv_day(typed["moment"]) else None


def _day(typed: Any) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None


def explained(missing: Sequence[str], language: str) -> list[str]:
    """Return in words what an appeal lacks."""
    return [DEFECT[code][language] for code in missing]
