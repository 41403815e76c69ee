"""Addresses of gateways outward, as the environment gives them: read strictly, so that no other is ever called."""

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SMTP_PORTS = {"smtp": 587, "smtps": 465}


def web_address(name: str, default: str = "") -> str:
    """Return the address that the variable gives, without a slash at its end.

    Raises ValueError unless it is https, or http on this machine.
    """
    value = os.environ.get(name) or default
    if not value:
        return ""
    parts = urlsplit(value)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname:
        raise ValueError(f"{name} must be an address that begins with https://.")
    return value.rstrip("/")


def smtp(name: str) -> dict[str, Any]:
    """Return Django's settings of mail for an address such as smtp://user:password@mail.example:587.

    `smtps` speaks TLS from the first byte, `smtp` turns to TLS (STARTTLS) unless the server is on this
    machine. `?from=` names the sender. Nothing for no address; raises ValueError for a wrong one.
    """
    value = os.environ.get(name, "")
    if not value:
        return {}
    parts = urlsplit(value)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ValueError(f"{name} must look like smtps://user:password@mail.example:465.")
    local = parts.hostname in LOOPBACK
    found = {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not local,
    }
    sender = parse_qs(parts.query).get("from", [found["EMAIL_HOST_USER"]])[0]
    if not sender:
        raise ValueError(f"{name} must name the sender: add ?from=varta@mail.example.")
    return {**found, "DEFAULT_FROM_EMAIL": sender}
