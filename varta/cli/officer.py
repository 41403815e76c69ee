"""`varta officer`: accounts from the command line, the first administrator's above all."""

import click

from varta.cli import django_ready
from varta.people.roles import ROLES


@click.group()
def command() -> None:
    """Open accounts and give new passwords, as the administrator's pages do.

    The first administrator of an installation is made here; the pages make the others.
    """


@command.command()
@click.argument("login")
@click.option("--name", required=True, help="Full name, in Ukrainian.")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)), help="What the officer is.")
@click.option("--place", default="UA", show_default=True, help="Code of the territory that the role covers.")
@click.option("--unit", default="NPU", show_default=True, help="Code of the unit that the role covers.")
def add(login: str, name: str, role: str, place: str, unit: str) -> None:
    """Open an account, appoint the officer from today on, and print the first password."""
    django_ready(process="varta officer")
    from varta.lib.clock import kyiv_day, now
    from varta.people import actions
    from varta.people.errors import PeopleRefused
    from varta.people.scope import Reader, reading
    from varta.places import queries

    covered, serving = queries.territory(place), queries.unit(unit)
    if covered is None or serving is None:
        raise click.ClickException(f"There is no {'place' if covered is None else 'unit'} with this code.")
    try:
        with reading(Reader.system()) as by:
            officer, password = actions.open_account(by=by, at=now(), login=login, name=name, unit=serving)
            today = kyiv_day(now())
            actions.appoint(
                by=by, at=now(), officer=officer, role=role, place=covered, unit=serving, since=today
            )
    except PeopleRefused as refusal:
        raise click.ClickException(refusal.text("en")) from refusal
    click.echo(f"{login} signs in with: {password}")
    click.echo("It lapses after three days; the officer chooses another and adds a second factor.")


@command.command()
@click.argument("login")
@click.option("--forget-factors", is_flag=True, help="The second factor is lost too.")
def reset(login: str, forget_factors: bool) -> None:
    """Give an officer a new password, end all sessions, and print it."""
    django_ready(process="varta officer")
    from varta.lib.clock import now
    from varta.people import actions
    from varta.people.models import Officer
    from varta.people.scope import Reader, reading

    officer = Officer.objects.filter(login__iexact=login).first()
    if officer is None:
        raise click.ClickException(f"There is no account {login}.")
    with reading(Reader.system()) as by:
        password = actions.reset_password(by=by, at=now(), officer=officer, forget_factors=forget_factors)
    click.echo(f"{officer.login} signs in with: {password}")
