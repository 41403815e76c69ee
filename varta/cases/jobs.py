"""What the worker does for the journal by itself."""

from procrastinate.contrib.django import app

from varta.cases import partitions, seals
from varta.lib.clock import now
from varta.people.scope import Reader, reading


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="cases.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seal what was written in the last five minutes."""
    seals.seal(now())


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="cases.months", pass_context=False)
def months_ahead(timestamp: int) -> None:
    """Make the journal's partitions for the next twelve months."""
    with reading(Reader.system()):
        partitions.ensure(partitions.ahead(now()))
