"""The number and the secret code of a receipt.

The code's eighteen signs look alike in Ukrainian and Latin letters, and none is taken for another: twelve
of them are 50 bits. Only a keyed hash, bound to the case, is kept.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from varta.lib import home

SIGNS = "ACEHKMPTXY23456789"
LENGTH = 12
GROUP = 4
DIGITS = 9

# Cyrillic letters of the same look, and what is written for a sign that the code does not have.
_ALIKE = str.maketrans("АСЕНКМРТХУВBЗЧБІI", "ACEHKMPTXY8834611")


def new_number() -> str:
    """Return nine digits by chance: neighbours tell nothing of each other."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def new_code() -> str:
    """Return a code as it is shown: "A7KP-29MT-4CEX"."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digits_of(typed: str) -> str:
    """Return the digits of a number as somebody typed it."""
    return "".join(sign for sign in typed if sign.isdigit() and sign.isascii())[: DIGITS + 1]


def code_hash(case: UUID, typed: str) -> bytes:
    """Return the keyed hash of a case with a code as somebody typed it, in either alphabet."""
    read = typed.upper().translate(_ALIKE)
    plain = "".join(sign for sign in read if sign in SIGNS)
    return hmac.new(home.secret("receipts").encode(), case.bytes + plain.encode(), hashlib.sha256).digest()


def is_code(case: UUID, typed: str, kept: bytes) -> bool:
    """Return whether this is the code; as slow for a wrong one as for the right one."""
    return hmac.compare_digest(code_hash(case, typed), kept)
