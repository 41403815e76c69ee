"""Services and requests as GeoReport v2 describes them; of a request nothing that a person said or is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from varta.api.models import Message
from varta.api.open311.services import CONSIDERED, NOTES, SERVICES, Attribute, Service
from varta.cases.models import Case
from varta.places.models import Territory

Plain = dict[str, Any]


def service(one: Service, language: str) -> Plain:
    """Return a service of the list."""
    return {
        "service_code": one.code,
        "service_name": one.name[language],
        "description": one.description[language],
        "metadata": bool(one.attributes),
        "type": "realtime",
        "keywords": one.keywords,
        "group": one.group[language],
    }


def definition(one: Service, language: str) -> Plain:
    """Return what a service asks besides place and description."""
    listed = [_attribute(each, nth, language) for nth, each in enumerate(one.attributes, start=1)]
    return {"service_code": one.code, "attributes": listed}


def _attribute(one: Attribute, order: int, language: str) -> Plain:
    plain: Plain = {
        "variable": True,
        "code": one.code,
        "datatype": one.datatype,
        "required": one.required,
        "datatype_description": one.hint[language] if one.hint else None,
        "order": order,
        "description": one.description[language],
    }
    if one.values:
        plain["values"] = [{"key": key, "name": name[language]} for key, name in one.values]
    return plain


def requests(messages: Sequence[Message], language: str) -> list[Plain]:
    """Return requests in the order of the messages; those whose case the reader does not see are left out."""
    keys = [message.case_key for message in messages]
    cases = Case.objects.select_related("place", "unit").in_bulk(keys)
    areas = Territory.objects.in_bulk({case.place.hromada or case.place_id for case in cases.values()})
    return list(_requests(messages, cases, areas, language))


def _requests(
    messages: Iterable[Message], cases: Mapping[UUID, Case], areas: Mapping[str, Territory], language: str
) -> Iterator[Plain]:
    for message in messages:
        case = cases.get(message.case_key)
        if case is not None:
            yield _request(message, case, areas[case.place.hromada or case.place_id], language)


def _request(message: Message, case: Case, area: Territory, language: str) -> Plain:
    known = SERVICES.get(message.service)
    return {
        "service_request_id": str(case.key),
        "status": "closed" if case.closed_at else "open",
        "status_notes": _note(case, language),
        "service_name": known.name[language] if known else message.service,
        "service_code": message.service,
        "description": None,
        "agency_responsible": case.unit.titles[language],
        "service_notice": None,
        "requested_datetime": moment(message.received_at),
        "updated_datetime": moment(case.closed_at or case.last_at),
        "expected_datetime": None,
        "address": area.titles[language],
        "address_id": area.code,
        "zipcode": None,
        "lat": message.lat,
        "long": message.lon,
        "media_url": None,
    }


def _note(case: Case, language: str) -> str | None:
    if case.closed_at is None:
        return None
    return NOTES.get(case.facts.get("outcome", ""), CONSIDERED)[language]


def moment(at: datetime) -> str:
    """Return a moment in the form of W3C: "2026-03-02T09:15:30Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
