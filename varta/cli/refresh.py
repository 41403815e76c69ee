"""`varta refresh`: bring the lake up to the journal, without waiting for the worker."""

import click

from varta.cli import django_ready


@click.command()
@click.option(
    "--rebuild", "spot", help="Make one month of a folder anew from entries, for example call.arrive/2019-03."
)
@click.option(
    "--compare", is_flag=True, help="Compare every file with its SHA-256 and make anew what differs."
)
def command(spot: str | None, compare: bool) -> None:
    """Bring the lake up to the journal, as the worker does three times a minute."""
    django_ready(process="varta refresh")
    from varta.lake import dimensions
    from varta.lake.refresh import mend, refresh
    from varta.lib.clock import now

    if spot:
        _say(_rebuild(spot))
        return
    if compare:
        _say(mend(now(), deep=True))
        return
    dimensions.write()
    _say(refresh(now()))


def _rebuild(spot: str):
    from varta.lake.damage import month_of
    from varta.lake.refresh import rebuild
    from varta.lib.clock import now

    try:
        folder, month = month_of(spot)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    return rebuild(folder, month, now())


def _say(done) -> None:
    if done.by_another:
        click.echo("Another process is refreshing the lake now.")
        return
    for spot in done.rebuilt:
        click.echo(f"Made anew from entries: {spot}.")
    click.echo(f"{done.rows:,} rows written; {done.cases_again:,} cases written again.")
