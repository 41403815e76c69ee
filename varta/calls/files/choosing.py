"""From a word of the source to a word of ours: by value, by beginning, by pattern, else the default."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choosing:
    """The rules of one field, tried in this order; upper and lower case are the same.

    `values` maps whole words, `prefixes` beginnings (the longest wins), `patterns` regular expressions
    in their order. What nothing meets becomes `otherwise`.
    """

    columns: tuple[str | int, ...] = ()  # names for the same column in different years
    values: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    patterns: Sequence[tuple[re.Pattern[str], str]] = ()
    otherwise: str = ""
    optional: bool = False
    known: dict[str, str] = field(default_factory=dict, compare=False)  # answers given before

    def choose(self, word: str) -> str:
        """Return our word for a word of the source."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = self._find(word.strip().casefold())
        return found

    def _find(self, word: str) -> str:
        if word in self.values:
            return self.values[word]
        beginnings = [one for one in self.prefixes if word.startswith(one)]
        if beginnings:
            return self.prefixes[max(beginnings, key=len)]
        return next((ours for pattern, ours in self.patterns if pattern.search(word)), self.otherwise)
