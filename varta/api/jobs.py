"""What the worker does for the API by itself."""

from procrastinate.contrib.django import app

from varta.api.partners import limits
from varta.lib.clock import now
from varta.people.scope import Reader, reading


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="api.forget_old", pass_context=False)
def forget_old(timestamp: int) -> None:
    """Clear what partners asked more than a week ago, every night."""
    with reading(Reader.system()):
        limits.forget_old(now=now())
