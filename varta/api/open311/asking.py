"""What was asked of GeoReport v2: parameters as they come, an empty one being none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import QueryDict

from varta.api.open311.faults import refused
from varta.api.open311.services import SERVICES

SPAN = timedelta(days=90)
MOST_REQUESTS, MOST_IDS = 1000, 100
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """Which requests are asked for: these, or those of a time with these codes and states."""

    keys: tuple[UUID, ...] | None
    since: datetime
    until: datetime
    services: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


def check_jurisdiction(given: Mapping[str, str]) -> None:
    """Refuse another jurisdiction than ours; none is taken for ours, for there is one."""
    asked = (given.get("jurisdiction_id") or "").strip()
    if asked and asked != settings.VARTA_JURISDICTION:
        raise refused("jurisdiction-unknown", "jurisdiction_id", asked, status=404)


def asked(query: QueryDict, *, now: datetime) -> Asked:
    """Return what a query for requests asks. Raises Refused."""
    check_jurisdiction(query.dict())
    ids = _listed(query, "service_request_id")
    since, until = _range(query, now) if not ids else (now - SPAN, now)
    if len(ids) > MOST_IDS:
        raise refused("too-many-ids", "service_request_id", str(MOST_IDS))
    if ids:
        return Asked(tuple(key for key in map(key_of, ids) if key), since, until)
    services, states = _listed(query, "service_code"), _listed(query, "status")
    for code in services:
        if code not in SERVICES:
            raise refused("service-unknown", "service_code", code)
    if not set(states) <= {"open", "closed"}:
        raise refused("status", "status")
    return Asked(None, since, until, tuple(services), tuple(states))


def key_of(text: str) -> UUID | None:
    """Return the key that a service_request_id is; None for another text."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _listed(query: QueryDict, name: str) -> Sequence[str]:
    """Return the values of a parameter that may come several times and hold several parted by commas."""
    return [part.strip() for text in query.getlist(name) for part in text.split(",") if part.strip()]


def _range(query: QueryDict, now: datetime) -> tuple[datetime, datetime]:
    since, until = _moment(query, "start_date"), _moment(query, "end_date")
    if since and until:
        if until < since:
            raise refused("range-backwards", "end_date")
        if until - since > SPAN:
            raise refused("range-long", "end_date")
        return since, until
    if since:
        return since, since + SPAN
    until = until or now
    return until - SPAN, until


def _moment(query: QueryDict, name: str) -> datetime | None:
    text = query.get(name, "").strip().replace(" ", "+")  # a plus sign that was not escaped
    if not text:
        return None
    try:
        if not _MOMENT.fullmatch(text):
            raise ValueError
        value = datetime.fromisoformat(text).astimezone(UTC)
        if not 1990 <= value.year <= 2200:
            raise ValueError
    except (ValueError, OverflowError):
        raise refused("moment", name, name) from None
    return value
