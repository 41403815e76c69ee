"""Open urgent calls of a partner's area as CAP alerts: what may leave, and nothing that a person said or is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from varta.api.cap import mapping
from varta.api.cap.message import Alert, Area, Circle, Info, Pair, Reference
from varta.api.intake.spotting import circle_of
from varta.calls.guessing import guess
from varta.cases import queries
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.people.scope import Reader
from varta.places.models import Territory
from varta.procedures.call import CATEGORY, GUARDED, KIND

MOST = 200  # alerts of a feed, the newest
POINT_DECIMALS = 4  # about ten metres: a house, as a crew of another service needs it
POINT_KM = 0.1
VIOLENCE = frozenset({"domestic_violence"})  # to whom a call was handed over
NEUTRAL = {"uk": "Подія, на яку реагує поліція", "en": "An event that the police respond to"}
RESTRICTION = (
    "Лише для служби, якій видано ключ: не поширювати. "
    "For the service that holds the key only: do not distribute."
)


def shared(reader: Reader) -> list[Case]:
    """Return the open calls of categories Alpha and Beta that the partner is told of, the newest first."""
    found = queries.visible_to(reader).filter(
        procedure="call", closed_at=None, facts__category__in=list(mapping.URGENCY_OUT)
    )
    return list(found.select_related("place", "unit").order_by("-opened_at", "key")[:MOST])


def shared_case(reader: Reader, key: UUID) -> Case | None:
    """Return one such call; None where it is closed, less urgent, elsewhere, or none at all."""
    found = queries.visible_to(reader).filter(
        key=key, procedure="call", closed_at=None, facts__category__in=list(mapping.URGENCY_OUT)
    )
    return found.select_related("place", "unit").first()


def alert_of(case: Case) -> Alert:
    """Return the call as an alert; each correction of its record makes a new version that refers to the earlier."""
    entries = queries.journal(case)
    versions = [entry for entry in entries if entry is entries[0] or entry.corrects == entries[0].key]
    earlier = tuple(
        Reference(settings.VARTA_CAP_SENDER, _identifier(case, nth), _second(entry.received_at))
        for nth, entry in enumerate(versions[:-1], start=1)
    )
    record = effective(entries)[0]
    guarded = is_guarded(entries)
    return Alert(
        identifier=_identifier(case, len(versions)),
        sender=settings.VARTA_CAP_SENDER,
        sent=_second(versions[-1].received_at),
        status="Actual",
        msg_type="Update" if earlier else "Alert",
        scope="Restricted",
        restriction=RESTRICTION,
        references=earlier,
        infos=tuple(_info(case, record, entries, guarded, language) for language in ("uk", "en")),
    )


def is_guarded(entries: Sequence[Written]) -> bool:
    """Return whether the call is, or was, or by its words may be, of a kind that is not told to others."""
    kinds = {entry.data.get("kind") for entry in entries}
    kinds.update(kind for entry in entries for kind in guess(entry.data.get("about", "")))
    handed = {entry.data.get("to") for entry in entries if entry.step == "hand_over"}
    return bool(kinds & GUARDED or handed & VIOLENCE)


def _info(case: Case, record: Written, entries: Sequence[Written], guarded: bool, language: str) -> Info:
    kind, category = record.data["kind"], case.facts["category"]
    urgency, severity = mapping.URGENCY_OUT[category]
    return Info(
        language="uk" if language == "uk" else "en-US",
        categories=("Security" if guarded else mapping.CATEGORY_OUT.get(kind, "Security"),),
        event=NEUTRAL[language] if guarded else KIND[kind][language],
        urgency=urgency,
        severity=severity,
        certainty="Observed" if any(entry.step == "arrive" for entry in entries) else "Unknown",
        onset=_second(record.at),
        sender_name=case.unit.titles[language],
        headline=CATEGORY[category][language],
        parameters=(Pair("varta:category", category),),
        areas=(_area(case, record.data, guarded, language),),
    )


def _area(case: Case, data: dict[str, Any], guarded: bool, language: str) -> Area:
    """Return where it is: the house where that helps, the hromada where it could point at somebody."""
    place = case.place
    if guarded:
        place = Territory.objects.filter(code=place.hromada).first() or place
        circle = circle_of(place)
        circles = (Circle(circle[:2], circle[2]),) if circle else ()
    elif data.get("lat") is not None and data.get("lon") is not None:
        point = (round(data["lat"], POINT_DECIMALS), round(data["lon"], POINT_DECIMALS))
        circles = (Circle(point, POINT_KM),)
    else:
        circles = ()
    return Area(place.titles[language], circles=circles, geocodes=(Pair("KATOTTG", place.code),))


def _identifier(case: Case, version: int) -> str:
    return f"{case.key}.{version}"


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
