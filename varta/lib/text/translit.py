"""Ukrainian in Latin letters and back, and Ukrainian from Russian spelling."""

import re
import unicodedata

from varta.lib.text.folding import APOSTROPHES, STRESS, fold

# Resolution 55 of the Cabinet of Ministers, 27.01.2010: at the start of a word | elsewhere.
_ELSEWHERE = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
_AT_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_DROPPED = {ord(sign): None for sign in APOSTROPHES + STRESS}
_WORD = re.compile(r"[^\W\d_]+")

# Longest first. What other systems of romanization write is here too: w, x, j, q.
_BACK = {
    "shch": "щ", "zgh": "зг", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш",
    "ye": "є", "yi": "ї", "yu": "ю", "ya": "я", "yo": "йо", "ie": "є", "iu": "ю", "ia": "я",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "г", "i": "і", "j": "й",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т",
    "u": "у", "v": "в", "w": "в", "x": "кс", "y": "и", "z": "з",
}  # fmt: skip
_LATIN_SOUND = re.compile("|".join(sorted(_BACK, key=len, reverse=True)))
_ENDINGS = (("skyi", "ський"), ("skyy", "ський"), ("ska", "ська"), ("ske", "ське"), ("sk", "ськ"))

_RUSSIAN = str.maketrans({"ы": "и", "э": "е", "ъ": None, "ё": "ьо"})
_RUSSIAN_ENDINGS = (
    ("жский", "зький"), ("жская", "зька"), ("жское", "зьке"),
    ("ский", "ський"), ("цкий", "цький"), ("ская", "ська"), ("цкая", "цька"), ("ское", "ське"),
    ("ск", "ськ"), ("цк", "цьк"), ("ый", "ий"), ("ой", "ий"), ("ая", "а"), ("яя", "я"), ("ое", "е"),
    ("ее", "є"), ("ия", "ія"), ("ов", "ів"), ("ев", "їв"), ("ье", "я"),
)  # fmt: skip


def transliterate(text: str) -> str:
    """Return the official Latin spelling: «Знам'янка» is "Znamianka", «Згорани» is "Zghorany".

    Other signs stay as they are. The spelling loses letters: never match people by it.
    """
    text = unicodedata.normalize("NFC", text).translate(_DROPPED)
    return _WORD.sub(lambda word: _latin_word(word.group()), text)


def _latin_word(word: str) -> str:
    lower = word.casefold()
    parts = [_latin_letter(lower, place) for place in range(len(lower))]
    if len(word) > 1 and word.isupper():
        return "".join(parts).upper()
    return "".join(
        part.capitalize() if letter.isupper() else part for letter, part in zip(word, parts, strict=True)
    )


def _latin_letter(word: str, place: int) -> str:
    letter = word[place]
    if place == 0 and letter in _AT_START:
        return _AT_START[letter]
    if letter == "г" and word[place - 1 : place] == "з":
        return "gh"
    return _ELSEWHERE.get(letter, letter)


def from_latin(text: str) -> list[str]:
    """Return folded Ukrainian spellings that `text` may stand for, the likeliest first."""
    folded = fold(text)
    ended = " ".join(_with_ending(word) for word in folded.split())
    return list(dict.fromkeys(_LATIN_SOUND.sub(_sound, spelling) for spelling in (ended, folded)))


def _with_ending(word: str) -> str:
    for latin, cyrillic in _ENDINGS:
        if word.endswith(latin):
            return word.removesuffix(latin) + cyrillic
    return word


def _sound(found: re.Match[str]) -> str:
    return _BACK[found.group()]


def from_russian(text: str) -> list[str]:
    """Return folded Ukrainian spellings of a Russian one, the likeliest first.

    Rules of spelling only, as «Ровенская» to «ровенська»; where vowels differ («Днепр») only the
    skeletons are alike, and search compares those by their grams.
    """
    words = fold(text).split()
    spelt = " ".join(word.translate(_RUSSIAN) for word in words)
    ended = " ".join(_ukrainian_ending(word).translate(_RUSSIAN) for word in words)
    return list(dict.fromkeys((ended, spelt)))


def _ukrainian_ending(word: str) -> str:
    for russian, ukrainian in _RUSSIAN_ENDINGS:
        if len(word) > len(russian) + 1 and word.endswith(russian):
            return word.removesuffix(russian) + ukrainian
    return word
