"""Alerts as CAP 1.2 allows them, for properties; and the small ones that single tests change."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from varta.api.cap import message
from varta.api.cap.message import Alert, Area, Circle, Info, Pair, Reference, Resource

LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=("Cc", "Cs", "Cn"))
TEXT = st.text(LETTERS, max_size=30).map(str.strip)
SOME = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
NAME = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters=",<&"), min_size=1, max_size=20
)
WORD = st.text(st.characters(exclude_categories=("C",), exclude_characters='"'), max_size=12).map(str.strip)
MOMENT = st.datetimes(
    datetime(1992, 1, 1),
    datetime(2099, 1, 1),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
DEGREE = st.integers(-90_000_000, 90_000_000).map(lambda micro: micro / 1_000_000)
POINT = st.tuples(DEGREE, DEGREE.map(lambda lat: lat * 2))
PAIR = st.builds(Pair, SOME, TEXT)
POLYGON = st.lists(POINT, min_size=3, max_size=6).map(lambda corners: (*corners, corners[0]))
CIRCLE = st.builds(Circle, POINT, st.integers(0, 10_000).map(lambda metres: metres / 1000))
FEET = st.none() | st.integers(0, 50_000).map(float)


def few(each):
    return st.lists(each, max_size=3).map(tuple)


@st.composite
def areas(draw) -> Area:
    altitude = draw(FEET)
    ceiling = draw(FEET) if altitude is not None else None
    return Area(draw(SOME), draw(few(POLYGON)), draw(few(CIRCLE)), draw(few(PAIR)), altitude, ceiling)


@st.composite
def resources(draw) -> Resource:
    held = draw(st.binary(max_size=40))
    content = base64.b64encode(held).decode()
    digest = draw(st.sampled_from(["", hashlib.sha1(held).hexdigest()]))
    size = draw(st.none() | st.integers(0, 10**9))
    uri = draw(st.sampled_from(["", "https://example.org/a.jpg", "a.jpg"]))
    return Resource(
        draw(SOME), draw(st.sampled_from(["image/jpeg", "text/plain"])), size, uri, content, digest
    )


@st.composite
def infos(draw, sent: datetime) -> Info:
    expires = draw(st.none() | st.just(sent + timedelta(days=2)))
    near = st.none() | st.just(sent + timedelta(hours=1))
    return Info(
        categories=draw(st.lists(st.sampled_from(message.CATEGORY), min_size=1, max_size=3).map(tuple)),
        event=draw(SOME),
        urgency=draw(st.sampled_from(message.URGENCY)),
        severity=draw(st.sampled_from(message.SEVERITY)),
        certainty=draw(st.sampled_from(message.CERTAINTY)),
        language=draw(st.sampled_from(["uk", "uk-UA", "en-US", "de"])),
        response_types=draw(few(st.sampled_from(message.RESPONSE_TYPE))),
        audience=draw(TEXT),
        event_codes=draw(few(PAIR)),
        effective=draw(near),
        onset=draw(near),
        expires=expires,
        sender_name=draw(TEXT),
        headline=draw(TEXT),
        description=draw(TEXT),
        instruction=draw(TEXT),
        web=draw(st.sampled_from(["", "https://example.org/"])),
        contact=draw(TEXT),
        parameters=draw(few(PAIR)),
        resources=draw(few(resources())),
        areas=draw(few(areas())),
    )


@st.composite
def alerts(draw) -> Alert:
    sent = draw(MOMENT)
    kind = draw(st.sampled_from(message.MSG_TYPE))
    scope = draw(st.sampled_from(message.SCOPE))
    reference = st.builds(Reference, NAME, NAME, MOMENT)
    addresses = st.lists(WORD.filter(bool), min_size=1, max_size=3).map(tuple)
    return Alert(
        identifier=draw(NAME),
        sender=draw(NAME),
        sent=sent,
        status=draw(st.sampled_from(message.STATUS)),
        msg_type=kind,
        scope=scope,
        source=draw(TEXT),
        restriction=draw(SOME) if scope == "Restricted" else "",
        addresses=draw(addresses if scope == "Private" else addresses | st.just(())),
        codes=draw(few(SOME)),
        note=draw(TEXT),
        references=draw(st.lists(reference, min_size=0 if kind == "Alert" else 1, max_size=3).map(tuple)),
        incidents=draw(few(WORD)),
        infos=draw(few(infos(sent))),
    )
