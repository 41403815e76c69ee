"""Why an officer is placed where the plan says: one sentence for each place, in both languages."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement.instance import Floats
from varta.planning.placement.plan import Outcome
from varta.planning.placement.problem import Problem, Text, within
from varta.planning.sentences import plural
from varta.planning.travel import metres

BLOCK = 2_000
FORMS = {
    "people": (("людина", "людини", "людей"), ("person", "people")),
    "calls": (("виклик", "виклики", "викликів"), ("call", "calls")),
    "violence": (
        (
            "виклик про домашнє насильство",
            "виклики про домашнє насильство",
            "викликів про домашнє насильство",
        ),
        ("call about domestic violence", "calls about domestic violence"),
    ),
}


def reasons(problem: Problem, found: Outcome) -> dict[str, Text]:
    """Return by code of each hromada that gets officers the sentence that says what they are there for."""
    say = _cover if problem.goal == "cover" else _median
    words = say(problem, found)
    for code in problem.pinned & set(words):
        words[code] = {
            "uk": f"Закріплено координатором. {words[code]['uk']}",
            "en": f"Pinned by the coordinator. {words[code]['en']}",
        }
    return words


def _cover(problem: Problem, found: Outcome) -> dict[str, Text]:
    near = within(problem.demand.points, problem.posts, minutes=problem.minutes)
    weights = problem.demand.weights
    open_ = np.array([bool(one.present or found.placed.get(one.code)) for one in problem.sites])
    times = near @ open_.astype(float)
    by_site = near.T.tocsr()
    reached, settlements = by_site @ weights, np.diff(by_site.indptr)
    alone = by_site @ np.where(times == 1, weights, 0.0)
    words = {}
    for nth, one in enumerate(problem.sites):
        if not found.placed.get(one.code):
            continue
        if one.present or alone[nth] < 0.5:
            words[one.code] = _nobody_new(problem, one.oblast)
        else:
            words[one.code] = _reaches(problem, int(settlements[nth]), float(reached[nth]), float(alone[nth]))
    return words


def _reaches(problem: Problem, settlements: int, reached: float, alone: float) -> Text:
    minutes = f"{problem.minutes:g}"
    kind = problem.demand.weighed_by
    most, own = amount(reached, kind), amount(alone, kind)
    places_uk = plural(settlements, "населений пункт", "населені пункти", "населених пунктів")
    places_en = "settlement" if settlements == 1 else "settlements"
    return {
        "uk": f"За {minutes} хв досягає {settlements} {places_uk} ({most['uk']}); "
        f"без цього місця план не досягне: {own['uk']}.",
        "en": f"Within {minutes} min of {settlements} {places_en} ({most['en']}); "
        f"without this place the plan would not reach {own['en']}.",
    }


def _nobody_new(problem: Problem, oblast: str) -> Text:
    if problem.least().get(oblast):
        return {
            "uk": "Нікого нового не досягає: місце потрібне, щоб область мала свою частку.",
            "en": "Reaches nobody new: the place is there so that the oblast has its share.",
        }
    return {
        "uk": "Нікого нового не досягає: усіх, кого можна, досягають інші місця плану.",
        "en": "Reaches nobody new: all who can be reached are reached from other places of the plan.",
    }


def _median(problem: Problem, found: Outcome) -> dict[str, Text]:
    open_ = np.flatnonzero([bool(one.present or found.placed.get(one.code)) for one in problem.sites])
    first, one_km, two_km = _two_nearest(problem.demand.points, problem.posts[open_])
    weights = problem.demand.weights
    count = np.bincount(first, minlength=len(open_))
    served = np.bincount(first, weights, len(open_))
    near = np.bincount(first, weights * one_km, len(open_)) / np.maximum(served, 1e-12)
    far = np.bincount(first, weights * two_km, len(open_)) / np.maximum(served, 1e-12)
    words = {}
    for place, site in enumerate(open_.tolist()):
        code = problem.sites[site].code
        if code in found.placed:
            words[code] = _nearest(problem, int(count[place]), float(served[place]), near[place], far[place])
    return words


def _nearest(problem: Problem, settlements: int, served: float, near: float, far: float) -> Text:
    many = amount(served, problem.demand.weighed_by)
    places_uk = plural(settlements, "населеного пункту", "населених пунктів", "населених пунктів")
    places_en = "settlement" if settlements == 1 else "settlements"
    then_uk = f"; без нього середній шлях був би {_km(far, 'uk')} замість {_km(near, 'uk')}"
    then_en = f"; without it the mean way would be {_km(far, 'en')} instead of {_km(near, 'en')}"
    known = np.isfinite(far)
    return {
        "uk": f"Найближче місце для {settlements} {places_uk} ({many['uk']}){then_uk if known else ''}.",
        "en": f"The nearest place of {settlements} {places_en} ({many['en']}){then_en if known else ''}.",
    }


def _two_nearest(points: Floats, posts: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    first, one, two = [], [], []
    for start in range(0, len(points), BLOCK):
        km = metres(points[start : start + BLOCK], posts) / 1000.0
        best = km.argmin(axis=1)
        rows = np.arange(len(km))
        first.append(best)
        one.append(km[rows, best].copy())
        km[rows, best] = np.inf
        two.append(km.min(axis=1))
    return np.concatenate(first), np.concatenate(one), np.concatenate(two)


def amount(weight: float, kind: str) -> Mapping[str, str]:
    """Return a weight in words: 12 340 людей, 1 call."""
    number = round(weight)
    shown = f"{number:,}".replace(",", "\u00a0")
    uk, en = FORMS[kind]
    return {
        "uk": f"{shown} {plural(number, *uk)}",
        "en": f"{number:,} {en[0] if number == 1 else en[1]}",
    }


def _km(value: float, language: str) -> str:
    text = f"{value:.1f}"
    return f"{text.replace('.', ',')} км" if language == "uk" else f"{text} km"
