"""What is read of the programme. Every question begins with the reader, and a day: counts come from stays alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from varta.officers.models import Duty, Memorandum, Stay
from varta.people.scope import SYSTEM, Reader

COUNTING = frozenset({"coordinator", "head", "analyst", "auditor"})
KEEPING = frozenset({"coordinator", "head"})
SERVICE = (Stay.Stage.SERVING, Stay.Stage.LEAVE)

# What stays are counted by: the name in `counts` -> the column.
BY = {
    "stage": "stage",
    "oblast": "oblast_id",
    "hromada": "hromada_id",
    "university": "cohort__university_id",
    "cohort": "cohort_id",
}


def visible_to(reader: Reader) -> QuerySet[Stay]:
    """Return the stays that the reader may count: within place and unit; to an officer, service in the own hromada."""
    here = Stay.objects.filter(place_pre__range=(reader.place_from, reader.place_to))
    if reader.role in COUNTING or reader.role == SYSTEM:
        return here.filter(unit_pre__range=(reader.unit_from, reader.unit_to))
    return here.filter(stage__in=SERVICE) if reader.role == "hromada_officer" else here.none()


def stays_on(reader: Reader, day: date) -> QuerySet[Stay]:
    """Return the stays that hold on a Kyiv day: `began` <= day < `ended`."""
    return visible_to(reader).filter(Q(ended=None) | Q(ended__gt=day), began__lte=day)


def counts(reader: Reader, day: date, by: Sequence[str]) -> dict[tuple[str | None, ...], int]:
    """Return how many people there are on a day, by the values of `by` in its order.

    `by` is of "stage", "oblast", "hromada", "university" and "cohort"; places and universities are codes, None where
    there is none, as the university of a candidate. What nobody is in is missing.
    """
    columns = [BY[name] for name in by]
    found = stays_on(reader, day).order_by().values_list(*columns).annotate(people=Count("*"))
    return {tuple(row[:-1]): row[-1] for row in found}


def serving(reader: Reader, day: date) -> dict[str, int]:
    """Return how many officers serve each hromada on a day, by its code; who is on leave does not count."""
    found = counts(reader, day, by=("hromada", "stage"))
    return {str(code): many for (code, stage), many in found.items() if stage == Stay.Stage.SERVING}


def memoranda_of(reader: Reader) -> QuerySet[Memorandum]:
    """Return the memoranda that the reader may see: to an officer those of the own hromada."""
    here = Memorandum.objects.filter(place_pre__range=(reader.place_from, reader.place_to))
    if reader.role in COUNTING or reader.role == SYSTEM:
        return here.filter(unit_pre__range=(reader.unit_from, reader.unit_to))
    return here if reader.role == "hromada_officer" else here.none()


def willing(reader: Reader, day: date) -> dict[str, Memorandum]:
    """Return the memoranda in force on a day by the code of their hromada; `officers` is its upper limit."""
    found = _in_force(reader, day).select_related("hromada").order_by("signed_on")
    return {one.hromada_id: one for one in found}


def signed(reader: Reader, day: date) -> set[str]:
    """Return the codes of the hromadas that have a memorandum in force on a day."""
    return set(_in_force(reader, day).values_list("hromada_id", flat=True))


def _in_force(reader: Reader, day: date) -> QuerySet[Memorandum]:
    lasting = (Q(ended_on=None) | Q(ended_on__gt=day)) & (Q(until=None) | Q(until__gte=day))
    return memoranda_of(reader).filter(lasting, signed_on__lte=day)


def duties_of(reader: Reader) -> QuerySet[Duty]:
    """Return the duties of the memoranda that the reader may see, with their memoranda, the earliest due first."""
    found = Duty.objects.filter(memorandum__in=memoranda_of(reader).values("key"))
    return found.select_related("memorandum__hromada").order_by("due", "memorandum", "nth")


def unmet_duties(reader: Reader, day: date, *, within: timedelta) -> dict[str, int]:
    """Return how many duties of memoranda in force are "overdue" on a day, and how many fall due "soon" after it."""
    unmet = duties_of(reader).filter(met_on=None, memorandum__ended_on=None)
    return {
        "overdue": unmet.filter(due__lt=day).count(),
        "soon": unmet.filter(due__gte=day, due__lte=day + within).count(),
    }


def in_ceased(reader: Reader, day: date) -> QuerySet[Stay]:
    """Return the service that is still written down for hromadas which do not exist on the day any more."""
    found = stays_on(reader, day).filter(stage__in=SERVICE, hromada__valid_to__lte=day)
    return found.select_related("hromada").order_by("hromada", "case")


def keeps(reader: Reader) -> bool:
    """Return whether the reader sees the people of the programme and takes their steps."""
    return reader.role in KEEPING
