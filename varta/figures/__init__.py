"""Indicators, periods, the engine that counts, and what the public may see. Knows no framework."""

from varta.figures.indicator import (
    BeatsOverNorm,
    Break,
    Count,
    Covered,
    Indicator,
    KeptInTerm,
    Measure,
    Move,
    PeoplePer,
    PerPopulation,
    PromisesKept,
    Quantile,
    Share,
    ShareWith,
    Stock,
    Text,
    Unanswered,
    UnitsWith,
)
from varta.figures.periods import Period, nine_months, year_to
from varta.figures.value import Value

__all__ = [
    "BeatsOverNorm",
    "Break",
    "Count",
    "Covered",
    "Indicator",
    "KeptInTerm",
    "Measure",
    "Move",
    "PeoplePer",
    "PerPopulation",
    "Period",
    "PromisesKept",
    "Quantile",
    "Share",
    "ShareWith",
    "Stock",
    "Text",
    "Unanswered",
    "UnitsWith",
    "Value",
    "nine_months",
    "year_to",
]
