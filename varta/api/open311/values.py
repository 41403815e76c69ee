"""Answers to the questions of a service: checked by their type, and told to the officer in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from varta.api.intake.texts import plain, shortened
from varta.api.open311.faults import fault
from varta.api.open311.services import Attribute, Service
from varta.api.partners.refusals import Fault

MOST_STRING, MOST_TEXT, MOST_ABOUT = 200, 2000, 10_000
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?", re.ASCII)


def number(text: str) -> float | None:
    """Return the number that a text is; None for another text."""
    bare = text.strip()
    return float(bare) if _NUMBER.fullmatch(bare) else None


def answers(service: Service, given: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the answers by attribute, and what is wrong with them; an empty answer is none."""
    known = {attribute.code: attribute for attribute in service.attributes}
    wrong = [fault("attribute-unknown", f"attribute[{code}]", code) for code in given if code not in known]
    found: dict[str, Any] = {}
    for code, attribute in known.items():
        said = [value for value in given.get(code, ()) if value.strip()]
        if not said and attribute.required:
            wrong.append(fault("attribute-missing", f"attribute[{code}]", code))
        elif said and (value := _read(attribute, said)) is None:
            wrong.append(fault("attribute-wrong", f"attribute[{code}]", code))
        elif said:
            found[code] = value
    return found, wrong


def _read(attribute: Attribute, said: Sequence[str]) -> Any:
    """Return the value; None where it is not one of the attribute's type."""
    keys = [key for key, _ in attribute.values]
    if attribute.datatype == "multivaluelist":
        return list(dict.fromkeys(said)) if set(said) <= set(keys) else None
    if len(said) > 1:
        return None
    [text] = said
    if attribute.datatype == "singlevaluelist":
        return text if text in keys else None
    if attribute.datatype == "number":
        return number(text)
    if attribute.datatype == "datetime":
        return _moment(text)
    most = MOST_TEXT if attribute.datatype == "text" else MOST_STRING
    return plain(text, lines=attribute.datatype == "text") if len(text) <= most else None


def _moment(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


def about(description: str, service: Service, answered: Mapping[str, Any], told: Mapping[str, str]) -> str:
    """Return what an officer reads: the words, the answers, and the address of a picture, which is not fetched."""
    lines = [service.name["uk"] + ".", description, *_said(service, answered)]
    if told.get("media_url"):
        lines.append(f"Файл: {plain(told['media_url'])}")
    return shortened("\n".join(line for line in lines if line), MOST_ABOUT)


def _said(service: Service, answered: Mapping[str, Any]) -> Iterator[str]:
    for attribute in service.attributes:
        if attribute.code in answered and attribute.code != "residence":
            value = answered[attribute.code]
            names = {key: name["uk"] for key, name in attribute.values}
            listed = value if isinstance(value, list) else [value]
            yield f"{attribute.description['uk']}: {', '.join(names.get(one, str(one)) for one in listed)}"
