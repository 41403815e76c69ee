"""What is read of the outbox: counts, never contents."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from varta.notices.models import Channel, Notice
from varta.people.scope import Reader, reading

LATE = timedelta(hours=1)  # a notice that could have gone and has not for so long
DAY = timedelta(days=1)

WAITING = Q(sent_at=None, given_up_at=None)


@dataclass(frozen=True)
class State:
    """How one channel does: counts, the age of the oldest that is late, the last error."""

    channel: str
    waiting: int = 0
    late: int = 0
    oldest: datetime | None = None
    sent: int = 0  # in the last day
    given_up: int = 0  # in the last day
    sent_at: datetime | None = None

    @property
    def title(self) -> str:
        """Return the channel's name."""
        return str(Channel(self.channel).label)


def states(*, now: datetime) -> list[State]:
    """Return the state of each channel. Counts belong to nobody, so no reader is asked for."""
    with reading(Reader.system()):
        rows = Notice.objects.values("channel").annotate(
            waiting=Count("key", filter=WAITING),
            late=Count("key", filter=WAITING & _late(now)),
            oldest=Min("made_at", filter=WAITING & _late(now)),
            sent=Count("key", filter=Q(sent_at__gte=now - DAY)),
            given_up=Count("key", filter=Q(given_up_at__gte=now - DAY)),
            sent_at=Max("sent_at"),
        )
        found = {row["channel"]: State(**row) for row in rows}
    return [found.get(channel, State(channel)) for channel in Channel.values]


def errors(*, now: datetime, limit: int = 10) -> list[dict[str, object]]:
    """Return the errors of the last day with how often each came, the most frequent first."""
    with reading(Reader.system()):
        failed = Notice.objects.filter(Q(given_up_at__gte=now - DAY) | WAITING).exclude(error="")
        return list(
            failed.values("channel", "error").annotate(count=Count("key")).order_by("-count", "error")[:limit]
        )


def waiting_and_late(*, now: datetime) -> tuple[int, int]:
    """Return how many notices wait, and how many of them should have gone an hour ago."""
    with reading(Reader.system()):
        counted = Notice.objects.filter(WAITING).aggregate(
            waiting=Count("key"), late=Count("key", filter=_late(now))
        )
    return counted["waiting"], counted["late"]


def due(*, now: datetime, limit: int) -> list[UUID]:
    """Return the notices that may be tried now, the longest waiting first."""
    with reading(Reader.system()):
        ready = Notice.objects.filter(WAITING, not_before__lte=now).order_by("not_before")
        return list(ready.values_list("key", flat=True)[:limit])


def _late(now: datetime) -> Q:
    """Return the condition that a notice was tried or tryable long ago: quiet hours are not lateness."""
    return Q(not_before__lt=now - LATE) | Q(tries__gt=0, made_at__lt=now - LATE)
