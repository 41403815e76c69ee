"""What the worker does for notices."""

from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from varta.lib.clock import now
from varta.notices import actions, queries
from varta.notices.providers import NotSent, telegram

ROUND = 200  # notices in one round

_log = structlog.get_logger("varta.notices")


@app.task(pass_context=False)
def deliver_one(key: str) -> None:
    """Send a notice that has just been written."""
    actions.deliver(key=UUID(key), at=now())


@app.periodic(cron="* * * * * */30")  # the sixth field is seconds
@app.task(queueing_lock="notices.deliver", lock="notices.deliver", pass_context=False)
def deliver(timestamp: int) -> None:
    """Twice a minute, try what failed before, and what a killed worker left."""
    for key in queries.due(now=now(), limit=ROUND):
        actions.deliver(key=key, at=now())


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="notices.chats", lock="notices.chats", pass_context=False)
def chats(timestamp: int) -> None:
    """Ask the bot of Telegram who sent a code; nothing without a bot."""
    try:
        telegram.hear(now())
    except NotSent as error:
        _log.warning("telegram is silent", error=str(error))


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="notices.forget", pass_context=False)
def forget(timestamp: int) -> None:
    """Every night, forget addresses that are no longer needed."""
    actions.forget(at=now())
