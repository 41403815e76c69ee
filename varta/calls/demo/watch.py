"""A living board for the demonstration: crews on duty around Dnipro, and calls of the last hour.

Told once for each turn of duty; what an earlier turn left is closed first. All people are invented.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.calls import actions, practice
from varta.calls.demo.scenes import CREWS, OFFICERS, SCENES, Duty, Scene
from varta.calls.models import Crew, Position, Sending
from varta.cases.errors import StepRefused
from varta.lib.clock import kyiv_day
from varta.lib.text import sort_key, transliterate
from varta.lib.uuid7 import uuid7_from
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.places.models import Unit


@dataclass(frozen=True)
class Stood:
    """How many crews and calls were added."""

    crews: int = 0
    calls: int = 0


def stand(*, at: datetime) -> Stood:
    """Put the crews of this turn on duty and some of them at calls; where they stand already, add nothing.

    Nothing happens before the demo accounts are there.
    """
    begun, _ = practice.turn_of(at)
    with reading(Reader.system()) as system:
        if Crew.objects.filter(call_sign__in=[one.sign for one in CREWS], began_at__gte=begun).exists():
            return Stood()
        olena = Officer.objects.filter(login="olena", is_active=True).first()
        if olena is None:
            return Stood()
        _write_officers(at)
        by = Reader.of(olena, on=kyiv_day(at))
        _relieve(system, at=at)
    with reading(by), transaction.atomic():
        crews = {one.sign: _begin(one, by, at=max(begun, at - timedelta(hours=3))) for one in CREWS}
        for nth, scene in enumerate(SCENES):
            _play(nth, scene, crews, by, now=at)
        _place(crews, at=at)
    return Stood(len(crews), len(SCENES))


def _write_officers(at: datetime) -> None:
    """Write the officers of the crews: accounts that nobody can sign in to."""
    unit = Unit.objects.get(code=demo.DIRECTORATE)
    for login, name in OFFICERS.items():
        if Officer.objects.filter(login=login).exists():
            continue
        names = {"name": name, "name_en": transliterate(name), "sort_key": sort_key(name)}
        officer = Officer(
            login=login, unit=unit, is_demo=True, created_at=at, rank="рядовий поліції", **names
        )
        officer.set_unusable_password()
        officer.save(force_insert=True)


def _relieve(by: Reader, *, at: datetime) -> None:
    """End what the crews of an earlier turn still do."""
    for crew in Crew.objects.filter(call_sign__in=[one.sign for one in CREWS], ended_at=None):
        for sending in Sending.objects.filter(crew=crew.key, left_at=None):
            record = {"outcome": "resolved", "confirmed": True}
            _tried(actions.close, at, sending.call, "close", call=sending.call, record=record, by=by)
        _tried(actions.change_shift, at, crew.key, "end", crew=crew.key, step="end", record={}, by=by)


def _tried(write: Any, at: datetime, *parts: object, **given: Any) -> None:
    """Take a step that somebody who tries the demonstration may have taken before."""
    try:
        with transaction.atomic():
            write(key=uuid7_from(at, "demo-watch", *parts), at=at, received_at=at, **given)
    except StepRefused:
        return


def _begin(duty: Duty, by: Reader, *, at: datetime) -> UUID:
    record = {
        "crew": duty.sign,
        "force": duty.force,
        "officers": ", ".join(duty.officers),
        "skills": list(duty.skills),
        "vehicle": duty.vehicle,
        "lat": duty.lat,
        "lon": duty.lon,
    }
    key = uuid7_from(at, "demo-watch", duty.sign)
    given = {"at": at, "received_at": at, "by": by, "place": duty.place, "unit": duty.unit}
    crew = actions.begin_shift(key=key, record=record, **given).case_key
    if duty.pause:
        later = at + timedelta(minutes=1)
        pause = {"reason": duty.pause}
        actions.change_shift(
            key=uuid7_from(later, "demo-watch", duty.sign, "pause"),
            crew=crew,
            step="pause",
            record=pause,
            by=by,
            at=later,
            received_at=later,
        )
    return crew


def _play(nth: int, scene: Scene, crews: dict[str, UUID], by: Reader, *, now: datetime) -> None:
    """Register a call so many minutes ago, and let its crew come as far as the scene says."""
    received = now - timedelta(minutes=scene.ago)
    moments = iter([received + timedelta(minutes=scene.ago * share) for share in (0.25, 0.35, 0.8)])
    key = uuid7_from(received, "demo-watch", nth)
    call = actions.receive(
        key=key,
        by=by,
        at=received,
        received_at=received,
        record=scene.record(),
        place=scene.place,
        unit=scene.unit,
        caller=scene.caller,
    ).case_key

    def step(write: Any, name: str, **more: Any) -> None:
        at = next(moments)
        write(key=uuid7_from(at, "demo-watch", nth, name), call=call, by=by, at=at, received_at=at, **more)

    if scene.short:
        step(actions.report_shortage, "short", reason=scene.short)
    if scene.crew:
        step(actions.assign, "assign", crew=crews[scene.crew])
    if scene.far in ("on_the_way", "on_scene"):
        step(actions.accept, "accept", crew=crews[scene.crew])
    if scene.far == "on_scene":
        step(actions.arrive, "arrive", crew=crews[scene.crew])


def _place(crews: dict[str, UUID], *, at: datetime) -> None:
    """Write where the crews are: at their call, half-way there, or where they began."""
    goals = {scene.crew: scene for scene in SCENES if scene.crew}
    for duty in CREWS:
        scene = goals.get(duty.sign)
        share = {"on_scene": 1.0, "on_the_way": 0.6}.get(scene.far, 0.0) if scene else 0.0
        lat = duty.lat + share * ((scene.lat if scene else duty.lat) - duty.lat)
        lon = duty.lon + share * ((scene.lon if scene else duty.lon) - duty.lon)
        seen = {"lat": lat, "lon": lon, "accuracy_m": 12.0, "seen_at": at - timedelta(seconds=20)}
        Position.objects.update_or_create(crew_id=crews[duty.sign], defaults=seen)
