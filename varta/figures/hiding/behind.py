"""Which counts a figure gives away: a rate its count, a share its base and its part, a quantile its base."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varta.figures.indicator import (
    Count,
    Indicator,
    PeoplePer,
    PerPopulation,
    Quantile,
    Share,
    Stock,
    Unanswered,
)

ALL = "true"
EQUALS = re.compile(r"""^\s*(f\.\w+)\s*=\s*'([^']*)'\s*$""")
PART, BASE = "part", "base"


@dataclass(frozen=True, slots=True)
class Split:
    """Counts that lie within another one and have nothing in common: what is left is a count too."""

    whole: str
    parts: tuple[str, ...]


def quantities(indicator: Indicator) -> dict[str, str]:
    """Return what the counts behind an indicator are called: the same name for the same count.

    Keys: "base" for the count itself, or that a share or quantile rests on, and "part" of a share.
    """
    measure = indicator.measure
    if isinstance(measure, PerPopulation):
        measure = measure.count
    if isinstance(measure, Count):
        return {BASE: _count(measure.step, measure.where)}
    if isinstance(measure, Unanswered):
        return {BASE: f"unanswered {measure.opening} {' '.join(measure.steps)}"}
    if isinstance(measure, Stock | PeoplePer):
        stock = measure if isinstance(measure, Stock) else measure.stock
        return {BASE: f"stock {stock.state} {' '.join(move.step for move in stock.moves)}"}
    if isinstance(measure, Quantile):
        return {BASE: _count(measure.step, measure.where) + " timed"}
    if isinstance(measure, Share):
        return {BASE: _count(measure.step, measure.whole), PART: _part(measure)}
    name = f"{'stock ' if indicator.on_a_day else ''}{indicator.code}"
    return {BASE: f"{name} {BASE}", PART: f"{name} {PART}"}


def _count(step: str, where: str) -> str:
    return step if where == ALL else f"{step} {where}"


def _part(measure: Share) -> str:
    where = measure.part if measure.whole == ALL else f"({measure.whole}) and ({measure.part})"
    return _count(measure.step, where)


def lasts(quantity: str) -> bool:
    """Return whether a count is a state on a day, so that periods do not add up to each other."""
    return quantity.startswith("stock ")


def splits(indicators: Iterable[Indicator]) -> tuple[Split, ...]:
    """Return which counts lie within which: shares, kinds of a step's entries, cases without an answer.

    Kinds have nothing in common when each asks for another value of the same column. Any two that lie
    within the same count, and may overlap, are told apart one by one.
    """
    within: dict[str, dict[str, str]] = {}
    for one in indicators:
        named, measure = quantities(one), one.measure
        if PART in named:
            within.setdefault(named[BASE], {})[named[PART]] = (
                measure.part if isinstance(measure, Share) else ""
            )
        if isinstance(measure, Count) and measure.where != ALL:
            within.setdefault(measure.step, {})[named[BASE]] = measure.where
        if isinstance(measure, Share) and measure.whole != ALL:
            within.setdefault(measure.step, {})[named[BASE]] = measure.whole
        if isinstance(measure, Unanswered):
            within.setdefault(measure.opening, {})[named[BASE]] = ""
    return tuple(split for whole, parts in within.items() for split in _told_apart(whole, parts))


def _told_apart(whole: str, parts: Mapping[str, str]) -> list[Split]:
    kinds: dict[str, dict[str, str]] = {}
    for quantity, where in parts.items():
        found = EQUALS.match(where)
        column, value = (found[1], found[2]) if found else (quantity, "")
        kinds.setdefault(column, {})[value] = quantity
    return [Split(whole, tuple(values.values())) for values in kinds.values()]
