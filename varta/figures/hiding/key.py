"""What a count is called."""

from collections.abc import Mapping
from typing import NamedTuple

Tree = Mapping[str, str]  # code of a row -> that of the row it is a part of
Span = tuple[str, str]  # first and last day, ISO, both inclusive
Node = tuple[str, str]  # quantity and row


class Key(NamedTuple):
    """Which count: of what, of which row, of which days (ISO, both inclusive)."""

    quantity: str
    row: str
    first: str
    last: str

    @property
    def node(self) -> Node:
        """Return what is counted where, whatever the days."""
        return self.quantity, self.row

    @property
    def span(self) -> Span:
        """Return the days."""
        return self.first, self.last


class Fact(NamedTuple):
    """Over these days, and any part of them, the parts make the whole."""

    whole: Node
    parts: tuple[Node, ...]
    span: Span
