"""Whether two reports are about one event: a score between 0 and 1, and what it rests on. It only ever advises.

Numbers are assumptions, chosen on invented pairs (`bench/likeness.py` prints what they reach), not measured on real
calls: nobody has published pairs of Ukrainian reports of one event.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, exp, radians, sin, sqrt

from varta.lib.text import fold

WITHIN_MINUTES = 120.0  # reports further apart are not compared
FAR_M = 2_000.0  # with both points known and further apart, they are about two events
HALF_M = 400.0  # metres at which nearness has fallen to a third
OFFERED, STRONG = 0.5, 0.62  # from which score a report is offered, and asked about once more before saving
WEIGHTS = {"place": 0.46, "kind": 0.27, "words": 0.27}
OLD = 0.35  # what two hours between the reports take away
SAME_PHONE = 0.2  # what the same telephone adds
EARTH_M = 6_371_008.8

# How near two reports are where a point is missing: by what both say of the place.
SAME_HOUSE, SAME_STREET, SAME_SETTLEMENT, SAME_HROMADA = 0.95, 0.6, 0.35, 0.12

# Kinds under which one event is often reported: (kinds, how alike they are).
KIN: tuple[tuple[frozenset[str], float], ...] = (
    (frozenset({"injury", "conflict", "domestic_violence", "public_order"}), 0.6),
    (frozenset({"injury", "robbery", "weapons", "murder", "death"}), 0.5),
    (frozenset({"traffic", "traffic_injury", "medical"}), 0.8),
    (frozenset({"noise", "public_order", "conflict", "drunk", "curfew"}), 0.6),
    (frozenset({"drunk", "medical", "death"}), 0.6),
    (frozenset({"theft", "burglary", "robbery", "vehicle_theft", "damage", "alarm", "suspicious"}), 0.5),
    (frozenset({"fire", "emergency", "medical"}), 0.7),
    (frozenset({"mine_threat", "suspicious", "weapons", "emergency"}), 0.6),
    (frozenset({"child", "missing_person", "domestic_violence"}), 0.5),
    (frozenset({"suicide", "medical", "death"}), 0.6),
)
UNSAID_KIND = 0.4  # one of the two has no kind yet

_SHORT = 3  # letters: shorter words say nothing
_STEM = 5  # letters by which words are compared
_COMMON = frozenset(
    [
        "біл",
        "післ",
        "пере",
        "чере",
        "якийс",
        "якас",
        "яки",
        "дуж",
        "каж",
        "сказа",
        "повід",
        "заявн",
        "невід",
        "проси",
        "прош",
        "зара",
        "бул",
        "кол",
        "якщ",
        "тільк",
        "возл",
        "очен",
        "говор",
        "прост",
        "сейча",
        "здес",
    ]
)
_HOUSE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a report; "" and None where it is not known."""

    at: datetime
    place: str  # code of the settlement
    hromada: str
    kind: str = ""
    about: str = ""
    address: str = ""
    point: tuple[float, float] | None = None  # WGS84 degrees
    phone: str = ""  # digits


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two reports are, and the sentence that says why, in both languages."""

    score: float
    why: Mapping[str, str]

    @property
    def is_offered(self) -> bool:
        """Return whether the desk is told of the other report."""
        return self.score >= OFFERED

    @property
    def is_strong(self) -> bool:
        """Return whether the desk is asked once more before it saves."""
        return self.score >= STRONG


def likeness(one: Report, other: Report) -> Likeness:
    """Return how alike two reports are; the same both ways round."""
    minutes = abs((one.at - other.at).total_seconds()) / 60
    metres = distance_m(one.point, other.point) if one.point and other.point else None
    place, place_why = _place(one, other, metres)
    if minutes > WITHIN_MINUTES or place == 0:
        return Likeness(0.0, {"uk": "", "en": ""})
    kind, words = _kind(one.kind, other.kind), shared_words(one.about, other.about)
    same_phone = bool(one.phone) and one.phone == other.phone
    score = WEIGHTS["place"] * place + WEIGHTS["kind"] * kind + WEIGHTS["words"] * min(1.0, 2 * words)
    score = score * (1 - OLD * minutes / WITHIN_MINUTES) + SAME_PHONE * same_phone
    return Likeness(min(1.0, score), _why(place_why, minutes, kind, words, same_phone=same_phone))


def _place(one: Report, other: Report, metres: float | None) -> tuple[float, Mapping[str, str]]:
    """Return how near they are, 0..1, and in words; the better of the points and of the addresses."""
    told, why = _told_place(one, other)
    if metres is None:
        return told, why
    near = 0.0 if metres > FAR_M else exp(-metres / HALF_M)
    if told >= SAME_HOUSE and metres <= FAR_M:
        return max(near, told), why
    shown = f"{round(metres, -1):.0f}" if metres < 1000 else f"{metres / 1000:.1f}"
    uk, en = ("м", "m") if metres < 1000 else ("км", "km")
    return near, {"uk": f"за {shown.replace('.', ',')} {uk}", "en": f"{shown} {en} away"}


def _told_place(one: Report, other: Report) -> tuple[float, Mapping[str, str]]:
    if one.place == other.place:
        street, other_street = _street(one.address), _street(other.address)
        if street and street == other_street:
            if _HOUSE.findall(one.address)[:1] == _HOUSE.findall(other.address)[:1]:
                return SAME_HOUSE, {"uk": "та сама адреса", "en": "the same address"}
            return SAME_STREET, {"uk": "та сама вулиця", "en": "the same street"}
        if street and other_street:
            return SAME_HROMADA, {"uk": "той самий населений пункт", "en": "the same settlement"}
        return SAME_SETTLEMENT, {"uk": "той самий населений пункт", "en": "the same settlement"}
    if one.hromada and one.hromada == other.hromada:
        return SAME_HROMADA, {"uk": "та сама громада", "en": "the same hromada"}
    return 0.0, {"uk": "", "en": ""}


def _street(address: str) -> frozenset[str]:
    """Return the words of a street by their beginnings, without the word for a street and without numbers."""
    words = fold(address).split()
    kept = (_stem(word) for word in words if word.isalpha() and len(word) > _SHORT and word not in _STREETS)
    return frozenset(kept)


_STREETS = frozenset(
    {"вулиця", "улица", "провулок", "переулок", "проспект", "бульвар", "будинок", "квартира"}
)


def _kind(one: str, other: str) -> float:
    if not one or not other:
        return UNSAID_KIND
    if one == other:
        return 1.0
    return max((alike for kinds, alike in KIN if one in kinds and other in kinds), default=0.0)


def shared_words(one: str, other: str) -> float:
    """Return which share of the beginnings of words two texts have in common, 0..1 (Dice)."""
    a, b = _stems(one), _stems(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _stems(text: str) -> set[str]:
    stems: Iterable[str] = (_stem(word) for word in fold(text).split() if len(word) > _SHORT)
    return {stem for stem in stems if stem not in _COMMON}


def _stem(word: str) -> str:
    """Return the beginning of a word without its ending: «бійка» and «бійку» are «бійк»."""
    return word[: min(_STEM, len(word) - 1)]


def _why(
    place: Mapping[str, str], minutes: float, kind: float, words: float, *, same_phone: bool
) -> dict[str, str]:
    whole = round(minutes)
    uk = [place["uk"], f"різниця {whole} хв" if whole else "щойно"]
    en = [place["en"], f"{whole} min apart" if whole else "just now"]
    if same_phone:
        uk.append("той самий телефон")
        en.append("the same telephone")
    if kind == 1.0:
        uk.append("той самий вид події")
        en.append("the same kind of event")
    if words >= 0.2:
        uk.append("схожі слова")
        en.append("similar words")
    return {"uk": ", ".join(uk), "en": ", ".join(en)}


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance on a sphere between two points (latitude, longitude), in metres."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))
