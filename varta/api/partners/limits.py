"""How often partners ask: counted by the minute, so that a flood is stopped and seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min, Q, Sum

from varta.api.models import Partner, Use
from varta.people.roles import may
from varta.people.scope import Reader

SLOTS = (
    8  # rows a minute: a request waits only for connections of the same slot, and never for two slots at once
)
WATCHED = timedelta(hours=1)
KEPT = timedelta(days=7)
FAULTY = 30  # refused messages within an hour that are worth a notice

_COUNT = """
INSERT INTO api_use (partner_id, minute, slot, asked, faulty, over) VALUES (%s, %s, pg_backend_pid() %% %s, %s, %s, %s)
ON CONFLICT (partner_id, minute, slot) DO UPDATE SET
    asked = api_use.asked + excluded.asked,
    faulty = api_use.faulty + excluded.faulty,
    over = api_use.over + excluded.over
"""


@dataclass(frozen=True)
class Flood:
    """A partner that sends more than it may, or much that cannot be read, within the last hour."""

    partner: str
    count: int  # refused requests
    over: int  # of them because there were too many
    since: datetime  # the minute of the first


def minute_of(at: datetime) -> datetime:
    """Return the minute of a moment."""
    return at.replace(second=0, microsecond=0)


def count(partner: Partner, *, at: datetime, asked: int = 0, faulty: int = 0, over: int = 0) -> None:
    """Add to what the partner did in this minute."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [partner.pk, minute_of(at), SLOTS, asked, faulty, over])


def asked_in_minute(partner: Partner, *, at: datetime) -> int:
    """Return how often the partner asked in this minute, this request included."""
    uses = Use.objects.filter(partner=partner, minute=minute_of(at))
    return uses.aggregate(asked=Sum("asked"))["asked"] or 0


def over_in_minute(partner: Partner, *, at: datetime) -> int:
    """Return how many requests of this minute were one too many."""
    uses = Use.objects.filter(partner=partner, minute=minute_of(at))
    return uses.aggregate(over=Sum("over"))["over"] or 0


def seconds_left(at: datetime) -> int:
    """Return in how many seconds the next minute begins, at least one."""
    return max(1, 60 - at.second)


def floods(reader: Reader, *, now: datetime) -> list[Flood]:
    """Return the partners that flood a duty officer's or a head's area, the worst first; others are shown none."""
    if reader.role not in ("duty", "head") or not may(reader, "cases"):
        return []
    recent = Use.objects.filter(
        minute__gte=minute_of(now - WATCHED),
        minute__lte=now,
        partner__place__pre__lte=reader.place_to,
        partner__place__pre_end__gte=reader.place_from,
    )
    refused = recent.filter(Q(faulty__gt=0) | Q(over__gt=0)).values("partner__account__name")
    summed = refused.annotate(faults=Sum("faulty"), overs=Sum("over"), first=Min("minute"))
    found = list(_worth_a_notice(summed))
    return sorted(found, key=lambda flood: -flood.count)


def _worth_a_notice(summed) -> Iterator[Flood]:
    for row in summed:
        if row["overs"] or row["faults"] >= FAULTY:
            refused = row["faults"] + row["overs"]
            yield Flood(row["partner__account__name"], refused, row["overs"], row["first"])


def forget_old(*, now: datetime) -> int:
    """Delete counts older than a week and return how many rows went. Call it as the system."""
    return Use.objects.filter(minute__lt=now - KEPT).delete()[0]
