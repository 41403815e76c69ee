"""What is asked of the lake itself: how old it is."""

from datetime import datetime, timedelta

from varta.lake import manifest


def age(now: datetime) -> timedelta | None:
    """Return how long ago the lake was brought up to the journal; None if it never was."""
    refreshed_at = manifest.read().refreshed_at
    return now - datetime.fromisoformat(refreshed_at) if refreshed_at else None
