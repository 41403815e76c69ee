"""What the public may see: small counts are hidden, and the page says that they are.

This is the first threshold only. Tables whose hidden cells could be had by subtraction are not
published until complementary suppression is here; inside, analysts see true figures.
"""

from varta.figures.indicator import Indicator
from varta.figures.value import Value

THRESHOLD = 5  # counts below it are hidden; [design] of the indicator catalogue


def shown_to_public(indicator: Indicator, value: Value) -> Value:
    """Return the value as the public sees it: hidden where the count behind it is small but not zero."""
    if value.state != "known" or value.number is None:
        return value
    behind = value.number if indicator.additive else value.base
    if behind is not None and 0 < behind < THRESHOLD:
        return Value.hidden()
    return value
