"""Crews and calls as `planning` knows them: places, states and skills, and nothing about persons."""

from datetime import datetime

from django.conf import settings

from varta.calls.callrow import CallRow
from varta.calls.crewrow import CrewRow
from varta.planning import ON_SCENE, Crew, Incident, State
from varta.planning.roads import travel_times
from varta.planning.travel import TravelTimes

SKILLS = {"juvenile": "children", "dialogue": "negotiation"}  # where planning has another word for it
STATES = {
    "free": State.FREE,
    "sent": State.ON_THE_WAY,
    "on_the_way": State.ON_THE_WAY,
    "on_scene": State.ON_SCENE,
    "paused": State.OFF,
    "off": State.OFF,
}
DRIVES_S = 480.0  # what a crew on its way still drives, where its call has no point: an assumption


def travel() -> TravelTimes:
    """Return who estimates travel times in this installation."""
    return travel_times(settings.VARTA_ROADS)


def incident(row: CallRow) -> Incident:
    """Return a call that waits for a crew."""
    (lat, lon), due = row.exact_point or row.middle or (None, None), row.norm
    return Incident(
        key=row.key,
        lat=lat,
        lon=lon,
        category=row.category,
        kind=row.case.facts.get("kind", "other"),
        waited_s=max((row.now - row.case.opened_at).total_seconds(), 0.0),
        norm_s=(due.due_at - due.from_at).total_seconds() if due else None,
    )


def crew(row: CrewRow, *, now: datetime, goal: tuple[float, float] | None = None) -> Crew:
    """Return a crew; `goal` is where its call is, if it is known."""
    lat, lon = row.point or (None, None)
    state = STATES[row.state]
    return Crew(
        key=row.key,
        call_sign=row.crew.call_sign,
        lat=lat,
        lon=lon,
        skills=frozenset(SKILLS.get(code, code) for code in row.crew.skills),
        force=row.crew.force,
        state=state,
        free_in_s=_free_in(row, state, now=now),
        free_at=goal,
        serving=(row.at or {}).get("category", ""),
        call=row.sending.call if row.sending else None,
    )


def _free_in(row: CrewRow, state: State, *, now: datetime) -> float | None:
    if state is State.FREE:
        return 0.0
    if state is State.ON_SCENE:
        return ON_SCENE.left((now - row.since).total_seconds())
    return DRIVES_S + ON_SCENE.mean_s if state is State.ON_THE_WAY else None
