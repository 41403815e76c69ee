"""Preorder intervals: everything below a row is inside, nothing else is, and what stands keeps its numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.places.branches import Node, Numbered, ancestors, numbers
from varta.places.errors import Cycle, NoRoom, OrphanParent, TooDeep
from varta.places.numbering import BLOCK


def tree_of(parents):
    """Return nodes 1..n, where node i+1 hangs on the node that parents[i] names, 0 being the root."""
    return [
        Node(line, str(line), str(parent % line), f"{line:04}")
        for line, parent in enumerate(parents, start=1)
    ]


def numbered(nodes, intervals):
    parents = {node.code: node.parent for node in nodes} | {"0": None}
    return {code: Numbered(parents[code], *interval) for code, interval in intervals.items()}


def assert_is_preorder(nodes, intervals):
    chains = ancestors(nodes, root="0", deepest=99)
    for code, (pre, end) in intervals.items():
        for other, (other_pre, other_end) in intervals.items():
            if code == other:
                continue
            inside = pre < other_pre <= end
            assert inside == (code in chains[other])
            assert not inside or other_end <= end


@given(st.lists(st.integers(0, 10_000), max_size=30))
def test_inside_the_interval_means_below_in_the_tree(parents):
    nodes = tree_of(parents)

    intervals = numbers(nodes, {}, root="0", after=0)

    assert len(intervals) == len(nodes) + 1
    assert_is_preorder(nodes, intervals)


@given(
    st.lists(st.integers(0, 10_000), max_size=20),
    st.lists(st.integers(0, 10_000), max_size=20),
)
def test_what_is_added_fits_in_and_nobody_else_is_renumbered(parents, added):
    old = tree_of(parents)
    before = numbers(old, {}, root="0", after=0)
    nodes = tree_of([*parents, *added])

    after = numbers(nodes, numbered(old, before), root="0", after=0)

    assert {code: after[code] for code in before} == before
    assert_is_preorder(nodes, after)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=20), st.integers(0, 100))
def test_a_moved_branch_takes_all_below_it_along(parents, towards):
    old = tree_of(parents)
    before = numbers(old, {}, root="0", after=0)
    chains = ancestors(old, root="0", deepest=99)
    moved = old[-1]
    places = [code for code in before if code != moved.code and moved.code not in chains[code]]
    nodes = [*old[:-1], moved._replace(parent=places[towards % len(places)])]

    after = numbers(nodes, numbered(old, before), root="0", after=0)

    assert_is_preorder(nodes, after)


def test_a_second_country_starts_on_a_free_block():
    first = numbers(tree_of([0, 0]), {}, root="0", after=0)

    second = numbers([], {}, root="US", after=first["0"][1])

    assert second["US"][0] == first["0"][1] + 1
    assert second["US"][0] % BLOCK == 0


def test_a_leaf_takes_more_than_sixty_children_and_then_says_that_it_is_full():
    old = tree_of([0])
    before = numbers(old, {}, root="0", after=0)
    many = [*old, *(Node(line, f"a{line}", "1", f"{line:04}") for line in range(2, 62))]

    after = numbers(many, numbered(old, before), root="0", after=0)

    assert_is_preorder(many, after)
    with pytest.raises(NoRoom):
        more = [*many, *(Node(line, f"b{line}", "1", f"{line:04}") for line in range(62, 80))]
        numbers(more, numbered(many, after), root="0", after=0)


def test_a_parent_that_is_not_there_is_named_with_its_line():
    with pytest.raises(OrphanParent) as refused:
        ancestors([Node(7, "a", "nowhere", "a")], root="0", deepest=5)

    assert refused.value.values == {"line": 7, "code": "a", "parent": "nowhere"}


def test_a_circle_is_named_step_by_step():
    circle = [Node(1, "a", "b", "a"), Node(2, "b", "c", "b"), Node(3, "c", "a", "c")]

    with pytest.raises(Cycle) as refused:
        ancestors(circle, root="0", deepest=5)

    assert "a → b → c" in refused.value.text("en")


def test_a_row_that_lies_in_itself_is_a_circle():
    with pytest.raises(Cycle):
        ancestors([Node(1, "a", "a", "a")], root="0", deepest=5)


def test_a_tree_that_is_too_deep_is_refused():
    nodes = [Node(depth + 1, str(depth + 1), str(depth), "") for depth in range(6)]

    with pytest.raises(TooDeep):
        ancestors(nodes, root="0", deepest=5)
