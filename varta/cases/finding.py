"""Finding a case by what somebody remembers of it: number, person, telephone, place; and saying why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from varta.cases import addresses, queries, wording
from varta.cases.models import Case
from varta.lib import text
from varta.people import search as people
from varta.people.models import Person
from varta.people.naming import ascii_digits
from varta.people.roles import may
from varta.people.scope import Reader
from varta.places import search as places

# "12", "12/2026", "ЄО 12/26", "№ 12", "12/26 Обухівка": what stands before the digits does not matter, nor
# the layout; what stands behind them names a unit or a place.
NUMBER = re.compile(
    r"^[^\W\d]{0,3}\s*№?\s*(\d{1,7})\s*(?:[/\\.]\s*(\d{4}|\d{2}))?(?:[\s,]+(?=.*[^\W\d])(\S.*))?$"
)
EACH = 20  # cases for each reason
PERSONS, PLACES, UNITS = 20, 3, 20
OF_EACH = 3  # newest cases of a resident whose telephone is being typed
LEAST_LETTERS = 3
LONG_AGO = datetime.min.replace(tzinfo=UTC)

REASONS = {
    "typed": "",
    "layout": gettext_noop("keyboard layout"),
    "latin": gettext_noop("Latin letters"),
    "russian": gettext_noop("Russian spelling"),
}


@dataclass
class Found:
    """A case and the reasons why it was found.

    `certain` when it was named by its number and year, `alike` when only something similar was found.
    """

    case: Case
    why: list[str] = field(default_factory=list)
    certain: bool = False
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A resident whose telephone begins as typed, and their newest cases."""

    person: Person
    cases: tuple[Case, ...]


def find(asked: str, reader: Reader, *, at: datetime) -> list[Found]:
    """Return the reader's cases that the words may mean: those named by number first, the similar last.

    `at` is now.
    """
    found: dict[UUID, Found] = {}
    for one in (
        *_by_number(asked, reader),
        *_by_person(asked, reader),
        *_by_address(asked, reader, at=at),
        *_by_place(asked, reader),
    ):
        known = found.setdefault(one.case.key, one)
        known.why = list(dict.fromkeys([*known.why, *one.why]))
        known.alike = known.alike and one.alike
    return sorted(found.values(), key=lambda one: one.alike)


def _by_number(asked: str, reader: Reader) -> Iterator[Found]:
    match = NUMBER.match(asked)
    if match is None or int(match[1]) > 2**31 - 1:
        return
    year = int(match[2]) if match[2] else None
    year = year + 2000 if year is not None and year < 100 else year
    cases = queries.by_number(reader, number=int(match[1]), year=year).select_related("place", "unit")
    if match[3]:
        cases = cases.filter(_somewhere(match[3]))
    for case in cases[:EACH]:
        yield Found(case, [_("number")], certain=year is not None)


def _somewhere(words: str) -> Q:
    """Return the condition that a case is of a unit or a place of this name."""
    units = [Q(unit_pre__range=(unit.pre, unit.pre_end)) for unit in places.units(words, limit=UNITS)]
    spots = [Q(place_pre__range=(one.pre, one.pre_end)) for one in places.territories(words, limit=PLACES)]
    return reduce(or_, units + spots, Q(pk__in=[]))


def _by_person(asked: str, reader: Reader) -> Iterator[Found]:
    if not (may(reader, "people") and _names_somebody(asked)):
        return
    persons = {person.key: person for person in people.search(asked, reader, limit=PERSONS)}
    likeness = {key: place for place, key in enumerate(persons)}
    found = queries.newest_of_persons(reader, list(persons), limit=EACH * 5)
    nearest = [(min(likeness[key] for key in involved), case) for case, involved in found]
    listed = list(persons.values())
    for place, case in sorted(nearest, key=lambda pair: pair[0])[:EACH]:
        why, alike = _why_person(asked, listed[place])
        yield Found(case, [why], alike=alike)


def _names_somebody(asked: str) -> bool:
    """Return whether this may be a name, perhaps with a year of birth, or the digits of a telephone."""
    letters, digits = sum(sign.isalpha() for sign in asked), len(ascii_digits(asked))
    if letters:
        return letters >= LEAST_LETTERS and (not digits or people.YEAR.search(asked) is not None)
    return digits >= people.SHORTEST_PHONE


def earlier(reader: Reader, digits: str, *, limit: int = 5) -> list[Earlier]:
    """Return residents whose telephone begins with these digits, each with the newest cases, newest first.

    For a number that is being typed: in any national spelling, from the fourth digit on, four questions to
    the database. The answer names people: whoever shows it writes a look, see docs/explanation/search.md.
    """
    if not may(reader, "people"):
        return []
    persons = people.by_phone(digits, reader, limit=limit, at_start=True)
    found = queries.newest_of_persons(reader, [person.key for person in persons], limit=limit * OF_EACH * 4)
    of_person = {
        person.key: tuple(case for case, involved in found if person.key in involved)[:OF_EACH]
        for person in persons
    }
    known = [Earlier(person, of_person[person.key]) for person in persons]
    return sorted(known, key=lambda one: one.cases[0].opened_at if one.cases else LONG_AGO, reverse=True)


def _why_person(asked: str, person: Person) -> tuple[str, bool]:
    if not any(sign.isalpha() for sign in asked):
        return _("telephone …%(digits)s") % {"digits": person.phone_digits[-4:]}, False
    slip, alike = _slip(asked, str(person))
    return _("person: %(name)s") % {"name": str(person)} + slip, alike


def _by_address(asked: str, reader: Reader, *, at: datetime) -> Iterator[Found]:
    week = int(at.timestamp()) // addresses.WEEK_S
    for case in addresses.by_address(asked, reader, week=week, limit=EACH):
        guarded = wording.guards(case.procedure, case.facts)
        why = _("address") if guarded else _("address: %(address)s") % {"address": case.facts["address"]}
        yield Found(case, [why])


def _by_place(asked: str, reader: Reader) -> Iterator[Found]:
    if not any(sign.isalpha() for sign in asked) or len(asked) < 3:
        return
    for place in places.territories(asked, limit=PLACES):
        if not (reader.place_from <= place.pre_end and place.pre <= reader.place_to):
            continue
        slip, alike = _slip(asked, place.name)
        why = _("place: %(name)s") % {"name": place.title} + slip
        for case in queries.newest_in(reader, place, limit=EACH):
            yield Found(case, [why], alike=alike)


def _slip(asked: str, name: str) -> tuple[str, bool]:
    """Return " (keyboard layout)" and the like where the words had to be read in another way, and whether
    the name is only similar to them.
    """
    folded = text.fold(name)
    for variant in text.variants(re.sub(r"\d+", " ", asked)):
        if all(word in folded for word in variant.text.split()):
            reason = REASONS.get(variant.reason, "")
            return (f" ({_(reason)})" if reason else "", False)
    return " " + _("(similar)"), True
