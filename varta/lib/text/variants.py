"""What somebody who typed this may have meant."""

import re
from typing import NamedTuple

from varta.lib.text.folding import fold
from varta.lib.text.layout import swap_layout
from varta.lib.text.translit import from_latin, from_russian

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


class Variant(NamedTuple):
    """A folded form to look for, and why: "typed", "layout", "latin" or "russian"."""

    text: str
    reason: str


def variants(query: str) -> list[Variant]:
    """Return the folded forms to look for, as typed first; each form once."""
    found = [Variant(fold(query), "typed")]
    if _CYRILLIC.search(query):
        found += [Variant(text, "russian") for text in from_russian(query)]
    elif _LATIN.search(query):
        found += [Variant(text, "latin") for text in from_latin(query)]
        found.append(Variant(fold(swap_layout(query)), "layout"))
    first: dict[str, Variant] = {}
    for variant in found:
        first.setdefault(variant.text, variant)
    first.pop("", None)
    return list(first.values())
