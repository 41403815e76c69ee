"""Calls that 112 and other bodies pass on, and what became of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from varta.api.intake import receiving, spotting
from varta.api.intake.notices import place_notices
from varta.api.intake.receiving import Sent
from varta.api.intake.texts import plain
from varta.api.models import Partner
from varta.api.partners import gate
from varta.api.partners.answers import acted
from varta.api.partners.doors import Keyed
from varta.api.partners.refusals import Fault, Refused
from varta.api.schemas import CallFollowed, CallSent, CallTaken, RefusedWhole
from varta.calls.questions import tree_on
from varta.cases import queries
from varta.cases.checks import possible_key
from varta.cases.models import Case
from varta.lib.clock import kyiv_day
from varta.people import looks
from varta.people.scope import Reader

router = Router(tags=["partners"])
# What the last of these steps says of a call.
STATES = {"assign": "assigned", "accept": "assigned", "arrive": "on_scene", "release": "received"}
WRONG = dict.fromkeys((400, 401, 403, 409, 413, 422, 429), RefusedWhole)


@router.post(
    "/calls",
    response={201: CallTaken, 200: CallTaken, **WRONG},
    auth=Keyed("calls"),
    url_name="calls",
    summary="Pass a call on to the police",
)
def receive(request: HttpRequest, given: CallSent) -> Status:
    """Register a call: 201 the first time, 200 and the same number when the same key comes again."""

    def act(partner: Partner, by: Reader, at: datetime) -> Status:
        sent = Sent("call", str(given.key), given.at, given.dict(), key=given.key)
        if earlier := receiving.known(partner, sent):
            gate.log(partner, "duplicate", door="call")
            return Status(200, _taken(earlier.case_key, []))
        possible_key(given.key, received_at=at)
        if faults := receiving.timely(given.at, now=at, where="/at"):
            raise Refused(422, *faults)
        spotted = _place(given, partner)
        record, caller = _record(given, spotted, partner), _caller(given)
        written = receiving.register_call(
            sent, record, spotted, partner=partner, by=by, now=at, caller=caller
        )
        looks.note(
            by=by,
            at=at,
            action="received",
            subject_kind="case",
            subject_key=written.case_key,
            detail={"door": "call", "result": "registered"},
            origin=looks.origin_of(request),
        )
        gate.log(partner, "registered", door="call")
        return Status(201, _taken(written.case_key, place_notices(spotted)))

    return acted(request.partner, right="calls", at=request.entered_at, act=act)


@router.get(
    "/calls/{uuid:key}",
    response={200: CallFollowed, 404: RefusedWhole, **WRONG},
    auth=Keyed(gate.ANY),
    url_name="call",
    summary="What became of a call that you sent",
)
def follow(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """Return the state of a call that this partner sent, and nothing else of it."""

    def act(partner: Partner, by: Reader, at: datetime) -> dict[str, Any]:
        case = Case.objects.filter(key=key, procedure="call").first()
        if case is None:
            raise Refused(404, _not_yours())
        return {
            "key": case.key,
            "number": f"{case.number}/{case.year}",
            "state": _state(case),
            "received_at": case.opened_at,
            "changed_at": case.last_at,
            "closed_at": case.closed_at,
        }

    return acted(request.partner, right=gate.ANY, at=request.entered_at, act=act)


def _place(given: CallSent, partner: Partner) -> spotting.Spotted:
    place = given.place
    return spotting.spot(
        partner,
        on=kyiv_day(given.at),
        codes=[place.code] if place.code else [],
        point=(place.lat, place.lon) if place.lat is not None and place.lon is not None else None,
        words=[plain(place.address), plain(place.words)],
    )


def _record(given: CallSent, spotted: spotting.Spotted, partner: Partner) -> dict[str, Any]:
    """Return the record as the desk would write it; without a category the question tree proposes one."""
    proposal = tree_on(kyiv_day(given.at)).propose(given.kind, {})
    proposed = proposal.category if proposal else "unknown"
    return {
        "channel": partner.channel,
        "category": given.category or proposed,
        "proposed": given.category or proposed,
        "kind": given.kind,
        "about": plain(given.about, lines=True),
        "zone": spotted.zone,
        "address": plain(given.place.address),
        "place_words": plain(given.place.words),
        "lat": given.place.lat,
        "lon": given.place.lon,
        "crime_signs": given.crime_signs,
        "reference": plain(given.reference),
    }


def _caller(given: CallSent) -> dict[str, str]:
    return {name: plain(value) for name, value in given.caller.dict().items()} if given.caller else {}


def _taken(case: UUID, notices: list[Any]) -> dict[str, Any]:
    number = receiving.number_of(case)
    return {"key": case, "number": number, "follow": f"/api/calls/{case}", "notices": notices}


def _state(case: Case) -> str:
    if case.closed_at is not None:
        return "closed"
    steps = [entry.step for entry in queries.timeline(case) if entry.step in STATES]
    return STATES[steps[-1]] if steps else "received"


def _not_yours() -> Fault:
    return Fault(
        "not-found",
        "Ваша система не передавала такого виклику.",
        "Your system sent no such call.",
    )
