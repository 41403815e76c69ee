"""What the worker does for the desk by itself: in a demonstration it relieves the invented watch."""

from django.conf import settings
from procrastinate.contrib.django import app

from varta.calls.demo import watch
from varta.lib.clock import now


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="calls.watch", pass_context=False)
def stand_watch(timestamp: int) -> None:
    """Let the crews of this turn of duty begin, where the demonstration has none yet."""
    if settings.DEMO:
        watch.stand(at=now())
