"""A request that an application sends for a resident: what it must hold, and the call or appeal it becomes."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import orjson

from varta.api.intake import receiving, spotting
from varta.api.intake.receiving import Sent
from varta.api.intake.texts import plain
from varta.api.models import Partner
from varta.api.open311 import values
from varta.api.open311.asking import check_jurisdiction
from varta.api.open311.faults import fault, refused
from varta.api.open311.services import CALL_102, REFERRED, SERVICES, URGENT_KINDS, Service
from varta.api.partners.refusals import Fault, Refused
from varta.calls.guessing import guess
from varta.lib.clock import kyiv_day
from varta.people.scope import Reader
from varta.procedures.appeal import lacking

MOST_FIELDS, MOST_DESCRIPTION = 200, 4000
LENGTHS = {
    "first_name": 100, "last_name": 100, "phone": 40, "email": 200, "address_string": 200, "address_id": 64,
    "media_url": 500, "device_id": 200, "account_id": 200,
}  # fmt: skip
_MARKUP = re.compile(r"<\s*/?\s*[A-Za-z!]")
_ATTRIBUTE = re.compile(r"attribute\[([A-Za-z0-9_]{1,40})\](\[\])?")
LACKS = {"name": "name", "contact": "contact", "substance": "description-missing"}


@dataclass(frozen=True)
class Form:
    """The parameters of a request, the last value of each, and its attributes."""

    fields: Mapping[str, str]
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)


def form_of(body: bytes) -> Form:
    """Return the form. Raises Refused for what is no form in UTF-8."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=False,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise refused("form") from None
    fields: dict[str, str] = {}
    attributes: dict[str, list[str]] = {}
    for name, value in pairs:
        if found := _ATTRIBUTE.fullmatch(name):
            attributes.setdefault(found[1], []).append(value)
        else:
            fields[name] = value
    return Form(fields, attributes)


def register(form: Form, *, partner: Partner, by: Reader, now: datetime) -> tuple[UUID, Service]:
    """Register the request and return the key of its case and its service; the same words of a day are one.

    Raises Refused and StepRefused; then nothing was written.
    """
    check_jurisdiction(form.fields)
    service = _service(form)
    answers, wrong = values.answers(service, form.attributes)
    if wrong := [*wrong, *_wrong(form)]:
        raise Refused(400, *wrong)
    _not_urgent(form)
    if service.appeal and (lacks := list(_lacks(form, answers))):
        raise Refused(400, *lacks)
    sent = _sent(form, service, now)
    if earlier := receiving.known(partner, sent):
        return earlier.case_key, service
    spotted = _place(form, partner, now)
    about = values.about(plain(form.fields.get("description", ""), lines=True), service, answers, form.fields)
    if service.appeal:
        record = _appeal(service, about, form, partner)
        return receiving.register_appeal(
            sent, record, spotted, partner=partner, by=by, now=now, applicant=_person(form, answers)
        ).case_key, service
    record = _call(service, about, form, spotted)
    return receiving.register_call(
        sent, record, spotted, partner=partner, by=by, now=now, caller=_person(form, answers)
    ).case_key, service


def _service(form: Form) -> Service:
    code = form.fields.get("service_code", "").strip()
    if not code:
        raise refused("service-missing", "service_code")
    if code in REFERRED:
        text = REFERRED[code]
        raise Refused(404, Fault("not-police", text["uk"], text["en"], at="service_code"))
    if code not in SERVICES:
        raise refused("service-unknown", "service_code", code, status=404)
    return SERVICES[code]


def _wrong(form: Form) -> Iterator[Fault]:
    for name, most in LENGTHS.items():
        if len(form.fields.get(name, "")) > most:
            yield fault("too-long", name, name)
    description = form.fields.get("description", "")
    if len(description) > MOST_DESCRIPTION:
        yield fault("description-long", "description")
    if _MARKUP.search(description):
        yield fault("description-markup", "description")
    media = form.fields.get("media_url", "")
    if media and not _is_address(media):
        yield fault("media-url", "media_url")
    yield from _wrong_location(form)


def _wrong_location(form: Form) -> Iterator[Fault]:
    lat, lon = form.fields.get("lat", "").strip(), form.fields.get("long", "").strip()
    if bool(lat) != bool(lon):
        yield fault("location-half", "lat" if lon else "long")
    elif lat and _point(form) is None:
        yield fault("point", "lat")
    elif not lat and not any(form.fields.get(name, "").strip() for name in ("address_string", "address_id")):
        yield fault("location-missing", "lat")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and text.isprintable() and " " not in text


def _point(form: Form) -> tuple[float, float] | None:
    """Return the point that was given; None for none, or for one that is not on earth."""
    numbers = [values.number(form.fields.get(name, "")) for name in ("lat", "long")]
    lat, lon = numbers
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return lat, lon


def _not_urgent(form: Form) -> None:
    guessed = guess(form.fields.get("description", ""), most=1)
    if guessed and guessed[0] in URGENT_KINDS:
        raise Refused(400, Fault("urgent", CALL_102["uk"], CALL_102["en"], at="description"))


def _lacks(form: Form, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the law asks of an appeal and the request has not."""
    told = form.fields
    missing = lacking(
        form="electronic",
        named=bool(told.get("first_name", "").strip() and told.get("last_name", "").strip()),
        residence=bool(answers.get("residence")),
        about=bool(told.get("description", "").strip()),
        signed=True,
        dated=True,
        contact=bool(told.get("email", "").strip()),
    )
    for part in missing:
        code = LACKS.get(part)
        yield fault(code, code) if code else fault("attribute-missing", "attribute[residence]", "residence")


def _sent(form: Form, service: Service, now: datetime) -> Sent:
    content = {"fields": {k: v for k, v in form.fields.items() if k != "api_key"}, "answers": form.attributes}
    day = kyiv_day(now).isoformat()
    digest = hashlib.sha256(orjson.dumps([day, content], option=orjson.OPT_SORT_KEYS)).hexdigest()
    return Sent("open311", digest, now, content, service=service.code)


def _place(form: Form, partner: Partner, now: datetime) -> spotting.Spotted:
    code = form.fields.get("address_id", "").strip()
    spotted = spotting.spot(
        partner,
        on=kyiv_day(now),
        codes=[plain(code)] if code else [],
        point=_point(form),
        words=[plain(form.fields.get("address_string", ""))],
    )
    if spotted.rivals:
        names = "; ".join(f"{place.titles['uk']} ({place.code})" for place in spotted.rivals[:10])
        raise refused("place-ambiguous", "address_string", names)
    if not spotted.sure:
        raise refused("place-unknown", "address_string")
    return spotted


def _call(service: Service, about: str, form: Form, spotted: spotting.Spotted) -> dict[str, Any]:
    assert service.call is not None
    kind, category = service.call
    point = _point(form) or (None, None)
    return {
        "channel": "app",
        "category": category,
        "proposed": category,
        "kind": kind,
        "about": about,
        "zone": spotted.zone,
        "address": plain(form.fields.get("address_string", "")),
        "lat": point[0],
        "lon": point[1],
        "reference": f"open311/{service.code}",
    }


def _appeal(service: Service, about: str, form: Form, partner: Partner) -> dict[str, Any]:
    assert service.appeal is not None
    kind, subject = service.appeal
    return {
        "kind": kind,
        "subject": subject,
        "form": "electronic",
        "about": about,
        "email": plain(form.fields.get("email", "")),
        "through": plain(partner.account.name)[:200],
    }


def _person(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return who sent it, as far as it was said; the address for replies stands in the note of the person."""
    told = {name: plain(form.fields.get(name, "")) for name in ("last_name", "first_name", "phone", "email")}
    known = {"surname": told["last_name"], "given": told["first_name"], "phone": told["phone"]}
    if told["email"]:
        known["note"] = f"E-mail: {told['email']}"
    if answers.get("residence"):
        known["residence"] = str(answers["residence"])
    return {name: value for name, value in known.items() if value}
