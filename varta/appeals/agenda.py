"""What the office of appeals adds to an officer's week: the hours of reception of the own unit."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from varta.appeals.models import ReceptionHours
from varta.cases.agenda import Item, Week


def receptions(week: Week) -> Iterator[Item]:
    """Yield the hours of reception of the officer's unit on each day of the week."""
    hours = list(ReceptionHours.objects.filter(unit=week.appointment.unit_id))
    day = week.first
    while day <= week.last:
        for one in hours:
            if one.weekday == day.isoweekday():
                told = f"{one.since:%H:%M}–{one.until:%H:%M}"
                text = f"{one.place} · {one.who}"
                yield Item(
                    day, _("Reception in person"), text, told, reverse("appeals:reception"), kind="reception"
                )
        day += timedelta(days=1)
