"""What the worker does for residents."""

from procrastinate.contrib.django import app

from varta.lib.clock import now
from varta.residents import actions, limits, telling


@app.periodic(cron="* * * * * */10")  # the sixth field is seconds
@app.task(queueing_lock="residents.tell", lock="residents.tell", pass_context=False)
def tell(timestamp: int) -> None:
    """Every ten seconds, write the notices of what is new."""
    telling.tell(at=now())


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="residents.forget", pass_context=False)
def forget(timestamp: int) -> None:
    """Every hour, forget counts that have ended, and addresses that are no longer needed."""
    limits.forget(at=now())
    actions.forget(at=now())
