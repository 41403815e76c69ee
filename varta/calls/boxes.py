"""The keys of the boxes in which a browser keeps drafts and calls that wait for the server. See ADR on the desk.

A browser may close a box with the public key, which it keeps; only the private key opens it, and that is released to
the signed-in officer and never stored. Both follow from one secret of this installation and the officer, so nothing
has to be kept in the database: after a power cut the same officer gets the same key.
"""

import base64
import hashlib
import hmac
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from varta.lib import home

ORDER = (
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256, FIPS 186-4
)
NAMED = "desk"  # the secret in the home folder; a new one makes what waits in browsers unreadable


def owner_of(officer_id: int) -> str:
    """Return the mark under which a browser keeps an officer's boxes: it tells nobody which officer that is."""
    return hmac.new(home.secret(NAMED).encode(), f"owner {officer_id}".encode(), hashlib.sha256).hexdigest()[
        :24
    ]


def keys_of(officer_id: int) -> dict[str, dict[str, Any]]:
    """Return the officer's private and public key as JSON Web Keys (RFC 7517) on the curve P-256."""
    derived = HKDF(hashes.SHA256(), length=48, salt=None, info=f"varta desk box {officer_id}".encode())
    number = int.from_bytes(derived.derive(home.secret(NAMED).encode()), "big") % (ORDER - 1) + 1
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key().public_numbers()
    public = {"kty": "EC", "crv": "P-256", "x": _coded(point.x), "y": _coded(point.y)}
    return {"private": public | {"d": _coded(number)}, "public": public}


def _coded(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")
