"""The order and the number of elements of CAP 1.2, written once more from the standard as content models.

It knows nothing of our reader: what we send is checked by both.
"""

import re
from xml.etree.ElementTree import Element, fromstring

SPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"
MODELS = {
    "alert": "identifier sender sent status msgType source? scope restriction? addresses? code* note? references? "
    "incidents? info*",
    "info": "language? category+ event responseType* urgency severity certainty audience? eventCode* effective? onset? "
    "expires? senderName? headline? description? instruction? web? contact? parameter* resource* area*",
    "eventCode": "valueName value",
    "parameter": "valueName value",
    "geocode": "valueName value",
    "resource": "resourceDesc mimeType size? uri? derefUri? digest?",
    "area": "areaDesc polygon* circle* geocode* altitude? ceiling?",
}
FORMS = {
    "sent": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d",
    "effective": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d",
    "onset": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d",
    "expires": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d",
    "status": "Actual|Exercise|System|Test|Draft",
    "msgType": "Alert|Update|Cancel|Ack|Error",
    "scope": "Public|Restricted|Private",
    "category": "Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|CBRNE|Other",
    "responseType": "Shelter|Evacuate|Prepare|Execute|Avoid|Monitor|Assess|AllClear|None",
    "urgency": "Immediate|Expected|Future|Past|Unknown",
    "severity": "Extreme|Severe|Moderate|Minor|Unknown",
    "certainty": "Observed|Likely|Possible|Unlikely|Unknown",
    "identifier": r"[^\s,<&]+",
    "sender": r"[^\s,<&]+",
    "polygon": r"-?[\d.]+,-?[\d.]+( -?[\d.]+,-?[\d.]+){3,}",
    "circle": r"-?[\d.]+,-?[\d.]+ [\d.]+",
}


def problems(document: bytes) -> list[str]:
    """Return what breaks the schema."""
    root = fromstring(document)
    found = [] if root.tag == f"{SPACE}alert" else [f"the root is {root.tag}"]
    for node in root.iter():
        found.extend(_problems(node))
    return found


def _problems(node: Element) -> list[str]:
    name = node.tag.removeprefix(SPACE)
    if name in MODELS:
        children = "".join(f"<{child.tag.removeprefix(SPACE)}>" for child in node)
        model = "".join(re.sub(r"(\w+)([?*+]?)", r"(?:<\1>)\2", part) for part in MODELS[name].split())
        return [] if re.fullmatch(model, children) else [f"{name} holds {children}"]
    if len(node):
        return [f"{name} holds elements"]
    form = FORMS.get(name)
    return [f"{name} is {node.text!r}"] if form and not re.fullmatch(form, node.text or "") else []
