"""The cover of one hromada: its officers, its settlements with minutes, its beats, its memorandum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from varta.officers import covering, covershown, queries
from varta.officers.covering import Cover, Line
from varta.officers.models import Memorandum, Stay
from varta.people.models import Person
from varta.people.queries import visible_to
from varta.people.scope import Reader
from varta.places import facts, snapshot
from varta.places.models import Territory
from varta.planning import coverage, norms
from varta.planning.coverage import Nearest, People
from varta.planning.travel import TravelTimes


@dataclass(frozen=True, slots=True)
class Here:
    """A hromada within the cover of the reader's area; `line` is None on a day without it.

    `pre`: the numbers of its settlements in the tree; `nearest` has a row for each of them.
    """

    cover: Cover
    line: Line | None
    pre: Sequence[int]
    nearest: Nearest


def cover_of(reader: Reader, place: Territory, day: date, *, limit: float, travel: TravelTimes) -> Here:
    """Return the cover of a hromada; the minutes of its settlements as the provider knows them."""
    found = covering.cover(reader, day, limit=limit)
    row = found.snapshot.row_of.get(place.code)
    mine = np.flatnonzero(found.snapshot.area == (-1 if row is None else row))
    near = coverage.nearest(found.snapshot.points[mine], found.posts, travel)
    line = None if row is None else found.lines[row]
    return Here(found, line, found.snapshot.pre[mine].tolist(), near)


def shown(reader: Reader, place: Territory, here: Here, language: str) -> dict[str, Any]:
    """Return what the page shows."""
    day = here.cover.day
    return {
        "line": covershown.row(here.line, language) if here.line else None,
        "norm": norms.norm_on(day),
        "norm_people": covershown.number(here.line.norm) if here.line else "",
        "became": Territory.objects.filter(code=place.became).first() if place.became else None,
        "officers": _officers(reader, place, day),
        "settlements": _settlements(here, language),
        "by": here.nearest.estimated_by,
        "trouble": here.nearest.trouble.get(language, ""),
        "point_by": here.line.hromada.point_by if here.line else "",
        "beats": _beats(place, day),
        "memorandum": _memorandum(reader, place, day),
        "facts": [one for one in facts.of_place(place) if _holds(one, day)],
        "facts_within": [
            one for one in here.cover.snapshot.facts if place.pre < one.place.pre <= place.pre_end
        ],
    }


def _holds(fact: Any, day: date) -> bool:
    return fact.since <= day and (fact.until is None or fact.until > day)


def _officers(reader: Reader, place: Territory, day: date) -> list[dict[str, Any]]:
    """Return who serves the hromada or is on leave; names only to those who may see their cases."""
    stays = list(
        queries.stays_on(reader, day)
        .filter(hromada=place, stage__in=(Stay.Stage.SERVING, Stay.Stage.LEAVE))
        .order_by("began", "case")
    )
    people: dict[Any, Person] = {}
    if reader.may_read("officer_training"):
        people = visible_to(reader).in_bulk([stay.person_id for stay in stays])
    return [
        {"stay": stay, "stage": stay.get_stage_display(), "person": people.get(stay.person_id)}
        for stay in stays
    ]


def _settlements(here: Here, language: str) -> list[dict[str, Any]]:
    """Return the settlements, the farthest first, those whose minutes are unknown last."""
    rows = {one.pre: one for one in Territory.objects.filter(pre__in=here.pre)}
    codes = {here.cover.post_of[post] for post in here.nearest.post.tolist() if post >= 0}
    names = {one.code: one.titles[language] for one in Territory.objects.filter(code__in=codes)}
    listed = [
        {
            "name": rows[pre].titles[language],
            "code": rows[pre].code,
            "people": covershown.number(rows[pre].population),
            "minutes": minutes if np.isfinite(minutes) else None,
            "shown": covershown.number(minutes if np.isfinite(minutes) else None),
            "near": bool(minutes <= here.cover.limit),
            "whose": names.get(here.cover.post_of[post], "") if post >= 0 else "",
            "sort_key": rows[pre].sort_key,
        }
        for pre, minutes, post in zip(
            here.pre, here.nearest.minutes.tolist(), here.nearest.post.tolist(), strict=True
        )
    ]
    return sorted(listed, key=lambda one: (one["minutes"] is None, -(one["minutes"] or 0), one["sort_key"]))


def _beats(place: Territory, day: date) -> list[dict[str, Any]]:
    """Return the beats of the day with their people beside the norm."""
    norm = norms.norm_on(day)
    people = {
        one.pk: People(one.people, one.whole)
        for one in snapshot.beats(day, within=(place.pre, place.pre_end))
    }
    listed = []
    for beat in facts.beats_on(day, [place.code]):
        found = people[beat.pk]
        beside = covering.beside_norm(beat.kind, found, norm)
        listed.append(
            {
                "beat": beat,
                "people": covershown.people(found, found.at_least),
                "norm": covershown.number(norm.people[beat.kind] if norm else None),
                "beside": beside,
                "beside_word": covershown.BESIDE[beside],
                "places": [one.title for one in beat.places.all()],
            }
        )
    return listed


def _memorandum(reader: Reader, place: Territory, day: date) -> dict[str, Any] | None:
    """Return the hromada's memorandum as it stood on the day, with how many of its duties were late."""
    known = queries.memoranda_of(reader).filter(hromada=place, applied_on__lte=day)
    found: Memorandum | None = known.order_by("-applied_on").first()
    if found is None:
        return None
    duties = list(queries.duties_of(reader).filter(memorandum=found.key))
    late = sum(one.due < day and (one.met_on is None or one.met_on > day) for one in duties)
    return {"row": found, "state": _state(found, day), "duties": len(duties), "late": late}


def _state(found: Memorandum, day: date) -> str:
    """Return "applied", "signed", "refused" or "ended", as it was on the day."""
    if found.ended_on is not None and found.ended_on <= day:
        return found.state
    if found.signed_on is None or found.signed_on > day:
        return "applied"
    return "ended" if found.until is not None and found.until < day else "signed"
