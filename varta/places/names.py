"""How places are called in full: the word of the category beside the name, in both languages."""

import re

from django.utils.translation import gettext_lazy as _

from varta.places.oblasts import OBLASTS

CRIMEA = "UA01"
_UKRAINIAN = re.compile(r"UA\d{17}")

# Category: what stands beside the name in Ukrainian and in English.
WORDS = {
    "O": ("{} область", "{} oblast"),  # these two come from the table of oblasts
    "K": ("м. {}", "{} city"),
    "P": ("{} район", "{} raion"),
    "H": ("{} громада", "{} hromada"),
    "M": ("м. {}", "{} city"),
    "T": ("смт {}", "{} town"),
    "X": ("с-ще {}", "{} settlement"),
    "C": ("с. {}", "{} village"),
    "B": ("{} район міста", "{} city district"),
}
CATEGORIES = {
    "O": _("Oblast"),
    "K": _("City with special status"),
    "P": _("Raion"),
    "H": _("Hromada"),
    "M": _("City"),
    "T": _("Urban-type settlement"),
    "X": _("Settlement"),
    "C": _("Village"),
    "B": _("City district"),
}
LEVELS = {
    0: _("Countries"),
    1: _("Oblasts"),
    2: _("Raions"),
    3: _("Hromadas"),
    4: _("Settlements"),
    5: _("City districts"),
}


def titles(*, code: str, category: str, name: str, name_en: str) -> dict[str, str]:
    """Return the full name in both languages; other countries' places keep their bare names."""
    if category not in WORDS or not _UKRAINIAN.fullmatch(code):
        return {"uk": name, "en": name_en}
    if category in "OK" and (oblast := OBLASTS.get(code[2:4])):
        return {"uk": oblast.title, "en": oblast.title_en}
    uk, en = WORDS[category]
    return {"uk": uk.format(name), "en": en.format(name_en)}


def category(letter: str, *, code: str = "") -> str:
    """Return the word for a category; a country's own categories are words already.

    The codifier counts Crimea among the oblasts; `code` tells it from them.
    """
    if letter == "O" and code.startswith(CRIMEA):
        return str(_("Autonomous republic"))
    return str(CATEGORIES.get(letter, letter))


def level(number: int) -> str:
    """Return the word for the places of a level."""
    return str(LEVELS[number])
