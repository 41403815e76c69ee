"""`varta setup`: everything that `varta run` needs, without starting it."""

import os
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

import click

from varta.cli import django_ready
from varta.lib import browser


@click.command()
@click.option("--demo/--no-demo", default=False, help="Also make the demo data, if there is none.")
@click.option(
    "--browser", "browser_only", is_flag=True, help="Only install the browser that the tests drive."
)
def command(demo: bool, browser_only: bool) -> None:
    """Prepare the database: tables, territory, units, static files. Repeatable, and quick the second time."""
    if browser_only:
        try:
            click.echo(f"Browser: {browser.install()}")
        except browser.BrowserMissing as error:
            raise click.ClickException(str(error)) from error
        return
    prepare(demo=demo, say=click.echo)


def prepare(*, demo: bool, say: Callable[[str], None]) -> None:
    """Bring the database and the static files to what this version needs; say what takes time."""
    import_module("varta.cli.messages").command.main(["--quiet"], standalone_mode=False)
    django_ready(role="owner", process="varta setup")
    _migrate(say)
    _become_app()
    _collect_static()
    _load_ground(say)
    if demo:
        _make_demo()
        _show_accounts()


def _migrate(say: Callable[[str], None]) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        say(f"Bringing the database to this version: {len(waiting)} migrations.")
        call_command("migrate", interactive=False, verbosity=0)


def _become_app() -> None:
    """Go on as the application's role: what follows needs no more rights than a page has."""
    from django.db import connection

    from varta.lib import postgres

    connection.close()
    os.environ["VARTA_DATABASE_ROLE"] = "app"
    entry = postgres.django_database("app")
    connection.settings_dict.update(
        {name: entry[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    )


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _load_ground(say: Callable[[str], None]) -> None:
    """Load territory, boundaries and units if there are none yet."""
    from varta.places.models import PlaceShape, Territory, Unit

    load = import_module("varta.cli.load").command
    if not Territory.objects.exists():
        say("Loading the territory of Ukraine.")
        load.main(["territory"], standalone_mode=False)
    if not PlaceShape.objects.exists():
        load.main(["boundaries"], standalone_mode=False)
    if not Unit.objects.exists():
        load.main(["units"], standalone_mode=False)


def _make_demo() -> None:
    """Make the demo data; where there are cases already, let the worker add what is missing."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    from varta.calls.demo import watch
    from varta.cases.models import Case
    from varta.lib import clock
    from varta.people import demo
    from varta.people.scope import Reader, reading

    with reading(Reader.system()):
        begun = Case.objects.exists()
    if not begun:
        import_module("varta.cli.demo").command.main([], standalone_mode=False)
        return
    demo.make(at=clock.now())
    watch.stand(at=clock.now())
    with suppress(AlreadyEnqueued):
        app.configure_task("varta.demo", queueing_lock="varta.demo").defer()


def _show_accounts() -> None:
    """Print the demo accounts, one for each role, with the passwords of this installation."""
    from rich.console import Console
    from rich.table import Table

    from varta.people import demo

    table = Table(title="Demo accounts", title_justify="left")
    for whole in ("Login", "Password"):
        table.add_column(whole, no_wrap=True)
    table.add_column("Роль")
    table.add_column("Role")
    for account in demo.accounts():
        table.add_row(account.login, account.password, account.role["uk"], account.role["en"])
    Console().print(table)
