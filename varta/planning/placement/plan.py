"""A plan for the coordinator's question: who goes where, how good it is at least, and what each condition costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from varta.planning.placement import cover, instance, median
from varta.planning.placement.conditions import room
from varta.planning.placement.median import Progress
from varta.planning.placement.problem import Problem, Text, within

DEPTH = 64  # nearest hromadas that each settlement keeps in a p-median
GOOD_GAP = 0.0005  # a p-median nearer than this to the best is as good as it
PRICE_S = 15.0  # seconds for the price of one condition

Tell = Callable[[Progress], None]
Cancelled = Callable[[], bool]
Named = tuple[str, str]  # kind of condition, and the oblast or hromada that it is about ("" for all)


class CannotBeKept(ValueError):
    """No plan keeps these conditions. `named`: those that conflict; none of them can be left out."""

    def __init__(self, named: list[Named], texts: list[Text]) -> None:
        super().__init__(" ".join(text["en"] for text in texts))
        self.named, self.texts = named, texts


@dataclass(frozen=True)
class Outcome:
    """A plan. `placed`: new officers by code of the hromada.

    Of a covering, `value`, `bound` and `before` are weights reached, more is better, `of` the weight in all; of
    a p-median they are mean kilometres, less is better. `before` is without new officers, None where nobody serves.
    """

    placed: Mapping[str, int]
    value: float
    bound: float
    before: float | None
    of: float
    seconds: float
    stopped: str  # "proven", "gap", "time" or "cancelled"

    @property
    def gap(self) -> float:
        """Return how far the plan may be from the best one, as a share of its value; 0 where it is the best."""
        return abs(self.bound - self.value) / max(abs(self.value), 1e-12)


@dataclass(frozen=True)
class Price:
    """What a kind of conditions costs: between `least` and `most`, equal where both plans are proven.

    Of a covering the weight that is not reached because of it, of a p-median the mean kilometres added.
    """

    kind: str
    least: float
    most: float

    @property
    def exact(self) -> bool:
        """Return whether the price is known, not only bounded."""
        return self.most - self.least <= 1e-6 * max(1.0, self.most)


def solve(
    problem: Problem,
    *,
    seconds: float,
    tell: Tell = lambda progress: None,
    cancelled: Cancelled = lambda: False,
) -> Outcome:
    """Return the best plan found in that time, with its bound. Raises CannotBeKept."""
    check(problem)
    way = _cover if problem.goal == "cover" else _median
    return way(problem, seconds, tell, cancelled)


def _cover(problem: Problem, seconds: float, tell: Tell, cancelled: Cancelled) -> Outcome:
    demand = problem.demand
    near = within(demand.points, problem.posts, minutes=problem.minutes)
    there = np.array([one.present > 0 for one in problem.sites])
    answer = cover.solve(
        near,
        demand.weights,
        problem.officers + problem.present,
        problem.conditions(),
        seconds=seconds,
        tell=tell,
        cancelled=cancelled,
    )
    placed = {
        problem.sites[site].code: many - problem.sites[site].present
        for site, many in answer.officers.items()
        if many > problem.sites[site].present
    }
    before = float(demand.weights[near @ there.astype(float) > 0].sum())
    of = float(demand.weights.sum())
    return Outcome(placed, answer.value, answer.bound, before, of, answer.seconds, answer.stopped)


def _median(problem: Problem, seconds: float, tell: Tell, cancelled: Cancelled) -> Outcome:
    demand, sites = problem.demand, problem.sites
    total = max(float(demand.weights.sum()), 1e-12)
    there = {nth for nth, one in enumerate(sites) if one.present}
    fixed = there | {nth for nth, one in enumerate(sites) if one.code in problem.pinned}
    closed = {nth for nth, one in enumerate(sites) if problem.room(one) == 0} - fixed
    given = instance.of_points(demand.points, problem.posts, demand.weights, depth=DEPTH)
    answer = median.solve(
        given,
        len(there) + problem.officers,
        fixed=fixed,
        forbidden=closed,
        seconds=seconds,
        gap=GOOD_GAP,
        tell=lambda now: tell(replace(now, value=now.value / total, bound=now.bound / total)),
        cancelled=cancelled,
    )
    placed = {sites[site].code: 1 for site in answer.chosen if site not in there}
    before = given.value(sorted(there)) / total if there else None
    value, bound = answer.value / total, answer.bound / total
    return Outcome(placed, value, bound, before, total, answer.seconds, answer.stopped)


def prices(
    problem: Problem, found: Outcome, *, seconds: float = PRICE_S, cancelled: Cancelled = lambda: False
) -> list[Price]:
    """Return what each kind of conditions costs: the question is solved again without it."""
    listed = []
    for kind in problem.kinds():
        if cancelled():
            break
        try:
            free = solve(problem.without(kind), seconds=seconds, cancelled=cancelled)
        except CannotBeKept:  # without one condition others may bind that it had taken in
            continue
        if problem.goal == "cover":
            least, most = free.value - found.bound, free.bound - found.value
        else:
            least, most = found.bound - free.value, found.value - free.bound
        listed.append(Price(kind, max(0.0, least), max(0.0, most)))
    return listed


def check(problem: Problem) -> None:
    """Raise CannotBeKept where no plan keeps the conditions, naming a few of which none can be left out."""
    named = conflict(problem)
    if named is not None:
        raise CannotBeKept(named, [said(problem, *one) for one in named] or [_too_many(problem)])


def conflict(problem: Problem) -> list[Named] | None:
    """Return conditions that cannot be kept together, of which none can be left out; None where all can be kept.

    Each is left out in turn, for good where the rest still conflicts (a deletion filter, Chinneck 2008).
    """
    kept = _named(problem)
    if _possible(problem, kept):
        return None
    for one in list(kept):
        rest = [other for other in kept if other != one]
        if not _possible(problem, rest):
            kept = rest
    return kept


def _named(problem: Problem) -> list[Named]:
    listed: list[Named] = [("forbidden", code) for code in sorted(problem.forbidden)]
    listed += [("pinned", code) for code in sorted(problem.pinned)]
    listed += [("fair", code) for code in sorted(problem.least())]
    listed += [(kind, "") for kind in ("each", "willing") if kind in problem.kinds()]
    if problem.graduates is not None:
        listed.append(("graduates", ""))
    return listed


def _possible(problem: Problem, kept: list[Named]) -> bool:
    about: dict[str, frozenset[str]] = {
        kind: frozenset(code for one, code in kept if one == kind) for kind in ("pinned", "forbidden", "fair")
    }
    kinds = {kind for kind, _ in kept}
    if problem.officers < 1:
        return False
    if "graduates" in kinds and problem.graduates is not None and problem.officers > problem.graduates:
        return False
    narrowed = replace(
        problem,
        pinned=about["pinned"],
        forbidden=about["forbidden"],
        fair_in=about["fair"],
        each=problem.each if "each" in kinds or problem.goal == "median" else None,
        only_willing=problem.only_willing and "willing" in kinds,
    )
    if about["pinned"] & about["forbidden"]:
        return False
    return room(narrowed.conditions(), len(problem.sites), problem.officers + problem.present).possible


def said(problem: Problem, kind: str, code: str) -> Text:
    """Return a condition in words."""
    name = next((one.name for one in problem.sites if one.code == code), problem.oblasts.get(code))
    name = name or {"uk": code, "en": code}
    if kind == "fair":
        many = problem.least()[code]
        return {
            "uk": f"{name['uk']}: щонайменше {many} офіцерів разом із тими, хто вже служить.",
            "en": f"{name['en']}: at least {many} officers, those who serve already among them.",
        }
    return {
        "forbidden": {"uk": f"{name['uk']}: заборонено.", "en": f"{name['en']}: forbidden."},
        "pinned": {"uk": f"{name['uk']}: закріплено.", "en": f"{name['en']}: pinned."},
        "each": {
            "uk": f"У громаді щонайбільше {problem.each}.",
            "en": f"At most {problem.each} in a hromada.",
        },
        "willing": {
            "uk": "Нові офіцери лише там, де чинний меморандум, і не більше, ніж у ньому.",
            "en": "New officers only where a memorandum is in force, and not more than it says.",
        },
        "graduates": {
            "uk": f"До цього дня курс закінчують {problem.graduates}, а розмістити треба {problem.officers}.",
            "en": f"By this day {problem.graduates} finish the course, and {problem.officers} are to be placed.",
        },
    }[kind]


def _too_many(problem: Problem) -> Text:
    """Return why a plan without any condition is impossible: the number itself."""
    if problem.officers < 1:
        return {"uk": "Потрібен щонайменше один офіцер.", "en": "At least one officer must be placed."}
    free = sum(1 for one in problem.sites if not one.present)
    return {
        "uk": f"Офіцерів {problem.officers}, а громад без офіцера лише {free}: оберіть менше число.",
        "en": f"There are {problem.officers} officers and only {free} hromadas without one: choose a smaller number.",
    }
