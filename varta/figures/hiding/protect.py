"""Which figures of a publication are hidden, so that with all that was published nothing small can be computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from varta.figures.hiding.behind import Split
from varta.figures.hiding.build import Built, Figure, Name, Told, build
from varta.figures.hiding.choose import Choice, Fixed, Tell, choose
from varta.figures.hiding.key import Key, Tree
from varta.figures.hiding.problem import Problem
from varta.figures.hiding.small import is_small

Why = Literal["small", "change", "guard"]  # small itself; a small change since; guards another one


class CannotProtect(ValueError):
    """What was published already gives small counts of these rows away; it names rows, never counts."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys = tuple(keys)
        rows = ", ".join(sorted({key.row for key in keys}))
        super().__init__(f"Former publications give a small count of {rows} away. Leave these rows out.")


@dataclass(frozen=True)
class Protection:
    """What to hide and why; `lost` of `told` is the information that hiding takes, `bound` the least possible."""

    hidden: Mapping[Name, Why]
    lost: float
    bound: float
    told: float
    counts: tuple[Told, ...]  # of this publication, to be kept for the next ones
    rounds: int

    @property
    def gap(self) -> float:
        """Return how much less could be lost at best, as a part of what is lost."""
        return (self.lost - self.bound) / self.lost if self.lost > 0 else 0.0

    @property
    def share(self) -> float:
        """Return the part of the information that is lost."""
        return self.lost / self.told if self.told > 0 else 0.0


def protect(
    figures: Sequence[Figure],
    *,
    earlier: Sequence[Sequence[Told]] = (),
    trees: Sequence[Tree] = (),
    splits: Sequence[Split] = (),
    seconds: float = 60.0,
    tell: Tell | None = None,
) -> Protection:
    """Return what to hide of these figures.

    `earlier`: the counts of former publications, the oldest first. `trees`: which row is a part of which.
    Raises CannotProtect where former publications alone give a small count of this one away.
    """
    built = build(figures, earlier=earlier, trees=trees, splits=splits)
    choice = _chosen(built, figures, seconds, tell)
    return Protection(
        hidden={
            figure.name: _why(figure, built)
            for figure, kept_back in zip(figures, choice.hidden, strict=True)
            if kept_back
        },
        lost=choice.cost,
        bound=choice.bound,
        told=sum(item.cost for item in built.problem.items),
        counts=_told(built, figures, choice),
        rounds=choice.rounds,
    )


def _chosen(built: Built, figures: Sequence[Figure], seconds: float, tell: Tell | None) -> Choice:
    """Return the choice, against the strongest reader that former publications leave any chance against.

    A reader who knows that zeros are always told knows of a hidden count that it is 1 at least. Where former
    publications are too narrow for that, zeros are hidden too where needed, and hidden may mean 0.
    What former publications gave away already is no reason to hide, nor to refuse.
    """
    problem = built.problem
    try:
        return choose(problem, seconds=seconds, tell=tell)
    except Fixed as narrow:
        _let_zeros_hide(problem, set(narrow.around))
    try:
        return choose(problem, seconds=seconds, tell=tell)
    except Fixed as wrong:
        asked = {key for figure in figures for key, _ in figure.counts}
        own = [built.keys[cell] for cell in wrong.cells if built.keys.get(cell) in asked]
        if own:
            raise CannotProtect(own) from wrong
        problem.needs = [need for need in problem.needs if need.cell not in wrong.cells]
        return choose(problem, seconds=seconds, tell=tell)


def _let_zeros_hide(problem: Problem, cells: set[int]) -> None:
    for cell in cells:
        problem.lows[cell] = 0
    problem.items = [
        replace(item, hideable=True) if cells.intersection(item.cells) else item for item in problem.items
    ]


def _why(figure: Figure, built: Built) -> Why:
    counts = [count for _, count in figure.counts]
    if any(map(is_small, counts)) or (len(counts) == 2 and is_small(abs(counts[0] - counts[1]))):
        return "small"
    if any(built.cells[key, count] in built.changed for key, count in figure.counts):
        return "change"
    return "guard"


def _told(built: Built, figures: Sequence[Figure], choice: Choice) -> tuple[Told, ...]:
    hidden = built.problem.hidden(choice.hidden)
    cells = {key: built.cells[key, count] for figure in figures for key, count in figure.counts}
    return tuple(
        Told(key, built.problem.values[cell], cell not in hidden, built.problem.lows[cell])
        for key, cell in cells.items()
    )
