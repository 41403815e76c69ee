"""The two forms of every answer: XML, and JSON by the Spark convention, both from one value."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from django.http import HttpResponse

FORMS = ("json", "xml")
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
EACH = {  # what the elements of a list are called
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


def answer(form: str, root: str, value: Any, *, status: int = 200) -> HttpResponse:
    """Return the value in the form: a mapping or a list of mappings, empty texts as nothing."""
    body = to_xml(root, value) if form == "xml" else to_json(value)
    return HttpResponse(body, status=status, content_type=TYPES[form])


def to_json(value: Any) -> bytes:
    """Return the value as JSON; an empty text is null."""
    return orjson.dumps(_plain(value))


def to_xml(root: str, value: Any) -> bytes:
    """Return the value as XML without a namespace; nothing is an empty element."""
    node = Element(root)
    _fill(node, root, value)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(
        node, encoding="utf-8", xml_declaration=False
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return None if value == "" else value


def _fill(node: Element, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        for key, one in value.items():
            _fill(SubElement(node, key), key, one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            _fill(SubElement(node, EACH[name]), EACH[name], one)
    elif isinstance(value, bool):
        node.text = "true" if value else "false"
    elif value is not None:
        node.text = str(value)
