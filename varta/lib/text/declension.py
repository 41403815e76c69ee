"""Ukrainian words beside numbers and prepositions: names of places and institutions in a case, plurals of CLDR.

A dictionary declines; where it does not know an adjective, its ending is declined by rule.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import pymorphy3
from babel import Locale

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
CATEGORIES = ("громада", "область", "район")
IRREGULAR = {("київ", "loct"): "києві"}  # what the dictionary lacks
GENDERS = ("masc", "femn", "neut")
VOWELS = "аеєиіїоуюя"
HARD_TO_SAY = ("в", "ф", "льв", "св", "тв", "хв")  # no «в» before these: Правопис 2019, § 23
APOSTROPHES = "’ʼ`´‘′"
# Endings of adjectives by gender: nominative -> case. -ому and not -ім: the fuller form of official texts.
ENDINGS = {
    "ий": {"gent": "ого", "datv": "ому", "ablt": "им", "loct": "ому", "accs": "ий"},
    "а": {"gent": "ої", "datv": "ій", "ablt": "ою", "loct": "ій", "accs": "у"},
    "е": {"gent": "ого", "datv": "ому", "ablt": "им", "loct": "ому", "accs": "е"},
}
PLURAL_ENDINGS = {"nomn": "і", "gent": "их", "datv": "им", "accs": "і", "ablt": "ими", "loct": "их"}
# How a number in figures begins when it is read aloud in an oblique case: by its leading word.
_UNITS = {"1": "о", "2": "д", "3": "т", "4": "ч", "5": "п", "6": "ш", "7": "с", "8": "в", "9": "д", "0": "н"}
_TENS = {"1": "д", "2": "д", "3": "т", "4": "с", "5": "п", "6": "ш", "7": "с", "8": "в", "9": "д"}
_HUNDREDS = {"1": "с", "2": "д", "3": "т", "4": "ч", "5": "п", "6": "ш", "7": "с", "8": "в", "9": "д"}


@cache
def dictionary() -> Any:
    """Return the dictionary of Ukrainian words; it takes a tenth of a second to open and is kept."""
    return pymorphy3.MorphAnalyzer(lang="uk")


def plural(number: int, language: str, **forms: str) -> str:
    """Return the form for a number: plural(33, "uk", one="офіцер", few="офіцери", many="офіцерів").

    The keys are CLDR's categories: one, few, many in Ukrainian; one, other in English.
    """
    return forms[str(Locale(language).plural_form(number))]


def oblique(number: int, *, one: str, more: str) -> str:
    """Return the word beside a number in any case but the nominative: «у 21 області», «у 7 областях»."""
    return one if Locale("uk").plural_form(number) == "one" else more


@lru_cache(maxsize=4096)
def in_case(phrase: str, case: str, *, many: bool = False) -> str:
    """Return a name in a case: «Дніпропетровська область» -> "loct" -> «Дніпропетровській області».

    Adjectives and the noun they belong to are declined; what depends on the noun («внутрішніх справ»,
    «Крим») and abbreviations («м.») stand as they are, and so does a name whose noun the dictionary does not
    know. `many`: in the plural.
    """
    words = phrase.split()
    head = _head(words)
    if head is None:
        return phrase
    number = "plur" if many else _gender(words[head])
    noun = _noun(words[head], case, number)
    if noun is None:
        return phrase
    return " ".join([*(_adjective(one, case, number) for one in words[:head]), noun, *words[head + 1 :]])


def preposition(before: str, after: str) -> str:
    """Return «у» or «в», as it is easier to say between the word before ("" at a start) and the one after."""
    sound = _first_sound(after)
    if sound[:1] in VOWELS:
        return "в"
    if sound.startswith(HARD_TO_SAY):
        return "у"
    return "в" if before and before.rstrip(" ,.»)").lower()[-1:] in VOWELS else "у"


def _first_sound(word: str) -> str:
    """Return the word in small letters, or the first letter of a number as it is read aloud."""
    digits = word.replace("\u00a0", "")
    if not digits.isdigit():
        return word.lower()
    if len(digits) > 3:
        return _first_sound(digits[: (len(digits) - 1) % 3 + 1])
    if len(digits) == 2 and digits[0] == "1":
        return {"1": "о"}.get(digits[1], _UNITS[digits[1]] if digits != "10" else "д")
    return (_UNITS, _TENS, _HUNDREDS)[len(digits) - 1][digits[0]]


def _head(words: list[str]) -> int | None:
    """Return which word is the noun that the others belong to: that of the category, else the first noun."""
    if words and words[-1] in CATEGORIES:  # «Асканія-Нова громада»
        return len(words) - 1
    for nth, word in enumerate(words):
        if not word.endswith(".") and not _is_adjective(word):
            return nth if _reading(word, "NOUN", "nomn") is not None else None
    return None


def _is_adjective(word: str) -> bool:
    last = _plain(word)
    return _reading(word, "ADJF", "nomn") is not None or last.endswith(
        ("ська", "цька", "зька", "ський", "цький")
    )


def _reading(word: str, *grammemes: str) -> Any:
    """Return the dictionary's first reading of the word with all these marks, or None."""
    return next(
        (one for one in dictionary().parse(_plain(word)) if set(grammemes) <= one.tag.grammemes), None
    )


def _gender(word: str) -> str:
    tag = _reading(word, "NOUN", "nomn").tag
    return next((gender for gender in GENDERS if gender in tag.grammemes), "masc")


def _noun(word: str, case: str, number: str) -> str | None:
    """Return a noun in a case, None where the dictionary has no such form."""
    known = IRREGULAR.get((_plain(word), case))
    forms = [known] if known else _forms(word, "NOUN", case, number)
    return _dressed(min(forms, key=_less_usual(case)), word) if forms else None


def _adjective(word: str, case: str, number: str) -> str:
    if word.endswith(".") or not _is_adjective(word):
        return word
    forms = _forms(word, "ADJF", case, number)
    fuller = min(forms, key=lambda form: form.endswith(("ім", "їм")), default="")
    return _dressed(fuller or _by_ending(_plain(word), case, number == "plur"), word)


def _forms(word: str, kind: str, case: str, number: str) -> list[str]:
    """Return what the dictionary's readings of a nominative give for a case and a gender, or "plur"."""
    readings = [one for one in dictionary().parse(_plain(word)) if {kind, "nomn"} <= one.tag.grammemes]
    marks = {case, number}
    return [form.word for one in readings for form in one.lexeme if marks <= form.tag.grammemes]


def _less_usual(case: str) -> Callable[[str], tuple[bool, bool]]:
    """Return the order of a noun's forms: «університеті» before «університету», «Севастополеві» last."""

    def order(form: str) -> tuple[bool, bool]:
        return form.endswith(("ові", "еві", "єві")), case == "loct" and not form.endswith(("і", "ї"))

    return order


def _by_ending(word: str, case: str, many: bool) -> str:
    for ending, cases in ENDINGS.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + (PLURAL_ENDINGS[case] if many else cases[case])
    return word


def _plain(word: str) -> str:
    """Return the word as the dictionary spells it: small letters, the plain apostrophe."""
    return word.lower().translate({ord(sign): "'" for sign in APOSTROPHES})


def _dressed(form: str, like: str) -> str:
    """Return a form with the apostrophe and the capitals of the word that it is a form of."""
    apostrophe = next((sign for sign in like if sign in APOSTROPHES + "'"), "’")
    parts, models = form.replace("'", apostrophe).split("-"), like.split("-")
    if len(parts) != len(models):
        return form.capitalize() if like[:1].isupper() else form
    return "-".join(
        part[:1].upper() + part[1:] if model[:1].isupper() else part
        for part, model in zip(parts, models, strict=True)
    )
