"""A figure: known, unknown or hidden; zero is a known one."""

from dataclasses import dataclass
from typing import Literal

State = Literal["known", "unknown", "hidden"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number, or the reason why there is none.

    `base` is the count that it rests on: the whole of a share, the measured values of a quantile, the count of a
    rate. `part` is the count above a share's line. `low` and `high` are the 95 % interval of a quantile by the
    order of what was measured, None where too few were; intervals of others follow from part and base (chance.py).
    """

    number: float | None
    state: State
    base: int | None = None
    part: int | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def known(cls, number: float, base: int | None = None) -> "Value":
        """Return a known figure."""
        return cls(number, "known", base)

    @classmethod
    def share(cls, part: int, whole: int) -> "Value":
        """Return part / whole, unknown where there is nothing to be a part of."""
        return cls(part / whole, "known", whole, part) if whole else cls.unknown()

    @classmethod
    def unknown(cls) -> "Value":
        """Return a figure that the sources do not give."""
        return cls(None, "unknown")

    @classmethod
    def hidden(cls) -> "Value":
        """Return a figure that is kept back because it is small."""
        return cls(None, "hidden")

    @classmethod
    def of(cls, number: float | None, base: int | None = None) -> "Value":
        """Return a known figure, or an unknown one for None."""
        return cls.unknown() if number is None else cls.known(number, base)
