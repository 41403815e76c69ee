"""Telephones that every page for residents names. They are short and free of charge."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Line(NamedTuple):
    """A telephone and what it is for."""

    number: str
    title: str | Promise

    @property
    def dialled(self) -> str:
        """Return the number as a link dials it."""
        return self.number.replace(" ", "")


POLICE, RESCUE = Line("102", _("Police")), Line("112", _("All emergency services"))
HELP = (
    Line("116 123", _("Violence in the family and discrimination, day and night")),
    Line("15 47", _("The state’s line against violence, day and night")),
    Line("116 111", _("For children and young people")),
)
EMERGENCY: Mapping[str, Line] = {"police": POLICE, "rescue": RESCUE}
