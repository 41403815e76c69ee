"""The `varta` command: every other file of this folder is one command, found by its name."""

import importlib
import os
import pkgutil

import click


class Commands(click.Group):
    """A group whose commands are the files of this folder; a file is imported when its command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the alphabet."""
        return sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if name != "tests")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None, and click then says that there is no such command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return importlib.import_module(f"{__name__}.{cmd_name}").command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="varta", prog_name="varta")
def main() -> None:
    """Varta: the information system of community policing.

    `varta run` starts everything on this machine. `varta COMMAND --help` explains one command.
    """


def django_ready(*, role: str = "app", process: str | None = None) -> None:
    """Start the embedded database if Varta has one, and Django: what a command that uses data calls first.

    `role` is the database role of this process, "app" or "owner"; `process` names it in the list of the
    database's connections. At the end of the process the server is stopped if nobody else uses it.
    """
    import atexit

    import django

    from varta.lib import postgres

    os.environ["VARTA_DATABASE_ROLE"] = role
    os.environ["VARTA_PROCESS"] = process or "varta"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varta.settings")
    postgres.use()
    atexit.register(postgres.leave)
    if role == "owner":
        postgres.bootstrap()
    else:
        postgres.bootstrap_once()
    django.setup()
