"""Which way of going on with a series did best on its own past, and how far its bands have to be widened.

From each of a few origins the series is forecast with what was known by then. The score of choosing is that of
the method that had been best at the origins before, with bands widened by what was known before: what is shown as
error is what somebody who trusted Varta would have met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from varta.planning.extrapolation import LEVELS, SEASONAL, Floats, Method, few_counts, seasonal_drift
from varta.planning.monthly import SEASON, Score, Series, Tried, least

TRIED_RUNS = 300  # in the back-test, which draws many times over
ORIGINS_LEAST, ORIGINS_MOST = 4, 6
FARTHEST = 6  # months ahead that a back-test looks at most
SMALL = 10.0  # mean count below which a steady rate is tried too
NAIVE, MIXTURE, FEW = "seasonal_naive", "mixture", "few_counts"
MIXED = ("seasonal_drift", "smoothing", "theta")  # whose runs the mixture puts together
TRUSTED = 2.0  # trials for which the spread that a method draws is believed beforehand


class Learnt:
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


def tried(learnt: Learnt, ahead: int) -> Tried | None:
    """Return the back-test; None where there are too few origins to try from."""
    far, known = min(ahead, FARTHEST), len(learnt.values)
    start = least(learnt.series)
    room = known - far - start
    if room < ORIGINS_LEAST - 1:
        return None
    step = max(1, min(3, room // (ORIGINS_MOST - 1)))
    origins = sorted(range(known - far, start - 1, -step)[:ORIGINS_MOST])
    trials = {name: [_trial(learnt, name, one, far) for one in origins] for name in learnt.methods}
    scores = tuple(_score(name, list(zip(made, made, strict=True))) for name, made in trials.items())
    chosen = _score("chosen", _as_chosen(learnt, trials, origins, far))
    wider = {name: _wider(made) for name, made in trials.items()}
    return Tried(len(origins), far, scores, chosen, wider)


def _trial(learnt: Learnt, method: str, origin: int, far: int, wider: float = 1.0) -> _Trial:
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
    learnt: Learnt, trials: Mapping[str, Sequence[_Trial]], origins: Sequence[int], far: int
) -> list[tuple[_Trial, _Trial]]:
    """Return at each origin the method that was best at those before it, at first the naive, and its wider bands."""
    found = []
    for nth, origin in enumerate(origins):
        past = {name: sum(one.off for one in made[:nth]) for name, made in trials.items()}
        best = min(past, key=lambda name: (past[name], name != NAIVE))
        wider = _wider(trials[best][:nth])
        found.append((trials[best][nth], _trial(learnt, best, origin, far, wider)))
    return found


def best(found: Tried) -> str:
    """Return the method with the least error; of equal ones the seasonal-naive."""
    return min(found.scores, key=lambda one: (one.mase, one.method != NAIVE)).method
