"""The p-median: open `wanted` sites so that all clients together have the least cost to their nearest one.

Heuristics give a plan, relaxation a bound, both improve each other; what reduced costs leave undecided goes to
branch and bound. An answer always comes with its proven bound, also when time runs out or somebody stops it.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement import branching, exact, highs
from varta.planning.placement.conditions import Infeasible
from varta.planning.placement.instance import Instance
from varta.planning.placement.interchange import Interchange, Open, greedy
from varta.planning.placement.lagrange import Ascent, Relaxation, settled
from varta.planning.placement.shaking import Shaking

TRY_EVERY = 20  # ascent steps between two attempts to make the relaxation's sites a better plan
TRY_SHARE = 0.3  # of the time, at most: a country's plan costs as much as a hundred steps of the bound
NEARLY = 1.001  # a plan's cost over all sites is at most a little less than by the sites that clients know
PROMISING = 1.25  # such an attempt is polished when it costs at most so many times the best plan
BRANCHED_CELLS = 1_500_000  # clients x known sites that branch and bound takes; beyond, plans are shaken
SHAKES = 40  # neighbourhoods between two looks at the bound
RECENT = 0.05  # how fast the relaxation's older answers are forgotten
SOLVED_CELLS = 400_000  # non-zeros that HiGHS takes in seconds
FEW = 15  # sites: with so few, branching settles a plan sooner than linear programs do
ASCENT_SHARE = 0.4  # of the time, at most, before branch and bound or shaking begins


@dataclass(frozen=True)
class Progress:
    """What is known while a solve runs."""

    seconds: float
    value: float
    bound: float
    stage: str


@dataclass(frozen=True)
class Solution:
    """A plan: value, proven lower bound, relative gap, chosen sites in ascending order, seconds."""

    value: float
    bound: float
    chosen: tuple[int, ...]
    seconds: float
    stopped: str  # "proven", "gap", "time" or "cancelled"

    @property
    def gap(self) -> float:
        """Return (value - bound) / value; 0 where the plan is proven to be the best."""
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / abs(self.value)


def solve(
    instance: Instance,
    wanted: int,
    *,
    fixed: Collection[int] = (),
    forbidden: Collection[int] = (),
    seconds: float = 60.0,
    gap: float = 0.0,
    tell: Callable[[Progress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Solution:
    """Return a plan with `wanted` sites, those of `fixed` among them and none of `forbidden`.

    Stops when the plan is proven best, when the relative gap is at most `gap`, after `seconds`, or when
    `cancelled` says so. Raises Infeasible.
    """
    open_, allowed = conditions(instance.sites, wanted, fixed, forbidden)
    return _Solve(instance, wanted, open_, allowed, seconds, gap, tell, cancelled).run()


def conditions(
    sites: int, wanted: int, fixed: Collection[int], forbidden: Collection[int]
) -> tuple[Open, Open]:
    """Return the sites fixed open and those allowed, as masks; raise Infeasible with the conflict."""
    unknown = [site for site in {*fixed, *forbidden} if not 0 <= site < sites]
    if unknown:
        raise Infeasible(f"There is no site {min(unknown)}: sites are numbered 0 to {sites - 1}.")
    if both := set(fixed) & set(forbidden):
        raise Infeasible(f"The site {min(both)} is fixed and forbidden at once.")
    if wanted < 1:
        raise Infeasible(f"At least one site must be opened, not {wanted}.")
    if len(set(fixed)) > wanted:
        raise Infeasible(f"{len(set(fixed))} sites are fixed, but only {wanted} may be opened.")
    if sites - len(set(forbidden)) < wanted:
        raise Infeasible(
            f"{wanted} sites are wanted, but only {sites - len(set(forbidden))} are not forbidden."
        )
    open_, allowed = np.zeros(sites, dtype=bool), np.ones(sites, dtype=bool)
    open_[list(fixed)] = True
    allowed[list(forbidden)] = False
    return open_, allowed


class _Solve:
    def __init__(
        self,
        instance: Instance,
        wanted: int,
        fixed: Open,
        allowed: Open,
        seconds: float,
        gap: float,
        tell: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.instance, self.wanted, self.fixed, self.allowed = instance, wanted, fixed, allowed
        self.seconds, self.gap, self.tell, self.cancelled = seconds, gap, tell, cancelled
        self.began = time.monotonic()
        self.swaps = Interchange(instance)
        self.plan = fixed
        self.often = np.zeros(instance.sites)
        self.value, self.bound = np.inf, -np.inf
        # Whole costs: the next better plan is cheaper by 1 at least.
        self.gain = 1.0 - 1e-6 if instance.integral else 0.0

    def run(self) -> Solution:
        start = greedy(self.instance, self.wanted, open_=self.fixed, allowed=self.allowed)
        self._offer(self._polished(start))
        relaxation = Relaxation(self.instance, self.wanted, fixed=self.fixed, allowed=self.allowed)
        ascent = self._ascend(relaxation)
        if not self._over():
            self._prove(relaxation, ascent)
        return self._solution()

    def _polished(self, plan: Open) -> Open:
        return self.swaps.improve(plan, fixed=self.fixed, allowed=self.allowed, stop=self._out_of_time)

    def _offer(self, plan: Open) -> None:
        if self.swaps.cost(plan) > self.value * NEARLY:
            return
        value = self.instance.value(np.flatnonzero(plan))
        if value < self.value:
            self.value, self.plan = value, plan

    def _ascend(self, relaxation: Relaxation) -> Ascent:
        """Raise the bound and look for better plans until one of them has nothing left to give."""
        ascent = Ascent(relaxation, self.swaps.multipliers(self.plan))
        until = self.began + self.seconds * ASCENT_SHARE
        tried: set[bytes] = set()
        trying = 0.0
        while not ascent.spent and not self._over() and time.monotonic() < until:
            now = ascent.step(self.value)
            self.bound = max(self.bound, ascent.bound)
            self.often *= 1 - RECENT
            self.often[now.chosen] += RECENT
            if ascent.steps % TRY_EVERY == 0 and trying <= TRY_SHARE * self._spent():
                began = time.monotonic()
                self._try(now.chosen, tried)
                self._try(self._most_often(), tried)
                self._tell("bound")
                trying += time.monotonic() - began
        return ascent

    def _most_often(self) -> NDArray[np.int64]:
        """Return a plan of the sites that the relaxation opened most often of late: near its fractional optimum."""
        rank = np.where(self.fixed, 2.0, np.where(self.allowed, self.often, -1.0))
        return np.argsort(-rank, kind="stable")[: self.wanted]

    def _try(self, chosen: NDArray[np.int64], tried: set[bytes]) -> None:
        plan = np.zeros(self.instance.sites, dtype=bool)
        plan[chosen] = True
        if plan.tobytes() in tried or self.swaps.cost(plan) > PROMISING * self.value:
            return
        tried.add(plan.tobytes())
        self._offer(self._polished(plan))

    def _prove(self, relaxation: Relaxation, ascent: Ascent) -> None:
        """Close what is left of the gap: by HiGHS where few pairs are left, else by branch and bound."""
        while not self._over():
            ceiling = self._ceiling(relaxation, ascent)
            closed, opened = settled(ascent.at_best, relaxation, ceiling)
            useful = exact.useful_pairs(
                self.instance, ascent.at_best, ascent.best, relaxation, closed, ceiling
            )
            if self.wanted <= FEW or exact.cells(useful) > SOLVED_CELLS:
                self._branch(useful, opened, closed, ascent)
                return
            if not self._solve_below(ceiling, useful, opened, closed):
                return

    def _ceiling(self, relaxation: Relaxation, ascent: Ascent) -> float:
        """Return the highest value, at most that of a better plan, below which HiGHS can look at all plans.

        A poor plan would leave too many pairs. Whatever the best plan is, either it costs less than this and
        HiGHS finds it, or this is a bound.
        """
        wanted = self.value - self.gain
        if self.wanted <= FEW:
            return wanted
        reach = wanted - self.bound
        for share in (1.0, 0.5, 0.25, 0.12, 0.06):
            ceiling = self.bound + share * reach
            closed, _ = settled(ascent.at_best, relaxation, ceiling)
            useful = exact.useful_pairs(
                self.instance, ascent.at_best, ascent.best, relaxation, closed, ceiling
            )
            if exact.cells(useful) <= SOLVED_CELLS:
                return ceiling
        return wanted

    def _solve_below(self, ceiling: float, useful: NDArray[np.bool_], opened: Open, closed: Open) -> bool:
        """Ask HiGHS for the best plan below `ceiling`; return whether it answered in time."""
        if not useful.any(axis=1).all() or int((~closed).sum()) < self.wanted:
            self.bound = max(
                self.bound, self._rounded(ceiling)
            )  # some client has no site: no plan is cheaper
            return True
        problem = exact.reduced(self.instance, useful, self.wanted, opened=opened, closed=closed)
        answer = highs.solve(problem.problem, seconds=self.seconds - self._spent(), stop=self.cancelled)
        if answer.x is not None:
            plan = np.zeros(self.instance.sites, dtype=bool)
            plan[problem.sites[answer.x[: len(problem.sites)] > 0.5]] = True
            self._offer(self._polished(plan))
        inside = np.inf if answer.infeasible else answer.bound
        self.bound = min(max(self.bound, self._rounded(min(ceiling, inside))), self.value)
        return answer.infeasible or answer.value <= answer.bound + 1e-6 * max(1.0, abs(answer.value))

    def _rounded(self, bound: float) -> float:
        return float(np.ceil(bound - 1e-7)) if self.instance.integral else bound

    def _branch(self, useful: NDArray[np.bool_], opened: Open, closed: Open, ascent: Ascent) -> None:
        if self.instance.clients * self.instance.depth > BRANCHED_CELLS:
            self._shake(ascent)
            return
        search = branching.Search(
            branching.lists_of(self.instance.cost, self.instance.site, useful, self.instance.sites),
            self.wanted,
            value=self.value,
            gain=max(self.gain, self.gap * self.value),
            worth=self.instance.value,
            stop=self._out_of_time,
            tell=lambda value, bound: self.tell(
                Progress(self._spent(), value, max(bound, self.bound), "proof")
            ),
        )
        proof = search.run(np.flatnonzero(opened), np.flatnonzero(~closed & ~opened), ascent.best)
        if proof.chosen is not None:
            self.plan = np.zeros(self.instance.sites, dtype=bool)
            self.plan[proof.chosen] = True
            self._offer(self._polished(self.plan))
        # Plans outside the branched part cost at least `value - gain` of before.
        self.bound = min(max(self.bound, proof.bound), self.value)

    def _shake(self, ascent: Ascent) -> None:
        """Look for better plans in neighbourhoods, and for a better bound, in turn until time is over."""
        shaking = Shaking(self.instance, self.often, self.fixed, self.allowed)
        cost = self.swaps.cost(self.plan)
        while not self._over():
            for _ in range(SHAKES):
                found = shaking.better(self.plan, cost, stop=self._out_of_time)
                if found is not None:
                    self._offer(found[0])
                    cost = self.swaps.cost(self.plan)
            if not ascent.spent:
                for _ in range(TRY_EVERY):
                    ascent.step(self.value)
                self.bound = max(self.bound, ascent.bound)
            self._tell("plan")

    def _spent(self) -> float:
        return time.monotonic() - self.began

    def _out_of_time(self) -> bool:
        return self._spent() > self.seconds or self.cancelled()

    def _over(self) -> bool:
        enough = max(self.gain, self.gap * self.value)
        return self.value - self.bound < max(enough, 1e-9 * self.value) or self._out_of_time()

    def _tell(self, stage: str) -> None:
        self.tell(Progress(self._spent(), self.value, self.bound, stage))

    def _solution(self) -> Solution:
        proven = self.value - self.bound < max(self.gain, 1e-9 * self.value)
        bound = self.value if proven else self.bound
        near = self.gap > 0 and self.value - self.bound <= self.gap * self.value
        why = "proven" if proven else "gap" if near else "cancelled" if self.cancelled() else "time"
        chosen = tuple(int(site) for site in np.flatnonzero(self.plan))
        return Solution(float(self.value), float(bound), chosen, self._spent(), why)
