"""How long a crew stays at a call, and what is left when it has been there for a while."""

from dataclasses import dataclass
from math import erfc, exp, log, sqrt


@dataclass(frozen=True, slots=True)
class OnScene:
    """Time at a call as a lognormal distribution: most are shorter than the mean, few very long.

    The defaults are an assumption, the same that the demonstration makes; an installation replaces them
    by the median and the spread (standard deviation of the logarithm) of its own closed calls.
    """

    median_s: float = 34 * 60.0
    spread: float = 0.6

    @property
    def mean_s(self) -> float:
        """Return the expected time."""
        return self.median_s * exp(self.spread**2 / 2)

    def left(self, elapsed_s: float) -> float:
        """Return the expected rest for a crew that has been there for `elapsed_s` seconds."""
        if elapsed_s <= 0:
            return self.mean_s
        if self.spread == 0:
            return max(self.median_s - elapsed_s, 0.0)
        high = log(elapsed_s / self.median_s) / self.spread
        still_there = erfc(high / sqrt(2))
        if still_there < 1e-9:  # so long that the distribution says nothing; as long again as it took
            return elapsed_s
        return self.mean_s * erfc((high - self.spread) / sqrt(2)) / still_there - elapsed_s


ON_SCENE = OnScene()
