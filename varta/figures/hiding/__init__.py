"""What the public may see: nothing small, and nothing small by subtraction from all that was ever published."""

from varta.figures.hiding.behind import Split, quantities, splits
from varta.figures.hiding.build import Figure, Told
from varta.figures.hiding.key import Key
from varta.figures.hiding.protect import CannotProtect, Protection, Why, protect
from varta.figures.hiding.small import THRESHOLD, behind, is_small, shown_to_public

__all__ = [
    "THRESHOLD",
    "CannotProtect",
    "Figure",
    "Key",
    "Protection",
    "Split",
    "Told",
    "Why",
    "behind",
    "is_small",
    "protect",
    "quantities",
    "shown_to_public",
    "splits",
]
