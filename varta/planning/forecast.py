"""What a monthly figure may come to by the end of the year, with bands, tried on its own past.

Months that are known stay as they are; for those to come many futures are drawn and added to them, so that the
year has a band as well. Which method draws them is chosen by a back-test from rolling origins, in which the same
months of the year before are a method like any other: where nothing is better, that is what is used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from varta.planning.extrapolation import (
    LEVELS,
    SEASON,
    SEASONAL,
    Floats,
    Method,
    few_counts,
    seasonal_drift,
)

Scale = Literal["count", "positive", "share"]
Whole = Literal["sum", "weighted", "last"]  # how months make up a year
Text = Mapping[str, str]

RUNS = 1000
TRIED_RUNS = 300  # in the back-test, which draws many times over
LEAST = 24  # months to learn from; two of each
LEAST_LEVEL = 18  # of a level, which has no season
ORIGINS_LEAST, ORIGINS_MOST = 4, 7
FARTHEST = 6  # months ahead that a back-test looks at most
SMALL = 10.0  # mean count below which a steady rate is tried too
PERCENTILES = tuple(range(101))
NAIVE, MIXTURE, FEW = "seasonal_naive", "mixture", "few_counts"
MIXED = ("seasonal_drift", "smoothing", "theta")  # whose runs the mixture puts together
TRUSTED = 2.0  # trials for which the spread that a method draws is believed beforehand


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


@dataclass(frozen=True)
class Forecast:
    """Months to come and the whole year; `at` has the year's 0th to 100th percentile."""

    method: str
    naive_is_best: bool
    months: tuple[Band, ...]
    year: Band
    known: float | None  # what the year's known months make up, None where they are none
    at: tuple[float, ...]
    tried: Tried

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
    learnt = _Learnt(series, found, seed)
    tried = _tried(learnt, ahead)
    if tried is None:
        return _too_short(len(found), _needed(series, ahead))
    method = _best(tried)
    drawn = learnt.draw(method, len(found), ahead, RUNS, wider=tried.wider[method])
    whole, known = _whole(series, drawn)
    return Forecast(
        method,
        method == NAIVE,
        tuple(_band(drawn[:, month]) for month in range(ahead)),
        _band(whole),
        known,
        tuple(float(one) for one in np.percentile(whole, PERCENTILES)),
        tried,
    )


def month_name(month: int) -> str:
    """Return a month's number as "2019-10"."""
    return f"{month // SEASON}-{month % SEASON + 1:02d}"


def _stretch(series: Series) -> Floats | NoForecast:
    """Return the known months up to the last one without a gap."""
    values = list(series.values)
    since = next((at + 1 for at in range(len(values) - 1, -1, -1) if values[at] is None), 0)
    found = np.array([one for one in values[since:] if one is not None], float)
    least = LEAST if series.whole != "last" else LEAST_LEVEL
    if len(found) < least:
        return (
            _gap(series, since, least)
            if any(one is not None for one in values[:since])
            else _too_short(len(found), least)
        )
    if not found.any():
        return NoForecast(
            "nothing",
            {
                "uk": "За всі відомі місяці нічого не зафіксовано.",
                "en": "In all months that are known nothing was recorded.",
            },
        )
    return found


def _gap(series: Series, since: int, least: int) -> NoForecast:
    missing = [month_name(series.first + at) for at in range(len(series.values)) if series.values[at] is None]
    missing = [one for one in missing if one > month_name(series.first + since - 1 - least)]
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
    least = LEAST if series.whole != "last" else LEAST_LEVEL
    return least + min(ahead, FARTHEST) + ORIGINS_LEAST - 1


class _Learnt:
    """The known months, on the scale where errors add up, and the methods that may go on with them."""

    def __init__(self, series: Series, values: Floats, seed: int) -> None:
        self.series, self.values, self.seed = series, values, seed
        self.drawn: dict[tuple[str, int, int, int], Floats] = {}
        self.bases = self._own_bases(len(values))
        self.months = self._there(values)
        usual = LEVELS if series.whole == "last" else SEASONAL
        self.methods: dict[str, Method] = dict(usual)
        if series.whole != "last":
            self.methods[MIXTURE] = seasonal_drift  # stands for its parts, which _runs() puts together
        if series.scale == "count" and series.whole == "sum" and float(values.mean()) < SMALL:
            self.methods[FEW] = few_counts

    def _own_bases(self, known: int) -> Floats:
        told = self.series.bases[-known:] if self.series.bases else ()
        if len(told) < known or any(one is None for one in told):
            return np.ones(known)
        return np.array([one or 0.0 for one in told], float)

    def _there(self, values: Floats) -> Floats:
        if self.series.scale == "count":
            return np.asarray(np.log(values + 0.5))
        if self.series.scale == "positive":
            return np.asarray(np.log(np.maximum(values, 1e-6)))
        part = (values * self.bases + 0.5) / (self.bases + 1)
        return np.asarray(np.log(part / (1 - part)))

    def _back(self, drawn: Floats) -> Floats:
        if self.series.scale == "count":
            return np.asarray(np.maximum(np.rint(np.exp(np.minimum(drawn, 40)) - 0.5), 0.0))
        if self.series.scale == "positive":
            return np.asarray(np.exp(np.minimum(drawn, 40)))
        return np.asarray(1 / (1 + np.exp(-drawn)))

    def draw(self, method: str, known: int, ahead: int, runs: int, *, wider: float = 1.0) -> Floats:
        """Return runs x months ahead as figures, from the first `known` months, spread `wider` times as far."""
        drawn = self._runs(method, known, ahead, runs)
        if method == FEW:
            return drawn
        middle = np.median(drawn, axis=0)
        return self._back(middle + (drawn - middle) * wider)

    def _runs(self, method: str, known: int, ahead: int, runs: int) -> Floats:
        """Return the runs of a method, drawn once; of a mixture every so many of its parts' runs."""
        key = (method, known, ahead, runs)
        if key not in self.drawn:
            if method == MIXTURE:
                parts = [self._runs(one, known, ahead, runs)[:: len(MIXED)] for one in MIXED]
                self.drawn[key] = np.concatenate(parts)
            else:
                months = self.values if method == FEW else self.months
                dice = np.random.default_rng((self.seed, known))
                self.drawn[key] = self.methods[method](months[:known], ahead, runs, dice)
        return self.drawn[key]


@dataclass(frozen=True)
class _Trial:
    """What a method said at one origin, and what came.

    `off`: mean absolute error of the middle, scaled. `surprise`: mean squared error in units of what the runs
    spread, 1 where they spread rightly.
    """

    came: Floats
    drawn: Floats
    off: float
    surprise: float

    @classmethod
    def of(cls, came: Floats, drawn: Floats, usual: float) -> "_Trial":
        """Return the trial; `usual` is the error of the seasonal-naive forecast within the months learnt from."""
        low, middle, high = np.percentile(drawn, (10, 50, 90), axis=0)
        spread = np.maximum((high - low) / 2.563, 1e-9)  # of a normal distribution, in standard deviations
        surprise = np.minimum(((came - middle) / spread) ** 2, 25.0)
        return cls(came, drawn, float(np.mean(np.abs(came - middle))) / usual, float(np.mean(surprise)))


def _tried(learnt: _Learnt, ahead: int) -> Tried | None:
    """Return the back-test; None where there are too few origins to try from."""
    far, known = min(ahead, FARTHEST), len(learnt.values)
    least = LEAST if learnt.series.whole != "last" else LEAST_LEVEL
    room = known - far - least
    if room < ORIGINS_LEAST - 1:
        return None
    step = max(1, min(3, room // (ORIGINS_MOST - 1)))
    origins = sorted(range(known - far, least - 1, -step)[:ORIGINS_MOST])
    trials = {name: [_trial(learnt, name, one, far) for one in origins] for name in learnt.methods}
    scores = tuple(_score(name, list(zip(made, made, strict=True))) for name, made in trials.items())
    chosen = _score("chosen", _as_chosen(learnt, trials, origins, far))
    wider = {name: _wider(made) for name, made in trials.items()}
    return Tried(len(origins), far, scores, chosen, wider)


def _trial(learnt: _Learnt, method: str, origin: int, far: int, wider: float = 1.0) -> _Trial:
    drawn = learnt.draw(method, origin, far, TRIED_RUNS, wider=wider)
    before = learnt.values[:origin]
    usual = float(np.mean(np.abs(before[SEASON:] - before[:-SEASON]))) or 1e-9
    return _Trial.of(learnt.values[origin : origin + far], drawn, usual)


def _wider(past: Sequence[_Trial]) -> float:
    """Return by how much bands are widened: never narrowed, and the less the fewer trials say so."""
    told = sum(one.surprise for one in past) + TRUSTED
    return float(min(max(np.sqrt(told / (len(past) + TRUSTED)), 1.0), 2.5))


def _score(name: str, trials: Sequence[tuple[_Trial, _Trial]]) -> Score:
    """Return the score of trials: errors of the first of each pair, bands of the second."""
    low95, low80, high80, high95 = np.array(
        [np.percentile(one.drawn, (2.5, 10, 90, 97.5), axis=0) for _, one in trials]
    ).swapaxes(0, 1)
    came = np.array([one.came for one, _ in trials])
    sums = np.array([np.percentile(one.drawn.sum(axis=1), (2.5, 97.5)) for _, one in trials])
    whole = came.sum(axis=1)
    return Score(
        name,
        float(np.mean([one.off for one, _ in trials])),
        float(np.mean((low80 <= came) & (came <= high80))),
        float(np.mean((low95 <= came) & (came <= high95))),
        float(np.mean((sums[:, 0] <= whole) & (whole <= sums[:, 1]))),
    )


def _as_chosen(
    learnt: _Learnt, trials: Mapping[str, Sequence[_Trial]], origins: Sequence[int], far: int
) -> list[tuple[_Trial, _Trial]]:
    """Return at each origin the method that was best at those before it, at first the naive, and its wider bands."""
    found = []
    for nth, origin in enumerate(origins):
        past = {name: sum(one.off for one in made[:nth]) for name, made in trials.items()}
        best = min(past, key=lambda name: (past[name], name != NAIVE))
        wider = _wider(trials[best][:nth])
        found.append((trials[best][nth], _trial(learnt, best, origin, far, wider)))
    return found


def _best(tried: Tried) -> str:
    """Return the method with the least error; the naive one where choosing would not have paid off."""
    naive = tried.of(NAIVE)
    best = min(tried.scores, key=lambda one: (one.mase, one.method != NAIVE))
    return NAIVE if tried.chosen.mase > naive.mase else best.method


def _whole(series: Series, drawn: Floats) -> tuple[Floats, float | None]:
    """Return the year of each run, and what its known months make up."""
    ahead = drawn.shape[1]
    held = [one or 0.0 for one in series.values[-(SEASON - ahead) :]] if ahead < SEASON else []
    if series.whole == "last":
        return drawn[:, -1], held[-1] if held else None
    if series.whole == "sum":
        return drawn.sum(axis=1) + sum(held), float(sum(held)) if held else None
    known, coming = _weights(series, len(held), ahead)
    mine = float(np.dot(known, held))
    year = (drawn @ coming + mine) / (known.sum() + coming.sum())
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
