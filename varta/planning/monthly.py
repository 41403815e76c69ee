"""What a monthly figure is, what is said of its future, and how such sayings did: the words of forecasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SEASON = 12
Scale = Literal["count", "positive", "share"]
Whole = Literal["sum", "weighted", "last"]  # how months make up a year
Text = Mapping[str, str]

LEAST = 24  # months to learn from; two of each
LEAST_LEVEL = 18  # of a level, which has no season


@dataclass(frozen=True)
class Series:
    """A figure by month, the last one being the month from whose end on is looked ahead.

    `first`: number of the first month, year * 12 + month - 1. `values`: None where unknown. `bases`: what a share
    or a mean rests on, by which months are weighted. `whole`: a year is the sum of its months, their weighted
    mean, or the last of them. `factor`: a rate is a count times this.
    """

    first: int
    values: tuple[float | None, ...]
    bases: tuple[float | None, ...] = ()
    scale: Scale = "count"
    whole: Whole = "sum"
    factor: float = 1.0

    @property
    def last(self) -> int:
        """Return the number of the last month."""
        return self.first + len(self.values) - 1


@dataclass(frozen=True)
class NoForecast:
    """Why there is no forecast: a word for programs, and the reason in both languages."""

    reason: str
    texts: Text


@dataclass(frozen=True, slots=True)
class Band:
    """The middle of the runs, and between which bounds 80 and 95 of 100 lie."""

    middle: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did in the back-test.

    `mase`: mean absolute error over that of the seasonal-naive forecast within the months learnt from (Hyndman and
    Koehler 2006). `within80`, `within95`: part of the months that lay in the band; `sums95` that of the sums.
    """

    method: str
    mase: float
    within80: float
    within95: float
    sums95: float


@dataclass(frozen=True)
class Tried:
    """The back-test: `chosen` is what choosing, and widening, by what was known so far would have brought."""

    origins: int
    ahead: int
    scores: tuple[Score, ...]
    chosen: Score
    wider: Mapping[str, float]  # by how much each method's bands are widened

    def of(self, method: str) -> Score:
        """Return the score of a method."""
        return next(one for one in self.scores if one.method == method)


def least(series: Series) -> int:
    """Return how many months there must be to learn from."""
    return LEAST if series.whole != "last" else LEAST_LEVEL


def month_name(month: int) -> str:
    """Return a month's number as "2019-10"."""
    return f"{month // SEASON}-{month % SEASON + 1:02d}"
