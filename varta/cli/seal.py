"""`varta seal`: seal what was written since the last seal, without waiting for the worker."""

import click

from varta.cli import django_ready


@click.command()
def command() -> None:
    """Seal what was written since the last seal, as the worker does every five minutes."""
    django_ready(process="varta seal")
    from varta.cases import seals
    from varta.lib.clock import now

    line = seals.seal(now())
    click.echo(
        f"Seal {line.nth}: {line.entries} entries, {line.looks} looks." if line else "Nothing new to seal."
    )
