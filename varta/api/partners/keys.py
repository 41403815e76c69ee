"""Keys of partners: made once, shown once, kept as a keyed hash, compared in constant time."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime

from varta.api.models import Key, Partner
from varta.lib import home

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_FORM = re.compile(r"varta_([a-z2-9]{10})_[A-Za-z0-9_-]{43}", re.ASCII)
_NOBODY = bytes(32)  # compared with when there is no such key, so that the time tells nothing


def new() -> tuple[str, str]:
    """Return the name of a new key, which is no secret, and the key whole: 256 random bits."""
    name = "".join(secrets.choice(LETTERS) for _ in range(10))
    return name, f"varta_{name}_{secrets.token_urlsafe(32)}"


def hashed(key: str) -> bytes:
    """Return what is kept of a key: its HMAC-SHA256 under a secret that the database does not have."""
    return hmac.new(home.secret("partners").encode(), key.encode(), hashlib.sha256).digest()


def partner_of(given: str, *, at: datetime) -> Partner | None:
    """Return the partner whose key this is; None if it is none, has lapsed, was revoked or the account is locked.

    Call it as the system: nobody else reads keys.
    """
    form = _FORM.fullmatch(given)
    if form is None:
        return None
    related = ("partner__account", "partner__place", "partner__unit")
    found = Key.objects.select_related(*related).filter(name=form[1]).first()
    same = hmac.compare_digest(bytes(found.hash) if found else _NOBODY, hashed(given))
    if not same or found is None or found.revoked_at is not None or found.until <= at:
        return None
    return found.partner if found.partner.account.is_active else None
