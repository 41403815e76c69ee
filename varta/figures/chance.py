"""What chance alone explains: intervals of figures, changes larger than chance, and limits of a funnel.

Counts are taken as Poisson, shares as binomial, quantiles by the order of what was measured. An interval holds
the true value in 95 of 100 cases; it says nothing of what was recorded wrongly or not at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from varta.figures.indicator import Count, Indicator, PeoplePer, PerPopulation, Quantile, Stock, Unanswered
from varta.figures.value import Value

Notable = Literal["up", "down"]
Pair = tuple[Value, Value]  # this period, the same days a year before
Numbers = NDArray[np.float64]

Z = 1.959963984540054  # of 95 %
ALPHA = 0.05  # changes wrongly called notable, as a share of all that are called so
EXACT = 2000  # measured values up to which the ranks of a quantile's interval are exact
# How far from a quantile the engine looks for its interval, as shares of the values, both ways: a quarter apart
# and so at most a quarter too wide, never too narrow.
AROUND = tuple(0.5 / 1.25**n for n in range(36))


def share_interval(part: float, whole: float) -> tuple[float, float]:
    """Return Wilson's interval of part / whole, within 0..1; ValueError unless 0 ≤ part ≤ whole and whole > 0.

    Source: Wilson 1927, without correction for continuity; Brown, Cai and DasGupta 2001 recommend it.
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} is no part of {whole}.")
    share = part / whole
    middle = share + Z * Z / (2 * whole)
    reach = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    below = 1 + Z * Z / whole
    low, high = (middle - reach) / below, (middle + reach) / below
    return max(low, 0.0) if part else 0.0, min(high, 1.0) if part < whole else 1.0


def count_interval(count: float, *, per: float = 1.0) -> tuple[float, float]:
    """Return the exact interval of a Poisson count (Garwood 1936), divided by the exposure `per`.

    A rate per 10,000 people is `count_interval(n, per=people / 10_000)`.
    """
    if count < 0 or per <= 0:
        raise ValueError(f"A count of {count} for an exposure of {per} has no interval.")
    low = float(special.gammaincinv(count, ALPHA / 2)) if count else 0.0
    return low / per, float(special.gammaincinv(count + 1, 1 - ALPHA / 2)) / per


@lru_cache(maxsize=100_000)
def ranks(n: int, q: float) -> tuple[int, int] | None:
    """Return the ranks, 1 the smallest of `n` values, between which the quantile lies in 95 of 100 cases.

    None where there are too few values for that. Exact up to EXACT values (binomial), by the normal distribution,
    a rank wider, above.
    """
    if n > EXACT:
        reach = Z * sqrt(n * q * (1 - q)) + 1
        low, high = int(n * q - reach), int(n * q + reach) + 2
    else:
        below = special.bdtr(np.arange(n + 1), n, q)  # P(at most k of n values lie below the quantile)
        low = int(np.searchsorted(below, ALPHA / 2, side="right"))
        high = int(np.searchsorted(below, 1 - ALPHA / 2, side="left")) + 1
    return (low, high) if low >= 1 and high <= n else None


@lru_cache(maxsize=100)
def points(q: float) -> tuple[float, ...]:
    """Return the shares at which the engine reads the measured values for a quantile's interval, in order."""
    found = {q, 0.0, 1.0} | {q + sign * reach for reach in AROUND for sign in (-1, 1)}
    return tuple(sorted(round(point, 9) for point in found if 0 <= point <= 1))


def quantile_interval(n: int, q: float, read: Sequence[float] | None) -> tuple[float, float] | None:
    """Return the interval of a quantile from the values read at `points(q)`; None where too few were measured.

    Of each side the value nearest to the quantile that is not inside the exact interval, and so never too narrow.
    """
    found = ranks(n, q) if n else None
    if found is None or read is None:
        return None
    low, high = ((rank - 1) / (n - 1) for rank in found)
    asked = points(q)
    below = bisect_right(asked, low + 1e-12) - 1
    above = bisect_left(asked, high - 1e-12)
    return float(read[below]), float(read[above])


@dataclass(frozen=True, slots=True)
class Judged:
    """What chance says of a figure: its interval, None where there is none, and whether its change is notable."""

    low: float | None = None
    high: float | None = None
    notable: Notable | None = None


def kind_of(indicator: Indicator) -> Literal["count", "rate", "share", "quantile", "people_per"]:
    """Return how a figure of the indicator is spread."""
    measure = indicator.measure
    if isinstance(measure, Count | Unanswered | Stock):
        return "count"
    if isinstance(measure, PerPopulation):
        return "rate"
    if isinstance(measure, Quantile):
        return "quantile"
    return "people_per" if isinstance(measure, PeoplePer) else "share"


def judge(indicator: Indicator, rows: Sequence[Pair], *, days: tuple[int, int] = (1, 1)) -> list[Judged]:
    """Return what chance says of the rows of one table: intervals of this period, and notable changes.

    `days` are the lengths of both periods: a leap day is no rise. Of all changes that are called notable, on the
    average at most one in twenty is chance's doing (Benjamini and Hochberg 1995), over the rows of this table.
    """
    intervals = [interval(indicator, now) for now, _ in rows]
    directions = _notable(_chances(indicator, rows, days), rows)
    return [Judged(*ends, notable=way) for ends, way in zip(intervals, directions, strict=True)]


def interval(indicator: Indicator, value: Value) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a figure, (None, None) where it is not known or rests on nothing."""
    if value.number is None:
        return None, None
    kind = kind_of(indicator)
    if kind == "quantile":
        return value.low, value.high
    if kind == "share":
        return (
            share_interval(value.part, value.base) if value.base and value.part is not None else (None, None)
        )
    if kind == "count":
        return count_interval(value.number)
    return _scaled(value, inverse=kind == "people_per")


def _scaled(value: Value, *, inverse: bool) -> tuple[float | None, float | None]:
    """Return the interval of what is proportional to a count, or to its inverse; open where the count may be 0."""
    if not value.base or value.number is None:
        return (0.0, None) if value.base == 0 and not inverse else (None, None)
    low, high = count_interval(value.base)
    if inverse:
        whole = value.number * value.base
        return whole / high, (whole / low if low else None)
    one = value.number / value.base
    return low * one, high * one


def _chances(indicator: Indicator, rows: Sequence[Pair], days: tuple[int, int]) -> Numbers:
    """Return the chance of a change at least as large in each row where nothing has changed; nan where unknown."""
    kind = kind_of(indicator)
    if kind == "share":
        told = [(n.part, n.base, b.part, b.base) for n, b in rows]
        return _two_shares(*_columns(told, 4))
    if kind == "quantile":
        told_by = [(n.number, n.low, n.high, b.number, b.low, b.high) for n, b in rows]
        return _two_quantiles(*_columns(told_by, 6))
    of = [_counted(kind, n) + _counted(kind, b) for n, b in rows]
    exposure = (1, 1) if indicator.on_a_day else days
    return _two_counts(*_columns(of, 2), exposure=exposure[0] / sum(exposure))


def _counted(kind: str, value: Value) -> tuple[float | None]:
    if value.number is None:
        return (None,)
    return (value.number,) if kind == "count" else (value.base,)


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[Numbers]:
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in rows], float)
    return list(table.reshape(-1, width).T)


def _two_counts(now: Numbers, before: Numbers, *, exposure: float) -> Numbers:
    """Return the two-sided chance of two Poisson counts, the exact one given their sum (Przyborowski, Wilenski)."""
    both = now + before
    known = np.nan_to_num(both) > 0
    n, k = np.where(known, both, 1), np.where(known, now, 0)
    at_most = np.where(k >= n, 1.0, special.betainc(np.maximum(n - k, 1e-9), k + 1, 1 - exposure))
    at_least = np.where(k <= 0, 1.0, special.betainc(np.maximum(k, 1e-9), n - k + 1, exposure))
    return np.where(known, np.minimum(1, 2 * np.minimum(at_most, at_least)), np.nan)


def _two_shares(part: Numbers, whole: Numbers, part_before: Numbers, whole_before: Numbers) -> Numbers:
    """Return the two-sided chance of two shares: chi-squared with N - 1 (Campbell 2007), 1 where too few."""
    n = whole + whole_before
    with np.errstate(all="ignore"):
        pooled = (part + part_before) / n
        spread = np.sqrt(pooled * (1 - pooled) * (1 / whole + 1 / whole_before) * n / (n - 1))
        z = np.abs(part / whole - part_before / whole_before) / spread
        least = np.minimum(whole, whole_before) * np.minimum(pooled, 1 - pooled)
    chance = np.where(least < 1, 1.0, 2 * special.ndtr(-z))
    return np.where(np.isnan(least), np.nan, chance)


def _two_quantiles(*columns: Numbers) -> Numbers:
    """Return the two-sided chance of two quantiles, their errors taken from the widths of their intervals."""
    now, low, high, before, low_before, high_before = columns
    with np.errstate(all="ignore"):
        error = np.hypot(high - low, high_before - low_before) / (2 * Z)
        z = np.abs(now - before) / error
    same = now == before
    return np.where(np.isnan(error), np.nan, np.where(same, 1.0, 2 * special.ndtr(-z)))


def _notable(chances: Numbers, rows: Sequence[Pair]) -> list[Notable | None]:
    from scipy.stats import false_discovery_control  # half a second to import: only where figures are judged

    known = np.flatnonzero(~np.isnan(chances))
    found: list[Notable | None] = [None] * len(rows)
    if not known.size:
        return found
    for nth, adjusted in zip(known.tolist(), false_discovery_control(chances[known]), strict=True):
        now, before = rows[nth]
        if adjusted <= ALPHA and now.number is not None and before.number is not None:
            found[nth] = (
                "up" if now.number > before.number else "down" if now.number < before.number else None
            )
    return found


@dataclass(frozen=True, slots=True)
class Dot:
    """A row in a funnel: what its figure rests on, the figure, and beyond which limit it lies, None within both."""

    size: float
    value: float
    beyond: Literal["95", "99.8"] | None


@dataclass(frozen=True)
class Funnel:
    """Figures of rows against what they rest on, around the whole's value.

    `dispersion`: how many times the rows spread wider than chance alone lets them (variance; 1 for chance alone).
    `is_wider`: whether that is told with some certainty; the limits are then widened by it.
    """

    centre: float
    kind: Literal["share", "rate"]
    per: float = 1.0
    dispersion: float = 1.0
    is_wider: bool = False
    dots: Mapping[str, Dot] = field(default_factory=dict)

    def limits(self, size: float) -> Mapping[str, tuple[float, float]]:
        """Return "95" and "99.8" -> the limits for a row that rests on `size` (cases, or people for a rate)."""
        reach = self.error(size) * (sqrt(self.dispersion) if self.is_wider else 1)
        most = 1.0 if self.kind == "share" else float("inf")
        return {
            name: (max(self.centre - z * reach, 0.0), min(self.centre + z * reach, most))
            for name, z in (("95", Z), ("99.8", 3.090232306167813))
        }

    def error(self, size: float) -> float:
        """Return the standard error of a row of this size, were its true value that of the whole."""
        if self.kind == "share":
            return sqrt(self.centre * (1 - self.centre) / size)
        return sqrt(self.centre * self.per / size)


def funnel(
    indicator: Indicator, rows: Mapping[str, Value], people: Mapping[str, int | None], whole: Value
) -> Funnel | None:
    """Return the funnel of shares or rates around the whole's value; None for other kinds, or without a whole.

    `people`: code of the row -> its people, for rates. Source: Spiegelhalter 2005, with the over-dispersion
    estimated from scores of which the outermost tenth of each side is drawn in.
    """
    kind, centre = kind_of(indicator), whole.number
    if kind not in ("share", "rate") or not centre or (kind == "share" and centre >= 1):
        return None
    per = float(indicator.measure.per) if isinstance(indicator.measure, PerPopulation) else 1.0
    sizes = {code: (people.get(code) if kind == "rate" else value.base) for code, value in rows.items()}
    held = {code: (float(size), value.number) for code, value in rows.items()
            if (size := sizes[code]) and value.number is not None}  # fmt: skip
    plain = Funnel(centre, "rate" if kind == "rate" else "share", per)
    wide, told = _dispersion([(value - centre) / plain.error(size) for size, value in held.values()])
    made = Funnel(centre, plain.kind, per, wide, told)
    dots = {code: Dot(size, value, _beyond(made, size, value)) for code, (size, value) in held.items()}
    return Funnel(centre, plain.kind, per, wide, told, dots)


def _dispersion(scores: Sequence[float]) -> tuple[float, bool]:
    if len(scores) < 5:
        return 1.0, False  # of so few rows nothing can be said
    low, high = np.quantile(scores, (0.1, 0.9))
    spread = float(np.mean(np.clip(scores, low, high) ** 2))
    return max(spread, 1.0), spread > 1 + 2 * sqrt(2 / len(scores))


def _beyond(made: Funnel, size: float, value: float) -> Literal["95", "99.8"] | None:
    limits = made.limits(size)
    if not limits["99.8"][0] <= value <= limits["99.8"][1]:
        return "99.8"
    return None if limits["95"][0] <= value <= limits["95"][1] else "95"
