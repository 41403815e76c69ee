"""The order of the Ukrainian alphabet as a key that any database compares byte by byte."""

import re
import unicodedata
from functools import lru_cache

from varta.lib.text.folding import APOSTROPHES, STRESS

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"

# In ASCII: end ' ', gap '!', digits, then one sign for each Cyrillic letter, then Latin.
_FIRST_LETTER = ord("A")
_OTHER_CYRILLIC = "ёъыэў"
_PLACES: dict[int, str] = {
    ord(letter): chr(_FIRST_LETTER + place) for place, letter in enumerate(UKRAINIAN + _OTHER_CYRILLIC)
}
_PLACES |= {ord(letter): "~" + letter for letter in "abcdefghijklmnopqrstuvwxyz"}
_IGNORED = {ord(sign): None for sign in APOSTROPHES + STRESS}
_NUMBER = re.compile("[0-9]+")
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def sort_key(text: str) -> str:
    """Return a key whose byte order is the Ukrainian order: а … г ґ д е є … и і ї й … ь ю я.

    Numbers come first and by their size, Latin letters after Cyrillic ones. Case, apostrophes
    and punctuation decide only between names that are otherwise equal, so different names have different keys.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    words = _GAPS.sub("!", text.translate(_IGNORED).casefold()).strip("!")
    return _NUMBER.sub(_by_size, words).translate(_PLACES) + " " + text


def _by_size(number: re.Match[str]) -> str:
    digits = number.group().lstrip("0") or "0"
    return f"{min(len(digits), 9)}{digits}"
