"""The kind of event that a caller's words are about: a guess that is offered, never taken for granted.

The words are data (`wordlists/kinds.toml`), and the counting is simple enough to be done twice in the same way:
here, and in `static/calls/guessing.js` while the server is away.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from varta.lib.text import fold
from varta.procedures.call import KIND

FILE = Path(__file__).with_name("wordlists") / "kinds.toml"
AGAINST = 2  # how much more a pattern against a kind weighs than one for it
LONGEST = 600  # signs that are read: what happened is said at the beginning

Part = tuple[str, ...]  # beginnings of a word, of which one is enough; "=" before one means the whole word
Pattern = tuple[Part, ...]


class WordsFault(ValueError):
    """The list of words cannot be used: which kind, and what to mend."""


@dataclass(frozen=True)
class Words:
    """The patterns for a kind of event and against it."""

    kind: str
    words: tuple[Pattern, ...]
    against: tuple[Pattern, ...]


def guess(about: str, *, most: int = 3) -> list[str]:
    """Return the kinds that the words may be about, the likeliest first; none if nothing is recognised."""
    words = fold(about[:LONGEST]).split()
    typed = {word[:length] for word in words for length in range(1, len(word) + 1)}
    typed |= {"=" + word for word in words}
    points = [(_points(one, typed), -nth, one.kind) for nth, one in enumerate(known())]
    return [kind for count, _, kind in sorted(points, reverse=True) if count > 0][:most]


def _points(one: Words, typed: set[str]) -> int:
    return _counted(one.words, typed) - AGAINST * _counted(one.against, typed)


def _counted(patterns: Iterable[Pattern], typed: set[str]) -> int:
    """Return the parts of the patterns that are there whole; `typed` holds every beginning of every word."""
    return sum(len(pattern) for pattern in patterns if not any(typed.isdisjoint(part) for part in pattern))


@cache
def known() -> tuple[Words, ...]:
    """Return the words of every kind, in the order in which equals are decided. Raises WordsFault."""
    return read(FILE)


def read(file: Path) -> tuple[Words, ...]:
    """Return the words that a file lists."""
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    if strange := sorted(set(given) - set(KIND)):
        raise WordsFault(f"{file.name}: there is no kind of event called {', '.join(strange)}.")
    return tuple(
        Words(
            kind, _patterns(one.get("words", []), file, kind), _patterns(one.get("against", []), file, kind)
        )
        for kind, one in given.items()
    )


def _patterns(given: Iterable[str], file: Path, kind: str) -> tuple[Pattern, ...]:
    found = [tuple(_part(part) for part in written.split()) for written in given]
    for written, pattern in zip(given, found, strict=True):
        if not pattern or not all(form.strip("=") and " " not in form for part in pattern for form in part):
            raise WordsFault(
                f"{file.name}: the pattern “{written}” of {kind} holds nothing that can be read."
            )
    return tuple(dict.fromkeys(found))


def _part(written: str) -> Part:
    return tuple("=" * form.startswith("=") + fold(form) for form in written.split("|"))


def as_json() -> list[Mapping[str, Any]]:
    """Return what a browser needs to guess by itself."""
    return [asdict(one) for one in known()]
