"""Asking a gateway over HTTP: short, without redirects, and with errors that repeat nothing of what was sent."""

from collections.abc import Mapping
from typing import Any

import httpx

from varta.notices.providers import NotSent, Refused

TIMEOUT_S = 10.0
AGAIN = frozenset({408, 409, 425, 429})  # client errors that pass


def ask(method: str, address: str, *, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
    """Return the JSON that the gateway answered, {} for none. Raises NotSent or Refused."""
    try:
        response = httpx.request(
            method,
            address,
            json=body,
            headers=dict(headers or {}),
            timeout=TIMEOUT_S,
            follow_redirects=False,
            trust_env=False,
        )
    except httpx.HTTPError as error:
        raise NotSent(type(error).__name__) from None
    if response.is_success:
        return _json(response)
    final = 400 <= response.status_code < 500 and response.status_code not in AGAIN
    if final and response.status_code not in (401, 403):  # a wrong token is ours to mend
        raise Refused(f"HTTP {response.status_code}")
    raise NotSent(f"HTTP {response.status_code}")


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return {}
