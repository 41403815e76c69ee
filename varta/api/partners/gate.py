"""The gate: whose key it is, how often it asks, what it may do, how much it sends, and whom it reads as."""

from datetime import datetime

import structlog
from django.http import HttpRequest
from django.http.request import RequestDataTooBig, UnreadablePostError

from varta.api.models import Partner
from varta.api.partners import keys, limits, refusals
from varta.api.partners.rights import TAKES, procedures_of
from varta.people import looks
from varta.people.scope import EXCHANGE, SHARED, Reader, reading

ANY = "any"  # whatever the partner may do: it asks after what it sent itself

_log = structlog.get_logger("varta.partner")


def enter(given: str, *, right: str, at: datetime, origin: str = "", unknown: int = 401) -> Partner:
    """Return the partner whose key was given, and count the request; the right "any" is that of each partner.

    Raises Refused: no key that holds (`unknown` is its status), too many requests, or no right.
    """
    with reading(Reader.system()):
        partner = keys.partner_of(given, at=at)
    if partner is None:
        _log.warning("partner refused", why="key-unknown", right=right)
        raise refusals.key_unknown(unknown)
    with reading(reader_of(partner, right)) as by:
        limits.count(partner, at=at, asked=1)
        over = limits.asked_in_minute(partner, at=at) > partner.per_minute
        if over:
            _stop(partner, by, at=at, origin=origin)
    if over:
        raise refusals.too_many(limits.seconds_left(at))
    if right not in (ANY, *partner.rights):
        log(partner, "no-right", right=right)
        raise refusals.no_right()
    return partner


def key_in(request: HttpRequest) -> str:
    """Return the key that a request shows in its headers; never in its address, which is written to logs."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else request.headers.get("X-Api-Key", "").strip()


def reader_of(partner: Partner, right: str) -> Reader:
    """Return whom a partner reads and writes as: its place and unit, and the steps that the right allows."""
    return Reader(
        officer_id=partner.pk,
        role=SHARED if right == "cap_out" else EXCHANGE,
        place_from=partner.place.pre,
        place_to=partner.place.pre_end,
        unit_from=partner.unit.pre,
        unit_to=partner.unit.pre_end,
        procedures=procedures_of(right),
        takes=TAKES[right],
    )


def body_of(request: HttpRequest, *, most: int) -> bytes:
    """Return the body of a request, up to `most` bytes; Refused beyond."""
    try:
        declared = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        declared = 0
    if declared > most:
        raise refusals.too_large(most)
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError) as broken:
        raise refusals.too_large(most) from broken
    if len(body) > most:
        raise refusals.too_large(most)
    return body


def faulty(partner: Partner, refused: refusals.Refused, *, at: datetime) -> None:
    """Count a message that was refused for what it held."""
    with reading(reader_of(partner, "calls")):
        limits.count(partner, at=at, faulty=1)
    log(partner, refused.faults[0].code, status=refused.status)


def log(partner: Partner, what: str, **more: object) -> None:
    """Write a line of the log: which partner, what, and no content."""
    _log.info("partner", partner=partner.code, what=what, **more)


def _stop(partner: Partner, by: Reader, *, at: datetime, origin: str) -> None:
    """Count one request too many; the first of a minute is written to the access log, the others would flood it."""
    if limits.over_in_minute(partner, at=at) == 0:
        detail = {"why": "too-many", "per_minute": partner.per_minute}
        looks.note(by=by, at=at, action="denied", subject_kind="partner", detail=detail, origin=origin)
    limits.count(partner, at=at, over=1)
    log(partner, "too-many")
