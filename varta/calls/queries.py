"""What the desk reads. Every question begins with the reader."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from varta.calls import practice
from varta.calls.models import Crew, Position, Sending
from varta.cases import queries as cases
from varta.cases import rows
from varta.cases.models import Case
from varta.people.scope import Reader


def crews(reader: Reader) -> QuerySet[Crew]:
    """Return the crews, on duty and off, that the reader may see. Row-level security repeats it."""
    if not reader.may_read("duty_shift"):
        return Crew.objects.none()
    return Crew.objects.filter(
        place_pre__range=(reader.place_from, reader.place_to),
        unit_pre__range=(reader.unit_from, reader.unit_to),
    )


def on_duty(reader: Reader) -> QuerySet[Crew]:
    """Return the crews that have not ended their turn, by call sign, with unit, place and position."""
    return (
        crews(reader).filter(ended_at=None).select_related("unit", "place", "position").order_by("call_sign")
    )


def crew_of(reader: Reader, login: str) -> Crew | None:
    """Return the crew on duty in which this officer is, the latest if there are several."""
    mine = on_duty(reader).filter(officers__contains=[login.lower()])
    return mine.order_by("-began_at").first()


def calls(reader: Reader) -> QuerySet[Case]:
    """Return the calls that the reader may see."""
    return cases.visible_to(reader).filter(procedure="call")


def open_calls(reader: Reader) -> QuerySet[Case]:
    """Return calls that have not ended, the oldest first, with place and unit."""
    return calls(reader).filter(closed_at=None).select_related("place", "unit").order_by("opened_at", "key")


def in_short(reader: Reader, *, now: datetime) -> dict[str, int]:
    """Return how many recent open calls have no crew, and how many wait for an arrival that is late.

    A crew that was named without a turn of duty stands in the facts of the call and has no sending.
    """
    recent = calls(reader).filter(closed_at=None, opened_at__gte=now - practice.BOARD).order_by()
    sent = Sending.objects.filter(call=OuterRef("key"))
    nobody = ~Exists(sent.filter(left_at=None)) & (Exists(sent) | Q(facts__crew__isnull=True))
    late = Q(due_step="arrive", late_from__lte=now)
    return recent.aggregate(
        waiting=Count("key", filter=nobody), late=Count("key", filter=late), open=Count("key")
    )


def owed(reader: Reader) -> QuerySet[Case]:
    """Return calls that ended and still owe a step, as an entry into the register of crimes, the most urgent first."""
    ended = calls(reader).filter(closed_at__isnull=False, late_from__isnull=False)
    return ended.select_related("place").order_by("late_from", "key")


def sendings_to(calls: Iterable[UUID]) -> dict[UUID, list[Sending]]:
    """Return the sendings of these calls in their order, with their crews; ask only for calls that were read."""
    found: dict[UUID, list[Sending]] = {}
    rows = Sending.objects.filter(call__in=list(calls)).select_related("crew").order_by("call", "nth")
    for sending in rows:
        found.setdefault(sending.call, []).append(sending)
    return found


def present_sendings(crews: Sequence[Crew]) -> dict[UUID, Sending]:
    """Return where each of these crews is sent now; crews that are free are missing."""
    rows = Sending.objects.filter(crew__in=[crew.key for crew in crews], left_at=None)
    return {sending.crew_id: sending for sending in rows}


NAMED = """
SELECT DISTINCT (e.data ->> 'shift')::uuid
FROM cases_case c JOIN cases_entry e ON e.case_key = c.key AND e.key BETWEEN c.key_low AND c.key_high
WHERE c.key = ANY ($1) AND c.entries > 1 AND e.data ->> 'shift' <> ''
"""


def crews_named(calls: Iterable[UUID]) -> frozenset[UUID]:
    """Return the crews that entries of these calls name, corrected entries too; ask only for calls that were read."""
    return frozenset(crew for (crew,) in rows.cursor().execute(NAMED, (list(calls),), prepare=True))


def signs_since(moment: datetime) -> dict[UUID, datetime]:
    """Return the crews that were seen since a moment, with when, as far as the database lets the caller see."""
    return dict(Position.objects.filter(seen_at__gt=moment).values_list("crew_id", "seen_at"))


def crew_state(crew: Crew, sending: Sending | None) -> str:
    """Return "off", "sent", "on_the_way", "on_scene", "paused" or "free"."""
    if crew.ended_at is not None:
        return "off"
    if sending is not None:
        return sending.state
    return "paused" if crew.state == Crew.State.PAUSED else "free"


def at_work(reader: Reader, *, since: datetime, until: datetime) -> QuerySet[Crew]:
    """Return the crews whose turn of duty touches a period, half open."""
    return crews(reader).filter(began_at__lt=until).exclude(ended_at__lte=since).order_by("began_at")
