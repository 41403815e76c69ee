"""How long people stay in a stage and what comes after, learnt from stays of which many still last.

A stay that lasts is censored: it says only that it lasted so long. The hazard of each day is what ended on it
out of those who were still there (Kaplan and Meier 1958; Aalen and Johansen 1978 for several ends), and how
sure we are of it comes from weighting the people anew (Rubin 1981, the Bayesian bootstrap).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEW = 8  # stays that ended: with fewer a stage is assumed and not learnt
THIN = 10  # people still there: with fewer a day's hazard says too little, and a mean one takes over
YEAR = 365.25  # days


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay of one person in a stage: days as ordinals; `ended` is the first day not in it, None: it lasts.

    `then` is the stage that came next. `cohort` is the course of a training, "" if it is not known.
    """

    stage: str
    place: str
    began: int
    ended: int | None = None
    then: str = ""
    cohort: str = ""


def seen(spells: Iterable[Spell], until: int) -> list[Spell]:
    """Return what was known at the end of a day: later stays left out, later ends not yet there."""
    return [
        one
        if one.ended is not None and one.ended <= until
        else Spell(one.stage, one.place, one.began, None, "", one.cohort)
        for one in spells
        if one.began <= until
    ]


@dataclass(frozen=True)
class Survival:
    """Kaplan and Meier's curve: at each of `days`, the share still there, and Greenwood's standard error."""

    days: Ints
    share: Floats
    error: Floats

    def median(self) -> float | None:
        """Return the day by which half have gone; None where more than half last."""
        below = np.flatnonzero(self.share <= 0.5)
        return float(self.days[below[0]]) if below.size else None


def kaplan_meier(lengths: Sequence[int] | Ints, ended: Sequence[bool] | npt.NDArray[np.bool_]) -> Survival:
    """Return the survival curve of stays of these lengths in days; those not `ended` are censored."""
    length, gone = np.asarray(lengths, dtype=np.int64), np.asarray(ended, dtype=bool)
    days = np.unique(length[gone])
    left = len(length) - np.searchsorted(np.sort(length), days)
    ends = np.array([np.sum(gone & (length == day)) for day in days], dtype=float)
    share = np.cumprod(1 - ends / left).astype(np.float64)
    with np.errstate(divide="ignore"):
        spread = np.cumsum(np.where(left > ends, ends / (left * np.maximum(left - ends, 1)), 0))
    error: Floats = share * np.sqrt(spread)
    return Survival(days, share, error)


@dataclass(frozen=True)
class Assumed:
    """What is believed of a stage as long as too few people have left it.

    `days` it lasts before `then`, give or take `spread` (a factor); the yearly or, with `days`, the whole
    share lost is about `lost` and may be from nothing to some three times that.
    """

    then: str
    days: float | None
    lost: float
    spread: float = 0.25


@dataclass(frozen=True)
class Learnt:
    """What is known of one stage: its stays, or why it is only assumed."""

    stage: str
    lengths: Ints
    ends: Ints  # index of what came next, -1 for a stay that lasts
    then: tuple[str, ...]
    assumed: Assumed | None = None

    @property
    def ended(self) -> int:
        """Return how many of the stays have ended."""
        return int(np.sum(self.ends >= 0))

    def survival(self) -> Survival:
        """Return the survival curve of the stage."""
        return kaplan_meier(self.lengths, self.ends >= 0)

    def lost_a_year(self) -> float | None:
        """Return how many leave the programme in a year of those who are in the stage; None without any days."""
        days = int(self.lengths.sum())
        left = int(np.sum(self.ends == self.then.index("left")))
        return left / days * YEAR if days else None

    def lost(self) -> float | None:
        """Return the share of ended stays that ended in leaving; None where none has ended."""
        if not self.ended or "left" not in self.then:
            return 0.0 if self.ended else None
        return float(np.sum(self.ends == self.then.index("left"))) / self.ended


def learn(spells: Sequence[Spell], stage: str, until: int, assumed: Assumed) -> Learnt:
    """Return what stays of the stage, as seen at the end of a day, tell of it."""
    own = [one for one in spells if one.stage == stage]
    then = tuple(sorted({one.then for one in own if one.ended is not None and one.then} | {"left"}))
    lengths = np.array(
        [(until if one.ended is None else one.ended) - one.began for one in own], dtype=np.int64
    )
    ends = np.array(
        [then.index(one.then) if one.ended is not None and one.then else -1 for one in own], dtype=np.int64
    )
    return Learnt(stage, lengths, ends, then, assumed if np.sum(ends >= 0) < FEW else None)


@dataclass(frozen=True)
class Law:
    """One draw of what may be true of a stage, from which exits are drawn.

    `days` with the survival just after each and, for each, the chances of the ends; after the last of them
    a constant hazard for each end. `others` is a hazard of leaving besides, per day.
    """

    then: tuple[str, ...]
    days: Floats
    survival: Floats  # after each of the days
    ends: Floats  # days × ends, each row cumulated to 1
    tail: Floats  # hazard of each end per day
    others: float

    def exits(self, elapsed: Floats, dice: np.random.Generator) -> tuple[Floats, Ints]:
        """Return for people so many days in the stage after how many more they go, and where: index of `then`."""
        known = self.days.size
        before = np.searchsorted(self.days, elapsed, side="right")
        now = (
            np.where(before > 0, self.survival[before - 1] if known else 1.0, 1.0)
            if known
            else np.ones(len(elapsed))
        )
        level = dice.random(len(elapsed)) * now
        # The first day whose survival is not above the level; survival falls, so search it reversed.
        place = (
            known - np.searchsorted(self.survival[::-1], level, side="right")
            if known
            else np.zeros(len(elapsed), int)
        )
        in_tail = place >= known
        start = np.maximum(elapsed, self.days[-1] if known else 0.0)
        rate = max(float(self.tail.sum()), 1e-12)
        moment = np.where(
            in_tail,
            start + dice.exponential(1 / rate, len(elapsed)),
            self.days[np.minimum(place, known - 1)] if known else 0.0,
        )
        chance = dice.random(len(elapsed))
        of_tail = np.searchsorted(np.cumsum(self.tail) / rate, chance)
        of_days = (
            (chance[:, None] > self.ends[np.minimum(place, known - 1)]).sum(axis=1) if known else of_tail
        )
        where = np.minimum(np.where(in_tail, of_tail, of_days), len(self.then) - 1)
        if self.others > 0:
            besides = elapsed + dice.exponential(1 / self.others, len(elapsed))
            where = np.where(besides < moment, self.then.index("left"), where)
            moment = np.minimum(moment, besides)
        return np.maximum(moment - elapsed, 0.5), where


def draw(learnt: Learnt, dice: np.random.Generator, *, times_lost: float = 1.0) -> Law:
    """Return one law that the stays allow; `times_lost` multiplies every hazard of leaving."""
    if learnt.assumed is not None:
        return _believed(learnt.assumed, dice, times_lost)
    weight = dice.exponential(1.0, len(learnt.lengths))
    causes = len(learnt.then)
    size = int(learnt.lengths.max()) + 1
    ended = learnt.ends >= 0
    events = np.bincount(
        learnt.ends[ended] * size + learnt.lengths[ended], weights=weight[ended], minlength=causes * size
    ).reshape(causes, size)
    left = np.cumsum(np.bincount(learnt.lengths, weights=weight, minlength=size)[::-1])[::-1]
    people = np.cumsum(np.bincount(learnt.lengths, minlength=size)[::-1])[::-1]
    last = int(np.flatnonzero(people >= min(THIN, people[0]))[-1])
    exposed = np.cumsum(left[::-1])[::-1]  # days that all together spend from each day on
    half = min(int(np.median(learnt.lengths[ended])), last)
    tail = (events[:, half:].sum(axis=1) + 0.1) / max(exposed[half], 1.0)
    days = np.flatnonzero(events[:, : last + 1].sum(axis=0) > 0)
    leaving = learnt.then.index("left")
    hazard = events[:, days] / left[days]
    hazard[leaving] = np.minimum(hazard[leaving] * times_lost, 1.0)
    tail[leaving] *= times_lost
    survival = np.cumprod(np.maximum(1 - hazard.sum(axis=0), 1e-12))
    shares = np.cumsum(hazard / hazard.sum(axis=0), axis=0).T
    others = dice.gamma(0.5) / max(exposed[0], 1.0) * times_lost  # Jeffreys: what was not seen may still come
    return Law(learnt.then, days.astype(float), survival, shares, tail, others)


def _believed(assumed: Assumed, dice: np.random.Generator, times_lost: float) -> Law:
    """Return a law of a stage that too few have left: wide, because nobody knows."""
    lost = min(assumed.lost * times_lost * dice.gamma(2.0) / 2, 0.9)
    if assumed.days is None:  # it ends in leaving alone, at a yearly rate
        none = np.zeros(0)
        return Law(("left",), none, none, np.zeros((0, 1)), np.array([-np.log1p(-lost) / YEAR]), 0.0)
    middle = assumed.days * np.exp(dice.normal(0, assumed.spread))
    days = np.unique(np.round(middle * np.exp(np.linspace(-1.5, 1.5, 13) * assumed.spread / 3)))
    survival = 1 - np.arange(1, len(days) + 1) / (len(days) + 0.001)
    shares = np.tile(np.array([lost, 1.0]), (len(days), 1))
    return Law(("left", assumed.then), days, survival, shares, np.array([lost, 1 - lost]) / middle, 0.0)


def laws(
    learnt: Mapping[str, Learnt], dice: np.random.Generator, times_lost: Mapping[str, float] | Any = None
) -> dict[str, Law]:
    """Return one draw for each stage."""
    factors = times_lost or {}
    return {stage: draw(one, dice, times_lost=factors.get(stage, 1.0)) for stage, one in learnt.items()}
