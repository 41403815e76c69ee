"""The Atom feed (RFC 4287) of the alerts that a partner is told of."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from varta.api.cap.message import Alert

ATOM = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
TITLE = "Варта: відкриті термінові виклики · Varta: open urgent calls"

register_namespace("atom", ATOM)


def write(
    alerts: Sequence[tuple[UUID, Alert]], *, at: datetime, here: str, address: Callable[[UUID], str]
) -> bytes:
    """Return the feed: an entry for each alert, with a link to its CAP message."""
    feed = Element(_named("feed"))
    latest = max((alert.sent for _, alert in alerts), default=at)
    _text(feed, "id", here)
    _text(feed, "title", TITLE)
    _text(feed, "updated", _moment(latest))
    SubElement(feed, _named("link"), rel="self", href=here)
    author = SubElement(feed, _named("author"))
    _text(author, "name", "Varta")
    for key, alert in alerts:
        entry = SubElement(feed, _named("entry"))
        _text(entry, "id", f"urn:uuid:{key}")
        _text(entry, "title", f"{alert.infos[0].headline}. {alert.infos[0].event}")
        _text(entry, "updated", _moment(alert.sent))
        _text(entry, "summary", alert.infos[0].areas[0].description)
        SubElement(entry, _named("link"), href=address(key), type="application/cap+xml")
    return tostring(feed, encoding="utf-8", xml_declaration=True)


def _text(node: Element, name: str, text: str) -> None:
    SubElement(node, _named(name)).text = text


def _named(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
