"""`varta migrate`: brings the database to the form that this version needs."""

import click

from varta.cli import django_ready


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail if a migration waits.")
def command(check: bool) -> None:
    """Bring the database to the form that this version of Varta needs.

    Runs as the owner of the tables. On the embedded server it also makes the roles and the database.
    """
    django_ready(role="owner", process="varta migrate")
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1, check_unapplied=check)
