"""Indicators, one file each; `discover()` finds them."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from varta.figures import Indicator


class IndicatorInvalid(ValueError):
    """An indicator that cannot be used as it is written."""


@cache
def discover() -> Mapping[str, Indicator]:
    """Return the indicators by their codes, in the order of the codes."""
    found: dict[str, Indicator] = {}
    for module in sorted(name for _, name, package in pkgutil.iter_modules(__path__) if not package):
        if module == "tests":
            continue
        indicator = getattr(importlib.import_module(f"{__name__}.{module}"), "indicator", None)
        if not isinstance(indicator, Indicator):
            raise IndicatorInvalid(f"The file {__name__}.{module} holds no `indicator = Indicator(...)`.")
        if indicator.code in found:
            raise IndicatorInvalid(f"Two files hold an indicator {indicator.code}: give one another code.")
        if not all(
            text.get(language)
            for text in (indicator.title, indicator.definition)
            for language in ("uk", "en")
        ):
            raise IndicatorInvalid(
                f"The indicator {indicator.code} is not named and defined in both languages."
            )
        found[indicator.code] = indicator
    return MappingProxyType(dict(sorted(found.items())))
