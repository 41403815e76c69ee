"""Writes of the desk: each is a step or two of the law, taken through the one door.

All are called inside `reading(by)`, refuse with an error of the `StepRefused` family, and run in a savepoint:
refused, they leave nothing. `key` is the sender's UUIDv7 of the step: a second send is harmless.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.calls import errors
from varta.calls.models import Crew, Position
from varta.calls.projection import logins_of
from varta.cases import queries
from varta.cases.actions import take
from varta.cases.canon import Involved, Written
from varta.cases.errors import CaseNotFound
from varta.cases.involving import involve
from varta.cases.models import Case
from varta.lib.uuid7 import moment_of, uuid7_from
from varta.people.models import Officer
from varta.people.scope import Reader


@transaction.atomic
def receive(
    *,
    key: UUID,
    by: Reader,
    at: datetime,
    received_at: datetime,
    record: Mapping[str, Any],
    place: str,
    unit: str,
    caller: Mapping[str, str] | None = None,
    part: str = "caller",
    parent: UUID | None = None,
) -> Written:
    """Register a call and return its opening entry.

    `record` is what `procedures.call.Call` asks for; `caller`: surname, given, patronymic, phone, as far as
    they are known; `place` and `unit` are codes.
    """
    people = involve(caller or {}, part=part, key=key, by=by, at=received_at)
    return take(
        key=key,
        procedure="call",
        step="receive",
        data=record,
        by=by,
        at=at,
        received_at=received_at,
        place=place,
        unit=unit,
        people=people,
        parent=parent,
    )


def assign(
    *, key: UUID, call: UUID, crew: UUID, by: Reader, at: datetime, received_at: datetime, why: str = ""
) -> Written:
    """Send a crew to a call. Raises CrewIsBusy, CrewOffDuty, CrewIsThere, CrewNotFound."""
    found = visible_crew(by, crew)
    data = {"force": found.force, "crew": found.call_sign, "shift": str(crew), "why": why}
    return _step("assign", key=key, call=call, data=data, by=by, at=at, received_at=received_at)


def divert(
    *, key: UUID, call: UUID, crew: UUID, by: Reader, at: datetime, received_at: datetime, why: str = ""
) -> Written:
    """Take a crew from the call where it is and send it to this one, both or neither."""
    found = visible_crew(by, crew)
    with transaction.atomic():
        from_call = found.sendings.filter(left_at=None).values_list("call", flat=True).first()
        if from_call is not None and from_call != call:
            # Both cases are held in one order, so that two diversions cannot wait for each other.
            list(Case.objects.filter(key__in=[from_call, call]).order_by("key").select_for_update())
            first = uuid7_from(moment_of(key), key, "release")
            release(
                key=first, call=from_call, crew=crew, reason="diverted", by=by, at=at, received_at=received_at
            )
        return assign(key=key, call=call, crew=crew, by=by, at=at, received_at=received_at, why=why)


@transaction.atomic
def relieve(
    *,
    key: UUID,
    call: UUID,
    crew: UUID,
    instead: UUID,
    by: Reader,
    at: datetime,
    received_at: datetime,
    why: str = "",
) -> Written:
    """Send a crew to a call in place of another that still drives there, both or neither."""
    first = uuid7_from(moment_of(key), key, "release")
    given = {"by": by, "at": at, "received_at": received_at}
    release(key=first, call=call, crew=instead, reason="cancelled", **given)
    return assign(key=key, call=call, crew=crew, why=why, **given)


def accept(*, key: UUID, call: UUID, crew: UUID, by: Reader, at: datetime, received_at: datetime) -> Written:
    """Write that the crew has the call and is on its way."""
    data = {"crew": visible_crew(by, crew).call_sign, "shift": str(crew)}
    return _step("accept", key=key, call=call, data=data, by=by, at=at, received_at=received_at)


def arrive(
    *,
    key: UUID,
    call: UUID,
    crew: UUID,
    by: Reader,
    at: datetime,
    received_at: datetime,
    found: str = "",
    crime_signs: bool = False,
) -> Written:
    """Write that the crew is on the spot; the first arrival of a call meets its norm, later ones add to it."""
    data = {
        "crew": visible_crew(by, crew).call_sign,
        "shift": str(crew),
        "found": found,
        "crime_signs": crime_signs,
    }
    taken = {entry.step: entry.key for entry in queries.timeline(_call(by, call))}
    step = "arrive_also" if taken.get("arrive", key) != key else "arrive"
    return _step(step, key=key, call=call, data=data, by=by, at=at, received_at=received_at)


def release(
    *,
    key: UUID,
    call: UUID,
    crew: UUID,
    reason: str,
    by: Reader,
    at: datetime,
    received_at: datetime,
    note: str = "",
) -> Written:
    """Free a crew from a call; `reason` is a code of procedures.call.RELEASE."""
    data = {"reason": reason, "crew": visible_crew(by, crew).call_sign, "shift": str(crew), "note": note}
    return _step("release", key=key, call=call, data=data, by=by, at=at, received_at=received_at)


def close(
    *, key: UUID, call: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """End a call with its outcome; its crews are free from then on."""
    return _step("close", key=key, call=call, data=record, by=by, at=at, received_at=received_at)


def report_shortage(
    *, key: UUID, call: UUID, reason: str, by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Tell the head of unit that the shift's forces cannot respond at once."""
    data = {"reason": reason}
    return _step("report_shortage", key=key, call=call, data=data, by=by, at=at, received_at=received_at)


def decide_shortage(
    *, key: UUID, call: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Write what the head decided about short forces."""
    return _step("forces_shortage", key=key, call=call, data=record, by=by, at=at, received_at=received_at)


def draw_protocol(
    *, key: UUID, call: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Write down the protocol about a knowingly false call."""
    return _step("false_call", key=key, call=call, data=record, by=by, at=at, received_at=received_at)


def register_crime(
    *, key: UUID, call: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Write down the entry into the register of pre-trial investigations, which the 24 hours wait for."""
    return _step("register_crime", key=key, call=call, data=record, by=by, at=at, received_at=received_at)


def join(
    *, key: UUID, call: UUID, to: UUID, by: Reader, at: datetime, received_at: datetime, reason: str = ""
) -> Written:
    """Join a report to the call of the same event, which ends the report; never to itself or to a joined one."""
    target = _call(by, to)
    if to == call or target.last_step == "join":
        raise errors.JoinedToItself()
    data = {"number": f"{target.number}/{target.year}", "call": str(to), "reason": reason}
    return _step("join", key=key, call=call, data=data, by=by, at=at, received_at=received_at)


# Where a matter goes: the procedure of the child case and its first step.
OPENS = {"criminal_block": ("joint_task", "send"), "domestic_violence": ("domestic_violence", "register")}


@transaction.atomic
def hand_over(
    *,
    key: UUID,
    call: UUID,
    to: str,
    record: Mapping[str, Any],
    by: Reader,
    at: datetime,
    received_at: datetime,
    unit: str | None = None,
    note: str = "",
) -> tuple[Written, Written]:
    """Open a child case with `record` and write in the call where it went; return the two entries, the call's first.

    `to` is a code of procedures.call.RECEIVER. The people of the call take part in the child case, too.
    """
    case = _call(by, call)
    procedure, step = OPENS[to]
    child = take(
        key=uuid7_from(moment_of(key), key, "child"),
        procedure=procedure,
        step=step,
        data=record,
        by=by,
        at=at,
        received_at=received_at,
        place=case.place_id,
        unit=unit or case.unit_id,
        people=_people(case),
        parent=call,
    )
    data = {"to": to, "number": f"{child.number}/{child.year}", "note": note}
    return _step("hand_over", key=key, call=call, data=data, by=by, at=at, received_at=received_at), child


@transaction.atomic
def begin_shift(
    *,
    key: UUID,
    by: Reader,
    at: datetime,
    received_at: datetime,
    record: Mapping[str, Any],
    place: str,
    unit: str,
) -> Written:
    """Begin a crew's turn of duty; `record` is what `procedures.duty_shift.Begin` asks for."""
    logins = logins_of(str(record.get("officers", "")))
    known = set(Officer.objects.filter(login__in=logins, is_active=True).values_list("login", flat=True))
    if missing := [login for login in logins if login not in known]:
        raise errors.UnknownOfficers(logins=", ".join(missing))
    return take(
        key=key,
        procedure="duty_shift",
        step="begin",
        data=record,
        by=by,
        at=at,
        received_at=received_at,
        place=place,
        unit=unit,
    )


@transaction.atomic
def change_shift(
    *,
    key: UUID,
    crew: UUID,
    step: str,
    record: Mapping[str, Any],
    by: Reader,
    at: datetime,
    received_at: datetime,
) -> Written:
    """Pause, resume or end a crew's turn of duty. Raises StillSent where it ends while at a call."""
    return take(
        key=key,
        case=crew,
        procedure="duty_shift",
        step=step,
        data=record,
        by=by,
        at=at,
        received_at=received_at,
    )


def move(
    *, crew: UUID, lat: float, lon: float, accuracy_m: float | None, by: Reader, at: datetime
) -> Position:
    """Keep where the crew was last seen; an older report than the one that is there changes nothing."""
    found = visible_crew(by, crew)
    if found.ended_at is not None:
        raise errors.CrewOffDuty(crew=found.call_sign)
    position, fresh = Position.objects.get_or_create(
        crew=found, defaults={"lat": lat, "lon": lon, "accuracy_m": accuracy_m, "seen_at": at}
    )
    if not fresh and position.seen_at < at:
        position.lat, position.lon, position.accuracy_m, position.seen_at = lat, lon, accuracy_m, at
        position.save()
    return position


def visible_crew(by: Reader, crew: UUID) -> Crew:
    """Return a crew that the reader may see; raise CrewNotFound."""
    scope = {
        "place_pre__range": (by.place_from, by.place_to),
        "unit_pre__range": (by.unit_from, by.unit_to),
    }
    found = Crew.objects.filter(key=crew, **scope).first()
    if found is None:
        raise errors.CrewNotFound()
    return found


def _call(by: Reader, call: UUID) -> Case:
    found = queries.visible_to(by).filter(key=call, procedure="call").first()
    if found is None:
        raise CaseNotFound(case=call)
    return found


def _people(case: Case) -> tuple[Involved, ...]:
    parts = case.involvements.order_by("part", "person_id").values_list("person_id", "part")
    return tuple(Involved(person, part) for person, part in parts)


@transaction.atomic
def _step(
    step: str,
    *,
    key: UUID,
    call: UUID,
    data: Mapping[str, Any],
    by: Reader,
    at: datetime,
    received_at: datetime,
) -> Written:
    return take(
        key=key, case=call, procedure="call", step=step, data=data, by=by, at=at, received_at=received_at
    )
