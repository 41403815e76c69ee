"""Finding cases by the words of their address, in any spelling; see docs/explanation/search.md."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from varta.cases import queries
from varta.cases.models import Case
from varta.lib.text import nearness, variants
from varta.people.naming import spellings
from varta.people.scope import Reader
from varta.people.search import BEGINNINGS, ask

WEEK_S = 7 * 24 * 3600
MOST_WORDS = 3  # asked of the database; the longest
MOST_ROWS = 200  # of the newest weeks, then of the last year, then of all
LEAST_LETTERS = 3
# What stands before the name of a street or a house, and is often left out.
FORMS = frozenset({
    "вул", "вулиця", "улица", "ул", "просп", "проспект", "пр", "бул", "бульвар", "пров", "провулок", "пер", "пл",
    "площа", "площадь", "шосе", "узвіз", "набережна", "буд", "будинок", "дом", "корп", "корпус", "кв", "квартира",
})  # fmt: skip

Question = list[set[str]]  # for each word its stems


def by_address(asked: str, reader: Reader, *, week: int, limit: int) -> list[Case]:
    """Return visible cases whose address has all these words, or words that begin so, the newest first.

    `week` counts weeks since 1970: of what many addresses share, the newest are looked at.
    """
    found: set[UUID] = set()
    for words in _read(asked):
        longest = sorted(words, key=lambda stems: -max(map(len, stems)))[:MOST_WORDS]
        lists = [_asked(stems) for stems in longest] + [None] * (MOST_WORDS - len(longest))
        rows = ask("varta_cases_addressed(%s, %s, %s, %s, %s)", *lists, week, MOST_ROWS)
        found |= {key for key, have in rows if all(_has(have, stems) for stems in words)}
    return _newest(found, reader, limit) if found else []


def _newest(keys: Iterable[UUID], reader: Reader, limit: int) -> list[Case]:
    newest = sorted(keys, reverse=True)[:limit]  # a key begins with the moment of the first entry
    cases = queries.visible_to(reader).filter(key__in=newest)
    return list(cases.select_related("place", "unit").order_by("-opened_at"))


def _read(asked: str) -> list[Question]:
    """Return what may be meant: readings with as many words are one question. One word must be a name."""
    readings: dict[int, list[list[str]]] = {}
    for form in variants(asked):
        words = form.text.split()
        readings.setdefault(len(words), []).append(words)
    questions = [
        [stems for spelt in zip(*alike, strict=True) if not FORMS & set(spelt) and (stems := _stems(spelt))]
        for alike in readings.values()
    ]
    return [words for words in questions if any(_is_name(stem) for stems in words for stem in stems)]


def _stems(spelt: Iterable[str]) -> set[str]:
    found = ({word} if any(map(str.isdigit, word)) else spellings(word) for word in spelt)
    return set().union(*found) - {""}


def _is_name(stem: str) -> bool:
    return len(stem) >= LEAST_LETTERS and stem.isalpha()


def _asked(stems: Iterable[str]) -> list[str]:
    """Return what is asked of the index: the stems, or the letters with which words begin."""
    beginnings = {stem[: BEGINNINGS[-1]] + "*" for stem in stems if len(stem) >= BEGINNINGS[0]}
    return sorted(beginnings.union(stems))


def _has(have: Sequence[str], stems: Iterable[str]) -> bool:
    return any(nearness(stem, word) is not None for stem in stems for word in have)
