"""Text that a copy of the database does not give away: sealed with a key of the home folder."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken

from varta.lib import home


class CannotOpen(RuntimeError):
    """The text was sealed with another key, or changed since."""


def seal(text: str, *, key: str) -> str:
    """Return the text sealed with the named key; nothing for nothing."""
    return _box(home.secret(key)).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str, *, key: str) -> str:
    """Return the text in the clear. Raises CannotOpen."""
    if not sealed:
        return ""
    try:
        return _box(home.secret(key)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen(f"What the key “{key}” sealed cannot be opened: restore keys/{key}.") from error


@cache
def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))
