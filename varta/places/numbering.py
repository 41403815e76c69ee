"""Preorder numbers with gaps: whether one row lies in another is two comparisons, for good."""

from collections.abc import Iterable, Mapping, Sequence

from varta.places.errors import NoRoom

Interval = tuple[int, int]  # both ends inclusive
Children = Mapping[str, Sequence[str]]  # code -> codes below it, in order

STRIDE = 64  # numbers of a row without children
BLOCK = 1 << 24  # a root takes whole blocks, so that the next country starts on a new one


def number_tree(root: str, children: Children, *, after: int) -> dict[str, Interval]:
    """Return an interval for the root and all below it, starting on the first free block past `after`.

    Each row with children keeps room for a quarter more than it holds, and for sixteen at least.
    """
    first = (after // BLOCK + 1) * BLOCK
    found: dict[str, Interval] = {}
    end = _number(root, children, first, STRIDE, found, spare=True)
    found[root] = (first, -(-(end + 1) // BLOCK) * BLOCK - 1)
    return found


def number_branch(
    code: str, children: Children, *, inside: Interval, used_to: int, parent: str
) -> dict[str, Interval]:
    """Return intervals for a new branch in the unused end of its parent's interval.

    `used_to` is the last number taken there. A row takes a sixty-fourth of what is left, so that
    scores of rows may follow, and one number at least.
    """
    free = inside[1] - used_to
    size = _size(code, children)
    if size > free:
        raise NoRoom(parent=parent, needed=size)
    stride = max(1, min(STRIDE, free // STRIDE // size))
    found: dict[str, Interval] = {}
    _number(code, children, used_to + 1, stride, found, spare=False)
    return found


def _number(
    code: str, children: Children, first: int, stride: int, found: dict[str, Interval], *, spare: bool
) -> int:
    """Number a row and all below it from `first`; return the last number used."""
    end = first + stride - 1
    for child in children.get(code, ()):
        end = _number(child, children, end + 1, stride, found, spare=spare)
    if spare and children.get(code):
        end += max(16 * stride, (end - first) // 4)
    found[code] = (first, end)
    return end


def _size(code: str, children: Children) -> int:
    return 1 + sum(_size(child, children) for child in children.get(code, ()))


def by_parent(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the children of each parent, in the order given, from (code, parent) pairs."""
    children: dict[str, list[str]] = {}
    for code, parent in pairs:
        children.setdefault(parent, []).append(code)
    return children
