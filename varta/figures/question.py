"""What is asked of the engine, and where its files are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from varta.figures.periods import Period

Level = Literal["country", "oblast", "raion", "hromada", "directorate", "unit"]
PLACE_LEVELS = {"country": 0, "oblast": 1, "raion": 2, "hromada": 3}
LEVELS: tuple[Level, ...] = ("country", "oblast", "raion", "hromada", "directorate", "unit")
TOTAL = "*"  # stands for the whole among the groups
Interval = tuple[int, int]


class Lake(Protocol):
    """Where the files are."""

    def files(self, folder: str, first: str = "", last: str = "9999-12") -> list[str]:
        """Return the files of a folder from one month ("2019-01") to another, both inclusive."""

    def columns(self, folder: str) -> Mapping[str, str]:
        """Return the columns of a folder with their types in DuckDB's words."""

    def dimension(self, name: Literal["places", "units", "beats"]) -> str:
        """Return the file of places, of units or of beats."""


@dataclass(frozen=True)
class Question:
    """What is asked: which days, by which level, within which places and units (preorder, inclusive)."""

    period: Period
    level: Level
    places: Interval | None = None
    units: Interval | None = None
