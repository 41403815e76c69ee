"""Coordinates as people read them out or paste them: degrees with a point or a comma, or with minutes and seconds."""

import re

Point = tuple[float, float]

# The words for the sides, in Ukrainian and Russian, become one letter each: «48,55 пн. ш. 34,9 сх. д.»
_SIDES = (
    (re.compile(r"\b(пн|північн\w*|с|сев\w*)\.?\s*ш(ироти|ироты|\.|\b)\.?", re.I), "N"),
    (re.compile(r"\b(пд|південн\w*|ю|южн\w*)\.?\s*ш(ироти|ироты|\.|\b)\.?", re.I), "S"),
    (re.compile(r"\b(сх|східн\w*|в|вост\w*)\.?\s*д(овготи|олготы|\.|\b)\.?", re.I), "E"),
    (re.compile(r"\b(зх|західн\w*|з|зап\w*)\.?\s*д(овготи|олготы|\.|\b)\.?", re.I), "W"),
)
_SIGNS = str.maketrans(
    {"′": "'", "’": "'", "ʼ": "'", "`": "'", "″": '"', "”": '"', "“": '"', "º": "°", "\u00a0": " "}
)
_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_FRACTION = re.compile(r"\d[.,]\d")
_DECIMAL = re.compile(
    rf"([NSEW])?\s*({_NUMBER})\s*°?\s*([NSEW])?(?:\s*[;,/]\s*|\s+)([NSEW])?\s*({_NUMBER})\s*°?\s*([NSEW])?"
)
_SIDE, _FRACTIONED = "([NSEW])?", r"(\d{1,2}(?:[.,]\d+)?)"
_SECONDS = rf"""(?:{_FRACTIONED}\s*(?:"|\s|\b))?"""
_ANGLE = rf"{_SIDE}\s*(\d{{1,3}})\s*(?:°|\s)\s*{_FRACTIONED}\s*(?:'|\s)\s*{_SECONDS}\s*{_SIDE}"
_SEXAGESIMAL = re.compile(rf"{_ANGLE}\s*[;,]?\s*{_ANGLE}")
LONGEST = 80


def read(text: str) -> Point | None:
    """Return latitude and longitude in degrees, or None where the text is no coordinates.

    Latitude comes first unless the sides are named. A number of a house is none: without a fraction, a sign for
    degrees or a side, two numbers are not taken.
    """
    plain = " ".join(text[:LONGEST].translate(_SIGNS).split()).strip(" ()")
    for words, letter in _SIDES:
        plain = words.sub(letter, plain)
    plain = re.sub(r"''", '"', plain.upper())
    return _decimal(plain) or _sexagesimal(plain)


def _decimal(text: str) -> Point | None:
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return None
    before, first, after, also_before, second, also_after = found.groups()
    sides = (before or after or "", also_before or also_after or "")
    if not (any(sides) or "°" in text or (_FRACTION.search(first) and _FRACTION.search(second))):
        return None
    return _ordered(_degrees(first), _degrees(second), sides)


def _sexagesimal(text: str) -> Point | None:
    found = _SEXAGESIMAL.fullmatch(text)
    if found is None or not re.search(r"[°'NSEW]", text):
        return None
    parts = found.groups()
    halves = (parts[:5], parts[5:])
    values = [_degrees(d) + _degrees(m) / 60 + _degrees(s or "0") / 3600 for _, d, m, s, _ in halves]
    return _ordered(*values, (parts[0] or parts[4] or "", parts[5] or parts[9] or ""))


def _degrees(number: str) -> float:
    return float(number.replace(",", "."))


def _ordered(first: float, second: float, sides: tuple[str, str]) -> Point | None:
    """Return (latitude, longitude); None where the sides contradict each other or no such point is on Earth."""
    if sides[0] in ("E", "W") or sides[1] in ("N", "S"):
        first, second, sides = second, first, (sides[1], sides[0])
    if sides[0] in ("E", "W") or sides[1] in ("N", "S"):
        return None
    lat = -first if sides[0] == "S" else first
    lon = -second if sides[1] == "W" else second
    return (round(lat, 6), round(lon, 6)) if abs(lat) <= 90 and abs(lon) <= 180 else None
