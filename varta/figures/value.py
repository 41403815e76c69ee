"""A figure: known, unknown or hidden; zero is a known one."""

from dataclasses import dataclass
from typing import Literal

State = Literal["known", "unknown", "hidden"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number, or the reason why there is none; `base` is the count that a share or quantile rests on."""

    number: float | None
    state: State
    base: int | None = None

    @classmethod
    def known(cls, number: float, base: int | None = None) -> "Value":
        """Return a known figure."""
        return cls(number, "known", base)

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
