"""Notices to the heads of invited and of owner units: day and hour, nothing about people."""

from datetime import datetime
from typing import Any

from varta.lib.clock import kyiv_day
from varta.notices import actions as notices
from varta.notices.models import Channel
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader
from varta.places.models import Unit
from varta.results.meetings.models import Meeting


def tell(unit: Unit, meeting: Meeting, template: str, *, by: Reader, at: datetime, **more: Any) -> int:
    """Write a notice to each head of the unit who has an address, and return how many; each tells a thing once.

    `about` among the rest tells notices of one kind apart, as of two decisions.
    """
    told = f"{more.pop('about', '')}:{meeting.on}:{meeting.hour}"
    context = {"day": f"{meeting.on:%d.%m.%Y}", "hour": meeting.hour, "key": str(meeting.key)} | more
    return sum(
        notices.send(
            to=officer.email, channel=Channel.EMAIL, template=template, language=officer.language,
            dedupe=f"{template}:{meeting.key}:{unit.code}:{officer.pk}:{told}", by=by, at=at, context=context,
            about=meeting.key,
        )
        for officer in heads_of(unit, at=at)
        if officer.email
    )  # fmt: skip


def heads_of(unit: Unit, *, at: datetime) -> list[Officer]:
    """Return the heads appointed to this very unit on the day."""
    found = Appointment.objects.valid(kyiv_day(at)).filter(unit=unit, role="head", officer__is_active=True)
    return [one.officer for one in found.select_related("officer")]
