"""`varta demo`: accounts, calls and appeals of the demonstration."""

from datetime import datetime

import click
from django.apps import apps

from varta.cli import django_ready


@click.command()
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 16), help="Processes to use.")
def command(jobs: int) -> None:
    """Make the accounts and the invented calls and appeals of the demonstration; a second run adds nothing.

    January to September of 2018 and 2019 over the whole country, and the last days up to now.
    """
    if not apps.ready:  # `varta setup` has begun already
        django_ready(process="varta demo")
    from varta.appeals import demo as office
    from varta.calls.demo import making, watch
    from varta.calls.files.pool import spread
    from varta.calls.files.progress import bar, told
    from varta.cases import seals
    from varta.lake import dimensions
    from varta.lake.refresh import refresh
    from varta.lib.clock import now
    from varta.officers.demo import hromadas
    from varta.officers.demo import making as programme
    from varta.people import demo
    from varta.places import demo as ground
    from varta.places.errors import LoadRefused
    from varta.places.models import Unit

    at = now()
    if not Unit.objects.exists():
        raise click.ClickException(
            "Немає території та підрозділів. Спершу виконайте: varta setup.\n"
            "There are no places and units yet. First run: varta setup."
        )
    demo.make(at=at)
    ground.make()
    story = making.chapters(at)
    try:
        with bar("parts") as progress:
            task = progress.add_task("Calls and appeals", total=len(story), rate="")
            made = making.make(story, jobs=jobs, tell=lambda one: progress.advance(task))
            progress.update(task, description="The programme of hromada officers")
            for one in spread(programme.write, programme.chapters(at), jobs=jobs, begin=programme.begin):
                made.add(one)
            progress.update(task, description="Letters and receptions")
            office.make(now=now())
            progress.update(task, description="Bringing the figures up to date")
            dimensions.write()
            refresh(now())
            hromadas.make(at=at)
            refresh(now())
            progress.update(task, description="Targets, the report of nine months, its meeting")
            _tell_results(at)
            seals.seal(now())
    except LoadRefused as refused:
        raise told(refused) from None
    click.echo(
        f"Demo: {made.cases:,} cases and {made.written:,} entries added, {made.repeated:,} already there."
    )
    stood = watch.stand(at=now())
    if stood.crews:
        click.echo(f"On duty: {stood.crews} crews around Dnipro, {stood.calls} calls of the last hour.")
    if made.refused:
        click.echo(f"{len(made.refused)} invented cases left out, for example {made.refused[0]}")


def _tell_results(at: datetime) -> None:
    """Set targets, make the report of nine months, and hold its meeting; the lake is up to date."""
    from varta.lib.clock import now
    from varta.results import demo as report
    from varta.results.ahead import demo as prospects
    from varta.results.meetings import demo as meetings
    from varta.results.out.press import demo as press

    prospects.write(now())
    report.make(now=now())
    press.make(report=report.NAME)
    meetings.make(at=at)
