"""Nothing small can be computed from what is published; an attacker apart from the solver tries."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from varta.figures.hiding import (
    THRESHOLD,
    Figure,
    Key,
    Split,
    is_small,
    protect,
)
from varta.figures.hiding.tests.attacker import Attacker

MONTHS = ("2019-01", "2019-02", "2019-03", "2019-04")
PERIODS = {"jan": (0, 0), "feb": (1, 1), "quarter": (0, 2), "feb-apr": (1, 3), "four months": (0, 3)}
KINDS = ("appeals complaint", "appeals request")
SPLITS = (Split("appeals", KINDS),)
LEAVES = {"UA": ("a1", "a2", "a3", "b1", "b2"), "A": ("a1", "a2", "a3"), "B": ("b1", "b2")}
TREE = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b2": "B", "A": "UA", "B": "UA"}
ROWS = (*TREE, "UA")
LEVELS = {"country": ("UA",), "oblast": ("A", "B", "UA"), "hromada": ROWS}
Truth = dict[tuple[str, str, str], int]


def counted(truth: Truth, key: Key) -> int:
    pieces = Attacker(LEAVES, {"appeals": (*KINDS, "appeals other")}, MONTHS).pieces(key)
    return sum(truth.get(piece, 0) for piece in pieces)


def keys(level: str, period: str, quantities=("appeals", *KINDS)) -> list[Key]:
    first, last = (MONTHS[nth] for nth in PERIODS[period])
    # a month stands for its days: the pieces of the attacker are months, and the periods name days
    return [Key(quantity, row, first, last) for quantity in quantities for row in LEVELS[level]]


def figures(truth: Truth, asked: list[Key]) -> list[Figure]:
    return [Figure(key, ((dated(key), counted(truth, key)),)) for key in asked]


def dated(key: Key) -> Key:
    """Return the key with days: a month from its first to its last."""
    ends = {"2019-01": "31", "2019-02": "28", "2019-03": "31", "2019-04": "30"}
    return key._replace(first=f"{key.first}-01", last=f"{key.last}-{ends[key.last]}")


def shown(asked: list[Figure], hidden) -> dict[Key, int]:
    return {figure.name: figure.counts[0][1] for figure in asked if figure.name not in hidden}


def attacker() -> Attacker:
    return Attacker(LEAVES, {"appeals": (*KINDS, "appeals other")}, MONTHS)


def narrow(attack: Attacker, truth: Truth, printed: list[Key]) -> list[Key]:
    """Return the small printed counts that the attacker knows closer than the threshold."""
    small = [key for key in printed if is_small(counted(truth, key))]
    return [key for key in small if np.diff(attack.bounds(attack.pieces(key)))[0] < THRESHOLD - 1e-6]


def known_small(attack: Attacker, truth: Truth, printed: list[Key]) -> list[tuple[Key, Key]]:
    """Return the pairs whose difference is a small count, and known to be one."""
    found = []
    for one, other in combinations(printed, 2):
        for whole, part in ((one, other), (other, one)):
            left = attack.pieces(whole) - attack.pieces(part)
            if attack.pieces(part) < attack.pieces(whole) and is_small(
                counted(truth, whole) - counted(truth, part)
            ):
                low, high = attack.bounds(left)
                if low > 1e-6 and high < THRESHOLD - 1e-6:
                    found.append((whole, part))
    return found


pieces = st.sampled_from((0, 0, 1, 1, 2, 3, 4, 6, 9, 15, 40))
truths = st.fixed_dictionaries(
    {
        (kind, leaf, month): pieces
        for kind in (*KINDS, "appeals other")
        for leaf in LEAVES["UA"]
        for month in MONTHS
    }
)
tables = st.tuples(st.sampled_from(tuple(LEVELS)), st.sampled_from(tuple(PERIODS)))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(truths, st.lists(tables, min_size=1, max_size=3, unique=True))
def test_no_small_count_is_known_whatever_was_published_one_after_another(truth, published):
    attack, earlier, printed = attacker(), [], []
    for level, period in published:
        asked = figures(truth, keys(level, period))
        found = protect(asked, earlier=earlier, trees=(TREE,), splits=SPLITS)
        attack.reads(shown(asked, found.hidden))
        earlier.append(found.counts)
        printed += keys(level, period)

    assert narrow(attack, truth, printed) == []
    assert known_small(attack, truth, printed) == []


FLAT: Truth = {
    ("appeals other", leaf, "2019-01"): n for leaf, n in zip(LEAVES["UA"], (3, 20, 31, 40, 12), strict=True)
}


def test_the_attacker_has_success_where_only_small_counts_are_hidden():
    asked = figures(FLAT, keys("hromada", "jan", ("appeals",)))
    small = {figure.name for figure in asked if is_small(figure.counts[0][1])}

    attack = attacker().reads(shown(asked, small))

    assert narrow(attack, FLAT, [figure.name for figure in asked]) == [
        Key("appeals", "a1", "2019-01", "2019-01")
    ]
