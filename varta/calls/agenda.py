"""What the desk adds to an officer's week: the turn of duty that runs, and the call to which the crew is sent."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from varta.calls import crewpage
from varta.cases.agenda import Item, Week
from varta.lib.clock import kyiv_day
from varta.people.roles import may


def turn(week: Week) -> Iterator[Item]:
    """Yield the officer's turn of duty of today, and its call; without a turn, the way to begin one."""
    if not may(week.reader, "desk"):
        return
    today, address = kyiv_day(week.now), reverse("calls:crew")
    found = crewpage.mine(week.reader, week.appointment.officer.login, now=week.now)
    if found is None:
        yield Item(today, _("No turn of duty runs"), _("Begin one"), address=address, kind="shift")
        return
    state = "ok" if found.row.state == "free" else "soon"
    text = found.crew.call_sign
    yield Item(today, _("My turn of duty"), text, address=address, state=state, kind="shift")
    if found.case is not None:
        number = f"{found.case.number}/{found.case.year}"
        title = _("My call %(number)s") % {"number": number}
        yield Item(today, title, found.case.place.title, address=address, state="late", kind="call")
