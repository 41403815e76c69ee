"""A source's own territory and units: loaded before its calls, and never twice."""

from datetime import date

from varta.calls.files.mapping import Mapping
from varta.places import codifier, units
from varta.places import territory as territories

SINCE = date(1990, 1, 1)  # the journal takes nothing older


def prepare(mapping: Mapping, *, today: date) -> None:
    """Load the territory and the units that the mapping names; raise LoadRefused if they are wrong."""
    if mapping.territory is not None:
        own = mapping.territory
        read = codifier.read(own.file, root=own.root, otherwise=today)
        territories.load(read, root=territories.Root(own.root, own.name, own.name_en))
    if mapping.units is not None:
        units.load(units.read(mapping.units.file), as_of=SINCE)
