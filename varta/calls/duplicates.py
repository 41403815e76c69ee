"""Calls that a new report may be about: offered for joining, never joined by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from varta.calls.following import of_cases
from varta.cases import queries as cases
from varta.cases.models import Case, Involvement
from varta.people.scope import Reader
from varta.places import queries as places
from varta.places.models import Territory
from varta.planning.likeness import FAR_M, WITHIN_MINUTES, Likeness, Report, likeness
from varta.procedures.call import GUARDED

MOST = 3  # calls that are offered
COMPARED = 60  # of the newest calls around: more than an hour of a busy hromada


@dataclass(frozen=True, slots=True)
class Alike:
    """A call and how alike it is to the new report; what it says of the event stays in the call."""

    case: Case
    likeness: Likeness

    @property
    def address(self) -> str:
        """Return where it is; "" for events whose exact place no list shows."""
        return "" if self.case.facts.get("kind") in GUARDED else self.case.facts.get("address", "")


def alike(report: Report, reader: Reader, *, place: Territory, not_same: Iterable[UUID] = ()) -> list[Alike]:
    """Return the calls that may be about the same event, the likeliest first, at most three.

    `place` is the settlement of the report; `not_same` are calls that the officer has said are others.
    """
    near = list(_around(report, reader, place).exclude(key__in=list(not_same))[:COMPARED])
    followed, phones = of_cases(near), _phones(near) if report.phone else {}
    found = []
    for case in near:
        record = followed[case.key].record
        other = _report(case, record, phones.get(case.key, ""))
        found.append(Alike(case, likeness(report, other)))
    offered = [one for one in found if one.likeness.is_offered]
    return sorted(offered, key=lambda one: -one.likeness.score)[:MOST]


def of_call(case: Case, record: Mapping[str, Any], reader: Reader) -> list[Case]:
    """Return the open calls that may be about the event of a registered call, the likeliest first."""
    report = _report(case, record, _phones([case]).get(case.key, ""))
    found = alike(report, reader, place=case.place, not_same=[case.key])
    return [one.case for one in found if one.case.closed_at is None]


def _around(report: Report, reader: Reader, place: Territory) -> QuerySet[Case]:
    """Return calls of the same hours in the same hromada, or in a place near the point; joined ones stay out."""
    span = timedelta(minutes=WITHIN_MINUTES)
    inside = Q(place__hromada=place.hromada) if place.hromada else Q(place=place.code)
    if report.point is not None:
        south, north, west, east = places.box(*report.point, 10 * FAR_M / 1000)
        inside |= Q(place__lat__range=(south, north), place__lon__range=(west, east))
    calls = cases.visible_to(reader).filter(
        procedure="call", opened_at__range=(report.at - span, report.at + span)
    )
    return calls.filter(inside).exclude(last_step="join").select_related("place").order_by("-opened_at")


def _report(case: Case, record: Mapping[str, Any], phone: str) -> Report:
    lat, lon = record.get("lat"), record.get("lon")
    return Report(
        at=case.opened_at,
        place=case.place.code,
        hromada=case.place.hromada or "",
        kind=record.get("kind", ""),
        about=record.get("about", ""),
        address=record.get("address", ""),
        point=(lat, lon) if lat is not None and lon is not None else None,
        phone=phone,
    )


def _phones(near: Sequence[Case]) -> dict[UUID, str]:
    callers = Involvement.objects.filter(case__in=[case.key for case in near], part="caller")
    return dict(callers.values_list("case_id", "person__phone_digits"))
