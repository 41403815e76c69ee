"""What the worker does for the lake by itself."""

from procrastinate.contrib.django import app

from varta.lake import dimensions
from varta.lake.refresh import mend
from varta.lake.refresh import refresh as bring_up
from varta.lib.clock import now


@app.periodic(cron="* * * * * */20")  # the sixth field is seconds
@app.task(queueing_lock="lake.refresh", pass_context=False)
def refresh(timestamp: int) -> None:
    """Bring the lake up to the journal, three times a minute."""
    bring_up(now())


@app.periodic(cron="29 * * * *")
@app.task(queueing_lock="lake.dimensions", pass_context=False)
def places_and_units(timestamp: int) -> None:
    """Write the places and units that figures are grouped by, every hour."""
    dimensions.write()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="lake.compare", pass_context=False)
def compare(timestamp: int) -> None:
    """Compare every file with its SHA-256 once a night, and make anew what is not what was written."""
    mend(now(), deep=True)
