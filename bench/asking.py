"""How people ask for somebody: the questions of `bench.search`, made from a resident who is to be found.

The protocol. A question is the surname as its class spoils it. Where more than ten residents of the whole
register have this surname (or one that begins with the part asked for), the given name is said too; where
more than 150 have, also the year of birth or, if that is not known, the patronymic: nobody looks for one
Шевченко among thousands by this word alone. A slip is one letter changed, left out, put in, or two swapped, in the
surname; layout, Russian spelling and Latin letters spoil every word.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from varta.lib.text import swap_layout, transliterate

LETTERS = "абвгдеєжзиіїйклмнопрстуфхцчшщьюя"
FEW, MANY = 10, 150  # residents who have the surname

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
RUSSIAN_LETTERS = str.maketrans(
    {"і": "и", "ї": "и", "є": "е", "ґ": "г", "І": "И", "Ї": "И", "Є": "Е", "Ґ": "Г", "’": "ъ"}
)


class Sought(NamedTuple):
    """A resident who is to be found."""

    key: str
    surname: str
    given: str
    patronymic: str
    born: int | None
    digits: str
    whole: int  # how many in the register have a surname that begins with this one
    part: int  # or with the part of it that `part` asks for


def beside(one: Sought, sharing: int) -> list[str]:
    """Return what is said beside a surname, or a part of it, that so many share."""
    said = [one.given] if sharing > FEW else []
    if sharing > MANY:
        said.append(str(one.born) if one.born else one.patronymic)
    return [word for word in said if word]


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


def part(surname: str) -> str:
    """Return the first three fifths of the first surname, five letters at least."""
    first = surname.split("-", maxsplit=1)[0]
    return first[: max(5, round(len(first) * 0.6))]


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


def _every(one: Sought, spoilt: Callable[[str], str]) -> str:
    return " ".join(spoilt(word) for word in (one.surname, *beside(one, one.whole)))


def _whole(one: Sought, surname: str) -> str:
    return " ".join((surname, *beside(one, one.whole)))


def _part(one: Sought, surname: str) -> str:
    return " ".join((surname, *beside(one, one.part)))


def _fragment(digits: str, length: int, chance: Random) -> str:
    """Return so many digits in a row, half the time the last ones, else from behind the operator's code."""
    own = digits[5:]
    start = len(own) - length if chance.random() < 0.5 else chance.randrange(len(own) - length + 1)
    return own[start : start + length]


BY_NAME: Mapping[str, Callable[[Sought, Random], str]] = {
    "whole surname": lambda one, chance: _whole(one, one.surname),
    "part of it": lambda one, chance: _part(one, part(one.surname)),
    "part with a slip": lambda one, chance: _part(one, slip(part(one.surname), chance)),
    "whole with a slip": lambda one, chance: _whole(one, slip(one.surname, chance)),
    "keyboard layout": lambda one, chance: _every(one, swap_layout),
    "Russian spelling": lambda one, chance: _every(one, lambda word: russian(word, chance)),
    "Latin letters": lambda one, chance: _every(one, transliterate),
}
BY_PHONE: Mapping[str, Callable[[Sought, Random], str]] = {
    f"{length} digits": (lambda one, chance, length=length: _fragment(one.digits, length, chance))
    for length in (4, 5, 6, 7)
} | {"8 0… whole number": lambda one, chance: "8 " + "0" + one.digits[3:]}
