"""Indicators, periods, the engine that counts, and what the public may see. Knows no framework."""

from varta.figures.indicator import (
    Count,
    Indicator,
    KeptInTerm,
    Measure,
    PerPopulation,
    Quantile,
    Share,
    ShareWith,
    Text,
    Unanswered,
)
from varta.figures.periods import Period, nine_months, year_to
from varta.figures.value import Value

__all__ = [
    "Count",
    "Indicator",
    "KeptInTerm",
    "Measure",
    "PerPopulation",
    "Period",
    "Quantile",
    "Share",
    "ShareWith",
    "Text",
    "Unanswered",
    "Value",
    "nine_months",
    "year_to",
]
