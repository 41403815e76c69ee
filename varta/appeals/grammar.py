"""Names of people in the cases of Ukrainian grammar, and how a letter greets somebody.

A dictionary knows most names; rules serve the rest and say that they guess. What a clerk once put right
comes before both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from varta.lib.text import fold
from varta.lib.text.declension import dictionary

PARTS = {"surname": "Surn", "given": "Name", "patronymic": "Patr"}  # our word -> the dictionary's mark
CASES = ("gent", "datv", "voct")
SEXES = {"m": "masc", "f": "femn"}
ADDRESS = {"m": "Шановний пане", "f": "Шановна пані"}
APOSTROPHES = "’ʼ`´‘′"
VOWELS = "аеєиіїоуюя"
SOFTENED = {"г": "з", "к": "ц", "х": "с"}  # before -і: Ольга, Ользі
ADJECTIVES_F = ("ська", "цька", "зька", "ова", "єва", "ева", "іна", "їна")
ADJECTIVES_M = ("ий", "ій")
# Endings of surnames that are always declined alike; a woman's surname in a consonant or -о never is.
REGULAR = {
    "m": ("енко", "єнко", "чук", "щук", "юк", "ак", "як", "ич", "ський", "цький", "зький"),
    "f": (*ADJECTIVES_F, *"бвгґджзйклмнпрстфхцчшщьо"),
}


class Key(NamedTuple):
    """By what a remembered form is found."""

    part: str
    sex: str
    case: str
    nominative: str


@dataclass(frozen=True)
class Form:
    """A word or a name in a case; `sure` unless it was guessed by rules or left as it was."""

    text: str
    sure: bool


@dataclass(frozen=True)
class Name:
    """A person's name as it is registered, and the sex by which it is declined: "m", "f" or ""."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    sex: str = ""

    @property
    def declined_as(self) -> str:
        """Return the stated sex, else that of the patronymic, which tells it for certain; "" if unknown."""
        if self.sex:
            return self.sex
        folded = fold(self.patronymic)
        if folded.endswith(("ич", "іч")):
            return "m"
        return "f" if folded.endswith(("івна", "ївна")) else ""

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Return part and word of each part that is known, the surname first."""
        parts = (("surname", self.surname), ("given", self.given), ("patronymic", self.patronymic))
        return tuple((part, word) for part, word in parts if word)


Remembered = Mapping[Key, str]
NOTHING: Remembered = MappingProxyType({})


def key_of(part: str, word: str, *, sex: str, case: str) -> Key:
    """Return the key under which a corrected form of the word is kept."""
    return Key(part, sex, case, fold(word))


def full_name(name: Name, case: str, *, remembered: Remembered = NOTHING) -> Form:
    """Return surname, given name and patronymic in a case: «Шевчуку Івану Петровичу»."""
    sex = name.declined_as
    forms = [in_case(part, word, sex=sex, case=case, remembered=remembered) for part, word in name.words]
    return Form(" ".join(form.text for form in forms), all(form.sure for form in forms))


def greeting(name: Name, *, remembered: Remembered = NOTHING) -> Form:
    """Return how a letter begins: «Шановний пане Іване!», or a neutral greeting where the sex is unknown."""
    sex = name.declined_as
    if not sex or not (name.given or name.surname):
        return Form("Доброго дня!", True)
    address = ADDRESS[sex]
    if not name.given:  # a surname may stay in the nominative beside «пане»: Правопис 2019, § 87
        return Form(f"{address} {name.surname}!", True)
    called = in_case("given", name.given, sex=sex, case="voct", remembered=remembered)
    return Form(f"{address} {called.text}!", called.sure)


def initials(name: Name) -> str:
    """Return the initials after which a surname stands: «І. П.»."""
    return " ".join(f"{word[0].upper()}." for word in (name.given, name.patronymic) if word)


def in_case(part: str, word: str, *, sex: str, case: str, remembered: Remembered = NOTHING) -> Form:
    """Return one word of a name in a case, spelt with the apostrophe and the capitals that it had."""
    if not sex:
        return Form(word, False)
    kept = remembered.get(key_of(part, word, sex=sex, case=case))
    if kept:
        return Form(_dressed(kept, word), True)
    spelt = plain(word)
    known = _by_dictionary(part, spelt, sex, case)
    regular = part == "patronymic" or (part == "surname" and spelt.endswith(REGULAR[sex]))
    return Form(_dressed(known or _by_rule(part, spelt, sex, case), word), bool(known) or regular)


def learned(name: Name, case: str, proposed: str, written: str) -> dict[Key, str]:
    """Return which words of a name the clerk put otherwise than proposed, under their keys.

    Empty where the number of words changed: then it is another text and not another form.
    """
    sex, before, after = name.declined_as, proposed.split(), written.split()
    if not sex or len(before) != len(after) or len(after) != sum(len(word.split()) for _, word in name.words):
        return {}
    parts = [(part, one) for part, word in name.words for one in word.split()]
    return {
        key_of(part, word, sex=sex, case=case): plain(new)
        for (part, word), old, new in zip(parts, before, after, strict=True)
        if fold(old) != fold(new) and fold(new)
    }


def _by_dictionary(part: str, word: str, sex: str, case: str) -> str:
    """Return the form that the dictionary gives for this part of a name and this sex, "" if it knows none.

    Without part and sex the first reading of «Клименко» is a woman's surname, which is not declined.
    """
    wanted = {PARTS[part], SEXES[sex], "nomn"}
    for reading in dictionary().parse(word):
        if wanted <= reading.tag.grammemes and reading.is_known:
            if "Fixd" in reading.tag:
                return word
            forms = [form.word for form in reading.lexeme if {case, SEXES[sex]} <= form.tag.grammemes]
            return _preferred(forms, case)
    return ""


def _preferred(forms: list[str], case: str) -> str:
    """Of «Шевчукові» and «Шевчуку» return the second: a letter names surname, name and patronymic in a row."""
    if case == "datv":
        forms = sorted(forms, key=lambda form: form.endswith(("ові", "еві", "єві")))
    return forms[0] if forms else ""


def _by_rule(part: str, word: str, sex: str, case: str) -> str:
    """Return the form by the endings of the second, first or adjectival declension; a guess."""
    if "-" in word:
        return "-".join(_by_rule(part, one, sex, case) for one in word.split("-"))
    rule: Callable[[str, str, str], str] = _masculine if sex == "m" else _feminine
    return rule(part, word, case)


def _masculine(part: str, word: str, case: str) -> str:
    if part == "surname" and word.endswith(ADJECTIVES_M):
        return {"gent": word[:-2] + "ого", "datv": word[:-2] + "ому", "voct": word}[case]
    if word.endswith(("а", "я")):
        return _in_a(word, case)
    if word.endswith("й"):
        return word[:-1] + {"gent": "я", "datv": "ю", "voct": "ю"}[case]
    if word.endswith("ь"):
        return word[:-1] + {"gent": "я", "datv": "ю", "voct": "ю"}[case]
    stem = word[:-1] if word.endswith("о") else word
    if stem[-1:] in VOWELS:
        return word  # «Гюго», «Кіллу»: not declined
    called = "у" if part != "given" or stem[-1:] in "гкх" else "е"
    return stem + {"gent": "а", "datv": "у", "voct": called}[case]


def _feminine(part: str, word: str, case: str) -> str:
    if part == "surname" and word.endswith(ADJECTIVES_F):
        return {"gent": word[:-1] + "ої", "datv": word[:-1] + "ій", "voct": word}[case]
    return _in_a(word, case) if word.endswith(("а", "я")) else word


def _in_a(word: str, case: str) -> str:
    stem, last = word[:-1], word[-1]
    after_vowel = stem[-1:] in VOWELS
    if case == "voct":
        return stem + ("о" if last == "а" else "є" if after_vowel else "е")
    if last == "я":
        return stem + ("ї" if after_vowel else "і")
    return stem + "и" if case == "gent" else stem[:-1] + SOFTENED.get(stem[-1:], stem[-1:]) + "і"


def plain(word: str) -> str:
    """Return the word as the dictionary spells it: small letters, the plain apostrophe, no stress marks."""
    return word.replace("\u0301", "").lower().translate(str.maketrans(dict.fromkeys(APOSTROPHES, "'")))


def _dressed(form: str, like: str) -> str:
    """Return a form with the apostrophe and the capitals of the word that it is a form of."""
    apostrophe = next((sign for sign in like if sign in APOSTROPHES + "'"), "’")
    form = form.replace("'", apostrophe)
    if like.isupper() and len(like) > 1:
        return form.upper()
    return "-".join(one[:1].upper() + one[1:] for one in form.split("-")) if like[:1].isupper() else form
