"""What is read of cases. Every question begins with the reader."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from varta.cases import rows
from varta.cases.canon import Written
from varta.cases.models import Case, Deadline, Entry, Involvement
from varta.people.roles import ALL
from varta.people.scope import Reader
from varta.places.models import Territory

UNFINISHED = Q(closed_at=None) | Q(late_from__isnull=False)


def visible_to(reader: Reader) -> QuerySet[Case]:
    """Return the cases that the reader may see: within place, unit and procedures. Row-level security repeats it."""
    cases = Case.objects.filter(
        place_pre__range=(reader.place_from, reader.place_to),
        unit_pre__range=(reader.unit_from, reader.unit_to),
    )
    if ALL in reader.procedures:
        return cases
    return cases.filter(procedure__in=reader.procedures)


def pending(reader: Reader) -> QuerySet[Case]:
    """Return cases that are open or still owe something, what is late first; without a deadline last."""
    return (
        visible_to(reader)
        .filter(UNFINISHED)
        .order_by(F("late_from").asc(nulls_last=True), "opened_at", "key")
    )


def overdue(reader: Reader, *, now: datetime) -> QuerySet[Case]:
    """Return cases in which it is too late for the nearest deadline."""
    return pending(reader).filter(late_from__lte=now)


def due_between(reader: Reader, *, since: datetime, until: datetime) -> QuerySet[Case]:
    """Return cases whose nearest deadline is not late at `since` and will be by `until`."""
    return pending(reader).filter(late_from__gt=since, late_from__lte=until)


def by_number(reader: Reader, *, number: int, year: int | None = None) -> QuerySet[Case]:
    """Return cases with this journal number, the newest first."""
    found = visible_to(reader).filter(number=number)
    return (found.filter(year=year) if year else found).order_by("-year", "-opened_at")


def newest_in(reader: Reader, place: Territory, *, limit: int) -> list[Case]:
    """Return the newest cases of a place and of all that lies in it.

    Each settlement is asked for its newest: an index of places knows their order, that of a raion does not.
    """
    cases = visible_to(reader).select_related("place", "unit").order_by("-opened_at")
    if place.level <= Territory.COUNTRY:
        return list(cases.filter(place_pre__range=(place.pre, place.pre_end))[:limit])
    values = {"low": place.pre, "high": place.pre_end, "limit": limit, "all": ALL in reader.procedures}
    values |= {name: getattr(reader, name) for name in ("place_from", "place_to", "unit_from", "unit_to")}
    values["procedures"] = sorted(reader.procedures)
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_IN, values)
        return list(cases.filter(key__in=[key for (key,) in cursor.fetchall()]))


_NEWEST_IN = """
SELECT found.key FROM places_territory t CROSS JOIN LATERAL (
    SELECT c.key, c.opened_at FROM cases_case c
    WHERE c.place_pre = t.pre AND c.place_pre BETWEEN %(place_from)s AND %(place_to)s
        AND c.unit_pre BETWEEN %(unit_from)s AND %(unit_to)s AND (%(all)s OR c.procedure = ANY (%(procedures)s))
    ORDER BY c.opened_at DESC LIMIT %(limit)s
) found WHERE t.pre BETWEEN %(low)s AND %(high)s ORDER BY found.opened_at DESC LIMIT %(limit)s
"""


def newest_of_persons(
    reader: Reader, persons: Sequence[UUID], *, limit: int
) -> list[tuple[Case, frozenset[UUID]]]:
    """Return the newest cases in which these persons have a part, each with those of them who have one."""
    parts = _parts(persons)
    cases = visible_to(reader).filter(key__in=parts).select_related("place", "unit").order_by("-opened_at")
    return [(case, frozenset(parts[case.key])) for case in cases[:limit]] if parts else []


def _parts(persons: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Return case -> those of the persons who have a part in it.

    A question of its own, for PostgreSQL believes that few cases pass row-level security, and would begin a
    join with all the cases of a scope.
    """
    who: dict[UUID, set[UUID]] = {}
    for case, person in Involvement.objects.filter(person__in=persons).values_list("case_id", "person_id"):
        who.setdefault(case, set()).add(person)
    return who


def under(
    cases: QuerySet[Case], *, place: tuple[int, int] | None = None, unit: tuple[int, int] | None = None
) -> QuerySet[Case]:
    """Narrow cases to an interval of places, of units, or of both; ends inclusive."""
    wanted = Q()
    if place:
        wanted &= Q(place_pre__range=place)
    if unit:
        wanted &= Q(unit_pre__range=unit)
    return cases.filter(wanted)


def timeline(case: Case) -> list[Entry]:
    """Return the case's entries in order, corrections among them."""
    entries = Entry.objects.filter(case_key=case.key, key__range=(case.key_low, case.key_high))
    return list(entries.order_by("position"))


def journal(case: Case) -> list[Written]:
    """Return the case's entries as `project` and the law take them."""
    query = f"SELECT {rows.SELECTED} FROM cases_entry WHERE case_key = $1 AND key BETWEEN $2 AND $3 ORDER BY position"
    found = rows.cursor().execute(query, (case.key, case.key_low, case.key_high), prepare=True)
    return [rows.entry_of(row) for row in found]


def deadlines(case: Case) -> QuerySet[Deadline]:
    """Return the case's deadlines, those met too, in the order in which they fall due."""
    return case.deadlines.order_by("due_at", "nth")


def children(reader: Reader, case: Case) -> QuerySet[Case]:
    """Return the cases that grew out of this one and that the reader may see."""
    return visible_to(reader).filter(parent=case.key).order_by("opened_at")
