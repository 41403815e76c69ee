"""SMS through any gateway that takes JSON over HTTPS: address, headers and fields come from the settings."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from varta.notices.letters import Letter
from varta.notices.providers import web


class Gateway:
    """Posts one JSON object for each notice."""

    def send(self, letter: Letter) -> str:
        """Hand the text over and return the gateway's number of it, if it gave one."""
        values = {"to": letter.to, "text": letter.text, "key": str(letter.key)}
        headers = {"Idempotency-Key": str(letter.key)}
        if settings.VARTA_SMS_TOKEN:
            headers["Authorization"] = f"Bearer {settings.VARTA_SMS_TOKEN}"
        body = filled(json.loads(settings.VARTA_SMS_FIELDS), values)
        answer = web.ask("POST", settings.VARTA_SMS_URL, body=body, headers=headers)
        found = answer.get(settings.VARTA_SMS_ID, "") if isinstance(answer, dict) else ""
        return str(found)


def filled(pattern: Any, values: Mapping[str, str]) -> Any:
    """Return the pattern with {to}, {text} and {key} filled in, at any depth."""
    if isinstance(pattern, dict):
        return {name: filled(value, values) for name, value in pattern.items()}
    if isinstance(pattern, list):
        return [filled(value, values) for value in pattern]
    if isinstance(pattern, str):
        for name, value in values.items():
            if pattern == f"{{{name}}}":
                return value
    return pattern
