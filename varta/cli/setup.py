"""`varta setup`: everything that `varta run` needs, without starting it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

import click

from varta.cli import django_ready

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@click.command()
@click.option("--demo/--no-demo", default=False, help="Also make the demo data, if there is none.")
@click.option("--browser", is_flag=True, help="Only install the browser that the tests drive.")
def command(demo: bool, browser: bool) -> None:
    """Prepare the database: tables, territory, units, static files. Repeatable, and quick the second time."""
    if browser:
        click.echo(f"Browser: {install_browser()}")
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
        import_module("varta.cli.demo").command.main([], standalone_mode=False)
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
    call_command("createcachetable", verbosity=0)


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
    """Load territory and units if there are none yet."""
    from varta.places.models import Territory, Unit

    load = import_module("varta.cli.load").command
    if not Territory.objects.exists():
        say("Loading the territory of Ukraine.")
        load.main(["territory"], standalone_mode=False)
    if not Unit.objects.exists():
        load.main(["units"], standalone_mode=False)


def _show_accounts() -> None:
    """Print the demo accounts, one for each role, with the passwords of this installation."""
    from rich.console import Console
    from rich.table import Table

    from varta.people import demo

    table = Table("Login", "Password", "Role", "Роль", title="Demo accounts", title_justify="left")
    for account in demo.accounts():
        table.add_row(account.login, account.password, account.role["en"], account.role["uk"])
    Console().print(table)


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine, or None. VARTA_CHROMIUM names another."""
    given = os.environ.get("VARTA_CHROMIUM")
    candidates: Iterable[str | None] = [given] if given else [shutil.which(name) for name in BROWSERS]
    return next((path for path in candidates if path and Path(path).exists()), None)


def install_browser() -> str:
    """Return the path of a Chromium, installed with apt-get when it is missing and this is root."""
    if found := find_browser():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
        for arguments in (["update", "-qq"], install):
            subprocess.run(["apt-get", *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
        if found := find_browser():
            return found
    raise click.ClickException(
        "The browser tests need Chromium, and it is not on this machine.\n"
        "Install it as root:  apt-get install chromium\n"
        "or name one:         VARTA_CHROMIUM=/path/to/chromium make test"
    )
