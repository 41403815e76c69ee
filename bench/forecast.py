"""Forecasts of the year's end on many invented series: Varta's choice beside the naive one and plain statsmodels.

    python -m bench.forecast [--series 60] [--smoke]

Series of 57 months with seasons, growth that wanders, breaks and counts from two a month to thousands; the last
three months of the year are forecast and compared with what came. Peers: the same months of the year before with
a normal band; Holt-Winters of statsmodels as its documentation has it (additive, on the logarithm), with its
simulated bands. MASE: mean absolute error over that of the seasonal-naive forecast within the months known.
"""

import argparse
import time
import warnings
from collections.abc import Callable

import numpy as np
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from varta.planning.forecast import Forecast, Series, forecast

MONTHS, AHEAD, RUNS = 60, 3, 1000
KNOWN = MONTHS - AHEAD
SEASONS = np.array((0.93, 0.92, 0.96, 1.0, 1.05, 1.08, 1.08, 1.06, 1.0, 0.98, 0.96, 0.98))
Drawn = np.ndarray  # runs x months ahead


def invented(dice: np.random.Generator) -> np.ndarray:
    """Return a series of counts: level, season, growth and noise of its own, one in six with a break."""
    level = float(np.exp(dice.uniform(np.log(2), np.log(4000))))
    season = 1 + (SEASONS - 1) * dice.uniform(0.3, 3) + dice.normal(0, 0.03, 12)
    growth = dice.normal(0.004, 0.005) * np.arange(MONTHS) + np.cumsum(dice.normal(0, 0.015, MONTHS))
    rate = level * np.resize(season, MONTHS) * np.exp(growth)
    if dice.random() < 1 / 6:
        rate[dice.integers(24, KNOWN) :] *= dice.uniform(0.6, 1.5)
    return dice.poisson(rate * dice.gamma(60, 1 / 60, MONTHS)).astype(float)


def varta(known: np.ndarray, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return middle and bounds (80 low, high, 95 low, high) of each month and, last, of their sum."""
    found = forecast(Series(2015 * 12, tuple(known)))
    assert isinstance(found, Forecast), found
    held = found.known or 0.0
    rows = [(b.middle, b.low80, b.high80, b.low95, b.high95) for b in found.months]
    rows.append(tuple(x - held for x in (found.year.middle, found.year.low80, found.year.high80,
                                         found.year.low95, found.year.high95)))  # fmt: skip
    table = np.array(rows)
    return table[:, 0], table[:, 1:]


def drawn(futures: Drawn) -> tuple[np.ndarray, np.ndarray]:
    """Return the same of runs."""
    both = np.column_stack((futures, futures.sum(axis=1)))
    return np.median(both, axis=0), np.percentile(both, (10, 90, 2.5, 97.5), axis=0).T


def naive(known: np.ndarray, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw around the same months of the year before, each month by itself."""
    error = float(np.sqrt(np.mean((known[12:] - known[:-12]) ** 2)))
    return drawn(known[-12 : -12 + AHEAD] + dice.normal(0, error, (RUNS, AHEAD)))


def holt_winters(known: np.ndarray, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw by Holt-Winters."""
    model = ExponentialSmoothing(
        np.log(known + 0.5),
        trend="add",
        seasonal="add",
        seasonal_periods=12,
        initialization_method="estimated",
    )
    bits = np.random.RandomState(int(dice.integers(2**31 - 1)))
    futures = np.asarray(model.fit().simulate(AHEAD, repetitions=RUNS, error="add", rng=bits))
    return drawn(np.maximum(np.exp(futures.reshape(AHEAD, RUNS).T) - 0.5, 0))


PEERS: dict[str, Callable[[np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]]] = {
    "Varta": varta,
    "seasonal naive": naive,
    "Holt-Winters (statsmodels)": holt_winters,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--series", type=int, default=60)
    asked.add_argument("--smoke", action="store_true")
    given = asked.parse_args()
    number = 4 if given.smoke else given.series
    dice = np.random.default_rng(20191031)
    rows: dict[str, list[tuple[float, ...]]] = {name: [] for name in PEERS}
    spent = dict.fromkeys(PEERS, 0.0)
    warnings.simplefilter("ignore")
    for _ in range(number):
        series = invented(dice)
        known, came = series[:KNOWN], series[KNOWN:]
        usual = float(np.mean(np.abs(known[12:] - known[:-12]))) or 1.0
        whole = np.append(came, came.sum())
        for name, peer in PEERS.items():
            start = time.process_time()
            middle, bounds = peer(known, dice)
            spent[name] += time.process_time() - start
            in80 = (bounds[:, 0] <= whole) & (whole <= bounds[:, 1])
            in95 = (bounds[:, 2] <= whole) & (whole <= bounds[:, 3])
            off = np.abs(middle - whole)
            rows[name].append((off[:-1].mean() / usual, off[-1] / max(whole[-1], 1), in80[:-1].mean(),
                               in95[:-1].mean(), in80[-1], in95[-1]))  # fmt: skip
    print(f"{number} series, {KNOWN} months known, {AHEAD} to come")
    print(f"{'':28}{'MASE':>7}{'sum off':>9}{'80 %':>7}{'95 %':>7}{'sum 80':>8}{'sum 95':>8}{'CPU ms':>8}")
    for name, held in rows.items():
        mase, off, in80, in95, sum80, sum95 = np.mean(np.array(held, float), axis=0)
        print(f"{name:28}{mase:7.2f}{off:9.1%}{in80:7.0%}{in95:7.0%}{sum80:8.0%}{sum95:8.0%}"
              f"{spent[name] / number * 1000:8.0f}")  # fmt: skip
    varta_off, naive_off = (np.mean([row[0] for row in rows[name]]) for name in ("Varta", "seasonal naive"))
    if not given.smoke and varta_off > naive_off:
        raise SystemExit("Varta's forecasts are no better than the naive ones.")


if __name__ == "__main__":
    main()
