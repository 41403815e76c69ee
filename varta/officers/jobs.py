"""What the worker does for the room of hromada officers."""

from procrastinate.contrib.django import app

from varta.lib.clock import now
from varta.officers.hromada import duties


@app.periodic(cron="32 3,9 * * *")  # UTC: before the working day, and once more should that have failed
@app.task(queueing_lock="officers.begin_duties", lock="officers.begin_duties", pass_context=False)
def begin_duties(timestamp: int) -> None:
    """Every morning, begin the duties of officers who came to a hromada."""
    duties.begin_missing(at=now())
