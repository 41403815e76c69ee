"""Three levels at which two spellings may be the same: folded, loosely folded, and skeleton."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ`´‘′\u02b9"
STRESS = "\u0301\u0300"
HYPHENS = "-‐‑‒–—−\u00ad"

_DROPPED = {ord(sign): None for sign in APOSTROPHES + STRESS}
_STRICT = str.maketrans({"ґ": "г"} | dict.fromkeys(HYPHENS, " "))
_LOOSE = str.maketrans("иїйє", "іііе")
_SKELETON = str.maketrans(dict.fromkeys("іїийеєоёыэ", "і") | {"ъ": None, "ь": None})

# Letters that look the same in both alphabets; case matters: "H" looks like «Н», "h" like nothing.
_LOOK_ALIKES = str.maketrans("ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху")
_LATIN_LOOK_ALIKES = str.maketrans("АВСЕНІКМОРТХУасеіорху", "ABCEHIKMOPTXYaceiopxy")

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_TEXT = re.compile(r"[^\w№]+")
_TWICE = re.compile(r"(\w)\1+")


def one_alphabet(text: str) -> str:
    """Return `text` where each word that mixes Latin with Cyrillic look-alikes is in one alphabet.

    «Kиїв» with a Latin K becomes «Київ»; a Latin word with one Cyrillic letter becomes Latin.
    """
    if not (_CYRILLIC.search(text) and _LATIN.search(text)):
        return text
    return _WORD.sub(lambda word: _one_alphabet(word.group()), text)


def _one_alphabet(word: str) -> str:
    if not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    cyrillic = word.translate(_LOOK_ALIKES)
    if not _LATIN.search(cyrillic):
        return cyrillic
    latin = word.translate(_LATIN_LOOK_ALIKES)
    return word if _CYRILLIC.search(latin) else latin


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the form in which equal names are equal.

    Case, stress marks, apostrophes of every kind, the difference of ґ and г, of hyphen and space,
    punctuation and repeated spaces are gone; a word is in one alphabet.
    """
    text = one_alphabet(unicodedata.normalize("NFC", text))
    text = text.translate(_DROPPED).casefold().translate(_STRICT)
    return _NOT_TEXT.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def fold_loosely(text: str) -> str:
    """Return a weaker form: also и, ї, й as і, and є as е. It suggests; it never proves."""
    return fold(text).translate(_LOOSE)


@lru_cache(maxsize=65536)
def skeleton(text: str) -> str:
    """Return the weakest form: the vowels that change between related languages are one vowel.

    Soft and hard signs are gone and doubled letters single, so «Днепр», «Кривой Рог» and
    «Харьков» come close to «Дніпро», «Кривий Ріг» and «Харків».
    """
    return _TWICE.sub(r"\1", skeleton_with_doubles(text))


def skeleton_with_doubles(text: str) -> str:
    """Return the skeleton whose doubled letters stand: of a slip that made two vowels neighbours."""
    return fold(text).translate(_SKELETON)
