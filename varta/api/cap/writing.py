"""A CAP 1.2 message as bytes: what other systems read."""

from typing import Any
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import SubElement, register_namespace, tostring

from varta.api.cap.message import NAMESPACE, Alert
from varta.api.cap.structure import STRUCTURES, Element
from varta.api.cap.values import to_text

register_namespace("", NAMESPACE)
CONTENT_TYPE = "application/cap+xml; charset=utf-8"


def write(alert: Alert) -> bytes:
    """Return the alert as UTF-8 XML with its declaration; empty optional elements are left out."""
    root = Node(_named("alert"))
    _fill(root, alert, "alert")
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _fill(node: Node, value: Any, name: str) -> None:
    for element in STRUCTURES[name]:
        held = getattr(value, element.field)
        for one in held if element.most > 1 else [held]:
            _add(node, element, one)


def _add(node: Node, element: Element, one: Any) -> None:
    if element.least == 0 and element.most == 1 and (one is None or one in ("", ())):
        return
    child = SubElement(node, _named(element.name))
    if element.holds in STRUCTURES:
        _fill(child, one, element.holds)
    else:
        child.text = to_text(element.holds, one)


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
