"""What a monthly figure may come to by the end of the year, with bands, tried on its own past.

Months that are known stay as they are; for those to come many futures are drawn and added to them, so that the
year has a band as well. Which method draws them is chosen by a back-test from rolling origins, in which the same
months of the year before are a method like any other: where nothing is better, that is what is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from varta.planning import backtest
from varta.planning.backtest import NAIVE, Learnt
from varta.planning.extrapolation import Floats
from varta.planning.monthly import SEASON, Band, NoForecast, Score, Series, Tried, least, month_name

RUNS = 1000
PERCENTILES = tuple(range(101))


@dataclass(frozen=True)
class Forecast:
    """Months to come, and the year by the end of each of them; `at` has the whole year's 0th to 100th percentile."""

    method: str
    naive_is_best: bool
    months: tuple[Band, ...]
    path: tuple[Band, ...]
    known: float | None  # what the year's known months make up, None where they are none
    at: tuple[float, ...]
    tried: Tried

    @property
    def year(self) -> Band:
        """Return the whole year."""
        return self.path[-1]

    def chance(self, target: float, *, at_least: bool) -> float:
        """Return the part of the runs in which the year reaches the target; never told surer than 1 in 100."""
        below = float(np.interp(target, _rising(self.at), PERCENTILES)) / 100
        return min(max(1 - below if at_least else below, 0.0), 1.0)


def forecast(series: Series, *, seed: int = 1) -> Forecast | NoForecast:
    """Return what the year of the month after the last may come to, or why that cannot be said.

    The year is that of the last month, or the next one where the last month is December.
    """
    ahead = SEASON - (series.last + 1) % SEASON
    found = _stretch(series)
    if isinstance(found, NoForecast):
        return found
    learnt = Learnt(series, found, seed)
    tried = backtest.tried(learnt, ahead)
    if tried is None:
        return _too_short(len(found), _needed(series, ahead))
    method = backtest.best(tried)
    drawn = learnt.draw(method, len(found), ahead, RUNS, wider=tried.wider[method])
    year, known = _year(series, drawn)
    path = tuple(_band(year[:, month]) for month in range(ahead))
    return Forecast(
        method,
        method == NAIVE,
        tuple(_band(drawn[:, month]) for month in range(ahead)),
        path,
        known,
        tuple(float(one) for one in np.percentile(year[:, -1], PERCENTILES)),
        tried,
    )


def _stretch(series: Series) -> Floats | NoForecast:
    """Return the known months up to the last one without a gap."""
    values = list(series.values)
    since = next((at + 1 for at in range(len(values) - 1, -1, -1) if values[at] is None), 0)
    found = np.array([one for one in values[since:] if one is not None], float)
    needed = least(series)
    if len(found) < needed:
        had_more = any(one is not None for one in values[:since])
        return _gap(series, since, needed) if had_more else _too_short(len(found), needed)
    if not found.any():
        return NoForecast(
            "nothing",
            {
                "uk": "За всі відомі місяці нічого не зафіксовано.",
                "en": "In all months that are known nothing was recorded.",
            },
        )
    return found


def _gap(series: Series, since: int, needed: int) -> NoForecast:
    missing = [month_name(series.first + at) for at in range(len(series.values)) if series.values[at] is None]
    missing = [one for one in missing if one > month_name(series.first + since - 1 - needed)]
    listed = ", ".join(missing[-6:]) if len(missing) <= 6 else f"{missing[0]} … {missing[-1]}"
    return NoForecast(
        "unknown_months",
        {
            "uk": f"Невідомі місяці ({listed}): після них ряд закороткий, а домислювати їх не можна.",
            "en": f"Some months are unknown ({listed}): what follows them is too short, and they cannot be made up.",
        },
    )


def _too_short(known: int, needed: int) -> NoForecast:
    return NoForecast(
        "too_short",
        {
            "uk": f"Ряд закороткий: відомо місяців поспіль — {known}, потрібно щонайменше {needed}.",
            "en": f"The series is too short: {known} months in a row are known, at least {needed} are needed.",
        },
    )


def _needed(series: Series, ahead: int) -> int:
    return least(series) + min(ahead, backtest.FARTHEST) + backtest.ORIGINS_LEAST - 1


def _year(series: Series, drawn: Floats) -> tuple[Floats, float | None]:
    """Return what the year makes up by the end of each month to come, runs x months, and by now."""
    ahead = drawn.shape[1]
    held = [one or 0.0 for one in series.values[-(SEASON - ahead) :]] if ahead < SEASON else []
    if series.whole == "last":
        return drawn, held[-1] if held else None
    if series.whole == "sum":
        return drawn.cumsum(axis=1) + sum(held), float(sum(held)) if held else None
    known, coming = _weights(series, len(held), ahead)
    mine = float(np.dot(known, held))
    weight = np.maximum(known.sum() + coming.cumsum(), 1e-12)
    year = ((drawn * coming).cumsum(axis=1) + mine) / weight
    return np.asarray(year, float), mine / float(known.sum()) if held and known.sum() else None


def _weights(series: Series, held: int, ahead: int) -> tuple[Floats, Floats]:
    """Return what the year's known months weigh, and those to come: as a year before, changed as these were."""
    if len(series.bases) < len(series.values) or any(one is None for one in series.bases[-2 * SEASON :]):
        return np.ones(held), np.ones(ahead)
    bases = np.array([one or 0.0 for one in series.bases], float)
    known = bases[len(bases) - held :]
    before = bases[-SEASON:][:ahead]
    same = bases[len(bases) - held - SEASON : len(bases) - SEASON] if held else bases[-2 * SEASON : -SEASON]
    now = known if held else bases[-SEASON:]
    growth = float(now.sum() / same.sum()) if same.sum() else 1.0
    coming = np.resize(before, ahead) * growth
    return (known, coming) if known.sum() + coming.sum() else (np.ones(held), np.ones(ahead))


def _band(drawn: Floats) -> Band:
    low95, low80, middle, high80, high95 = (
        float(one) for one in np.percentile(drawn, (2.5, 10, 50, 90, 97.5))
    )
    return Band(middle, low80, high80, low95, high95)


def _rising(at: Sequence[float]) -> Floats:
    """Return percentiles that rise strictly, so that a target has one place among them."""
    values = np.array(at, float)
    return np.asarray(values + np.arange(len(values)) * (abs(values).max() + 1e-9) * 1e-12)


__all__ = ["NAIVE", "Band", "Forecast", "NoForecast", "Score", "Series", "forecast", "month_name"]
