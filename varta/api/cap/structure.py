"""The elements of CAP 1.2 in their order: how often each may come, what it holds, which field it fills.

Read from the schema and the data dictionary of OASIS CAP-v1.2-os; the reader and the writer both follow it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from varta.api.cap import message

MANY = 10_000


@dataclass(frozen=True)
class Element:
    """An element: its name, the field of the message, how many times, and what it holds.

    `holds` is the name of a kind of value (see values.py) or of another structure (STRUCTURES).
    """

    name: str
    field: str
    holds: str
    least: int = 0
    most: int = 1
    choices: tuple[str, ...] = ()


def _one(name: str, field: str = "", holds: str = "text", choices: tuple[str, ...] = ()) -> Element:
    return Element(name, field or name, "choice" if choices else holds, least=1, choices=choices)


def _maybe(name: str, field: str = "", holds: str = "text") -> Element:
    return Element(name, field or name, holds)


def _any(
    name: str, field: str, holds: str = "text", *, least: int = 0, choices: tuple[str, ...] = ()
) -> Element:
    return Element(name, field, "choice" if choices else holds, least=least, most=MANY, choices=choices)


STRUCTURES: Mapping[str, tuple[Element, ...]] = {
    "alert": (
        _one("identifier", holds="name"),
        _one("sender", holds="name"),
        _one("sent", holds="moment"),
        _one("status", choices=message.STATUS),
        _one("msgType", "msg_type", choices=message.MSG_TYPE),
        _maybe("source"),
        _one("scope", choices=message.SCOPE),
        _maybe("restriction"),
        _maybe("addresses", holds="words"),
        _any("code", "codes"),
        _maybe("note"),
        _maybe("references", holds="references"),
        _maybe("incidents", holds="words"),
        _any("info", "infos", "info"),
    ),
    "info": (
        _maybe("language", holds="language"),
        _any("category", "categories", least=1, choices=message.CATEGORY),
        _one("event"),
        _any("responseType", "response_types", choices=message.RESPONSE_TYPE),
        _one("urgency", choices=message.URGENCY),
        _one("severity", choices=message.SEVERITY),
        _one("certainty", choices=message.CERTAINTY),
        _maybe("audience"),
        _any("eventCode", "event_codes", "pair"),
        _maybe("effective", holds="moment"),
        _maybe("onset", holds="moment"),
        _maybe("expires", holds="moment"),
        _maybe("senderName", "sender_name"),
        _maybe("headline"),
        _maybe("description"),
        _maybe("instruction"),
        _maybe("web", holds="address"),
        _maybe("contact"),
        _any("parameter", "parameters", "pair"),
        _any("resource", "resources", "resource"),
        _any("area", "areas", "area"),
    ),
    "pair": (_one("valueName", "name"), Element("value", "value", "text", least=1)),
    "resource": (
        _one("resourceDesc", "description"),
        _one("mimeType", "mime_type", "mime"),
        _maybe("size", holds="whole"),
        _maybe("uri", holds="address"),
        _maybe("derefUri", "content", "base64"),
        _maybe("digest", holds="digest"),
    ),
    "area": (
        _one("areaDesc", "description"),
        _any("polygon", "polygons", "polygon"),
        _any("circle", "circles", "circle"),
        _any("geocode", "geocodes", "pair"),
        _maybe("altitude", "altitude_ft", "decimal"),
        _maybe("ceiling", "ceiling_ft", "decimal"),
    ),
}

CLASSES: Mapping[str, type] = {
    "alert": message.Alert,
    "info": message.Info,
    "pair": message.Pair,
    "resource": message.Resource,
    "area": message.Area,
}
