"""Crews and sendings as the entries of `duty_shift` and `call` leave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from varta.calls import errors
from varta.calls.models import Crew, Sending
from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.cases.projectors import Projector
from varta.places.models import Territory, Unit

COMPARED = ("nth", "crew_id", "why", "assigned_at", "accepted_at", "arrived_at", "left_at", "left_why")


def logins_of(typed: str) -> list[str]:
    """Return the logins of a crew as they were typed, each once, in lower case."""
    return list(dict.fromkeys(one.strip().lower() for one in typed.split(",") if one.strip()))


class Crews:
    """Keeps `Crew` for the procedure `duty_shift`."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the crew's row; refuse a call sign that is on duty, and an end while it is at a call."""
        crew = crew_of(entries)
        if entries[-1].step in ("begin", "end"):
            self._refuse(crew)
        values = {field.attname: getattr(crew, field.attname) for field in Crew._meta.concrete_fields}
        key = values.pop("key")
        Crew.objects.update_or_create(key=key, defaults=values)

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the crew's row is missing or other."""
        held, computed = Crew.objects.filter(key=entries[0].case_key).first(), crew_of(entries)
        fields = [field.attname for field in Crew._meta.concrete_fields]
        return held is None or any(getattr(held, name) != getattr(computed, name) for name in fields)

    def _refuse(self, crew: Crew) -> None:
        if crew.ended_at is None:
            others = Crew.objects.filter(
                unit_id=crew.unit_id, call_sign__iexact=crew.call_sign, ended_at=None
            )
            if others.exclude(key=crew.key).exists():
                raise errors.CallSignTaken(crew=crew.call_sign)
            return
        busy = Sending.objects.filter(crew=crew.key, left_at=None).first()
        if busy is not None:
            raise errors.StillSent(crew=crew.call_sign, number=_number(busy.call))


def crew_of(entries: Sequence[Written]) -> Crew:
    """Return the crew that the entries of its turn of duty describe."""
    counted = effective(entries)
    began, last = counted[0], counted[-1]
    data = began.data
    turns = [entry for entry in counted if entry.step in ("begin", "pause", "resume", "end")]
    ended = next((entry for entry in counted if entry.step == "end"), None)
    now = ended or turns[-1]
    state = {"pause": Crew.State.PAUSED, "end": Crew.State.ENDED}.get(now.step, Crew.State.ON)
    return Crew(
        key=began.case_key,
        place_id=last.place,
        place_pre=Territory.objects.values_list("pre", flat=True).get(code=last.place),
        unit_id=last.unit,
        unit_pre=Unit.objects.values_list("pre", flat=True).get(code=last.unit),
        call_sign=data["crew"],
        force=data["force"],
        skills=list(data["skills"]),
        officers=logins_of(data["officers"]),
        vehicle=data["vehicle"],
        lat=data["lat"],
        lon=data["lon"],
        state=str(state),
        why=now.data["reason"] if now.step == "pause" else "",
        since=now.at,
        began_at=began.at,
        ended_at=ended.at if ended else None,
    )


class Together:
    """Several projectors of one procedure, as one."""

    def __init__(self, *projectors: Projector) -> None:
        self._projectors = projectors

    def write(self, entries: Sequence[Written]) -> None:
        """Let each write; the first that refuses stops the rest, and the transaction undoes the others."""
        for one in self._projectors:
            one.write(entries)

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows of any of them differ."""
        return any(one.differs(entries) for one in self._projectors)


@dataclass(slots=True)
class _Sent:
    crew: UUID
    why: str
    assigned_at: datetime
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    left_why: str = ""


class Sendings:
    """Keeps `Sending` for the procedure `call`; calls to which no crew on duty was sent have none."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the sendings of the call; refuse a crew that is busy, off duty or not at this call."""
        if not _concerned(entries[-1], entries):
            return
        call, sent = entries[0].case_key, sendings_of(entries)
        if entries[-1].step == "assign":
            _lock_free_crew(_shift(entries[-1].data), call=call)
        Sending.objects.filter(call=call).delete()
        Sending.objects.bulk_create(_rows(call, sent))

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows of the call are not those that its entries leave."""
        call = entries[0].case_key
        if not any(_shift(entry.data) for entry in entries):
            return Sending.objects.filter(call=call).exists()
        held = Sending.objects.filter(call=call).order_by("nth").values_list(*COMPARED)
        computed = [
            tuple(getattr(row, name) for name in COMPARED) for row in _rows(call, sendings_of(entries))
        ]
        return list(held) != computed


def sendings_of(entries: Iterable[Written]) -> list[_Sent]:
    """Return where the crews of a call stand, in the order in which they were sent.

    Raises CrewNotSent where an entry names a crew that is not at the call, CrewIsThere where it is sent twice.
    """
    sent: list[_Sent] = []
    for entry in effective(list(entries)):
        if entry.step in ("close", "join"):
            for one in sent:
                if one.left_at is None:
                    one.left_at, one.left_why = entry.at, "closed" if entry.step == "close" else "joined"
        crew = _shift(entry.data)
        if crew is None:
            continue
        there = next((one for one in sent if one.crew == crew and one.left_at is None), None)
        if entry.step == "assign":
            if there is not None:
                raise errors.CrewIsThere(crew=entry.data["crew"])
            sent.append(_Sent(crew, entry.data.get("why", ""), entry.at))
            continue
        if there is None:
            raise errors.CrewNotSent(crew=entry.data["crew"])
        if entry.step == "accept":
            there.accepted_at = there.accepted_at or entry.at
        elif entry.step in ("arrive", "arrive_also"):
            there.accepted_at, there.arrived_at = there.accepted_at or entry.at, there.arrived_at or entry.at
        elif entry.step == "release":
            there.left_at, there.left_why = entry.at, entry.data["reason"]
    return sent


def _concerned(entry: Written, entries: Sequence[Written]) -> bool:
    """Return whether the entry may change the sendings: it names a crew, ends the call, or corrects."""
    if _shift(entry.data) is not None:
        return True
    ends = entry.step in ("close", "join") or entry.corrects is not None
    return ends and any(_shift(one.data) for one in entries)


def _shift(data: dict[str, Any]) -> UUID | None:
    given = data.get("shift")
    return UUID(given) if given else None


def _rows(call: UUID, sent: Sequence[_Sent]) -> list[Sending]:
    return [
        Sending(
            call=call,
            nth=nth,
            crew_id=one.crew,
            why=one.why,
            assigned_at=one.assigned_at,
            accepted_at=one.accepted_at,
            arrived_at=one.arrived_at,
            left_at=one.left_at,
            left_why=one.left_why,
        )
        for nth, one in enumerate(sent, start=1)
    ]


def _lock_free_crew(crew: UUID | None, *, call: UUID) -> None:
    """Hold the crew's row, so that of two officers who send it at once the second sees the first."""
    if crew is None:
        return
    found = Crew.objects.select_for_update().filter(key=crew).first()
    if found is None:
        raise errors.CrewNotFound()
    if found.ended_at is not None:
        raise errors.CrewOffDuty(crew=found.call_sign)
    if Sending.objects.filter(crew=crew, left_at=None).exclude(call=call).exists():
        raise errors.CrewIsBusy(crew=found.call_sign)


def _number(call: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, year FROM cases_case WHERE key = %s", [call])
        row = cursor.fetchone()
    return f"{row[0]}/{row[1]}" if row else "—"
