"""Reads about people. Each begins with the reader, and the database repeats the same wall."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Exists, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value

from varta.lib.text import fold, grams, variants
from varta.people.models import Appointment, Look, Officer, Person
from varta.people.naming import phone_digits, phone_grams
from varta.people.roles import ALL
from varta.people.scope import SYSTEM, Reader

SHORTEST_PHONE = 4  # digits: fewer would list half of a city
CANDIDATES = 300  # rows that are ranked in memory
LIKE_ENOUGH = 0.65  # share of the asked trigrams that a name must have
PARTS = 4  # one typing error spoils at most three trigrams, so of four parts one stays whole


def visible_to(reader: Reader) -> QuerySet[Person]:
    """Return residents involved in a case that the reader may see."""
    if reader.role == SYSTEM:
        return Person.objects.all()
    return Person.objects.filter(Exists(_involvements(reader).filter(person=OuterRef("pk"))))


def involvements_of(person: Person, reader: Reader) -> QuerySet:
    """Return the parts that a resident has in the cases that the reader may see, the newest first."""
    return (
        _involvements(reader)
        .filter(person=person)
        .select_related("case", "case__place")
        .order_by("-case__opened_at")
    )


def _involvements(reader: Reader) -> QuerySet:
    """Return involvements in visible cases; their table stands in cases, one floor up."""
    found = apps.get_model("cases", "Involvement").objects.filter(
        case__place_pre__range=(reader.place_from, reader.place_to),
        case__unit_pre__range=(reader.unit_from, reader.unit_to),
    )
    return found if ALL in reader.procedures else found.filter(case__procedure__in=reader.procedures)


def search(asked: str, reader: Reader, *, limit: int = 50) -> list[Person]:
    """Return visible residents whose telephone or name is like the words asked for, the likest first.

    Names bear apostrophes of any kind, one typing error a word, a wrong keyboard layout, Russian
    spelling and Latin letters; telephones are found by any four digits in a row.
    """
    digits = "".join(sign for sign in asked if sign.isdigit())
    if len(digits) >= SHORTEST_PHONE:
        return _by_phone(asked, digits, reader)[:limit]
    return _by_name(asked, reader)[:limit]


def _by_phone(asked: str, digits: str, reader: Reader) -> list[Person]:
    spellings = {digits, phone_digits(asked)}
    conditions = [Q(phone_grams__contains=phone_grams(one), phone_digits__contains=one) for one in spellings]
    return list(visible_to(reader).filter(reduce(or_, conditions))[:CANDIDATES])


def _by_name(asked: str, reader: Reader) -> list[Person]:
    forms = [form.text for form in variants(asked)]
    wanted = [set(grams(form)) for form in forms if grams(form)]
    if not wanted:
        return []
    nearly = visible_to(reader).filter(reduce(or_, (_nearly(one) for one in wanted)))
    candidates = nearly.order_by(_shared(set().union(*wanted)).desc(), "sort_key", "key")[:CANDIDATES]
    ranked = [(_likeness(person, forms, wanted), person) for person in candidates]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].sort_key))
    return [person for likeness, person in ranked if likeness >= LIKE_ENOUGH]


def _nearly(wanted: set[str]) -> Q:
    """Return the condition that at least one of four parts of the trigrams is there."""
    ordered = sorted(wanted)
    parts = [ordered[start::PARTS] for start in range(min(PARTS, len(ordered)))]
    return reduce(or_, (Q(grams__contains=part) for part in parts))


def _shared(wanted: set[str]) -> Func:
    """Return the number of trigrams that a person's name shares with those asked for."""
    asked = Value(sorted(wanted), output_field=Person._meta.get_field("grams"))
    template = "cardinality(ARRAY(SELECT unnest(%(expressions)s)))"
    return Func(
        "grams",
        asked,
        template=template,
        arg_joiner=") INTERSECT SELECT unnest(",
        output_field=IntegerField(),
    )


def _likeness(person: Person, forms: Iterable[str], wanted: Iterable[set[str]]) -> float:
    """Return 0..1 by trigrams, and 2 where the folded name begins a word with the words asked for."""
    name = f" {fold(person.name)}"
    if any(f" {form}" in name for form in forms if form):
        return 2.0
    have = set(person.grams)
    return max(len(one & have) / len(one) for one in wanted)


def looks_visible_to(reader: Reader) -> QuerySet[Look]:
    """Return looks that an auditor may read, or a head of the unit's people; others read their own."""
    looks = Look.objects.select_related("officer")
    own = Q(officer=reader.officer_id) if reader.officer_id else Q(pk__isnull=True)
    if reader.role == SYSTEM:
        return looks
    if reader.role == "auditor":
        return looks.filter(own | Q(unit_pre=None) | _of_unit(reader))
    if reader.role == "head":
        return looks.filter(own | _of_unit(reader))
    return looks.filter(own)


def _of_unit(reader: Reader) -> Q:
    return Q(unit_pre__range=(reader.unit_from, reader.unit_to))


def accounts_visible_to(reader: Reader, *, on: date) -> QuerySet[Officer]:
    """Return officers whose unit lies in the administrator's scope, with their appointments of the day."""
    scope = (reader.unit_from, reader.unit_to)
    appointments = Prefetch("appointments", Appointment.objects.valid(on), to_attr="valid_appointments")
    return (
        Officer.objects.filter(unit__pre__range=scope).select_related("unit").prefetch_related(appointments)
    )


def like(officers: QuerySet[Officer], words: str) -> QuerySet[Officer]:
    """Return officers whose login, name or rank contains each of the words."""
    for word in words.split():
        officers = officers.filter(
            Q(login__icontains=word)
            | Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(rank__icontains=word)
        )
    return officers
