"""Sequences of three letters, by which a core GIN index finds names that are nearly alike."""

from collections.abc import Iterable

from varta.lib.text.folding import fold, fold_loosely, skeleton


def grams(text: str) -> list[str]:
    """Return the sorted trigrams of the skeleton of `text`: store these, and ask with these."""
    return sorted(_trigrams(skeleton(text)))


def similarity(a: str, b: str) -> float:
    """Return how alike two spellings are, 0..1; 1 only when they fold to the same form."""
    if fold(a) == fold(b):
        return 1.0
    loose = _dice(_trigrams(fold_loosely(a)), _trigrams(fold_loosely(b)))
    weak = _dice(_trigrams(skeleton(a)), _trigrams(skeleton(b)))
    return min(0.99, (loose + weak) / 2)


def _trigrams(folded: str) -> set[str]:
    return {word[place : place + 3] for word in _padded(folded.split()) for place in range(len(word) - 2)}


def _padded(words: Iterable[str]) -> Iterable[str]:
    return (f"  {word} " for word in words)


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
