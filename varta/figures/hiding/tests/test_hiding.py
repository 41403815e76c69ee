"""Nothing small can be computed from what is published; an attacker apart from the solver tries."""

from itertools import combinations
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varta.figures.hiding import (
    THRESHOLD,
    CannotProtect,
    Figure,
    Key,
    Split,
    Told,
    is_small,
    protect,
)
from varta.figures.hiding.tests.attacker import Attacker, subtraction

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


def test_each_publication_protected_by_itself_gives_small_counts_away_together():
    truth = FLAT | {("appeals other", "b1", "2019-02"): 3}
    attack, together, earlier = attacker(), attacker(), []
    for period in ("jan", "quarter"):
        asked = figures(truth, keys("hromada", period, ("appeals",)))
        attack.reads(shown(asked, protect(asked, trees=(TREE,)).hidden))
        found = protect(asked, trees=(TREE,), earlier=earlier)
        together.reads(shown(asked, found.hidden))
        earlier.append(found.counts)
    pair = [Key("appeals", "b1", "2019-01", last) for last in ("2019-01", "2019-03")]

    assert known_small(attack, truth, pair) == [(pair[1], pair[0])]
    assert known_small(together, truth, pair) == []


def flat(values: list[int]) -> list[Figure]:
    named = {"whole": sum(values)} | {f"row {nth}": value for nth, value in enumerate(values)}
    return [
        Figure(name, ((Key("n", name, "2019-01-01", "2019-01-31"), value),)) for name, value in named.items()
    ]


def under_whole(rows: int) -> dict[str, str]:
    return {f"row {nth}": "whole" for nth in range(rows)}


@pytest.mark.parametrize(
    "values", [[1, 7, 9, 30], [2, 2, 0, 50], [4, 3, 12, 12], [1, 1, 1, 5], [3, 90, 80, 70]]
)
def test_no_choice_that_protects_loses_less(values):
    asked, leaves = flat(values), {"whole": tuple(f"row {nth}" for nth in range(len(values)))}
    cost = {figure.name: 1 + log2(1 + figure.counts[0][1]) for figure in asked}
    small = [nth for nth, value in enumerate(values) if is_small(value)]

    def protects(hidden: frozenset) -> bool:
        attack = Attacker(leaves, {}, ["2019-01-01"]).reads(
            {figure.counts[0][0]: figure.counts[0][1] for figure in asked if figure.name not in hidden}
        )
        # the reader knows that a zero is always told: one more than nothing, in each hidden row
        names = [f"row {nth}" for nth in range(len(values))]
        low = {name: 1 for name in names if name in hidden and values[names.index(name)]}
        rooms = [sum(values[names.index(name)] - low.get(name, 0) for name in hidden if name in names)]
        return all(
            f"row {nth}" in hidden
            and np.diff(attack.bounds([("n", f"row {nth}", "2019-01-01")]))[0] >= THRESHOLD - 1e-6
            and ("whole" in hidden or rooms[0] >= THRESHOLD)
            for nth in small
        )

    possible = [figure.name for figure in asked if figure.counts[0][1]]
    sets = (frozenset(part) for size in range(len(possible) + 1) for part in combinations(possible, size))
    best = min(sum(cost[name] for name in part) for part in sets if protects(part))
    found = protect(asked, trees=(under_whole(len(values)),))

    assert found.lost == pytest.approx(best)
    assert found.bound == pytest.approx(best, rel=1e-3)


def test_when_time_is_over_the_choice_still_protects_and_tells_its_gap():
    truth = {(kind, leaf, "2019-01"): n for kind in KINDS for n, leaf in enumerate(LEAVES["UA"], start=2)}
    asked = figures(truth, keys("hromada", "jan"))

    found = protect(asked, trees=(TREE,), splits=SPLITS, seconds=0)

    attack = attacker().reads(shown(asked, found.hidden))
    assert narrow(attack, truth, [figure.name for figure in asked]) == []
    assert 0 <= found.gap < 1


def test_what_former_publications_give_away_is_refused_by_the_name_of_its_row():
    given = [Told(figure.counts[0][0], figure.counts[0][1], True) for figure in flat([3, 7])]

    with pytest.raises(CannotProtect, match="row 0"):
        protect(flat([3, 7])[1:2], earlier=[[given[0], given[2]]], trees=(under_whole(2),))


def test_an_unchanged_figure_that_was_hidden_as_a_guard_stays_hidden_in_the_next_edition():
    first = protect(flat([3, 20, 31]), trees=(under_whole(3),))
    again = protect(flat([3, 20, 31]), trees=(under_whole(3),), earlier=[first.counts])

    assert again.hidden == first.hidden == {"row 0": "small", "row 1": "guard"}


def test_a_small_change_between_editions_is_hidden_and_a_large_one_is_told():
    first = protect(flat([30, 20, 31]), trees=(under_whole(3),))
    few = protect(flat([32, 20, 31]), trees=(under_whole(3),), earlier=[first.counts])
    many = protect(flat([50, 20, 31]), trees=(under_whole(3),), earlier=[first.counts])

    assert few.hidden["row 0"] == "change"
    assert many.hidden == {}


def test_repeated_subtraction_finds_most_small_counts_of_a_table_and_none_once_it_is_protected():
    dice = np.random.default_rng(2026)
    inner = dice.geometric(1 / 30, (12, 6)) - 1
    table = np.block([[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum()]])
    key = {(i, j): Key(f"k{j}", f"r{i}", "2019-01-01", "2019-01-31") for i, j in np.ndindex(table.shape)}
    asked = [Figure(place, ((key[place], int(table[place])),)) for place in key]
    rows, kinds = (
        {f"r{nth}": "r12" for nth in range(12)},
        (Split("k6", tuple(f"k{nth}" for nth in range(6))),),
    )
    small = (table > 0) & (table < THRESHOLD)

    found = protect(asked, trees=(rows,), splits=kinds)

    hidden = np.zeros_like(small)
    for place in found.hidden:
        hidden[place] = True
    assert subtraction(table, small).sum() > small.sum() / 3
    assert subtraction(table, hidden).sum() == 0
