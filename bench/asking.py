"""How people ask for somebody: the questions of `bench.search`, made from a resident who is to be found.

The protocol. A question is the surname as the class spoils it; a common surname (one of the 2,000 most
frequent) comes with the given name, and one of the 200 most frequent also with the year of birth or, where
that is not known, the patronymic: nobody looks for one Шевченко among thousands by this word alone. The
class spoils the surname and, for layout, Russian spelling and Latin letters, every word.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from varta.lib.text import swap_layout, transliterate

LETTERS = "абвгдеєжзиіїйклмнопрстуфхцчшщьюя"
COMMON, VERY_COMMON = 2000, 200  # places among surnames

RUSSIAN_NAMES = {
    "Олена": "Елена", "Наталія": "Наталья", "Тетяна": "Татьяна", "Ганна": "Анна", "Юлія": "Юлия", "Надія": "Надежда",
    "Любов": "Любовь", "Олександр": "Александр", "Сергій": "Сергей", "Андрій": "Андрей", "Володимир": "Владимир",
    "Микола": "Николай", "Юрій": "Юрий", "Михайло": "Михаил", "Дмитро": "Дмитрий", "Петро": "Пётр", "Павло": "Павел",
    "Артем": "Артём", "Віталій": "Виталий", "Данило": "Даниил", "Олексій": "Алексей", "Пилип": "Филипп", "Ілля": "Илья",
    "Кирило": "Кирилл", "Василь": "Василий", "Ігор": "Игорь", "Людмила": "Людмила", "Мар’яна": "Марьяна",
    "Уляна": "Ульяна", "Дарина": "Дарина", "Остап": "Остап", "Тарас": "Тарас", "В’ячеслав": "Вячеслав",
}  # fmt: skip
RUSSIAN_ENDINGS = (
    ("ський", "ский"), ("ська", "ская"), ("цький", "цкий"), ("цька", "цкая"), ("йович", "евич"), ("ївна", "евна"),
    ("івна", "овна"), ("ець", "ец"), ("ів", "ов"),
)  # fmt: skip
RUSSIAN_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "І": "И", "Ї": "И", "Є": "Е", "Ґ": "Г", "’": "ъ"})


class Sought(NamedTuple):
    """A resident who is to be found."""

    key: str
    surname: str
    given: str
    patronymic: str
    born: int | None
    digits: str
    rank: int  # of the surname among all: 0 is the most common


def beside(one: Sought) -> list[str]:
    """Return what is said beside the surname."""
    said = [one.given] if one.rank < COMMON else []
    if one.rank < VERY_COMMON:
        said.append(str(one.born) if one.born else one.patronymic)
    return said


def slip(word: str, chance: Random) -> str:
    """Return the word with one typing error: a letter changed, left out, put in, or two swapped."""
    place = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + letter + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    if kind == 2:
        return word[:place] + letter + word[place:]
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def part(surname: str, least: int) -> str:
    """Return the first three fifths of the first surname, so many letters at least."""
    first = surname.split("-")[0]
    return first[: max(least, round(len(first) * 0.6))]


def russian(word: str, chance: Random) -> str:
    """Return how the word is written in Russian papers."""
    if word in RUSSIAN_NAMES:
        return RUSSIAN_NAMES[word]
    for ukrainian, ending in RUSSIAN_ENDINGS:
        if word.endswith(ukrainian):
            word = word.removesuffix(ukrainian) + ending
            break
    if chance.random() < 0.5:  # both ways are met: Литвин and Лытвын
        word = word.replace("и", "ы") if not word.endswith(("ий", "ич")) else word
    return word.translate(RUSSIAN_LETTERS)


def _words(one: Sought, spoilt: Callable[[str], str]) -> str:
    return " ".join(spoilt(word) for word in (one.surname, *beside(one)))


def _first(one: Sought, surname: str) -> str:
    return " ".join((surname, *beside(one)))


def _fragment(digits: str, length: int, chance: Random) -> str:
    """Return so many digits in a row, half the time the last ones, else from behind the operator's code."""
    own = digits[5:]
    start = len(own) - length if chance.random() < 0.5 else chance.randrange(len(own) - length + 1)
    return own[start : start + length]


BY_NAME: Mapping[str, Callable[[Sought, Random], str]] = {
    "whole surname": lambda one, chance: _first(one, one.surname),
    "part of the surname": lambda one, chance: _first(one, part(one.surname, 4)),
    "part with a slip": lambda one, chance: _first(one, slip(part(one.surname, 5), chance)),
    "slip": lambda one, chance: _first(one, slip(one.surname, chance)),
    "keyboard layout": lambda one, chance: _words(one, swap_layout),
    "Russian spelling": lambda one, chance: _words(one, lambda word: russian(word, chance)),
    "Latin letters": lambda one, chance: _words(one, transliterate),
}
BY_PHONE: Mapping[str, Callable[[Sought, Random], str]] = {
    f"{length} digits": (lambda one, chance, length=length: _fragment(one.digits, length, chance))
    for length in (4, 5, 6, 7)
} | {"8 0… whole number": lambda one, chance: "8 " + "0" + one.digits[3:]}
