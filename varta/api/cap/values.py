"""What the elements of CAP 1.2 hold: each kind of value from its text, and back to text."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from varta.api.cap.message import Circle, Point, Reference
from varta.lib.clock import KYIV

MOST_NAME = 200  # characters
MOST_CONTENT = 256 * 1024  # bytes of a file inside the message
FIRST_YEAR, LAST_YEAR = 1990, 2100

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-](0\d|1[0-4]):[0-5]\d", re.ASCII)
_NAME = re.compile(r"[^\s,<&]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+(\s*;.*)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?", re.ASCII)
_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')
_SPACE = re.compile(r"\s+")


class Wrong(ValueError):
    """The text is not such a value; the argument is the code of the fault."""


def moment(text: str) -> datetime:
    """Return a moment; CAP asks for seconds and a numeric offset, never for the letter Z."""
    if not _MOMENT.fullmatch(text):
        raise Wrong("moment")
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong("moment") from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Wrong("moment")
    return value.astimezone(UTC)


def name(text: str) -> str:
    """Return an identifier: no spaces, no commas, no < and &."""
    if not _NAME.fullmatch(text) or len(text) > MOST_NAME:
        raise Wrong("name")
    return text


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list; those that hold spaces stand in quotation marks."""
    left = _WORDS.sub("", text)
    if left.strip():
        raise Wrong("words")
    return tuple(found[1] if found[1] is not None else found[2] for found in _WORDS.finditer(text))


def references(text: str) -> tuple[Reference, ...]:
    """Return earlier messages, each as sender,identifier,sent."""
    found = []
    for triple in text.split():
        parts = triple.split(",")
        if len(parts) != 3:
            raise Wrong("references")
        try:
            found.append(Reference(name(parts[0]), name(parts[1]), moment(parts[2])))
        except Wrong:
            raise Wrong("references") from None
    return tuple(found)


def polygon(text: str) -> tuple[Point, ...]:
    """Return the corners of a closed polygon: at least four, the last one the first again."""
    corners = tuple(_point(pair) for pair in text.split())
    if len(corners) < 4:
        raise Wrong("polygon-short")
    if corners[0] != corners[-1]:
        raise Wrong("polygon-open")
    return corners


def circle(text: str) -> Circle:
    """Return a circle from "lat,lon radius"."""
    parts = text.split()
    if len(parts) != 2 or not _NUMBER.fullmatch(parts[1]) or float(parts[1]) < 0:
        raise Wrong("circle")
    return Circle(_point(parts[0]), float(parts[1]) + 0.0)


def content(text: str) -> str:
    """Return a file in base64 without white space, after its form and its size were looked at."""
    bare = _SPACE.sub("", text)
    if len(bare) > MOST_CONTENT * 4 // 3 + 4:
        raise Wrong("resource-large")
    try:
        base64.b64decode(bare.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise Wrong("base64") from None
    return bare


def _point(pair: str) -> Point:
    parts = pair.split(",")
    if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise Wrong("point")
    lat, lon = float(parts[0]) + 0.0, float(parts[1]) + 0.0
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Wrong("point")
    return lat, lon


def _formed(form: re.Pattern[str], code: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not form.fullmatch(text):
            raise Wrong(code)
        return text

    return read


def _decimal(text: str) -> float:
    return float(_formed(_NUMBER, "number")(text))


def _whole(text: str) -> int:
    return int(_formed(re.compile(r"\d{1,15}", re.ASCII), "number")(text))


READ: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "name": name,
    "moment": moment,
    "words": words,
    "references": references,
    "language": _formed(_LANGUAGE, "language"),
    "address": _formed(re.compile(r"\S+"), "address"),
    "mime": _formed(_MIME, "mime"),
    "whole": _whole,
    "decimal": _decimal,
    "base64": content,
    "digest": _formed(re.compile(r"[0-9a-fA-F]{40}"), "digest"),
    "polygon": polygon,
    "circle": circle,
}


def moment_text(value: datetime) -> str:
    """Return a moment as CAP writes it, in Kyiv time: "2026-03-02T11:15:30+02:00"."""
    return value.astimezone(KYIV).replace(microsecond=0).isoformat()


def _words_text(value: tuple[str, ...]) -> str:
    return " ".join(f'"{word}"' if not word or _SPACE.search(word) else word for word in value)


def _reference_text(value: tuple[Reference, ...]) -> str:
    return " ".join(f"{one.sender},{one.identifier},{moment_text(one.sent)}" for one in value)


def _number_text(value: float) -> str:
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _point_text(value: Point) -> str:
    return f"{_number_text(value[0])},{_number_text(value[1])}"


WRITE: Mapping[str, Callable[[Any], str]] = {
    "moment": moment_text,
    "words": _words_text,
    "references": _reference_text,
    "decimal": _number_text,
    "polygon": lambda corners: " ".join(map(_point_text, corners)),
    "circle": lambda circle: f"{_point_text(circle.centre)} {_number_text(circle.radius_km)}",
}


def to_text(kind: str, value: Any) -> str:
    """Return a value as the text of its element."""
    return WRITE.get(kind, str)(value)
