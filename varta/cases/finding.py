"""Finding a case by what somebody remembers of it: number, person, telephone, place; and saying why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from varta.cases import queries
from varta.cases.models import Case
from varta.lib import text
from varta.people import search as people
from varta.people.models import Person
from varta.people.naming import phone_digits
from varta.people.roles import may
from varta.people.scope import Reader
from varta.places import search as places

# "12", "12/2026", "ЄО 12/26", "№ 12": what stands before the digits does not matter, nor the layout.
NUMBER = re.compile(r"^[^\W\d]{0,3}\s*№?\s*(\d{1,7})\s*(?:[/\\.]\s*(\d{4}|\d{2}))?$")
EACH = 20  # cases for each reason
PERSONS, PLACES = 20, 3
LEAST_PHONE = 4  # digits

REASONS = {
    "typed": "",
    "layout": gettext_noop("keyboard layout"),
    "latin": gettext_noop("Latin letters"),
    "russian": gettext_noop("Russian spelling"),
}


@dataclass
class Found:
    """A case and the reasons why it was found; `certain` when it was named by its number and year."""

    case: Case
    why: list[str] = field(default_factory=list)
    certain: bool = False


def find(asked: str, reader: Reader) -> list[Found]:
    """Return the reader's cases that the words may mean, those named by number first."""
    found: dict[UUID, Found] = {}
    for one in (*_by_number(asked, reader), *_by_person(asked, reader), *_by_place(asked, reader)):
        known = found.setdefault(one.case.key, one)
        known.why = list(dict.fromkeys([*known.why, *one.why]))
    return list(found.values())


def _by_number(asked: str, reader: Reader) -> Iterator[Found]:
    match = NUMBER.match(asked)
    if match is None or int(match[1]) > 2**31 - 1:
        return
    year = int(match[2]) if match[2] else None
    year = year + 2000 if year is not None and year < 100 else year
    for case in queries.by_number(reader, number=int(match[1]), year=year).select_related("place", "unit")[
        :EACH
    ]:
        yield Found(case, [_("number")], certain=year is not None)


def _by_person(asked: str, reader: Reader) -> Iterator[Found]:
    digits = "".join(sign for sign in asked if sign.isdigit())
    letters = any(sign.isalpha() for sign in asked)
    if (
        not may(reader, "people")
        or (len(digits) < LEAST_PHONE and (digits or len(asked) < 3))
        or (digits and letters)
    ):
        return
    persons = {person.key: person for person in people.search(asked, reader, limit=PERSONS)}
    for case, involved in queries.of_persons(reader, list(persons), limit=EACH):
        nearest = next(person for key, person in persons.items() if key in involved)
        yield Found(case, [_why_person(asked, digits, nearest)])


def _why_person(asked: str, digits: str, person: Person) -> str:
    if len(digits) >= LEAST_PHONE and phone_digits(asked)[-LEAST_PHONE:] in person.phone_digits:
        return _("telephone …%(digits)s") % {"digits": person.phone_digits[-4:]}
    return _("person: %(name)s") % {"name": str(person)} + _slip(asked, str(person))


def _by_place(asked: str, reader: Reader) -> Iterator[Found]:
    if not any(sign.isalpha() for sign in asked) or len(asked) < 3:
        return
    for place in places.territories(asked, limit=PLACES):
        if not (reader.place_from <= place.pre_end and place.pre <= reader.place_to):
            continue
        near = queries.under(queries.visible_to(reader), place=(place.pre, place.pre_end))
        why = _("place: %(name)s") % {"name": place.title} + _slip(asked, place.name)
        for case in near.order_by("-opened_at").select_related("place", "unit")[:EACH]:
            yield Found(case, [why])


def _slip(asked: str, name: str) -> str:
    """Return " (keyboard layout)" and the like where the words had to be read in another way."""
    folded = text.fold(name)
    for variant in text.variants(asked):
        if variant.text in folded:
            reason = REASONS.get(variant.reason, "")
            return f" ({_(reason)})" if reason else ""
    return " " + _("(similar)")
