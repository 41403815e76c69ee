"""What an indicator is: what is counted, out of what, in which unit, by whose definition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Text = Mapping[str, str]  # {"uk": ..., "en": ...}
Direction = Literal["more", "less", "neither"]  # what the service hopes for


@dataclass(frozen=True)
class Count:
    """How often a step was taken in the period.

    `step`: folder of the lake ("call.receive"). `where`: a condition on its columns, in SQL that
    DuckDB and other engines share. `recorded`: what a source must record for the step to be
    counted at all; where no case of the period comes from such a source, the count is unknown.
    """

    step: str
    where: str = "true"
    recorded: str | None = None


@dataclass(frozen=True)
class Share:
    """Part of a step's entries that meet a condition; unknown where there are none."""

    step: str
    part: str
    whole: str = "true"


@dataclass(frozen=True)
class PerPopulation:
    """A count for each `per` people; unknown where the population is."""

    count: Count
    per: int = 1000


@dataclass(frozen=True)
class Quantile:
    """A quantile of the minutes from the opening of the case to the step; unknown where there are none."""

    step: str
    q: float
    where: str = "true"


@dataclass(frozen=True)
class Unanswered:
    """How many cases opened in the period were followed by none of these steps, to this day."""

    opening: str
    steps: tuple[str, ...]
    recorded: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptInTerm:
    """Share of deadlines of a step, late in the period unless met, that were met in term.

    Cases that another step has closed before are left out: nothing was due in them any more.
    """

    opening: str
    step: str
    dropped_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShareWith:
    """Share of a step's entries, one in a case, whose case has another step as well, whenever it was taken.

    `where`: a condition on the entries that are the whole.
    """

    step: str
    other: str
    where: str = "true"


@dataclass(frozen=True)
class UnitsWith:
    """Share of the police units of prevention and of the criminal block with a step in the last days of the period.

    A row is out of the units at and below it. Unknown by places: the lake does not know which unit answers for which.
    """

    step: str
    days: int = 30


@dataclass(frozen=True)
class Move:
    """A step after which a case is in a state.

    `day`: the column with the day from which it is, "" for the moment of the step. `place`: the column
    with the code of the place where it is from then on, "" where it stays where it was.
    """

    step: str
    state: str
    day: str = ""
    place: str = ""


@dataclass(frozen=True)
class Stock:
    """How many cases are in a state at the end of the period's last day.

    A case is in the state of its last move up to then. Moves of one day follow each other as they were
    taken. `state` must be that of one of the moves; the others say what ends it.
    """

    state: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Covered:
    """Share of the hromadas of that day with at least `least` of a stock; unknown where there are none."""

    stock: Stock
    least: int = 1


@dataclass(frozen=True)
class PeoplePer:
    """People of the hromadas that have any of a stock, for each of it; unknown where it or they are."""

    stock: Stock


@dataclass(frozen=True)
class PromisesKept:
    """Share of promises that fell due in the period and were kept by their day; unknown where there are none.

    `step` makes a promise and `kept` keeps it; the column `number` of both says which of a case. `due` is the
    column with the last day in time, `on` that with the day on which it was kept.
    """

    step: str
    kept: str
    where: str = "true"
    number: str = "number"
    due: str = "due"
    on: str = "on"


@dataclass(frozen=True)
class BeatsOverNorm:
    """Share of the beats of the period's last day with more people than their norm; unknown where there are none."""


Measure = (
    Count
    | Share
    | PerPopulation
    | Quantile
    | Unanswered
    | KeptInTerm
    | ShareWith
    | UnitsWith
    | PromisesKept
    | Stock
    | Covered
    | PeoplePer
    | BeatsOverNorm
)


@dataclass(frozen=True)
class Break:
    """A day from which a figure is not counted as before, and why, in both languages."""

    day: date
    text: Text


@dataclass(frozen=True)
class Indicator:
    """One indicator, declared once.

    `unit`: what a value is, in words; `decimals`: how many are shown. `additive`: values of
    places add up to that of the whole. `checked_by` says who compared the definition with its
    source, None if nobody has, and `review_on` when to look again. `breaks`: days from which it is counted
    otherwise, beside those that follow from its procedures (breaks.py).
    """

    code: str
    title: Text
    definition: Text
    measure: Measure
    unit: Text
    direction: Direction
    source: str
    review_on: date
    checked_by: str | None = None
    decimals: int = 0
    percent: bool = False
    notes: tuple[Text, ...] = field(default=())
    breaks: tuple[Break, ...] = field(default=())

    @property
    def additive(self) -> bool:
        """Return whether the values of places add up to that of the whole."""
        return isinstance(self.measure, Count | Unanswered | Stock)

    @property
    def on_a_day(self) -> bool:
        """Return whether a value is the state at the end of the period and not what happened in it."""
        return isinstance(self.measure, Stock | Covered | PeoplePer | BeatsOverNorm | UnitsWith)
