"""Which counts are small, and what a single figure looks like without them."""

from varta.figures.indicator import Indicator
from varta.figures.value import Value

THRESHOLD = 5  # counts from 1 to 4 are hidden; [design] of the indicator catalogue


def is_small(count: float) -> bool:
    """Return whether a count is kept back by itself; zero is not."""
    return 0 < count < THRESHOLD


def shown_to_public(indicator: Indicator, value: Value) -> Value:
    """Return one value by itself as the public sees it: hidden where a count behind it is small.

    A share is hidden where its part, its rest or its base is small. This is the first step only: what
    stands in a table with others goes through `protect`, since others may give it by subtraction.
    """
    if value.state != "known" or value.number is None:
        return value
    if any(is_small(count) for count in behind(indicator, value)):
        return Value.hidden()
    return value


def behind(indicator: Indicator, value: Value) -> tuple[float, ...]:
    """Return the counts that a known value gives away."""
    if indicator.additive and value.number is not None:
        return (value.number,)
    if value.base is None or value.number is None:
        return ()
    if not indicator.percent:
        return (value.base,)
    part = round(value.number * value.base)
    return value.base, part, value.base - part
