"""Local times of a source, in any of its formats, as moments in UTC."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from varta.calls.files.errors import LineRefused

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"\s*(?P<d>\d{1,2})",
    "b": r"(?P<b>[A-Za-z]{3})[a-z]*",
    "H": r"(?P<H>\d{1,2})",
    "I": r"\s*(?P<I>\d{1,2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})",
    "f": r"(?P<f>\d{1,9})",
    "p": r"(?P<p>[AaPp][Mm])",
    "z": r"(?P<z>Z|[+-]\d{2}:?\d{2})",
    "%": "%",
}
FORMAT_SIGNS = "".join(_PARTS)


def pattern(form: str) -> re.Pattern[str]:
    """Return the expression for a format in the signs of strptime (%Y %m %d %H %M %S %f %I %p %b %y %z).

    Raises KeyError with the sign that is not among them.
    """
    pieces = re.split(r"%(.)", form)
    made = [re.sub(r"(\\ )+", r"\\s+", re.escape(piece)) for piece in pieces[::2]]
    for place, sign in enumerate(pieces[1::2]):
        made[place] += _PARTS[sign]
    return re.compile("".join(made))


class Moments:
    """Reads the times of one source and counts those that a clock change leaves open."""

    def __init__(
        self, *, zone: str, formats: Sequence[str], empty: Sequence[str], nothing_before: datetime
    ) -> None:
        self._zone = ZoneInfo(zone)
        self._readers = [_Format(form) for form in formats]
        self._formats = formats
        self._empty = {word.casefold() for word in empty} | {""}
        self._nothing_before = nothing_before
        self.unclear = 0  # times that the clocks showed twice or never; the first reading was taken
        self._offset = lru_cache(100_000)(self._offset_of)
        self._read: Callable[[str], datetime | None] = lru_cache(50_000)(self._parsed)

    def read(self, text: str, *, after: datetime | None = None) -> datetime | None:
        """Return the moment, None where the source gives none; raise LineRefused if it cannot be read.

        A time that the clocks showed twice is the first of the two, unless it lies before `after` and
        the second does not; one that they skipped counts on as if they had not.
        """
        local = self._read(text)
        if local is None or local.tzinfo is not None:
            return local
        offset, clear = self._offset(local.replace(minute=0, second=0, microsecond=0))
        if not clear:
            offset = self._exactly(local, after)
        return (local - offset).replace(tzinfo=UTC)

    def _exactly(self, local: datetime, after: datetime | None) -> timedelta:
        first, second = (local.replace(tzinfo=self._zone, fold=fold).utcoffset() for fold in (0, 1))
        assert first is not None and second is not None
        self.unclear += first != second
        if after and (local - first).replace(tzinfo=UTC) < after <= (local - second).replace(tzinfo=UTC):
            return second
        return first

    def _offset_of(self, hour: datetime) -> tuple[timedelta, bool]:
        """Return the offset of an hour of local time, and whether it is the same all through it."""
        ends = (hour, hour + timedelta(minutes=59, seconds=59))
        offsets = {end.replace(tzinfo=self._zone, fold=fold).utcoffset() for end in ends for fold in (0, 1)}
        first = hour.replace(tzinfo=self._zone).utcoffset()
        assert first is not None
        return first, len(offsets) == 1

    def _parsed(self, text: str) -> datetime | None:
        text = text.strip()
        if text.casefold() in self._empty:
            return None
        for one in self._readers:
            local = one.read(text)
            if local is not None:
                return None if local.replace(tzinfo=None) < self._nothing_before else local
        forms = ", ".join(self._formats)
        raise LineRefused(
            "bad-time",
            f"Час «{text}» не відповідає жодному з форматів: {forms}.",
            f"The time “{text}” fits none of the formats {forms}.",
        )


class _Format:
    """One format of times, made ready: thousands of times a second are read with it."""

    def __init__(self, form: str) -> None:
        expression = pattern(form)
        self._match = expression.fullmatch
        self._at = {sign: place - 1 for sign, place in expression.groupindex.items()}
        self._plain = all(sign in self._at for sign in "YmdMS") and not {"f", "z", "b"} & set(self._at)

    def read(self, text: str) -> datetime | None:
        """Return the time as the clocks of the place showed it, None if the text has another format."""
        found = self._match(text)
        if found is None:
            return None
        parts, at = found.groups(), self._at
        try:
            hour = self._hour(parts)
            if self._plain:
                return datetime(  # noqa: DTZ001  the zone follows
                    int(parts[at["Y"]]), int(parts[at["m"]]), int(parts[at["d"]]),
                    hour, int(parts[at["M"]]), int(parts[at["S"]]),
                )  # fmt: skip
            return self._built(found.groupdict(), hour)
        except ValueError:
            return None

    def _hour(self, parts: Sequence[str]) -> int:
        if "I" not in self._at:
            return int(parts[self._at["H"]]) if "H" in self._at else 0
        hour = int(parts[self._at["I"]])
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        afternoon = "p" in self._at and parts[self._at["p"]] in ("PM", "pm", "Pm", "pM")
        return hour % 12 + 12 * afternoon

    def _built(self, parts: dict[str, str], hour: int) -> datetime:
        year = int(parts["Y"]) if "Y" in parts else 2000 + int(parts.get("y", 0))
        month = _MONTHS.index(parts["b"].lower()) + 1 if "b" in parts else int(parts.get("m", 1))
        micro = int(parts.get("f", "0").ljust(6, "0")[:6])
        minute, second = int(parts.get("M", 0)), int(parts.get("S", 0))
        moment = datetime(year, month, int(parts.get("d", 1)), hour, minute, second, micro)  # noqa: DTZ001
        if "z" not in parts:
            return moment
        return moment.replace(tzinfo=_given_zone(parts["z"])).astimezone(UTC)


def _given_zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    sign, digits = text[0], text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if sign == "-" else shift)
