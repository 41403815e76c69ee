"""What is read of appeals, their letters and their people. Every question about people begins with the reader."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from varta.appeals import grammar, letters
from varta.appeals.models import Letter, NameForm, Office, ReceptionHours, Reminder
from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.finding import NUMBER
from varta.cases.models import Case, Entry, Involvement
from varta.cases.projection import effective
from varta.people.access import reading_language
from varta.people.models import SEALED_WITH, Appointment, Officer, Person
from varta.people.scope import Reader
from varta.people.sealed import unseal
from varta.places import queries as places
from varta.places.models import Territory, Unit
from varta.procedures._appeal_records import LETTER
from varta.procedures.appeal import POLICE

APPEAL = "appeal"
MOST_NUMBER = 2**31 - 1
LATEST = 6  # reminders that a page shows
DECIDED = ("satisfied", "partly", "refused", "explained")


def visible_to(reader: Reader) -> QuerySet[Case]:
    """Return the appeals that the reader may see."""
    return cases.visible_to(reader).filter(procedure=APPEAL)


def keeps_office(reader: Reader) -> bool:
    """Return whether the reader keeps letterheads and hours of reception: the duty desk and the head do."""
    return reader.role in ("duty", "head")


def number_in(words: str) -> dict[str, int]:
    """Return the journal number, and the year if it is there, that the words are: "7/2026", "№ 7/26"; else nothing."""
    match = NUMBER.match(words)
    if match is None or int(match[1]) > MOST_NUMBER:
        return {}
    year = int(match[2] or 0)
    return {"number": int(match[1])} | ({"year": year + 2000 if year < 100 else year} if year else {})


def given_to(reader: Reader, login: str) -> QuerySet[Case]:
    """Return the open appeals that this officer works on, what is due first first."""
    mine = visible_to(reader).filter(closed_at=None, facts__executor=login)
    return mine.order_by(F("late_from").asc(nulls_last=True), "opened_at", "key")


def without_executor(reader: Reader) -> QuerySet[Case]:
    """Return the open appeals that nobody works on, what is due first first."""
    nobody = visible_to(reader).filter(closed_at=None).exclude(facts__has_key="executor")
    return nobody.order_by(F("late_from").asc(nulls_last=True), "opened_at", "key")


def awaiting_approval(reader: Reader) -> QuerySet[Case]:
    """Return the open appeals whose proposed reply waits for the head, the oldest proposal first."""
    return visible_to(reader).filter(closed_at=None, last_step="propose_reply").order_by("last_at", "key")


def steps_of(case: Case) -> list[Written]:
    """Return the entries of an appeal that count, in order."""
    return effective(cases.journal(case))


def substance(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return what each of these visible appeals is about; its opening entry has the key of the case."""
    rows = Entry.objects.filter(key__in=list(keys)).values_list("key", "data__about")
    return {key: about or "" for key, about in rows}


def senders(keys: Sequence[UUID], reader: Reader) -> dict[UUID, list[Person]]:
    """Return who sent each of these appeals: the one to answer first, then others who signed."""
    mine = visible_to(reader).filter(key__in=keys)
    parts = Involvement.objects.filter(case__in=mine, part__in=("applicant", "signatory"))
    found: dict[UUID, list[Person]] = {}
    for one in parts.select_related("person").order_by("part", "person"):
        found.setdefault(one.case_id, []).append(one.person)
    return found


def applicant(case: Case, reader: Reader) -> Person | None:
    """Return the person to whom the answer goes."""
    return next(iter(senders([case.key], reader).get(case.key, [])), None)


def visitor(case: Case, reader: Reader) -> Person | None:
    """Return whom a case of any procedure names as applicant or caller, if the reader may see the case."""
    mine = cases.visible_to(reader).filter(key=case.key)
    named = Involvement.objects.filter(case__in=mine, part__in=("applicant", "caller"))
    first = named.select_related("person").order_by("part").first()
    return first.person if first else None


def executors(place: Territory, unit: Unit, *, on: date) -> list[Officer]:
    """Return the officers who would see an appeal of this place and unit, those of the nearest unit first.

    Officers are the service's directory: everybody who is signed in may read it.
    """
    covering = (
        _covering(place, unit, on=on).filter(role__in=POLICE).order_by("-unit__pre", "officer__sort_key")
    )
    return list({one.officer_id: one.officer for one in covering.select_related("officer")}.values())


def head_of(place: Territory, unit: Unit, *, on: date) -> Officer | None:
    """Return the nearest head over a place and a unit on a day."""
    found = _covering(place, unit, on=on).filter(role="head").order_by("-unit__pre", "pk")
    nearest = found.select_related("officer").first()
    return nearest.officer if nearest else None


def _covering(place: Territory, unit: Unit, *, on: date) -> QuerySet[Appointment]:
    return Appointment.objects.valid(on).filter(
        officer__is_active=True,
        place__pre__lte=place.pre,
        place__pre_end__gte=place.pre,
        unit__pre__lte=unit.pre,
        unit__pre_end__gte=unit.pre,
    )


def named(logins: Sequence[str]) -> list[tuple[str, str]]:
    """Return login and name of these officers, in Ukrainian order; officers are the service's directory."""
    wanted = {login for login in logins if login}
    language = reading_language()
    return [(one.login, one.name_in(language)) for one in Officer.objects.filter(login__in=wanted)]


def letters_of(case: Case) -> list[Letter]:
    """Return the letters that went out in a case, the first one first."""
    return list(
        Letter.objects.filter(case_key=case.key).select_related("unit", "officer").order_by("at", "nth")
    )


def reminders_of(case: Case) -> list[Reminder]:
    """Return the latest reminders of an appeal, the last one first."""
    return list(
        Reminder.objects.filter(case_key=case.key)
        .select_related("officer")
        .order_by("-at", "officer")[:LATEST]
    )


def outgoing(reader: Reader, *, year: int | None = None, unit: str = "") -> QuerySet[Letter]:
    """Return the journal of outgoing letters of the reader's units, the latest first."""
    inside = places.unit_interval(unit) if unit else (reader.unit_from, reader.unit_to)
    found = Letter.objects.filter(
        unit_pre__range=(reader.unit_from, reader.unit_to), case_key__in=visible_to(reader).values("key")
    ).filter(unit_pre__range=inside or (1, 0))
    return (found.filter(year=year) if year else found).select_related("unit", "officer")


def office_of(unit: Unit) -> Office:
    """Return the unit's letterhead; an empty one where nobody has written it yet."""
    return Office.objects.filter(unit=unit).first() or Office(unit=unit)


def remembered(name: grammar.Name) -> dict[grammar.Key, str]:
    """Return the forms in which clerks have put the words of this name."""
    keys = [grammar.key_of(part, word, sex="", case="") for part, word in name.words]
    rows = NameForm.objects.filter(nominative__in=[key.nominative for key in keys]).order_by("at", "pk")
    return {grammar.Key(row.part, row.sex, row.case, row.nominative): row.form for row in rows}


def reception_hours(*, unit: str = "", place: str = "", on: date) -> list[ReceptionHours]:
    """Return when residents are received: of a unit, or of those that answer for a place, the nearest first.

    Public: the page of residents shows it without sign-in. `unit` and `place` are codes.
    """
    found = ReceptionHours.objects.select_related("unit")
    if unit:
        return list(found.filter(unit=unit))
    where = places.territory(place)
    if where is None:
        return []
    answering = [one.code for one in places.units_for(where, on=on)]
    return list(found.filter(unit__in=answering).order_by("-unit__pre", "weekday", "since", "pk"))


def decided(case: Case) -> bool:
    """Return whether an appeal was decided in substance."""
    return case.facts.get("result") in DECIDED


def of_same_senders(case: Case, reader: Reader) -> QuerySet[Case]:
    """Return earlier appeals of those who sent this one, the latest first."""
    persons = Q(involvements__person__in=case.involvements.values("person"))
    earlier = visible_to(reader).filter(persons, opened_at__lte=case.opened_at).exclude(key=case.key)
    return earlier.distinct().order_by("-opened_at")


def sheet_of(letter: Letter) -> dict[str, Any]:
    """Return the sheet of a letter as it went out, with where the addressee lives: showing it is a look."""
    address = unseal(letter.address_sealed, key=SEALED_WITH)
    return letters.sheet(
        letters.Content.of(letter.content), address=address, sent_on=letter.sent_on, number=letter.number
    )


def intact(letter: Letter) -> bool:
    """Return whether the letter is what its entry in the journal bears witness to."""
    entry = Entry.objects.filter(key=letter.key, step="send_letter").first()
    again = letters.fingerprint(
        letters.Content.of(letter.content),
        address_sealed=letter.address_sealed,
        sent_on=letter.sent_on,
        number=letter.number,
    )
    return entry is not None and entry.data["fingerprint"] == again == letter.fingerprint


def drawn_as_sent(letter: Letter, pdf: bytes) -> bool:
    """Return whether these are the very bytes that went out; another typesetter draws others."""
    return hashlib.sha256(pdf).hexdigest() == letter.pdf_sha256


def letter_rows(found: Iterable[Letter]) -> list[dict[str, Any]]:
    """Return letters ready for a table: kind in words, the first line of whom they went to, their appeal."""
    rows = list(found)
    numbers = {
        case.key: f"{case.number}/{case.year}"
        for case in Case.objects.filter(key__in={letter.case_key for letter in rows})
    }
    language = reading_language()
    return [
        {
            "letter": letter,
            "kind": LETTER[letter.kind][language] if letter.kind in LETTER else letter.kind,
            "to": letter.content.get("to", "").split("\n")[0],
            "appeal": numbers.get(letter.case_key, ""),
            "officer": letter.officer.name_in(language) if letter.officer else "",
        }
        for letter in rows
    ]


def draft_of(steps: Sequence[Written]) -> tuple[Mapping[str, Any] | None, bool]:
    """Return the last proposed reply and whether the head approved it; None where none was proposed."""
    about = [one for one in steps if one.step in ("propose_reply", "approve_reply")]
    draft = next((one.data for one in reversed(about) if one.step == "propose_reply"), None)
    last = about[-1] if about else None
    approved = last is not None and last.step == "approve_reply" and last.data["opinion"] == "approved"
    return draft, approved


def remark_of(steps: Sequence[Written]) -> str:
    """Return what the head wrote when sending the last proposed reply back; "" if it was not sent back."""
    last = next((one for one in reversed(steps) if one.step in ("propose_reply", "approve_reply")), None)
    if last is None or last.step != "approve_reply" or last.data["opinion"] != "rework":
        return ""
    return str(last.data["remark"])
