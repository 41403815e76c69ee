"""A CAP 1.2 message from its bytes, or everything that is wrong with it. Nothing outside it is ever read."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from varta.api.cap import values
from varta.api.cap.faults import fault
from varta.api.cap.message import NAMESPACE, SIGNATURES, Alert, Area, Info, Resource
from varta.api.cap.structure import CLASSES, STRUCTURES, Element
from varta.api.partners.refusals import Fault, Refused

MOST_ELEMENTS = 5_000
MOST_FAULTS = 50  # more are not told: the message is wrong anyhow
_SCHEMA_HINT = "{http://www.w3.org/2001/XMLSchema-instance}"


def read(body: bytes) -> Alert:
    """Return the alert. Raises Refused: 400 for what is no CAP, 422 for what breaks a rule of it."""
    root = _parsed(body)
    faults: list[Fault] = []
    alert = _Reader(faults).structure(root, "alert", "/alert")
    if faults:
        raise Refused(422, *faults[:MOST_FAULTS])
    faults = list(broken_rules(alert))
    if faults:
        raise Refused(422, *faults[:MOST_FAULTS])
    return alert


def _parsed(body: bytes) -> Node:
    try:
        root = fromstring(body, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise Refused(400, fault("xml-unsafe", "/")) from None
    except (ParseError, ValueError, LookupError) as wrong:
        raise Refused(400, fault("xml", "/", str(wrong))) from None
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise Refused(400, fault("not-cap", "/", str(root.tag)))
    if sum(1 for _ in zip(root.iter(), range(MOST_ELEMENTS + 1), strict=False)) > MOST_ELEMENTS:
        raise Refused(422, fault("too-many-elements", "/alert"))
    return root


class _Reader:
    """Reads structures by their table and keeps what is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def wrong(self, code: str, at: str, detail: str = "") -> None:
        self.faults.append(fault(code, at, detail))

    def structure(self, node: Node, name: str, at: str) -> Any:
        """Return the value of a structure; None where something is wrong."""
        before = len(self.faults)
        self._look_at(node, at, root=name == "alert")
        found: dict[str, list[Any]] = {}
        signed = False
        reached = 0
        elements = STRUCTURES[name]
        for child, tag, where in _numbered(node, at):
            if name == "alert" and _is_signature(child):
                signed = True
                continue
            place = next((nth for nth, element in enumerate(elements) if element.name == tag), None)
            if place is None:
                self.wrong("unknown-element", where, tag)
                continue
            if place < reached or signed:
                self.wrong("order", where, tag)
            reached = max(reached, place)
            element = elements[place]
            if len(found.setdefault(element.field, [])) == element.most:
                self.wrong("repeated", where, tag)
            found[element.field].append(self._value(child, element, where))
        for element in elements:
            if len(found.get(element.field, [])) < element.least:
                self.wrong("missing", at, element.name)
        if len(self.faults) > before:
            return None
        many = {element.field for element in elements if element.most > 1}
        fields = {field: tuple(each) if field in many else each[0] for field, each in found.items()}
        return CLASSES[name](**fields, **({"signed": True} if signed else {}))

    def _look_at(self, node: Node, at: str, *, root: bool) -> None:
        foreign = [key for key in node.attrib if not (root and key.startswith(_SCHEMA_HINT))]
        if foreign:
            self.wrong("unknown-attribute", at)
        if (node.text or "").strip() or any((child.tail or "").strip() for child in node):
            self.wrong("stray-text", at)

    def _value(self, node: Node, element: Element, at: str) -> Any:
        if element.holds in STRUCTURES:
            return self.structure(node, element.holds, at)
        if node.attrib:
            self.wrong("unknown-attribute", at)
        if len(node):
            self.wrong("holds-elements", at)
            return None
        text = (node.text or "").strip()
        if not text and not (element.name == "value" or element.least == 0):
            self.wrong("empty", at)
            return None
        return self._read(text, element, at)

    def _read(self, text: str, element: Element, at: str) -> Any:
        if element.choices:
            if text not in element.choices:
                self.wrong("choice", at, ", ".join(element.choices))
            return text
        if not text and element.holds not in ("text", "words", "references"):
            self.wrong("empty", at)
            return None
        try:
            return values.READ[element.holds](text)
        except values.Wrong as wrong:
            self.wrong(str(wrong), at, text[:40])
            return None


def _numbered(node: Node, at: str) -> Iterator[tuple[Node, str, str]]:
    """Yield the children with their bare names and their places: /alert/info[2]."""
    counts: dict[str, int] = {}
    for child in node:
        tag = str(child.tag)
        bare = tag.removeprefix(f"{{{NAMESPACE}}}")
        counts[bare] = counts.get(bare, 0) + 1
        yield child, bare, f"{at}/{bare}[{counts[bare]}]"


def _is_signature(node: Node) -> bool:
    return any(str(node.tag).startswith(f"{{{space}}}") for space in SIGNATURES)


def broken_rules(alert: Alert) -> Iterator[Fault]:
    """Yield what breaks a rule between elements."""
    if alert.scope == "Restricted" and not alert.restriction:
        yield fault("restriction-missing", "/alert")
    if alert.scope != "Restricted" and alert.restriction:
        yield fault("restriction-unasked", "/alert/restriction[1]")
    if alert.scope == "Private" and not alert.addresses:
        yield fault("addresses-missing", "/alert")
    if alert.msg_type != "Alert" and not alert.references:
        yield fault("references-missing", "/alert", alert.msg_type)
    for nth, info in enumerate(alert.infos, start=1):
        yield from _broken_in_info(alert, info, f"/alert/info[{nth}]")


def _broken_in_info(alert: Alert, info: Info, at: str) -> Iterator[Fault]:
    begins = [alert.sent, *(moment for moment in (info.effective, info.onset) if moment)]
    if info.expires and any(info.expires <= moment for moment in begins):
        yield fault("expires-early", f"{at}/expires[1]")
    for nth, resource in enumerate(info.resources, start=1):
        yield from _broken_in_resource(resource, f"{at}/resource[{nth}]")
    for nth, area in enumerate(info.areas, start=1):
        yield from _broken_in_area(area, f"{at}/area[{nth}]")


def _broken_in_resource(resource: Resource, at: str) -> Iterator[Fault]:
    if resource.content and resource.digest:
        held = hashlib.sha1(base64.b64decode(resource.content), usedforsecurity=False).hexdigest()
        if held != resource.digest.lower():
            yield fault("digest-other", f"{at}/digest[1]")


def _broken_in_area(area: Area, at: str) -> Iterator[Fault]:
    if area.ceiling_ft is not None and area.altitude_ft is None:
        yield fault("ceiling-without-altitude", f"{at}/ceiling[1]")
