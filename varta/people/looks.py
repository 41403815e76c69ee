"""The log of looks: who opened what, when and why. What cannot be logged is not shown.

Law Enforcement Directive (EU) 2016/680, art. 25: consultation and disclosure are logged with
their justification, time and person.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from varta.lib import home
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.models import Look
from varta.people.scope import Reader

ACTIONS: Mapping[str, Mapping[str, str]] = {
    "open": {"uk": "Відкрито", "en": "Opened"},
    "reveal": {"uk": "Розкрито адресу", "en": "Address revealed"},
    "complete": {"uk": "Доповнено картку", "en": "File completed"},
    "search": {"uk": "Пошук", "en": "Search"},
    "export": {"uk": "Вивантаження", "en": "Export"},
    "received": {"uk": "Прийнято від партнера", "en": "Received from a partner"},
    "denied": {"uk": "Відмовлено", "en": "Denied"},
    "sign-in": {"uk": "Вхід", "en": "Sign-in"},
    "sign-in-failed": {"uk": "Невдалий вхід", "en": "Failed sign-in"},
    "sign-out": {"uk": "Вихід", "en": "Sign-out"},
    "acting-as": {"uk": "Зміна посади", "en": "Change of appointment"},
    "password": {"uk": "Зміна пароля", "en": "Password change"},
    "second-factor": {"uk": "Зміна другого чинника", "en": "Second factor change"},
    "account": {"uk": "Зміна облікового запису", "en": "Account change"},
}

SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "person": {"uk": "мешканець", "en": "resident"},
    "case": {"uk": "справа", "en": "case"},
    "cases": {"uk": "перелік справ", "en": "list of cases"},
    "officer": {"uk": "обліковий запис", "en": "account"},
    "address": {"uk": "сторінка", "en": "page"},
    "log": {"uk": "журнал доступу", "en": "access log"},
    "report": {"uk": "звіт", "en": "report"},
    "partner": {"uk": "система партнера", "en": "partner's system"},
}

HASHED = (
    "key",
    "officer_id",
    "role",
    "unit_pre",
    "at",
    "action",
    "subject_kind",
    "subject_key",
    "purpose",
    "reason",
    "case_number",
    "detail",
    "origin",
)


def note(
    *,
    by: Reader,
    at: datetime,
    action: str,
    subject_kind: str = "",
    subject_key: object = "",
    purpose: str = "",
    reason: str = "",
    case_number: str = "",
    detail: Mapping[str, object] | None = None,
    origin: str = "",
) -> Look:
    """Write one look and return it. It belongs to the transaction that shows the data.

    Raises ValueError for an action that the log does not know.
    """
    if action not in ACTIONS:
        raise ValueError(f"No look is called {action!r}: name it in looks.ACTIONS first.")
    look = Look(
        key=uuid7(at),
        officer_id=by.officer_id,
        role=by.role,
        unit_pre=by.unit_from if by.known else None,
        at=at,
        action=action,
        subject_kind=subject_kind,
        subject_key=str(subject_key)[:64],
        purpose=purpose,
        reason=reason[:500],
        case_number=case_number[:64],
        detail=dict(detail or {}),
        origin=origin,
    )
    look.hash = content_hash({name: getattr(look, name) for name in HASHED})
    look.save(force_insert=True)
    return look


def note_request(request: HttpRequest, action: str, **more: Any) -> Look:
    """Write a look of the request's reader, now, and return it: what a view calls before it shows."""
    return note(by=request.reader, at=now(), action=action, origin=origin_of(request), **more)


def content_hash(values: Mapping[str, object]) -> bytes:
    """Return the SHA-256 of a look's content: the columns of HASHED, as canonical JSON."""
    plain = {name: _plain(values[name]) for name in HASHED}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, int | str | dict):
        return value
    return str(value)


def origin_of(request: HttpRequest) -> str:
    """Return a keyed hash of the address a request came from: equal for equal addresses, and no more."""
    address = get_client_ip(request) or ""
    key = home.secret("origin").encode()
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()[:16]


def subject(kind: str, language: str) -> str:
    """Return what kind of thing was looked at, in "uk" or "en"."""
    return SUBJECTS[kind][language] if kind in SUBJECTS else kind


def title(action: str, language: str) -> str:
    """Return the action's name in "uk" or "en"."""
    return ACTIONS[action][language] if action in ACTIONS else action
