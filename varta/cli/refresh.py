"""`varta refresh`: bring the lake up to the journal, without waiting for the worker."""

import click

from varta.cli import django_ready


@click.command()
def command() -> None:
    """Bring the lake up to the journal, as the worker does three times a minute."""
    django_ready(process="varta refresh")
    from varta.lake import dimensions
    from varta.lake.refresh import refresh
    from varta.lib.clock import now

    dimensions.write()
    done = refresh(now())
    if done.by_another:
        click.echo("Another process is refreshing the lake now.")
    else:
        click.echo(f"{done.rows:,} rows written; {done.cases_again:,} cases written again.")
