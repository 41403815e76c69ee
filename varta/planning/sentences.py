"""Reasons in words, in Ukrainian and in English, with the plurals of each."""

from collections.abc import Mapping, Sequence
from math import atan2, degrees

import numpy as np

from varta.planning.needs import SKILL_NAMES
from varta.planning.travel import Floats

PARTS: Mapping[str, Mapping[str, str]] = {
    "north": {"uk": "у північній частині", "en": "in the northern part"},
    "east": {"uk": "у східній частині", "en": "in the eastern part"},
    "south": {"uk": "у південній частині", "en": "in the southern part"},
    "west": {"uk": "у західній частині", "en": "in the western part"},
    "centre": {"uk": "у центральній частині", "en": "in the central part"},
}
_AROUND = ("east", "north", "west", "south")
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "alpha": {"uk": "Альфа", "en": "Alpha"},
    "beta": {"uk": "Бета", "en": "Beta"},
    "gamma": {"uk": "Гамма", "en": "Gamma"},
    "delta": {"uk": "Дельта", "en": "Delta"},
}


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the Ukrainian form that goes with a number: 1 наряд, 2 наряди, 5 нарядів, 21 наряд."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return few
    return many


def span(seconds: float) -> dict[str, str]:
    """Return a length of time in whole minutes: 6 хв, 1 год 5 хв."""
    minutes = max(round(seconds / 60), 1)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return {"uk": f"{minutes} хв", "en": f"{minutes} min"}
    return {
        "uk": f"{hours} год {rest} хв" if rest else f"{hours} год",
        "en": f"{hours} h {rest} min" if rest else f"{hours} h",
    }


def free_crews_left(number: int, part: str) -> dict[str, str]:
    """Return how many free crews stay in a part of the area."""
    where = PARTS[part]
    if number == 0:
        return {
            "uk": f"{where['uk']} не лишається вільних нарядів",
            "en": f"no free crew stays {where['en']}",
        }
    verb = plural(number, "лишається", "лишаються", "лишається")
    crews = plural(number, "вільний наряд", "вільні наряди", "вільних нарядів")
    stays = "1 free crew stays" if number == 1 else f"{number} free crews stay"
    return {"uk": f"{where['uk']} {verb} {number} {crews}", "en": f"{stays} {where['en']}"}


def parts_of(where: Floats, centre: Floats) -> list[str]:
    """Return the part of the area in which each point lies; "" where it is unknown.

    The central part is what lies nearer to the centre than half the usual distance of the points.
    """
    east = (where[:, 1] - centre[1]) * np.cos(np.radians(centre[0]))
    north = where[:, 0] - centre[0]
    away = np.hypot(east, north)
    known = away[np.isfinite(away)]
    near = 0.5 * float(np.sqrt(np.mean(known**2))) if len(known) else 0.0
    return [_part(e, n, a, near) for e, n, a in zip(east, north, away, strict=True)]


def _part(east: float, north: float, away: float, near: float) -> str:
    if not np.isfinite(away):
        return ""
    if away <= near:
        return "centre"
    return _AROUND[round(degrees(atan2(north, east)) / 90) % 4]


def arrives(arrival_s: float | None, starts_in_s: float) -> dict[str, str]:
    """Return when a crew would come; a busy one becomes free first."""
    if arrival_s is None:
        return {"uk": "час прибуття невідомий", "en": "time of arrival unknown"}
    arrival = span(arrival_s)
    if starts_in_s <= 0:
        return {"uk": f"прибуде за {arrival['uk']}", "en": f"arrives in {arrival['en']}"}
    free = span(starts_in_s)
    return {
        "uk": f"звільниться приблизно за {free['uk']} і прибуде за {arrival['uk']}",
        "en": f"is free in about {free['en']} and arrives in {arrival['en']}",
    }


def norm(kept: bool | None) -> dict[str, str] | None:
    """Return whether the crew comes within the norm; None where that is unknown."""
    if kept is None:
        return None
    if kept:
        return {"uk": "у межах норми", "en": "within the norm"}
    return {"uk": "пізніше за норму", "en": "later than the norm"}


def skill(fits: bool, wanted: str) -> dict[str, str]:
    """Return whether the crew has the skill that the event wants, and which one is missing."""
    if fits:
        return {"uk": "має потрібну підготовку", "en": "has the skill needed"}
    name = SKILL_NAMES.get(wanted, {"uk": wanted, "en": wanted})
    return {
        "uk": f"не має потрібної підготовки ({name['uk']})",
        "en": f"lacks the skill needed ({name['en']})",
    }


KEPT: Mapping[str, Mapping[str, str]] = {
    "call": {"uk": ", потрібніший на іншому виклику", "en": ", which another call needs more"},
    "cover": {"uk": ", потрібніший на своєму місці", "en": ", which is needed more where it is"},
    "": {"uk": "", "en": ""},
}


def compared(later_s: float, nearest: str, kept_for: str) -> dict[str, str] | None:
    """Return how a crew compares with the nearest free one; None where they differ by less than a minute.

    `kept_for`: why that one is not sent, a key of KEPT.
    """
    if abs(later_s) < 60:
        return None
    by = span(abs(later_s))
    if later_s > 0:
        return {
            "uk": f"на {by['uk']} пізніше за найближчий вільний {nearest}{KEPT[kept_for]['uk']}",
            "en": f"{by['en']} later than {nearest}, the nearest free one{KEPT[kept_for]['en']}",
        }
    return {
        "uk": f"на {by['uk']} раніше за найближчий вільний {nearest}",
        "en": f"{by['en']} sooner than {nearest}, the nearest free one",
    }


def diverted(name: str, serving: str, arrival_s: float, saves_s: float | None) -> dict[str, str]:
    """Return what turning a crew round would bring, and from what it would be taken."""
    arrival, category = span(arrival_s), CATEGORIES.get(serving, {"uk": serving, "en": serving})
    first = {
        "uk": f"їде на виклик категорії {category['uk']}; якщо спрямувати сюди, прибуде за {arrival['uk']}",
        "en": f"is on its way to a call of category {category['en']}; if diverted, arrives in {arrival['en']}",
    }
    if saves_s is None:
        return joined(name, [first], None)
    saved = span(saves_s)
    sooner = {"uk": f"на {saved['uk']} раніше", "en": f"{saved['en']} sooner"}
    return joined(name, [first, sooner], None)


def relief(name: str, instead: str, arrival_s: float, saves_s: float) -> dict[str, str]:
    """Return what it would bring if a crew took over a call from another that still drives there."""
    arrival, saved = span(arrival_s), span(saves_s)
    first = {
        "uk": f"вільний і прибуде за {arrival['uk']}",
        "en": f"is free and arrives in {arrival['en']}",
    }
    sooner = {
        "uk": f"на {saved['uk']} раніше за {instead}, який ще в дорозі",
        "en": f"{saved['en']} sooner than {instead}, which is still on its way",
    }
    return joined(name, [first, sooner], None)


def shortage(
    name: str | None, arrival_s: float | None, starts_in_s: float, *, needed: bool
) -> dict[str, str]:
    """Return that nobody can be sent now and who comes first; `needed`: free crews go to urgent calls."""
    uk = "Усі вільні наряди потрібні на терміновіших викликах" if needed else "Вільних нарядів немає"
    en = "All free crews are needed at more urgent calls" if needed else "No crew is free"
    if name is None:
        return {
            "uk": f"{uk}; коли хтось звільниться, невідомо.",
            "en": f"{en}; nobody knows when one will be.",
        }
    first = arrives(arrival_s, starts_in_s)
    return {"uk": f"{uk}; найшвидше {name}: {first['uk']}.", "en": f"{en}; soonest {name}: {first['en']}."}


def joined(name: str, first: Sequence[Mapping[str, str]], last: Mapping[str, str] | None) -> dict[str, str]:
    """Return one sentence: «Явір-12: прибуде за 6 хв, має потрібну підготовку; у північній …»."""
    sentence = {}
    for language in ("uk", "en"):
        words = f"{name}: " + ", ".join(part[language] for part in first)
        sentence[language] = f"{words}; {last[language]}." if last else f"{words}."
    return sentence
