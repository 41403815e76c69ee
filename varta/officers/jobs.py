"""What the worker does for the room of hromada officers."""

from uuid import UUID

from procrastinate.contrib.django import app

from varta.lib.clock import now
from varta.officers import solving
from varta.officers.hromada import duties


@app.periodic(cron="32 3,9 * * *")  # UTC: before the working day, and once more should that have failed
@app.task(queueing_lock="officers.begin_duties", lock="officers.begin_duties", pass_context=False)
def begin_duties(timestamp: int) -> None:
    """Every morning, begin the duties of officers who came to a hromada."""
    duties.begin_missing(at=now())


@app.task(lock="officers.plans", pass_context=False)
def solve_plan(key: str) -> None:
    """Solve a plan; the lock lets the next one wait, since one solve keeps both cores busy."""
    solving.solve(UUID(key), now=now)
