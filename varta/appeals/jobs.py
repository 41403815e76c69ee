"""What the worker does for appeals by itself."""

from procrastinate.contrib.django import app

from varta.appeals import reminding
from varta.lib.clock import now


@app.periodic(cron="12 4,7 * * *")  # UTC: early in the Kyiv morning, and once more should that have failed
@app.task(queueing_lock="appeals.remind", lock="appeals.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Every morning, remind executors and heads of what is due."""
    reminding.remind(now())
