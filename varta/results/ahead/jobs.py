"""What the worker does for forecasts."""

from uuid import UUID

from procrastinate.contrib.django import app

from varta.lib.clock import now
from varta.results.ahead import making


@app.task(lock="ahead.forecasts", pass_context=False)
def make_forecasts(key: str) -> None:
    """Make forecasts; the lock lets the next one wait."""
    making.make(UUID(key), now=now)
