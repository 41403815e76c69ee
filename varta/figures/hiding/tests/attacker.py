"""An attacker who knows all that was ever published, and nothing of how Varta hides.

Written apart from what it attacks: it takes each printed count as a sum of the smallest pieces (a row with no rows
below it, a stretch of days that no period cuts, a kind), sets those sums to what was printed, and asks scipy's
linear programming for the least and the most that any count can be.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

from varta.figures.hiding import Key

Piece = tuple[str, str, str]  # quantity, row, day


class Attacker:
    """Knows the trees, which kinds make a whole, and every printed count."""

    def __init__(
        self, leaves: Mapping[str, Sequence[str]], kinds: Mapping[str, Sequence[str]], days: Sequence[str]
    ):
        self.leaves, self.kinds, self.days = leaves, kinds, days
        self.place: dict[Piece, int] = {}
        self.shown: dict[Key, int] = {}

    def reads(self, shown: Mapping[Key, int]) -> "Attacker":
        self.shown |= shown
        return self

    def pieces(self, key: Key) -> frozenset[Piece]:
        return frozenset(
            (kind, leaf, day)
            for kind in self.kinds.get(key.quantity, [key.quantity])
            for leaf in self.leaves.get(key.row, [key.row])
            for day in self.days
            if key.first <= day <= key.last
        )

    def bounds(self, wanted: Iterable[Piece]) -> tuple[float, float]:
        sums = {key: self.pieces(key) for key in self.shown}
        wanted = frozenset(wanted)
        listed = sorted(set().union(wanted, *sums.values()))
        place = {piece: nth for nth, piece in enumerate(listed)}
        matrix = np.zeros((len(sums), len(listed)))
        for row, held in enumerate(sums.values()):
            matrix[row, [place[piece] for piece in held]] = 1
        cost = np.zeros(len(listed))
        cost[[place[piece] for piece in wanted]] = 1
        known = {"A_eq": matrix, "b_eq": [self.shown[key] for key in sums]} if sums else {}
        low, high = (linprog(sign * cost, **known, bounds=(0, None), method="highs") for sign in (1, -1))
        return low.fun, np.inf if high.status == 3 else -high.fun


def subtraction(table: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return the hidden cells that repeated subtraction from the margins gives: one left in its line, again and again.

    `table` and `hidden` hold the margins in their last row and column.
    """
    hidden, found = hidden.copy(), np.zeros_like(hidden)
    again = True
    while again:
        again = False
        for line in (
            *zip(*np.where(hidden.sum(1, keepdims=True) * hidden == 1), strict=True),
            *zip(*np.where(hidden.sum(0, keepdims=True) * hidden == 1), strict=True),
        ):
            hidden[line], found[line], again = False, True, True
    return found & (table > 0) & (table < 5)
