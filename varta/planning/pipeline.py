"""When each oblast reaches a cover: the way from candidate to serving officer, simulated many times over.

Stages and their ends are learnt from stays (survival.py); cohorts take candidates as far as there are places.
Each run draws one law that the stays allow and then the fate of every person, so a band of runs holds both
what is not known and what is left to chance. The same seed gives the same runs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from varta.planning.survival import YEAR, Assumed, Floats, Ints, Law, Learnt, Spell, laws, learn, seen

STAGES = ("training", "internship", "serving", "leave")
RUNS = 200
WEEK = 7
LOW, HIGH = 0.1, 0.9  # a band holds 80 % of the runs
MOST_MOVES = 40  # of one person within the horizon: leaves and returns
# Believed until enough people have gone through a stage. Lengths: norms of officer_training, unverified;
# losses: nobody has published any, so they are wide.
ASSUMED: Mapping[str, Assumed] = {
    "training": Assumed("internship", 91, 0.1),
    "internship": Assumed("serving", 31, 0.05),
    "serving": Assumed("leave", None, 0.1),
    "leave": Assumed("serving", 30, 0.05, spread=0.6),
}


@dataclass(frozen=True)
class Known:
    """What stays up to the end of a day (an ordinal) tell of the programme.

    `cohorts_a_year`, `capacity`: courses begun in the last year and places on each, or, where places are not
    known, people; `last_cohort`: the day on
    which the last of them began; `between`: days from one to the next. `applied`: candidates of each place
    in that year; `waiting`: those not yet decided on; `decided`: how many were taken in and refused.
    """

    day: int
    places: tuple[str, ...]
    stages: Mapping[str, Learnt]
    now: Mapping[str, Mapping[str, Ints]]  # stage -> place -> days that each person has been in it
    cohorts_a_year: int
    capacity: int
    last_cohort: int | None
    between: float | None
    enrolled: Mapping[str, int]
    applied: Mapping[str, int]
    waiting: Mapping[str, int]
    decided: tuple[int, int]  # taken in, refused

    @property
    def assumed(self) -> tuple[str, ...]:
        """Return the stages that too few have left to learn from."""
        return tuple(stage for stage, one in self.stages.items() if one.assumed is not None)

    def serving(self, place: str) -> int:
        """Return how many serve in a place."""
        return len(self.now["serving"].get(place, ()))


@dataclass(frozen=True)
class WhatIf:
    """What may be otherwise than in the last year; None leaves it as it was.

    `times_lost` multiplies the losses of training, internship and service; `times_applied` the candidates.
    """

    cohorts_a_year: int | None = None
    capacity: int | None = None
    times_lost: float = 1.0
    times_applied: float = 1.0


@dataclass(frozen=True)
class Paths:
    """Runs × weeks × places: how many serve; week 0 is the day itself. `filled`: part of the places taken."""

    day: int
    places: tuple[str, ...]
    serving: Ints
    filled: float | None
    _index: Mapping[str, int] = field(default_factory=dict)

    def of(self, place: str | None = None) -> Ints:
        """Return runs × weeks of a place, or of all places together."""
        return self.serving.sum(axis=2) if place is None else self.serving[:, :, self._index[place]]

    def band(self, place: str | None = None) -> tuple[Floats, Floats, Floats]:
        """Return for each week what a tenth, a half and nine tenths of the runs stay below."""
        low, middle, high = np.quantile(self.of(place), (LOW, 0.5, HIGH), axis=0)
        return low, middle, high


@dataclass(frozen=True)
class Reached:
    """When a place has `wanted` officers: ordinals of days, None where so many runs never get there.

    `early`: a tenth of the runs are there, `middle`: half, `late`: nine tenths. `chance`: part of the runs
    that get there within the horizon.
    """

    place: str
    wanted: int
    now: int
    early: int | None
    middle: int | None
    late: int | None
    chance: float


def understand(
    spells: Sequence[Spell],
    day: int,
    places: Iterable[str] = (),
    capacities: Mapping[str, int] | None = None,
) -> Known:
    """Return what the stays tell at the end of a day; `places` are kept even if nobody was there.

    `capacities`: places on each cohort, by its code.
    """
    known = seen(spells, day)
    found = tuple(sorted({one.place for one in known} | set(places)))
    year = [one for one in known if day - YEAR < one.began]
    training = [one for one in year if one.stage == "training"]
    courses = Counter(one.cohort or str(one.began) for one in training)
    begun = sorted({one.cohort or str(one.began): one.began for one in training}.values())
    candidates = [one for one in known if one.stage == "candidate"]
    return Known(
        day=day,
        places=found,
        stages={stage: learn(known, stage, day, ASSUMED[stage]) for stage in STAGES},
        now={stage: _present(known, stage, day) for stage in STAGES},
        cohorts_a_year=len(courses),
        capacity=_mean((capacities or {}).get(code, size) for code, size in courses.items()),
        last_cohort=begun[-1] if begun else None,
        between=_between(begun),
        enrolled=Counter(one.place for one in training),
        applied=Counter(one.place for one in year if one.stage == "candidate"),
        waiting=Counter(one.place for one in candidates if one.ended is None),
        decided=(
            sum(one.then == "training" for one in candidates),
            sum(one.then == "left" for one in candidates),
        ),
    )


def _mean(numbers: Iterable[int]) -> int:
    listed = list(numbers)
    return round(sum(listed) / len(listed)) if listed else 0


def _between(begun: Sequence[int]) -> float | None:
    """Return the mean days from one course to the next; the whole year for a single one."""
    if len(begun) < 2:
        return YEAR if begun else None
    return max((begun[-1] - begun[0]) / (len(begun) - 1), YEAR / len(begun) / 2)


def _present(known: Sequence[Spell], stage: str, day: int) -> dict[str, Ints]:
    found: dict[str, list[int]] = {}
    for one in known:
        if one.stage == stage and one.ended is None:
            found.setdefault(one.place, []).append(day - one.began)
    return {place: np.array(days, dtype=np.int64) for place, days in found.items()}


def simulate(
    known: Known, *, weeks: int, what_if: WhatIf | None = None, runs: int = RUNS, seed: int = 1
) -> Paths:
    """Return the runs of so many weeks from the day on."""
    asked = what_if or WhatIf()
    counted = np.zeros((runs, weeks + 1, len(known.places)), dtype=np.int64)
    taken, offered, present = 0, 0, _people_now(known)
    for run, dice in enumerate(np.random.default_rng(seed).spawn(runs)):
        world = _World(known, asked, present, weeks, dice)
        counted[run] = world.serving()
        taken, offered = taken + world.taken, offered + world.offered
    index = {place: nth for nth, place in enumerate(known.places)}
    return Paths(known.day, known.places, counted, taken / offered if offered else None, index)


# Stage, place, day of entering (0 is the day itself) and days in the stage before it, of each person.
People = tuple[Ints, Ints, Floats, Floats]


def _people_now(known: Known) -> People:
    rows = [
        (nth, where, days)
        for nth, stage in enumerate(STAGES)
        for where, place in enumerate(known.places)
        for days in known.now[stage].get(place, ())
    ]
    stage, place, days = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return stage, place, np.zeros(len(rows)), days.astype(float)


class _World:
    """One run."""

    def __init__(
        self, known: Known, asked: WhatIf, present: People, weeks: int, dice: np.random.Generator
    ) -> None:
        self.known, self.asked, self.weeks, self.dice = known, asked, weeks, dice
        self.present = present
        self.horizon = weeks * WEEK
        self.taken = self.offered = 0
        lost = dict.fromkeys(("training", "internship", "serving"), asked.times_lost)
        self.laws = laws(known.stages, dice, lost)

    def serving(self) -> Ints:
        """Return how many serve in each week and place."""
        steps = np.zeros((self.weeks + 2, len(self.known.places)), dtype=np.int64)
        stage, place, entered, before = self._people()
        for _move in range(MOST_MOVES):
            if not stage.size:
                break
            leaves, then = self._exits(stage, entered, before)
            self._count(steps, stage, place, entered, leaves)
            on = (then >= 0) & (leaves <= self.horizon)
            stage, place, entered = then[on], place[on], leaves[on]
            before = np.zeros(len(stage))
        counted: Ints = np.cumsum(steps, axis=0)[: self.weeks + 1]
        return counted

    def _people(self) -> People:
        """Return those in a stage now, and those whom cohorts to come take in."""
        taken = list(self._cohorts())
        if not taken:
            return self.present
        sizes = np.array([many for _, many in taken])
        entered = np.repeat([day for day, _ in taken], sizes.sum(axis=1))
        place = np.repeat(np.tile(np.arange(len(self.known.places)), len(taken)), sizes.ravel())
        stage = np.full(len(place), STAGES.index("training"))
        new = (stage, place, entered, np.zeros(len(place)))
        return (
            np.concatenate((self.present[0], new[0])),
            np.concatenate((self.present[1], new[1])),
            np.concatenate((self.present[2], new[2])),
            np.concatenate((self.present[3], new[3])),
        )

    def _cohorts(self) -> Iterable[tuple[float, Ints]]:
        """Yield the day of each cohort and how many it takes from each place."""
        known, asked = self.known, self.asked
        capacity = known.capacity if asked.capacity is None else asked.capacity
        between = known.between if asked.cohorts_a_year is None else self._every(asked.cohorts_a_year)
        if not between or not capacity:
            return
        wanting = self._wanting()
        queue = np.array(
            [self.dice.binomial(known.waiting.get(place, 0), self._fit) for place in known.places]
        )
        day, since = self._first(between), 0.0
        while day <= self.horizon:
            queue = queue + self.dice.poisson(wanting * (day - since))
            places = min(capacity, int(queue.sum()))
            taken = self.dice.multivariate_hypergeometric(queue, places) if places else np.zeros_like(queue)
            queue = queue - taken
            self.taken, self.offered = self.taken + places, self.offered + capacity
            yield day, taken
            day, since = day + between, day

    @staticmethod
    def _every(a_year: int) -> float | None:
        return YEAR / a_year if a_year else None

    def _first(self, between: float) -> float:
        """Return in how many days the next course begins: in the rhythm of the last ones, or any day soon."""
        due = (self.known.last_cohort or 0) + between - self.known.day
        return due if due > 0 else float(self.dice.uniform(1, between))

    def _wanting(self) -> Floats:
        """Return fit candidates of each place a day; where nobody wrote candidates down, those who were enrolled."""
        known = self.known
        taken, refused = known.decided
        self._fit = self.dice.beta(taken + 0.5, refused + 0.5)
        counts = known.applied if known.applied else known.enrolled
        a_year = self.dice.gamma(np.array([counts.get(place, 0) for place in known.places]) + 0.05)
        fit = self._fit if known.applied else 1.0
        return np.asarray(a_year * fit * self.asked.times_applied / YEAR)

    def _exits(self, stage: Ints, entered: Floats, before: Floats) -> tuple[Floats, Ints]:
        """Return the day on which each leaves the stage, and the stage after it: -1 out of the programme."""
        leaves, then = np.empty(len(stage)), np.full(len(stage), -1)
        for nth, name in enumerate(STAGES):
            own = stage == nth
            if own.any():
                law: Law = self.laws[name]
                more, where = law.exits(before[own], self.dice)
                leaves[own] = entered[own] + more
                then[own] = np.array([STAGES.index(one) if one in STAGES else -1 for one in law.then])[where]
        return leaves, then

    def _count(self, steps: Ints, stage: Ints, place: Ints, entered: Floats, leaves: Floats) -> None:
        own = (stage == STAGES.index("serving")) & (entered <= self.horizon)
        first = np.ceil(entered[own] / WEEK).astype(int)
        last = np.minimum(np.ceil(leaves[own] / WEEK), self.weeks + 1).astype(int)
        np.add.at(steps, (first, place[own]), 1)
        np.add.at(steps, (np.maximum(last, first), place[own]), -1)


def wanted_for(people: int, people_per_officer: int) -> int:
    """Return how many officers serve so many people at the norm."""
    return ceil(people / people_per_officer)


def reached(paths: Paths, wanted: Mapping[str, int]) -> list[Reached]:
    """Return for each place when it first has as many officers as are wanted there."""
    return [_reached(paths, place, number) for place, number in wanted.items() if place in paths.places]


def _reached(paths: Paths, place: str, wanted: int) -> Reached:
    serving = paths.of(place)
    there = serving >= wanted
    got = there.any(axis=1)
    first = np.where(got, there.argmax(axis=1), np.iinfo(np.int64).max)

    def by(part: float) -> int | None:
        place_in_order = max(ceil(part * len(first)) - 1, 0)
        week = int(np.sort(first)[place_in_order])
        return None if week == np.iinfo(np.int64).max else paths.day + week * WEEK

    return Reached(place, wanted, int(serving[0, 0]), by(LOW), by(0.5), by(HIGH), float(got.mean()))


@dataclass(frozen=True)
class Checked:
    """A later figure beside what had been expected for its days; `error` is (expected - value) / value."""

    first: int
    last: int
    value: float
    low: float
    middle: float
    high: float

    @property
    def error(self) -> float | None:
        """Return the relative error of the middle; None for a value of zero."""
        return (self.middle - self.value) / self.value if self.value else None

    @property
    def within(self) -> bool:
        """Return whether the value lies in the band."""
        return self.low <= self.value <= self.high


def check(paths: Paths, later: Iterable[tuple[int, int, float]], place: str | None = None) -> list[Checked]:
    """Return each later figure (first day, last day, value) beside the band of the middle of its days."""
    low, middle, high = paths.band(place)
    found = []
    for first, last, value in later:
        week = round(((first + last) / 2 - paths.day) / WEEK)
        if 0 < week < len(middle):
            found.append(
                Checked(first, last, value, float(low[week]), float(middle[week]), float(high[week]))
            )
    return found
