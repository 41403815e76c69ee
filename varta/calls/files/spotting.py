"""The place of a line and the unit that takes it, as the mapping says; found once for each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from varta.calls.answering import Answering
from varta.calls.files.errors import LineRefused, UnknownPlaceInMapping, UnknownUnitInMapping
from varta.calls.files.kinds import parted
from varta.calls.files.mapping import Mapping, Way
from varta.places.finder import Finder, Found
from varta.places.models import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """A way to find a place, with the columns where its cells stand."""

    way: Way
    cells: tuple[int, ...]


class Spotting:
    """Finds place and unit of lines; made once for a process."""

    def __init__(self, mapping: Mapping, asked: Sequence[Asked]) -> None:
        self._mapping, self._asked = mapping, asked
        self._finder = Finder(within=mapping.territory.root if mapping.territory else None)
        self._answering = Answering()
        for way in mapping.places:
            for key, code in (("within", way.within), ("code", way.code)):
                if code and self._finder.by_code(code) is None:
                    raise UnknownPlaceInMapping(mapping=mapping.name, where=f"place.{key}", code=code)
        if mapping.unit and not Unit.objects.filter(code=mapping.unit).exists():
            raise UnknownUnitInMapping(mapping=mapping.name, where="unit.code", code=mapping.unit)
        self._found = lru_cache(200_000)(self._find)

    def spot(self, cells: Sequence[str]) -> tuple[str, str, str]:
        """Return the codes of place and unit, and the way that found them; raise LineRefused if there are none."""
        return self._found(tuple(cells[one] for asked in self._asked for one in asked.cells))

    def _find(self, words: tuple[str, ...]) -> tuple[str, str, str]:
        left = list(words)
        for asked in self._asked:
            own, left = left[: len(asked.cells)], left[len(asked.cells) :]
            place = self._place(asked.way, [word.strip() for word in own])
            if place is not None:
                return place.code, self._unit(place), asked.way.by
        raise self._refusal(words)

    def _refusal(self, words: tuple[str, ...]) -> LineRefused:
        given = [word.strip() for word in words if word.strip()]
        if not given:
            return LineRefused("no-place", "Місце не вказано.", "The line names no place.")
        uk, en = ", ".join(f"«{word}»" for word in given), ", ".join(f"“{word}”" for word in given)
        ways = [asked.way for asked in self._asked if asked.way.by == "name"]
        if any(len(self._named(word, way)) > 1 for way in ways for word in given):
            return LineRefused(
                "several-places",
                f"За {uk} є кілька однойменних місць: потрібен код, координати або within в описі.",
                f"Several places have the name {en}: a code, coordinates or “within” in the mapping is needed.",
            )
        return LineRefused("unknown-place", f"Місця за {uk} не знайдено.", f"No place was found for {en}.")

    def _place(self, way: Way, words: list[str]) -> Found | None:
        if way.by == "fixed":
            return self._finder.by_code(way.code)
        if way.by == "point":
            point = _point(words)
            place = self._finder.nearest(*point, max_km=way.max_km) if point else None
            return place if self._inside(place, way) else None
        if not words[0]:
            return None
        word = (way.values or {}).get(words[0].casefold(), f"{way.prefix}{words[0]}")
        if way.by == "code":
            place = self._finder.by_code(word) or self._finder.by_code(word.upper())
            return place if self._inside(place, way) else None
        named = self._named(word, way)
        return named[0] if len(named) == 1 else None

    def _named(self, word: str, way: Way) -> list[Found]:
        """Return the place that the name means, or all that it may mean."""
        place = self._finder.by_name(word, within=way.within, level=way.level)
        if place is not None:
            return [place]
        name, categories = parted(word)
        namesakes = self._finder.namesakes(name, within=way.within, level=way.level)
        return [one for one in namesakes if not categories or one.category in categories]

    def _inside(self, place: Found | None, way: Way) -> bool:
        if place is None or way.within is None:
            return place is not None
        top = self._finder.by_code(way.within)
        return top is not None and top.pre <= place.pre <= top.pre_end

    def _unit(self, place: Found) -> str:
        unit = self._mapping.unit or self._answering.unit_of(place.pre)
        if unit is None:
            raise LineRefused(
                "no-unit",
                f"За місце {place.code} не відповідає жоден підрозділ.",
                f"No unit answers for the place {place.code}.",
            )
        return unit


def _point(words: list[str]) -> tuple[float, float] | None:
    """Return latitude and longitude, None where they are missing, withheld or impossible."""
    try:
        lat, lon = (float(word.replace(",", ".")) for word in words)
    except ValueError:
        return None
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180) or (lat, lon) == (0, 0):
        return None
    return lat, lon
