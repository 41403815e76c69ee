"""Finding residents by what somebody typed of a name or a telephone.

Names are compared by the skeletons of their words: words that are near those asked for are guessed
from all words of names, then residents with these words are asked for. See docs/explanation/search.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from django.db import connection

from varta.lib.text import fold, nearness, skeleton, variants
from varta.lib.text.slips import BEGINS
from varta.people.models import Person
from varta.people.naming import ascii_digits, dialled, translated
from varta.people.queries import visible_to
from varta.people.scope import Reader

SHORTEST_PHONE = 4  # digits: fewer would list half of a city
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MOST_WORDS = 3  # of a name, asked of the database; the longest
MOST_GUESSES = 200  # words that one word may stand for
MOST_NEAR = 5000  # words that are compared one by one: a few milliseconds
MOST_CHECKED, MOST_RANKED = 3000, 400  # rows asked for scope, and ranked
HOLDS = 4  # how near a word is that holds what was asked in its middle; further than any of `nearness`
MISSED = 5  # what a word costs that the person has not

Guesses = dict[str, int]  # word of names -> how near it is to the word asked for, 0 the nearest


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that may be meant: for each word its spellings, and what is said beside it."""

    words: tuple[frozenset[str], ...]
    initials: tuple[str, ...] = ()
    year: int | None = None


@dataclass(slots=True)
class Hits:
    """Rows of the search by person: how far each is from what was asked."""

    far: dict[UUID, int] = field(default_factory=dict)

    def add(self, person: UUID, far: int) -> None:
        """Keep the nearer of two distances."""
        self.far[person] = min(far, self.far.get(person, far))

    def nearest(self, limit: int) -> list[UUID]:
        """Return the nearest persons."""
        return sorted(self.far, key=lambda person: (self.far[person], person))[:limit]


def search(asked: str, reader: Reader, *, limit: int = 50) -> list[Person]:
    """Return visible residents whose telephone or name is like the words asked for, the likest first.

    Names bear apostrophes of any kind, one typing error a word, a wrong keyboard layout, Russian
    spelling, Latin letters and missing endings; a year beside a name is the year of birth.
    Telephones are found by any four digits in a row.
    """
    if any(sign.isalpha() for sign in asked):
        return by_name(asked, reader, limit=limit)
    return by_phone(asked, reader, limit=limit)


def by_phone(asked: str, reader: Reader, *, limit: int = 50, at_start: bool = False) -> list[Person]:
    """Return visible residents whose telephone holds these digits, or begins with them.

    Whole numbers that are equal come first, then those that end with the digits.
    """
    digits = ascii_digits(asked)
    if len(digits) < SHORTEST_PHONE:
        return []
    at_home = dialled(digits) or ("0" + digits if at_start else "")
    found: dict[UUID, int] = {}
    for part in {part for part in (at_home, digits) if len(part) >= SHORTEST_PHONE}:
        rows = _ask("varta_people_dialled(%s, %s, %s, %s)", part, at_start, MOST_CHECKED, limit * 2)
        for person, number in rows:
            found[person] = min(found.get(person, 2), _place(part, number))
    nearest = sorted(found, key=lambda person: (found[person], person))[:limit]
    return sorted(_persons(nearest, reader), key=lambda person: (found[person.key], person.sort_key))


def _place(part: str, number: str) -> int:
    """Return 0 for the whole number, 1 for its end, 2 for a part of it."""
    return 0 if number == part else 1 if number.endswith(part) else 2


def by_name(asked: str, reader: Reader, *, limit: int = 50) -> list[Person]:
    """Return visible residents whose name is like the one asked for, the likest first."""
    hits = Hits()
    for one in _read(asked):
        _find(one, hits, limit=limit)
    nearest = hits.nearest(limit)
    whole = [set(form.text.split()) for form in variants(_letters(asked))]
    persons = _persons(nearest, reader)
    persons.sort(key=lambda person: (hits.far[person.key], _differs(person, whole), person.sort_key))
    return persons


def _differs(person: Person, whole: Sequence[set[str]]) -> bool:
    """Return whether the name, letter by letter, has not all the words of one of the spellings."""
    have = set(fold(person.name).split())
    return not any(form <= have for form in whole)


def _letters(asked: str) -> str:
    return re.sub(r"\d+", " ", asked)


def _read(asked: str) -> list[Asked]:
    """Return what may be meant: spellings with as many words are one question."""
    year = YEAR.search(asked)
    by_length: dict[int, list[list[str]]] = {}
    for form in variants(_letters(asked)):
        words = skeleton(form.text).split()
        by_length.setdefault(len(words), []).append(words)
    return [_asked(forms, int(year[0]) if year else None) for length, forms in by_length.items() if length]


def _asked(forms: Sequence[Sequence[str]], year: int | None) -> Asked:
    spellings = [frozenset(words) for words in zip(*forms, strict=True)]
    long = [one for one in spellings if max(map(len, one)) > 2]
    short = [one for one in spellings if one not in long]
    if not long:  # «Лі», «Юн»: such surnames exist
        return Asked(tuple(short[:MOST_WORDS]), (), year)
    long.sort(key=lambda one: -max(map(len, one)))
    return Asked(tuple(long[:MOST_WORDS]), tuple(min(one) for one in short), year)


def _find(asked: Asked, hits: Hits, *, limit: int) -> None:
    """Add to the hits: names with the very words first, then with words that are near them."""
    guessed = [known for known in _guesses(asked.words) if known]
    unknown = len(asked.words) - len(guessed)
    if not guessed:
        return
    very = [{word: far for word, far in guesses.items() if far == 0} for guesses in guessed]
    if all(very) and not unknown:
        _ask_people(very, asked, hits, missing=0, most=limit * 2)
    if len(hits.far) < limit:
        _ask_people(guessed, asked, hits, missing=unknown, most=MOST_RANKED)
    if not hits.far and len(guessed) == MOST_WORDS:
        for pair in combinations(guessed, 2):
            _ask_people(list(pair), asked, hits, missing=unknown + 1, most=limit)


def _ask_people(guessed: Sequence[Guesses], asked: Asked, hits: Hits, *, missing: int, most: int) -> None:
    lists = [list(guesses) for guesses in guessed] + [None] * (MOST_WORDS - len(guessed))
    rows = _ask("varta_people_named(%s, %s, %s, %s, %s, %s)", *lists, asked.year, MOST_CHECKED, most)
    for person, words, born in rows:
        if all(any(word.startswith(initial) for word in words) for initial in asked.initials):
            far = sum(min(guesses.get(word, MISSED) for word in words) for guesses in guessed)
            doubt = asked.year is not None and born is None
            hits.add(person, 2 * (far + MISSED * missing) + doubt)


def _guesses(asked: Iterable[frozenset[str]]) -> list[Guesses]:
    """Return for each word the words of names that it may stand for."""
    spelt = [one | {other for word in one for other in translated(word)} for one in asked]
    near: dict[str, list[str]] = {}
    for sought, word in _ask("varta_words_near(%s, %s)", sorted(frozenset().union(*spelt)), MOST_NEAR):
        near.setdefault(sought, []).append(word)
    return [_nearest(one, near) for one in spelt]


def _nearest(spellings: Iterable[str], near: dict[str, list[str]]) -> Guesses:
    guesses: Guesses = {}
    for sought in spellings:
        if 2 < len(sought) < 5:
            guesses[sought + "*"] = BEGINS  # the first three and four letters are words of their own
        for word in near.get(sought, ()):
            far = nearness(sought, word)
            if far is not None and far < guesses.get(word, HOLDS):
                guesses[word] = far
    if not guesses:
        held = {word for sought in spellings if len(sought) > 3 for [word] in _holding(sought)}
        guesses = dict.fromkeys(held, HOLDS)
    nearest = sorted(guesses, key=lambda word: (guesses[word], len(word), word))[:MOST_GUESSES]
    return {word: guesses[word] for word in nearest}


def _holding(part: str) -> list[tuple[str]]:
    return _ask("varta_words_holding(%s, %s)", part, MOST_GUESSES)


def _ask(function: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}", values)
        return cursor.fetchall()


def _persons(keys: Iterable[UUID], reader: Reader) -> list[Person]:
    """Return the persons that the reader sees: the database has asked already, and is asked once more."""
    listed = list(keys)
    return list(visible_to(reader).filter(key__in=listed)) if listed else []
