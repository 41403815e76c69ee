"""What is read of meetings. Every question begins with the reader; the database repeats it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from varta.cases import queries as cases
from varta.cases.models import Case
from varta.people.scope import SYSTEM, Reader
from varta.places.models import Territory, Unit
from varta.results.meetings import state
from varta.results.meetings.models import Decision, Meeting, Seat

OWED = ("open", "overdue", "sent_back")  # standings in which something is still to be done


def visible_to(reader: Reader) -> QuerySet[Meeting]:
    """Return the meetings that the reader's unit holds or is invited to, the newest first."""
    if reader.role == SYSTEM:
        return Meeting.objects.all()
    if not reader.may_read("meeting"):
        return Meeting.objects.none()
    held = Q(
        place_pre__range=(reader.place_from, reader.place_to),
        unit_pre__range=(reader.unit_from, reader.unit_to),
    )
    mine = Seat.objects.filter(unit_pre__range=(reader.unit_from, reader.unit_to)).values("meeting")
    return Meeting.objects.filter(held | Q(key__in=mine)).select_related("unit")


def holds(reader: Reader, meeting: Meeting) -> bool:
    """Return whether the meeting is of the reader's own place and unit, and not one the reader is invited to."""
    return reader.covers_place(meeting.place_pre) and reader.covers_unit(meeting.unit_pre)


def seats(reader: Reader, meeting: Meeting) -> list[Seat]:
    """Return the seats of the meeting that the reader may see, in the order of units."""
    found = Seat.objects.filter(meeting=meeting.key).select_related("unit").order_by("unit_pre")
    if not holds(reader, meeting):
        found = found.filter(unit_pre__range=(reader.unit_from, reader.unit_to))
    return list(found)


def invitations(reader: Reader, meeting: Meeting) -> dict[str, Case]:
    """Return unit -> the last invitation to the meeting that the reader may see."""
    found = cases.visible_to(reader).filter(parent=meeting.key, procedure="meeting_invitation")
    return {one.unit_id: one for one in found.order_by("opened_at", "key")}


def decisions(reader: Reader) -> QuerySet[Decision]:
    """Return the decisions whose owner, or whose meeting, lies in the reader's scope."""
    if reader.role == SYSTEM:
        return Decision.objects.all()
    own, host = Q(pk__in=[]), Q(pk__in=[])
    if reader.may_read("joint_task"):
        own = _within(reader, "place_pre", "unit_pre")
    if reader.may_read("meeting"):
        host = _within(reader, "host_place", "host_unit")
    return Decision.objects.filter(own | host).select_related("unit")


def _within(reader: Reader, place: str, unit: str) -> Q:
    return Q(
        **{
            f"{place}__range": (reader.place_from, reader.place_to),
            f"{unit}__range": (reader.unit_from, reader.unit_to),
        }
    )


def former(reader: Reader, meeting: Meeting) -> list[Decision]:
    """Return decisions that earlier meetings of the same unit took and that this one follows up, the oldest first.

    All of the meeting before it, and of older ones what is still owed: nothing is forgotten.
    """
    before = visible_to(reader).filter(unit_pre=meeting.unit_pre, on__lt=meeting.on, state="closed")
    last = before.order_by("-on").first()
    found = decisions(reader).filter(host_unit=meeting.unit_pre, decided_on__lt=meeting.on)
    listed = found.exclude(meeting=meeting.key).order_by("decided_on", "number", "key")
    return [
        one
        for one in listed
        if (last is not None and one.meeting == last.key) or state.standing(one, on=meeting.on)[0] in OWED
    ]


def usual_units(host: Unit, *, on: date) -> list[Unit]:
    """Return whom a unit usually invites: its main directorates, or else the units right below it."""
    below = Unit.objects.filter(parent=host).exclude(kind__in=(Unit.Kind.SERVICE, Unit.Kind.UNIVERSITY))
    valid = below.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on))
    main = valid.filter(kind=Unit.Kind.MAIN_DIRECTORATE)
    return list((main if main.exists() else valid).order_by("pre"))


def place_of(unit: Unit) -> str:
    """Return the code of the place of a unit's cases: the one it answers for, else that of the unit above it."""
    above: Unit | None = unit
    while above is not None:
        own = Territory.objects.filter(unit_links__unit=above).order_by("level", "pre").first()
        if own is not None:
            return own.code
        above = above.parent
    return Territory.objects.filter(parent=None).order_by("pre").values_list("code", flat=True)[0]


def units_named(codes: Sequence[str]) -> dict[str, Unit]:
    """Return the units with these codes."""
    return Unit.objects.in_bulk(codes)


def task_of(reader: Reader, key: UUID) -> Case | None:
    """Return the task of a decision where the reader may see it."""
    return cases.visible_to(reader).filter(key=key).first()


def overdue(reader: Reader, *, on: date) -> int:
    """Return how many decisions of the reader's scope are overdue on a day."""
    late = decisions(reader).filter(due__lt=on).exclude(state="sent_back")
    return late.exclude(Q(result="done") & ~Q(mark="poor")).count()
