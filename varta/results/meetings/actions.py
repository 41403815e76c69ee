"""Writes of meetings. Each is some entries in one transaction: all are kept or none.

Keys of further entries follow from the sender's key, so that a second send writes nothing twice.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.cases import queries as cases
from varta.cases.actions import take
from varta.cases.canon import Written
from varta.cases.errors import CaseNotFound
from varta.cases.models import Case
from varta.lib.uuid7 import moment_of, uuid7_from
from varta.people.models import Officer
from varta.people.scope import Reader
from varta.places.models import Unit
from varta.procedures import meeting as law
from varta.results.meetings import errors, queries, state, telling
from varta.results.meetings.models import Decision, Meeting

Same = Callable[[Mapping[str, Any]], bool]  # whether a record concerns the same thing


def _derived(key: UUID, *parts: object) -> UUID:
    return uuid7_from(moment_of(key), key, *parts)


@transaction.atomic
def call(
    *,
    key: UUID,
    record: Mapping[str, Any],
    place: str,
    unit: str,
    by: Reader,
    at: datetime,
    received_at: datetime,
    items: Sequence[Mapping[str, Any]] = (),
    units: Sequence[str] = (),
    answer_by: date | None = None,
) -> Written:
    """Call a meeting with its first agenda, and invite these units."""
    written = take(
        key=key, procedure="meeting", step="call", data=record, by=by, at=at, received_at=received_at,
        place=place, unit=unit,
    )  # fmt: skip
    moments = {"at": at, "received_at": received_at}
    for number, item in enumerate(items, start=1):
        data = dict(item) | {"number": number}
        _take(written.case_key, "agenda", data, key=_derived(key, "agenda", number), by=by, **moments)
    if units:
        invite(key=_derived(key, "invite"), meeting=written.case_key, units=units, answer_by=answer_by,
               by=by, **moments)  # fmt: skip
    return written


@transaction.atomic
def invite(
    *,
    key: UUID,
    meeting: UUID,
    units: Sequence[str],
    by: Reader,
    at: datetime,
    received_at: datetime,
    answer_by: date | None = None,
) -> Written:
    """Invite units: each gets an invitation of its own to answer, and its heads a notice.

    Raises NoUnit for a unit that is unknown or outside the reader's area.
    """
    written = _take(
        meeting, "invite", {"units": "\n".join(units)}, key=key, by=by, at=at, received_at=received_at
    )
    row = Meeting.objects.get(key=meeting)
    invited = set(queries.invitations(by, row))
    for unit in Unit.objects.filter(code__in=units).order_by("pre"):
        if unit.code not in invited:
            take(
                key=_derived(key, "invitation", unit.code), procedure="meeting_invitation", step="send",
                data=_invitation(row, answer_by), by=by, at=at, received_at=received_at,
                place=queries.place_of(unit), unit=unit.code, parent=meeting,
            )  # fmt: skip
            telling.tell(unit, row, "meeting_invited", by=by, at=received_at)
    return written


def _invitation(row: Meeting, answer_by: date | None) -> dict[str, Any]:
    told = row.told
    return {name: told[name] for name in ("title", "title_en", "on", "hour", "where", "video")} | {
        "answer_by": answer_by.isoformat() if answer_by else None
    }


@transaction.atomic
def postpone(
    *, key: UUID, meeting: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Postpone the meeting, put its invitations right, and tell the invited."""
    written = _take(meeting, "postpone", record, key=key, by=by, at=at, received_at=received_at)
    row = Meeting.objects.get(key=meeting)
    for invitation in queries.invitations(by, row).values():
        opening = cases.journal(invitation)[0]
        data = _invitation(row, None) | {"answer_by": opening.data["answer_by"]}
        take(
            key=_derived(key, "invitation", invitation.key), procedure="meeting_invitation", step="send", data=data,
            by=by, at=opening.at, received_at=received_at, case=invitation.key, corrects=opening.key,
        )  # fmt: skip
        telling.tell(invitation.unit, row, "meeting_postponed", by=by, at=received_at)
    return written


@transaction.atomic
def cancel(
    *, key: UUID, meeting: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Cancel the meeting, withdraw the invitations that wait for an answer, and tell the invited."""
    written = _take(meeting, "cancel", record, key=key, by=by, at=at, received_at=received_at)
    row = Meeting.objects.get(key=meeting)
    for invitation in queries.invitations(by, row).values():
        _withdraw(invitation, "cancelled", key=key, by=by, at=at, received_at=received_at)
        telling.tell(invitation.unit, row, "meeting_cancelled", by=by, at=received_at)
    return written


@transaction.atomic
def begin(
    *, key: UUID, meeting: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Open the meeting; nobody needs to answer its invitations any more."""
    written = _take(meeting, "open", record, key=key, by=by, at=at, received_at=received_at)
    for invitation in queries.invitations(by, Meeting.objects.get(key=meeting)).values():
        _withdraw(invitation, "held", key=key, by=by, at=at, received_at=received_at)
    return written


def _withdraw(
    invitation: Case, reason: str, *, key: UUID, by: Reader, at: datetime, received_at: datetime
) -> None:
    if invitation.closed_at is None:
        take(
            key=_derived(key, "withdraw", invitation.key), procedure="meeting_invitation", step="withdraw",
            data={"reason": reason}, by=by, at=at, received_at=received_at, case=invitation.key,
        )  # fmt: skip


@transaction.atomic
def put_item(
    *, key: UUID, meeting: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime,
    number: int = 0, seen: int | None = None,
) -> Written:  # fmt: skip
    """Put an item on the agenda at its end, or put the item with this number right."""
    entries = _locked(meeting)
    items = {one["number"]: one for one in state.told(entries)["items"]}
    if number and number not in items:
        raise errors.NoSuchItem(number=number)
    if number:
        _not_outrun(entries, "agenda", lambda data: data["number"] == number, seen=seen, key=key)
    held = _held(entries, key)
    data = dict(record) | {"number": number or (held or {"number": max(items, default=0) + 1})["number"]}
    corrects = UUID(items[number]["entry"]) if number else None
    return _take(meeting, "agenda", data, key=key, by=by, at=_not_before(entries, corrects, at),
                 received_at=received_at, corrects=corrects)  # fmt: skip


@transaction.atomic
def write_minutes(
    *, key: UUID, meeting: UUID, number: int, record: Mapping[str, Any], by: Reader, at: datetime,
    received_at: datetime, seen: int | None = None,
) -> Written:  # fmt: skip
    """Write the minutes of an item; a second time they put the first right.

    `seen`: how many entries the meeting had when the writer looked. Raises Outrun when somebody
    wrote about the same item since.
    """
    entries = _locked(meeting)
    _not_outrun(entries, "minutes", lambda data: data["number"] == number, seen=seen, key=key)
    item = next((one for one in state.told(entries)["items"] if one["number"] == number), None)
    if item is None:
        raise errors.NoSuchItem(number=number)
    corrects = UUID(item["heard_entry"]) if item["heard_entry"] and _held(entries, key) is None else None
    return _take(meeting, "minutes", dict(record) | {"number": number}, key=key, by=by,
                 at=_not_before(entries, corrects, at), received_at=received_at, corrects=corrects)  # fmt: skip


@transaction.atomic
def attend(
    *, key: UUID, meeting: UUID, rows: Sequence[Mapping[str, Any]], by: Reader, at: datetime,
    received_at: datetime, seen: int | None = None,
) -> int:  # fmt: skip
    """Enter the attendance of units that changed, and return of how many."""
    entries = _locked(meeting)
    before, written = state.attendance(entries), 0
    for row in rows:
        unit = row["unit"]
        given = {"came": row["came"], "who": row.get("who", ""), "reason": row.get("reason", "")}
        if before.get(unit) == given:
            continue
        _not_outrun(entries, "attend", lambda data, unit=unit: data["unit"] == unit, seen=seen, key=key)
        _take(meeting, "attend", given | {"unit": unit}, key=_derived(key, unit), by=by, at=at,
              received_at=received_at)  # fmt: skip
        written += 1
    return written


@transaction.atomic
def decide(
    *, key: UUID, meeting: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Enter a decision, open the joint task of its owner unit, and tell the unit.

    Raises NoUnit for an owner that is unknown or outside the reader's area.
    """
    entries = _locked(meeting)
    numbers = [one["number"] for one in state.told(entries)["decisions"]]
    held = _held(entries, key)
    number = held["number"] if held else max(numbers, default=0) + 1
    task = _derived(key, "task")
    data = dict(record) | {"number": number, "task": str(task)}
    written = _take(meeting, "decide", data, key=key, by=by, at=at, received_at=received_at)
    owner, row = _owner(data["owner"], by), Meeting.objects.get(key=meeting)
    take(
        key=task, procedure="joint_task", step="send", data=_task(row, written.data), by=by, at=at,
        received_at=received_at, place=queries.place_of(owner), unit=owner.code, parent=meeting,
    )  # fmt: skip
    due = f"{date.fromisoformat(written.data['due']):%d.%m.%Y}"
    telling.tell(owner, row, "meeting_decided", by=by, at=received_at, about=str(task), due=due)
    return written


def _owner(code: str, by: Reader) -> Unit:
    owner = Unit.objects.filter(code=code).first()
    if owner is None or not by.covers_unit(owner.pre):
        raise errors.NoUnit(unit=code)
    return owner


def _task(row: Meeting, decided: Mapping[str, Any]) -> dict[str, Any]:
    """Return the task's record; its text is what the decision says."""
    return {
        "kind": "decision",
        "about": decided["text"],
        "basis": f"Протокол № {row.number} від {row.on:%d.%m.%Y}, рішення {decided['number']}",
        "due": decided["due"],
        "number": decided["number"],
    }


@transaction.atomic
def correct_decision(
    *, key: UUID, meeting: UUID, number: int, record: Mapping[str, Any], by: Reader, at: datetime,
    received_at: datetime,
) -> Written:  # fmt: skip
    """Put a decision right in the minutes and in the owner's task; the owner stays, since the task is its case."""
    entries = _locked(meeting)
    found = next((one for one in state.told(entries)["decisions"] if one["number"] == number), None)
    if found is None:
        raise errors.NoSuchItem(number=number)
    old = next(one for one in entries if str(one.key) == found["entry"])
    fixed = {"number": number, "task": found["task"], "owner": found["owner"]}
    written = _take(meeting, "decide", dict(record) | fixed, key=key, by=by, at=old.at, received_at=received_at,
                    corrects=old.key)  # fmt: skip
    task = queries.task_of(by, UUID(found["task"]))
    if task is None:
        raise CaseNotFound(case=found["task"])
    opening = cases.journal(task)[0]
    take(
        key=_derived(key, "task"), procedure="joint_task", step="send",
        data=_task(Meeting.objects.get(key=meeting), written.data), by=by, at=opening.at, received_at=received_at,
        case=task.key, corrects=opening.key,
    )  # fmt: skip
    return written


@transaction.atomic
def follow_up(*, key: UUID, meeting: Meeting, by: Reader, at: datetime, received_at: datetime) -> int:
    """Enter how each former decision stands on the day of the meeting, and return how many there are."""
    _locked(meeting.key)
    listed: list[Decision] = queries.former(by, meeting)
    for decision in listed:
        code, days = state.standing(decision, on=meeting.on)
        data = {"task": str(decision.key), "standing": code, "days": days}
        _take(
            meeting.key,
            "follow_up",
            data,
            key=_derived(key, decision.key),
            by=by,
            at=at,
            received_at=received_at,
        )
    return len(listed)


def close(
    *, key: UUID, meeting: UUID, record: Mapping[str, Any], by: Reader, at: datetime, received_at: datetime
) -> Written:
    """Close the meeting; its minutes must be there."""
    return _take(meeting, "close", record, key=key, by=by, at=at, received_at=received_at)


def _take(meeting: UUID, step: str, data: Mapping[str, Any], **more: Any) -> Written:
    return take(procedure=law.procedure.code, step=step, data=data, case=meeting, **more)


def _locked(meeting: UUID) -> list[Written]:
    """Return the meeting's entries, holding other writers off until the transaction ends."""
    case = Case.objects.select_for_update(of=("self",)).filter(key=meeting, procedure="meeting").first()
    if case is None:
        raise CaseNotFound(case=meeting)
    return cases.journal(case)


def _held(entries: Sequence[Written], key: UUID) -> Mapping[str, Any] | None:
    """Return what this very form wrote before, where it is sent a second time."""
    return next((one.data for one in entries if one.key == key), None)


def _not_before(entries: Sequence[Written], corrects: UUID | None, at: datetime) -> datetime:
    """Return when the step happened: what puts an entry right happened when that did."""
    return next((one.at for one in entries if one.key == corrects), at)


def _not_outrun(entries: Sequence[Written], step: str, same: Same, *, seen: int | None, key: UUID) -> None:
    """Refuse to write over what somebody wrote about the same thing after the writer had looked."""
    if seen is None:
        return
    newer = [one for one in entries[seen:] if one.step == step and same(one.data) and one.key != key]
    if newer:
        officer = Officer.objects.filter(pk=newer[-1].officer_id).first()
        raise errors.Outrun(
            who={lang: officer.name_in(lang) if officer else "—" for lang in ("uk", "en")},
            what=law.procedure.step(step).title,
            seen=len(entries),
        )
