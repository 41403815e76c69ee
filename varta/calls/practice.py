"""Numbers that the desk goes by: custom, not law. An installation that works otherwise changes them here."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from varta.lib.clock import KYIV

BOARD = timedelta(hours=48)  # calls that were opened earlier are in the list of cases, and counted
MOST = 300  # rows of a board: more nobody reads

# A crew that has not accepted a call after so long is asked for: "no answer" is offered.
ANSWER_WITHIN: Mapping[str, timedelta] = {
    "alpha": timedelta(minutes=2),
    "beta": timedelta(minutes=3),
    "gamma": timedelta(minutes=5),
    "delta": timedelta(minutes=10),
    "unknown": timedelta(minutes=3),
}
SEEN_LATELY = timedelta(minutes=10)  # an older position of a crew is shown as old

# A turn of duty at the desk begins at these Kyiv hours and lasts until the next one.
TURNS = (time(8), time(20))

# The exact place of a guarded event is not shown on a board: the row reaches every screen of the scope, some
# of which stand where visitors pass. Whoever opens the call sees it, and the look is written down.
COARSE = 2  # decimals of degrees that remain of their coordinates: about a kilometre


def turn_of(moment: datetime) -> tuple[datetime, datetime]:
    """Return the beginning and the end of the turn of duty that runs at a moment, in Kyiv time."""
    local = moment.astimezone(KYIV)
    days = [local.date() + timedelta(days=shift) for shift in (-1, 0, 1)]
    edges = [datetime.combine(day, hour, tzinfo=KYIV) for day in days for hour in TURNS]
    begun = max(edge for edge in edges if edge <= local)
    return begun, min(edge for edge in edges if edge > local)


# So many calls of one telephone within so long: the desk is warned, shown the history and reminded of the protocol for
# a knowingly false call. The call is registered all the same: refusing is forbidden.
FLOOD = 4
FLOOD_WITHIN = timedelta(hours=1)

# A call that came in so much later than it was taken is marked: it waited in a browser for the server.
LATE_AFTER = timedelta(minutes=10)
