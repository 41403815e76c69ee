"""Duties that begin by themselves: each serving hromada officer owes a report, each of their hromadas a meeting."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from varta.cases.models import Case
from varta.lib.clock import day_start, kyiv_day
from varta.officers import ground
from varta.officers.hromada import actions, queries
from varta.people.models import Appointment
from varta.people.scope import Reader, reading

FRESH = timedelta(days=7)  # so old may an appointment be to count from its first day, and not from today


def begin_missing(*, at: datetime) -> int:
    """Begin the duties that nobody has begun, and return how many; a second run begins none.

    A term counts from the day of the appointment, or from the day on which Varta first saw an older one.
    """
    with reading(Reader.system()):
        return sum(_begun(appointment, at=at) for appointment in list(_serving(at)))


def _serving(at: datetime) -> Iterator[Appointment]:
    found = Appointment.objects.valid(kyiv_day(at)).filter(role=queries.OFFICER, officer__is_active=True)
    if not settings.DEMO:
        found = found.filter(officer__is_demo=False)
    yield from (one for one in found.select_related("officer") if ground.is_hromada(one.place))


def _begun(appointment: Appointment, *, at: datetime) -> int:
    since = day_start(appointment.since)
    since = since if at - since <= FRESH else at
    begun = 0
    mine = {"procedure": queries.REPORT, "place": appointment.place, "closed_at": None}
    if not Case.objects.filter(**mine, facts__officer=appointment.officer.login, due_step="publish").exists():
        actions.open_report(appointment=appointment, at=since, received_at=at)
        begun += 1
    if not Case.objects.filter(procedure=queries.MEETING, place=appointment.place, closed_at=None).exists():
        unit = appointment.unit_id
        actions.open_meetings(hromada=appointment.place, unit=unit, at=since, received_at=at)
        begun += 1
    return begun
