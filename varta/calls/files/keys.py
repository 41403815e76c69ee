"""Reading the keys of a mapping one by one: what is wrong or unknown is named, with the nearest known key."""

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from varta.calls.files import moments
from varta.calls.files.choosing import Choosing
from varta.calls.files.errors import MappingWrong
from varta.procedures import call

STEPS = {"receive": "received", "assign": "assigned", "arrive": "arrived", "close": "closed"}
CHOSEN = {
    "category": (tuple(call.CATEGORY), "unknown"),
    "kind": (tuple(call.KIND), "other"),
    "outcome": (tuple(call.OUTCOME), "unknown"),
    "confirmed": (("yes", "no", "unknown"), "unknown"),
    "channel": (tuple(call.CHANNEL), "other"),
    "zone": (tuple(call.ZONE), "unknown"),
    "force": (tuple(call.FORCE), "unknown"),
}


class Reading:
    """A table of a mapping; each method reads one key, `finish` refuses those that nobody asked for."""

    def __init__(self, given: dict[str, Any], *, file: Path, path: str = "") -> None:
        self._given, self._file, self._path = given, file, path
        self._asked: list[str] = []
        self._inner: list[Reading] = []

    def table(self, key: str, *, needed: bool = False) -> "Reading":
        """Return a table inside this one, an empty one where it is missing."""
        given = self._get(key, dict, {}, needed=needed)
        return self._inside(given, key)

    def tables(self, key: str) -> list["Reading"]:
        """Return one or more tables of the same name."""
        self._asked.append(key)
        given = self._given.get(key)
        several = [given] if isinstance(given, dict) else given
        if not isinstance(several, list) or not several or not all(isinstance(one, dict) for one in several):
            self._wrong(key, "потрібна таблиця", "a table is needed")
        return [self._inside(one, key) for one in several]

    def text(self, key: str, *, needed: bool = False) -> str:
        """Return a text, empty where it is missing."""
        found: str = self._get(key, str, "", needed=needed)
        if needed and not found.strip():
            self._wrong(key, "значення порожнє", "the value is empty")
        return found

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        found: list[Any] = self._get(key, list, [])
        if not all(isinstance(one, str) for one in found):
            self._wrong(key, "потрібен список текстів", "a list of texts is needed")
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        found: bool = self._get(key, bool, default)
        return found

    def number(self, key: str, *, default: float) -> float:
        """Return a number above zero."""
        found = self._get(key, (int, float), default)
        if found <= 0:
            self._wrong(key, "потрібне додатне число", "a positive number is needed")
        return float(found)

    def whole(self, key: str) -> int | None:
        """Return a whole number, None where it is missing."""
        found: int | None = self._get(key, int, None)
        return found

    def words(self, key: str) -> dict[str, str]:
        """Return a table of texts by text; the keys in lower case."""
        given = self._get(key, dict, {})
        if not all(isinstance(value, str) for value in given.values()):
            self._wrong(key, "значення мають бути текстами", "the values must be texts")
        return {name.strip().casefold(): value for name, value in given.items()}

    def one_of(self, key: str, known: Sequence[str], *, default: str = "", needed: bool = False) -> str:
        """Return one of the known words."""
        word = self.text(key, needed=needed) or default
        self._check(key, word, known)
        return word

    def several_of(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return some of the known words."""
        words = self.texts(key)
        for word in words:
            self._check(key, word, known)
        return tuple(words)

    def column(self, key: str, *, header: bool, needed: bool = False) -> tuple[str | int, ...]:
        """Return the names of a column; without a header its number, from 1."""
        kind = (str, list) if header else int
        given = self._get(key, kind, None, needed=needed)
        if given is None:
            return ()
        column = tuple(given) if isinstance(given, list) else (given,)
        fine = [isinstance(one, str) and one.strip() for one in column] if header else [column[0] >= 1]
        if not column or not all(fine):
            self._wrong(
                key, "потрібна назва колонки або її номер від 1", "the name of a column or its number from 1"
            )
        return column

    def path(self, key: str) -> Path:
        """Return a file that is named beside the mapping."""
        return self._file.parent / self.text(key, needed=True)

    def zone(self, key: str) -> str:
        """Return the name of a time zone."""
        name = self.text(key, needed=True)
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            reason = f"часового поясу «{name}» немає", f"there is no time zone “{name}”"
            self._wrong(key, *reason)
        return name

    def formats(self, key: str) -> tuple[str, ...]:
        """Return formats of times."""
        forms = self.texts(key)
        if not forms:
            self._wrong(key, "потрібен хоча б один формат", "at least one format is needed")
        for form in forms:
            try:
                moments.pattern(form)
            except (KeyError, re.error) as error:
                signs = " ".join(f"%{sign}" for sign in moments.FORMAT_SIGNS)
                self._wrong(
                    key,
                    f"«{form}»: знак {error}; є {signs}",
                    f"“{form}”: the sign {error}; there are {signs}",
                )
        return tuple(forms)

    def day(self, text: str, key: str) -> datetime:
        """Return the first moment of a day, without zone."""
        try:
            return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007  compared with local times
        except ValueError:
            self._wrong(key, "потрібна дата РРРР-ММ-ДД", "a date YYYY-MM-DD is needed")

    def choosing(self, field: str, *, header: bool) -> Choosing:
        """Return the rules of a field of the record."""
        known, default = CHOSEN[field]
        values, prefixes = self.words("values"), self.words("prefixes")
        patterns = self._patterns("patterns", known)
        for key, words in (("values", values), ("prefixes", prefixes)):
            for word in words.values():
                self._check(key, word, known)
        return Choosing(
            columns=self.column("column", header=header, needed=bool(values or prefixes or patterns)),
            values=values,
            prefixes=prefixes,
            patterns=patterns,
            otherwise=self.one_of("otherwise", known, default=default),
            optional=self.flag("optional", default=False),
        )

    def finish(self) -> None:
        """Raise MappingWrong for the first key that means nothing, here or inside."""
        for key in self._given:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, 1)
                known = ", ".join(self._asked)
                uk = f"такого ключа немає; можливо, «{near[0]}»" if near else f"такого ключа немає; є {known}"
                en = f"unknown; perhaps “{near[0]}”" if near else f"unknown; there are {known}"
                self._wrong(key, uk, en)
        for inner in self._inner:
            inner.finish()

    def _inside(self, given: dict[str, Any], key: str) -> "Reading":
        inner = Reading(given, file=self._file, path=f"{self._path}{key}.")
        self._inner.append(inner)
        return inner

    def _get(self, key: str, kind: Any, default: Any, *, needed: bool = False) -> Any:
        self._asked.append(key)
        if key not in self._given:
            if needed:
                self._wrong(key, "ключ обов’язковий", "the key is needed")
            return default
        found = self._given[key]
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            self._wrong(key, "значення не того виду", "a value of another kind is needed")
        return found

    def _patterns(self, key: str, known: Sequence[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
        made = []
        for one in self._get(key, list, []):
            if not isinstance(one, list) or len(one) != 2 or not all(isinstance(text, str) for text in one):
                self._wrong(key, "потрібні пари [вираз, слово]", "pairs [expression, word] are needed")
            self._check(key, one[1], known)
            try:
                made.append((re.compile(one[0], re.IGNORECASE), one[1]))
            except re.error as error:
                self._wrong(key, f"вираз «{one[0]}»: {error}", f"the expression “{one[0]}”: {error}")
        return tuple(made)

    def _check(self, key: str, word: str, known: Sequence[str]) -> None:
        if word not in known:
            listed = ", ".join(known)
            self._wrong(key, f"слова «{word}» немає серед {listed}", f"“{word}” is none of {listed}")

    def _wrong(self, key: str, uk: str, en: str) -> NoReturn:
        raise MappingWrong(mapping=self._file.name, where=self._path + key, reason_uk=uk, reason_en=en)
