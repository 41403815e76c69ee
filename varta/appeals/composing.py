"""The letter that the template proposes for an appeal: whom it goes to, what it says, who signs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.appeals import grammar, letters, queries
from varta.appeals.grammar import Name
from varta.appeals.letters import TO_A_BODY, Content
from varta.appeals.models import Office
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import project
from varta.law import discover
from varta.lib.clock import kyiv_day
from varta.people.models import Officer, Person
from varta.people.scope import Reader
from varta.places import queries as places
from varta.procedures._appeal_records import DEFECT, GROUND
from varta.procedures.appeal import LETTER_AFTER

CONTEST = (
    "У разі незгоди з прийнятим рішенням Ви можете оскаржити його в порядку, встановленому Законом України "
    "«Про звернення громадян», або до суду."
)
HEAD = "Начальник"  # the usual post of whoever signs, until the office writes its own


@dataclass(frozen=True)
class Proposal:
    """A letter as it is proposed; `sure` unless the name's case was guessed; `name` is the addressee's."""

    content: Content
    address: str
    name: Name
    sure: bool


def propose(kind: str, case: Case, reader: Reader, *, on: date) -> Proposal:
    """Return the letter of a kind for an appeal. It holds where the sender lives: showing it is a look."""
    steps = queries.steps_of(case)
    person = queries.applicant(case, reader)
    name = name_of(person)
    known = queries.remembered(name)
    to_a_body = kind in TO_A_BODY
    addressed = grammar.full_name(name, "datv", remembered=known)
    greeted = grammar.greeting(name, remembered=known)
    heading, body = letters.written(kind, values(case, steps, person, name, known))
    content = Content(
        kind=kind,
        to=_last(steps, "forward").get("to", "") if to_a_body else addressed.text,
        heading=heading,
        greeting="" if to_a_body else greeted.text,
        body=body,
        annex=_annex(steps[0].data) if to_a_body else "",
        answers=""
        if to_a_body
        else f"На №\u00a0{case.number}/{case.year} від {kyiv_day(case.opened_at):%d.%m.%Y}",
        **_of_the_unit(case, reader, steps, on=on),
    )
    address = _where(person, steps[0].data) if not to_a_body else ""
    return Proposal(content, address, name, to_a_body or (addressed.sure and greeted.sure))


def name_of(person: Person | None) -> Name:
    """Return a resident's name as grammar takes it."""
    if person is None:
        return Name()
    return Name(person.surname, person.given, person.patronymic, person.sex)


def values(
    case: Case, steps: Sequence[Written], person: Person | None, name: Name, known: Mapping[grammar.Key, str]
) -> dict[str, str]:
    """Return what the words of templates stand for."""
    opening = steps[0].data
    ended = (
        _last(steps, "return_defective")
        or _last(steps, "return_for_data")
        or _last(steps, "leave_unconsidered")
    )
    extended, shortened = _last(steps, "extend"), _last(steps, "shorten")
    reply = _last(steps, "reply")
    return {
        "number": f"{case.number}/{case.year}",
        "received": letters.in_words(kyiv_day(case.opened_at)),
        "due": _due(case, steps),
        "defect": DEFECT[opening.get("defect", "none")]["uk"],
        "explanation": ended.get("explanation", ""),
        "forwarded_to": _last(steps, "forward").get("to", ""),
        "sender_gent": _sender(opening, name, known),
        "until": _in_words((shortened or extended).get("until")),
        "reason": extended.get("reason", ""),
        "text": reply.get("text", ""),
        "contest": CONTEST if reply.get("appeal_explained") or reply.get("result") == "refused" else "",
        "ground": _ground(ended),
    }


def learned(proposal: Proposal, written: Content) -> dict[grammar.Key, str]:
    """Return how the clerk put words of the addressee's name otherwise than proposed."""
    name, proposed = proposal.name, proposal.content
    if proposed.kind in TO_A_BODY:
        return {}
    found = grammar.learned(name, "datv", proposed.to.split("\n")[0], written.to.split("\n")[0])
    called = Name(given=name.given, sex=name.declined_as)
    return found | grammar.learned(called, "voct", _called(proposed.greeting), _called(written.greeting))


def _called(greeting: str) -> str:
    """Return the name in «Шановний пане Іване!»; nothing where the greeting is another."""
    for address in grammar.ADDRESS.values():
        if greeting.startswith(f"{address} ") and greeting.endswith("!"):
            return greeting[len(address) + 1 : -1]
    return ""


def wanted(steps: Sequence[Written], sent: Sequence[str]) -> list[str]:
    """Return the kinds of letters that the steps call for and that have not gone out, in order."""
    taken = {one.step for one in steps}
    anonymous = steps[0].data.get("anonymous")
    return [
        kind
        for kind, step in LETTER_AFTER.items()
        if step in taken and kind not in sent and not (anonymous and kind not in TO_A_BODY)
    ]


def _last(steps: Sequence[Written], code: str) -> Mapping[str, Any]:
    return next((one.data for one in reversed(steps) if one.step == code), {})


def _due(case: Case, steps: Sequence[Written]) -> str:
    state = project(discover()[case.procedure], steps).state
    reply = next((due for due in state.deadlines if due.step == "reply"), None)
    return letters.in_words(kyiv_day(reply.due_at)) if reply else ""


def _in_words(day: str | None) -> str:
    return letters.in_words(date.fromisoformat(day)) if day else ""


def _ground(ended: Mapping[str, Any]) -> str:
    ground = ended.get("ground")
    if not ground:
        return ""
    earlier = f" (попереднє звернення № {ended['earlier']})" if ended.get("earlier") else ""
    return GROUND[ground]["uk"] + earlier


def _sender(opening: Mapping[str, Any], name: Name, known: Mapping[grammar.Key, str]) -> str:
    """Return whose appeal it is, in the genitive: «громадянина Шевчука І. П.»."""
    if not name.surname:
        return "заявника"
    initials = grammar.initials(name)
    plainly = f"{name.surname} {initials}".strip()
    if opening.get("sender") == "collective":
        return f"громадян (перший підписант — {plainly})"
    word = {"m": "громадянина", "f": "громадянки"}.get(name.declined_as)
    if word is None:
        return f"(заявник — {plainly})"
    surname = grammar.in_case("surname", name.surname, sex=name.declined_as, case="gent", remembered=known)
    return f"{word} {surname.text} {initials}".strip()


def _annex(opening: Mapping[str, Any]) -> str:
    pages = opening.get("pages") or 0
    return f"звернення на {pages} арк." if pages else "звернення"


def _where(person: Person | None, opening: Mapping[str, Any]) -> str:
    """Return the residence, else the e-mail address to which the answer goes."""
    residence = person.residence if person else ""
    return residence or str(opening.get("email", ""))


def _of_the_unit(case: Case, reader: Reader, steps: Sequence[Written], *, on: date) -> dict[str, str]:
    office = queries.office_of(case.unit)
    above = [*places.path(case.unit), case.unit]
    head = queries.head_of(case.place, case.unit, on=on)
    return {
        "letterhead": "\n".join(one.titles["uk"] for one in above),
        "contacts": _contacts(office),
        "signatory_post": office.signatory_post or (HEAD if head else ""),
        "signatory_name": letters.signed(office.signatory_name or (head.name if head else "")),
        "executor": "\n".join(part for part in (_executor(case, reader), office.phone) if part),
    }


def _contacts(office: Office) -> str:
    told = (
        office.address,
        f"тел. {office.phone}" if office.phone else "",
        office.email,
        f"код ЄДРПОУ {office.code}" if office.code else "",
    )
    return " · ".join(part for part in told if part)


def _executor(case: Case, reader: Reader) -> str:
    """Return who works on the appeal; else who writes the letter."""
    login = case.facts.get("executor")
    found = Officer.objects.filter(login=login) if login else Officer.objects.filter(pk=reader.officer_id)
    officer = found.first()
    return officer.name if officer else ""
