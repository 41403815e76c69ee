"""Checking that rows make a tree, and numbering what is new in one that is already numbered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from varta.places.errors import Cycle, OrphanParent, TooDeep
from varta.places.numbering import Interval, by_parent, number_branch, number_tree


class Node(NamedTuple):
    """A row as a file describes it: where it stands in the file, its code and its parent's."""

    line: int
    code: str
    parent: str
    sort_key: str


class Numbered(NamedTuple):
    """A row as the database has it."""

    parent: str | None
    pre: int
    pre_end: int


def ancestors(nodes: Sequence[Node], *, root: str, deepest: int) -> dict[str, tuple[str, ...]]:
    """Return for each code its ancestors from the root down to its parent.

    Raises OrphanParent, Cycle or TooDeep with the line where it went wrong.
    """
    known = {node.code: node for node in nodes}
    found: dict[str, tuple[str, ...]] = {root: ()}
    for node in nodes:
        chain: list[Node] = []
        while node.code not in found:
            if node in chain:
                raise Cycle(line=node.line, code=node.code, chain=" → ".join(step.code for step in chain))
            chain.append(node)
            if node.parent not in found and node.parent not in known:
                raise OrphanParent(line=node.line, code=node.code, parent=node.parent)
            if node.parent in found:
                break
            node = known[node.parent]  # noqa: PLW2901
        for step in reversed(chain):
            found[step.code] = (*found[step.parent], step.parent)
            if len(found[step.code]) > deepest:
                raise TooDeep(line=step.line, code=step.code, level=len(found[step.code]), deepest=deepest)
    return found


def numbers(
    nodes: Iterable[Node], old: Mapping[str, Numbered], *, root: str, after: int
) -> dict[str, Interval]:
    """Return the intervals of all nodes: those that stand where they stood keep theirs.

    A moved row takes everything below it along, with new numbers. `after` is the last number of
    all trees, for a root that is new itself.
    """
    ordered = sorted(nodes, key=lambda node: node.sort_key)
    children = by_parent((node.code, node.parent) for node in ordered)
    if root not in old:
        return number_tree(root, children, after=after)
    kept = {root: (old[root].pre, old[root].pre_end)}
    _keep(root, children, old, kept)
    used = _used_ends(old)
    for node in ordered:
        if node.code not in kept and node.parent in kept:
            inside = kept[node.parent]
            branch = number_branch(
                node.code,
                children,
                inside=inside,
                used_to=used.get(node.parent, inside[0]),
                parent=node.parent,
            )
            used[node.parent] = branch[node.code][1]
            kept |= branch
    return kept


def _keep(
    code: str, children: Mapping[str, Sequence[str]], old: Mapping[str, Numbered], kept: dict[str, Interval]
) -> None:
    for child in children.get(code, ()):
        before = old.get(child)
        if before and before.parent == code:
            kept[child] = (before.pre, before.pre_end)
            _keep(child, children, old, kept)


def _used_ends(old: Mapping[str, Numbered]) -> dict[str, int]:
    """Return the last number taken inside each parent, by rows in force and by closed ones."""
    used: dict[str, int] = {}
    for row in old.values():
        if row.parent:
            used[row.parent] = max(used.get(row.parent, row.pre_end), row.pre_end)
    return used
