"""Ways of going on with monthly figures: each draws many possible futures, so that sums of months have bands too.

All work on a scale where errors add up (forecast.py brings figures there and back). Smoothing and the split into
season and rest are statsmodels'; what is ours is how the futures are drawn.
"""

import warnings
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.holtwinters import ExponentialSmoothing, SimpleExpSmoothing
from statsmodels.tsa.seasonal import STL

from varta.planning.monthly import SEASON

Floats = npt.NDArray[np.float64]
Method = Callable[
    [Floats, int, int, np.random.Generator], Floats
]  # months, ahead, runs, dice -> runs x ahead

DRIFT = 6  # months whose change on the year before is carried on
FEW_PATHS = 6  # with fewer past errors of the whole length, shorter ones are put together
SMOOTHED = 4  # what smoothing learns besides the season: level, trend, their weights


def seasonal_naive(months: Floats, ahead: int, runs: int, dice: np.random.Generator) -> Floats:
    """Draw futures around the same months a year before: what everybody compares with."""
    return np.asarray(_same_month(months, ahead) + _past_errors(months, ahead, runs, dice, drift=0))


def seasonal_drift(months: Floats, ahead: int, runs: int, dice: np.random.Generator) -> Floats:
    """Draw futures around the same months a year before, changed as the last six months were."""
    change = float(np.mean(months[-DRIFT:] - months[-DRIFT - SEASON : -SEASON]))
    return np.asarray(
        _same_month(months, ahead) + change + _past_errors(months, ahead, runs, dice, drift=DRIFT)
    )


def last_value(months: Floats, ahead: int, runs: int, dice: np.random.Generator) -> Floats:
    """Draw futures around the last month: steps of the past, in runs of several as they came."""
    steps = np.diff(months)
    chosen = _blocks(steps, ahead, runs, dice)
    return np.asarray(months[-1] + np.cumsum(chosen * dice.choice((-1.0, 1.0), (runs, 1)), axis=1))


def smoothing(
    months: Floats, ahead: int, runs: int, dice: np.random.Generator, *, seasonal: bool = True
) -> Floats:
    """Draw futures by exponential smoothing with a damped trend and, where there is one, a season (Holt, Winters)."""
    season = {"seasonal": "add", "seasonal_periods": SEASON} if seasonal else {}
    with _quiet():
        model = ExponentialSmoothing(
            months, trend="add", damped_trend=True, initialization_method="heuristic", **season
        )
        fitted = model.fit(use_brute=False)
        bits = np.random.RandomState(int(dice.integers(2**31 - 1)))
        drawn = np.asarray(fitted.simulate(ahead, repetitions=runs, error="add", rng=bits), float)
    middle = np.asarray(fitted.forecast(ahead), float)
    spread = (drawn.reshape(ahead, runs).T - middle) * _wider(len(months), seasonal=seasonal)
    return np.asarray(middle + spread)


def theta(months: Floats, ahead: int, runs: int, dice: np.random.Generator) -> Floats:
    """Draw futures by the theta method (Assimakopoulos and Nikolopoulos 2000) of what is left without the season.

    It is simple exponential smoothing with half the slope of the whole as drift (Hyndman and Billah 2003).
    """
    rest, season = _without_season(months, ahead)
    with _quiet():
        fitted = SimpleExpSmoothing(rest, initialization_method="heuristic").fit(use_brute=False)
    alpha = min(max(float(fitted.params["smoothing_level"]), 1e-3), 1.0)
    slope = float(np.polyfit(np.arange(len(rest)), rest, 1)[0]) / 2
    steps = np.arange(ahead) + (1 - (1 - alpha) ** len(rest)) / alpha
    middle = float(fitted.forecast(1)[0]) + slope * steps
    error = float(np.std(np.asarray(fitted.resid, float))) * _wider(len(months), seasonal=True)
    noise = dice.normal(0, error, (runs, ahead))
    carried = np.cumsum(noise, axis=1) - noise
    return np.asarray(middle + season + noise + alpha * carried, float)


def few_counts(counts: Floats, ahead: int, runs: int, dice: np.random.Generator) -> Floats:
    """Draw counts that are too small for a season: a steady rate of the last two years, as sure as they make it.

    Takes and returns counts. The rate has its gamma distribution (Jeffreys); counts are Poisson, or negative
    binomial where they scattered more than that.
    """
    held = counts[-2 * SEASON :]
    rate = dice.gamma(held.sum() + 0.5, 1 / len(held), (runs, 1)).repeat(ahead, axis=1)
    mean = max(float(held.mean()), 1e-9)
    more = float(held.var(ddof=1)) / mean
    if more > 1.05:
        rate = dice.gamma(rate / (more - 1) + 1e-9, more - 1)
    return np.asarray(dice.poisson(rate), float)


SEASONAL: Mapping[str, Method] = {
    "seasonal_naive": seasonal_naive,
    "seasonal_drift": seasonal_drift,
    "smoothing": smoothing,
    "theta": theta,
}
LEVELS: Mapping[str, Method] = {
    "seasonal_naive": seasonal_naive,
    "last_value": last_value,
    "smoothing": partial(smoothing, seasonal=False),
}


def _same_month(months: Floats, ahead: int) -> Floats:
    return np.asarray(np.resize(months[-SEASON:], ahead), float)


def _past_errors(months: Floats, ahead: int, runs: int, dice: np.random.Generator, *, drift: int) -> Floats:
    """Draw errors that the same rule made in the past, month after month as they came, either way round.

    Errors of following months are alike, and a year's end is their sum: drawn one by one they would cancel out.
    """
    change = months[SEASON:] - months[:-SEASON]
    starts = range(drift, len(change) - ahead + 1)
    sign = dice.choice((-1.0, 1.0), (runs, 1))
    if len(starts) < FEW_PATHS:
        mean = float(change.mean()) if drift else 0.0
        return np.asarray(_blocks(change - mean, ahead, runs, dice) * sign)
    paths = np.array(
        [change[at : at + ahead] - (change[at - drift : at].mean() if drift else 0.0) for at in starts]
    )
    return np.asarray(paths[dice.integers(len(paths), size=runs)] * sign, float)


def _blocks(errors: Floats, ahead: int, runs: int, dice: np.random.Generator) -> Floats:
    """Draw runs of errors put together from stretches of a quarter at most."""
    length = max(1, min(3, ahead, len(errors)))
    starts = dice.integers(len(errors) - length + 1, size=(runs, -(-ahead // length)))
    drawn = errors[starts[:, :, None] + np.arange(length)].reshape(runs, -1)
    return np.asarray(drawn[:, :ahead], float)


def _without_season(months: Floats, ahead: int) -> tuple[Floats, Floats]:
    """Return the months without their season, and the season of the months ahead."""
    split = STL(months, period=SEASON, robust=len(months) >= 3 * SEASON).fit()
    season = np.asarray(split.seasonal, float)
    return months - season, np.asarray(np.resize(season[-SEASON:], ahead), float)


def _wider(known: int, *, seasonal: bool) -> float:
    """Return by how much errors are larger than those that are left after learning from the same months."""
    learnt = SMOOTHED + (SEASON - 1 if seasonal else 0)
    return float(np.sqrt(known / max(known - learnt, 1)))


class _quiet(warnings.catch_warnings):  # noqa: N801 - used as a word
    """Keep to itself what the optimiser says on its way; how good the outcome is the back-test tells."""

    def __enter__(self) -> None:
        super().__enter__()
        for kind in (ConvergenceWarning, RuntimeWarning):
            warnings.simplefilter("ignore", kind)
