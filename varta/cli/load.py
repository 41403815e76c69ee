"""`varta load`: brings places, units and calls in from files."""

import sys

import click

from varta.calls.files import commands as calls
from varta.cli import django_ready
from varta.officers import commands as officers
from varta.places import commands as places
from varta.results.ahead import commands as ahead


@click.group()
def command() -> None:
    """Load places, units, calls and what was published from files; the same file again changes nothing."""
    if not {"-h", "--help"} & set(sys.argv):
        django_ready(process="varta load")


for load in (
    places.territory,
    places.hromadas,
    places.units,
    places.boundaries,
    places.facts,
    places.beats,
    calls.calls,
    officers.programme_series,
    ahead.targets,
    ahead.earlier_months,
):
    command.add_command(load)
