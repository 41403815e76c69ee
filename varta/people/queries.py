"""Reads about people. Each begins with the reader, and the database repeats the same wall."""

from datetime import date

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from varta.people.models import Appointment, Look, Officer, Person
from varta.people.roles import ALL
from varta.people.scope import SYSTEM, Reader


class ExistsForEach(Exists):
    """EXISTS that is asked row by row: PostgreSQL does not turn it into a join.

    It believes that few cases pass row-level security, and would begin the join with all cases of a scope.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def visible_to(reader: Reader) -> QuerySet[Person]:
    """Return residents involved in a case that the reader may see. Narrow it: each row is asked about."""
    if reader.role == SYSTEM:
        return Person.objects.all()
    return Person.objects.filter(ExistsForEach(_involvements(reader).filter(person=OuterRef("pk"))))


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
