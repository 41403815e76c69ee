"""Finding residents by what somebody typed of a name or a telephone.

Words of names are compared by their stems: those near the words asked for are guessed from all words of
names, then the database is asked for residents who have them. See docs/explanation/search.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from uuid import UUID

from django.db import connection

from varta.lib.text import fold, nearness, variants
from varta.lib.text.slips import BEGINS, EXACT
from varta.people.models import Person
from varta.people.naming import ascii_digits, dialled, spellings, stems
from varta.people.queries import visible_to
from varta.people.scope import Reader

SHOWN = 30  # residents that a page lists
SHORTEST_PHONE = 4  # digits: fewer would list half of a city
BEGINNINGS = range(3, 7)  # names are indexed by their first three to six letters too
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MOST_WORDS = 3  # of a name, asked of the database; the longest
MOST_GUESSES = 200  # words that one word may stand for
MOST_BESIDE = 100  # where the very word is among them: it was hardly a slip
MOST_NEAR = 5000  # words that are compared one by one: a few milliseconds
MOST_RANKED = 400  # rows
ENOUGH = 10  # found with no slip: nobody looks for slips then
HOLDS = 4  # how near a word is that holds what was asked in its middle; further than any of `nearness`
MISSED = 5  # how near no word is

Guesses = dict[str, int]  # stem -> how near it is to the word asked for, 0 the nearest
Far = dict[UUID, int]  # person -> how far from what was asked, 0 the nearest


@dataclass(frozen=True, slots=True)
class Word:
    """A word asked for: its letters in each reading of the question, and the stems to look for."""

    letters: frozenset[str]
    stems: frozenset[str]

    @property
    def length(self) -> int:
        """How many letters its longest stem has."""
        return max(map(len, self.stems), default=0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that may be meant, with the first letters of other words of it and the year of birth."""

    words: tuple[Word, ...]
    initials: tuple[Word, ...]
    year: int | None


def search(asked: str, reader: Reader, *, limit: int = SHOWN) -> list[Person]:
    """Return visible residents whose telephone or name is like the words asked for, the likest first.

    Names bear apostrophes of any kind, one slip a word, a wrong keyboard layout, Russian spelling,
    Latin letters and missing endings; a year beside a name is the year of birth. Telephones are
    found by any four digits in a row.
    """
    if any(sign.isalpha() for sign in asked):
        return by_name(asked, reader, limit=limit)
    return by_phone(asked, reader, limit=limit)


def by_phone(asked: str, reader: Reader, *, limit: int = SHOWN, at_start: bool = False) -> list[Person]:
    """Return visible residents whose telephone holds these digits, or with `at_start` begins with them.

    Whole numbers that are equal come first, then those that end with the digits.
    """
    digits = ascii_digits(asked)
    if len(digits) < SHORTEST_PHONE:
        return []
    at_home = dialled(digits) or ("0" + digits if at_start else "")
    parts = [part for part in {at_home, digits} if len(part) >= SHORTEST_PHONE]
    far: Far = {}
    for person, number in ask("varta_people_dialled(%s, %s, %s)", parts, at_start, limit * 2):
        far[person] = min(far.get(person, 2), *(_place(part, number) for part in parts))
    return _nearest_persons(far, reader, limit)


def _place(part: str, number: str) -> int:
    """Return 0 for the whole number, 1 for its end, 2 for another part of it."""
    return 0 if number == part else 1 if number.endswith(part) else 2


def by_name(asked: str, reader: Reader, *, limit: int = SHOWN) -> list[Person]:
    """Return visible residents whose name is like the one asked for, the likest first."""
    far: Far = {}
    meant = _read(asked)
    for one in meant:
        _find(one, far, limit=limit)
    if not far and any(one.year for one in meant):  # people are often taken for older or younger
        for one in meant:
            _find(replace(one, year=None), far, limit=limit)
    return _nearest_persons(far, reader, limit)


def _nearest_persons(far: Far, reader: Reader, limit: int) -> list[Person]:
    """Return the nearest persons: the database has asked who sees them, and is asked once more."""
    nearest = sorted(far, key=lambda person: (far[person], person))[:limit]
    if not nearest:
        return []
    persons = visible_to(reader).filter(key__in=nearest)
    return sorted(persons, key=lambda person: (far[person.key], person.sort_key))


def _read(asked: str) -> list[Asked]:
    """Return what may be meant: readings with as many words are one question."""
    year = YEAR.search(asked)
    readings: dict[int, list[list[str]]] = {}
    for form in variants(re.sub(r"\d+", " ", asked)):
        words = form.text.split()
        readings.setdefault(len(words), []).append(words)
    return [_asked(alike, int(year[0]) if year else None) for length, alike in readings.items() if length]


def _asked(readings: Sequence[Sequence[str]], year: int | None) -> Asked:
    words = [
        Word(frozenset(letters), frozenset().union(*map(spellings, letters)) - {""})
        for letters in zip(*readings, strict=True)
    ]
    whole = [word for word in words if word.length > 2] or [word for word in words if word.length]
    longest = sorted(whole, key=lambda word: -word.length)[:MOST_WORDS]
    return Asked(tuple(longest), tuple(word for word in words if word not in whole), year)


def _find(asked: Asked, far: Far, *, limit: int) -> None:
    """Measure names with the very words, then names that begin with them, then names with a slip.

    Each step is taken where the steps before it have not found enough.
    """
    known = [(word, guesses) for word, guesses in _guessed(asked.words) if guesses]
    missing = len(asked.words) - len(known)
    if not known or (missing and len(known) < 2):  # a given name alone says nothing of whom was meant
        return
    before: list[Guesses] = []
    for most_far, enough in ((EXACT, limit), (BEGINS, ENOUGH), (MISSED, ENOUGH)):
        near = [(word, {stem: one for stem, one in some.items() if one <= most_far}) for word, some in known]
        lists = [some for _, some in near]
        if all(lists) and lists != before and len(far) < enough:
            _measure(near, asked, far, missing=missing)
        before = lists
    if not far and len(known) == MOST_WORDS:
        for pair in combinations(known, 2):
            _measure(pair, asked, far, missing=1)


def _measure(known: Sequence[tuple[Word, Guesses]], asked: Asked, far: Far, *, missing: int) -> None:
    """Ask for residents who have one of the guesses for each word, and note how far their names are."""
    lists = [list(guesses) for _, guesses in known] + [None] * (MOST_WORDS - len(known))
    rows = ask("varta_people_named(%s, %s, %s, %s, %s)", *lists, asked.year, MOST_RANKED)
    for person, names, born in rows:
        if not all(_begins(initial, names) for initial in asked.initials):
            continue
        distance = (
            _distance(known, names) + _far(MISSED, 0) * missing + (asked.year is not None and born is None)
        )
        far[person] = min(distance, far.get(person, distance))


def _far(near: int, doubt: int) -> int:
    """Return the distance of a word: its nearness weighs more than all doubts about its letters."""
    return 8 * near + 2 * doubt


def _distance(known: Sequence[tuple[Word, Guesses]], names: Sequence[str]) -> int:
    """Return how far a name is from the words asked for, each of which means another word of it."""
    left = [
        (place, letters, stem)
        for place, name in enumerate(names)
        for letters, stem in zip(fold(name).split(), stems(name), strict=False)
    ]
    distance = 0
    for word, guesses in known:
        ways = [(_word_distance(word, guesses, one), one) for one in left]
        nearest, taken = min(ways, default=(_far(MISSED, 0), None))
        distance += nearest
        if taken is not None and nearest < _far(MISSED, 0):
            left.remove(taken)
    return distance


def _word_distance(word: Word, guesses: Guesses, one: tuple[int, str, str]) -> int:
    """Return how far one word of a name is; a patronymic is meant less often than a surname."""
    place, letters, stem = one
    near = min(guesses.get(stem, MISSED), *(guesses.get(stem[:most] + "*", MISSED) for most in BEGINNINGS))
    return (
        _far(near, _doubt(word.letters, letters, near) + (place == 2)) if near < MISSED else _far(MISSED, 0)
    )


def _doubt(asked: Iterable[str], letters: str, near: int) -> int:
    """Return 0 where the letters themselves are as near as their stems, 1 where they are further, else 2."""
    seen = [found for one in asked if (found := nearness(one, letters)) is not None]
    if not seen:
        return 2
    return 0 if min(seen) <= near else 1


def _begins(initial: Word, names: Sequence[str]) -> bool:
    return any(
        name.startswith(one) for one in initial.letters for part in names for name in fold(part).split()
    )


def _guessed(words: Sequence[Word]) -> list[tuple[Word, Guesses]]:
    """Return each word with the stems of names that it may stand for."""
    sought = sorted(frozenset().union(*(word.stems for word in words)))
    near: dict[str, list[str]] = {}
    for stem, found in ask("varta_words_near(%s, %s)", sought, MOST_NEAR):
        near.setdefault(stem, []).append(found)
    return [(word, _nearest_stems(word.stems, near)) for word in words]


def _nearest_stems(sought: Iterable[str], near: dict[str, list[str]]) -> Guesses:
    guesses: Guesses = {}
    for stem in sought:
        for found in near.get(stem, ()):
            distance = nearness(stem, found)
            if distance == BEGINS and len(stem) in BEGINNINGS:
                guesses[stem + "*"] = BEGINS
            elif distance is not None and distance < guesses.get(found, MISSED):
                guesses[found] = distance
    if not guesses:
        held = {word for stem in sought for (word,) in ask("varta_words_holding(%s, %s)", stem, MOST_GUESSES)}
        guesses = dict.fromkeys(held, HOLDS)
    most = MOST_BESIDE if EXACT in guesses.values() else MOST_GUESSES
    nearest = sorted(guesses, key=lambda stem: (guesses[stem], len(stem), stem))[:most]
    return {stem: guesses[stem] for stem in nearest}


def ask(function: str, *values: object) -> list[tuple]:
    """Return the rows of one of the functions that guard what is searched."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}", values)
        return cursor.fetchall()
