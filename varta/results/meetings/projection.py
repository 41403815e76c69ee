"""Rows of meetings, seats and decisions as the entries leave them; what cannot be is refused before it is written."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.lib.clock import kyiv_day
from varta.people.scope import SYSTEM, current
from varta.places.models import Territory, Unit
from varta.results.meetings import errors, state
from varta.results.meetings.models import Decision, Meeting, Seat

OF_THE_HOST = ("extend", "appraise")
STATES = {"accept": "accepted", "send_back": "sent_back", "report": "reported", "appraise": "appraised"}


class Meetings:
    """Keeps `Meeting` and `Seat` for the procedure `meeting`."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the meeting and its seats; refuse unknown units, the uninvited, unknown items."""
        told = state.told(entries)
        _refuse_step(entries[-1], told)
        meeting = _meeting(entries, told)
        _save(Meeting, meeting)
        seats = _seats(entries, meeting)
        held = Seat.objects.filter(meeting=meeting.key)
        if [_values(one) for one in held.order_by("unit_id")] != [_values(one) for one in seats]:
            held.delete()
            Seat.objects.bulk_create(seats)

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows are not those that the entries leave."""
        meeting = _meeting(entries, state.told(entries))
        held = Meeting.objects.filter(key=meeting.key).first()
        seats = [_values(one) for one in Seat.objects.filter(meeting=meeting.key).order_by("unit_id")]
        return held is None or _values(held) != _values(meeting) or seats != [
            _values(one) for one in _seats(entries, meeting)
        ]  # fmt: skip


def _refuse_step(last: Written, told: dict[str, Any]) -> None:
    if last.step == "invite":
        known = dict(Unit.objects.filter(code__in=last.data["units"].split()).values_list("code", "pre"))
        for code in last.data["units"].split():
            if code not in known or not (current().role == SYSTEM or current().covers_unit(known[code])):
                raise errors.NoUnit(unit=code)
    if last.step == "attend" and last.data["unit"] not in told["units"]:
        raise errors.NotInvited(unit=last.data["unit"])
    numbers = {one["number"] for one in told["items"]}
    number = {"minutes": last.data.get("number"), "decide": last.data.get("item")}.get(last.step)
    if number and number not in numbers:
        raise errors.NoSuchItem(number=number)


def _meeting(entries: Sequence[Written], told: dict[str, Any]) -> Meeting:
    opening, last = entries[0], entries[-1]
    place, unit = _pres(last.place, last.unit)
    return Meeting(
        key=opening.case_key,
        number=f"{opening.number}/{opening.year}",
        place_pre=place,
        unit_id=last.unit,
        unit_pre=unit,
        on=date.fromisoformat(told["on"]),
        hour=told["hour"],
        title=told["title"],
        title_en=told["title_en"],
        report=told["report"],
        state=told["state"],
        told=told,
        entries=len(entries),
    )


def _seats(entries: Sequence[Written], meeting: Meeting) -> list[Seat]:
    units = Unit.objects.filter(code__in=meeting.told["units"]).order_by("code")
    came = state.attendance(entries)
    return [
        Seat(
            meeting=meeting.key,
            unit_id=unit.code,
            unit_pre=unit.pre,
            host_place=meeting.place_pre,
            host_unit=meeting.unit_pre,
            **came.get(unit.code, {}),
        )
        for unit in units
    ]


def _pres(place: str, unit: str) -> tuple[int, int]:
    return (
        Territory.objects.values_list("pre", flat=True).get(code=place),
        Unit.objects.values_list("pre", flat=True).get(code=unit),
    )


class Decisions:
    """Keeps `Decision` for joint tasks that a meeting decided; other tasks leave no row."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the decision; refuse an owner who puts its own term off or appraises itself."""
        if not _is_decision(entries):
            return
        held = Decision.objects.filter(key=entries[0].case_key).first()
        row = _decision(entries, _host(entries[0], held))
        if row is None:
            return
        if entries[-1].step in OF_THE_HOST and not _covers(row.host_place, row.host_unit):
            raise errors.NotTheMeeting()
        _save(Decision, row)

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the row is not what the entries leave."""
        if not _is_decision(entries):
            return False
        held = Decision.objects.filter(key=entries[0].case_key).first()
        row = _decision(entries, _host(entries[0], held))
        return (held and _values(held)) != (row and _values(row))


def _is_decision(entries: Sequence[Written]) -> bool:
    return entries[0].parent is not None and effective(entries)[0].data["kind"] == "decision"


def _host(opening: Written, held: Decision | None) -> tuple[int, int] | None:
    """Return the preorder numbers of the meeting; its owner unit does not see the case, and knows them from the row."""
    if held is not None:
        return held.host_place, held.host_unit
    parent = Case.objects.filter(key=opening.parent, procedure="meeting").first()
    return (parent.place_pre, parent.unit_pre) if parent else None


def _covers(place: int, unit: int) -> bool:
    reader = current()
    return reader.role == SYSTEM or (reader.covers_place(place) and reader.covers_unit(unit))


def _decision(entries: Sequence[Written], host: tuple[int, int] | None) -> Decision | None:
    if host is None:
        return None
    counted = effective(entries)
    sent, last = counted[0], entries[-1]
    by_step = {one.step: one for one in counted}
    extensions = [one for one in counted if one.step == "extend"]
    due = extensions[-1].data["until"] if extensions else sent.data["due"]
    report, appraisal = by_step.get("report"), by_step.get("appraise")
    place, unit = _pres(last.place, last.unit)
    return Decision(
        key=entries[0].case_key,
        meeting=entries[0].parent,
        number=sent.data["number"],
        text=sent.data["about"],
        unit_id=last.unit,
        unit_pre=unit,
        place_pre=place,
        host_place=host[0],
        host_unit=host[1],
        decided_on=kyiv_day(sent.at),
        due=date.fromisoformat(due),
        put_off=len(extensions),
        state=next((STATES[one.step] for one in reversed(counted) if one.step in STATES), "sent"),
        result=report.data["result"] if report else "",
        reported_on=kyiv_day(report.at) if report else None,
        mark=appraisal.data["mark"] if appraisal else "",
    )


def _save(table: type[models.Model], row: Any) -> None:
    held = table._default_manager.filter(pk=row.pk).first()
    if held is None:
        row.save(force_insert=True)
    elif _values(held) != _values(row):
        row.save(force_update=True)


def _values(row: models.Model) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
