"""`varta manage`: Django's own commands."""

import click

from varta.cli import django_ready


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.option("--owner", is_flag=True, help="Connect as the owner of the tables instead of the application.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(owner: bool, arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, for example `varta manage check`."""
    django_ready(role="owner" if owner else "app", process="varta manage")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["varta manage", *arguments])
