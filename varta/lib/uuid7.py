"""Keys that sort by time: UUID version 7 (RFC 9562, section 5.7)."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BYTES = 10


def uuid7(at: datetime, random: bytes | None = None) -> UUID:
    """Return a new key of a moment; `random` gives its ten other bytes, of which 74 bits are kept."""
    return _key(at, os.urandom(_RANDOM_BYTES) if random is None else random)


def uuid7_from(at: datetime, *parts: object) -> UUID:
    """Return the one key of a moment and of these parts: the same arguments give the same key.

    Imports use it, so that a second load of a file meets the entries of the first. Parts are compared
    as text with their lengths, so that ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        text = str(part).encode()
        digest.update(len(text).to_bytes(8, "big"))
        digest.update(text)
    return _key(at, digest.digest()[:_RANDOM_BYTES])


def moment_of(key: UUID) -> datetime:
    """Return the moment that a key carries, to the millisecond, in UTC."""
    if not is_uuid7(key):
        raise ValueError(f"The key {key} carries no moment: it is not a UUID of version 7.")
    return _EPOCH + (key.int >> 80) * _MILLISECOND


def is_uuid7(key: UUID) -> bool:
    """Say whether a key is a UUID of version 7 of the RFC's variant."""
    return key.version == 7


def _key(at: datetime, random: bytes) -> UUID:
    if at.tzinfo is None:
        raise ValueError(f"The moment {at.isoformat()} has no time zone: give one, for example +02:00.")
    if len(random) != _RANDOM_BYTES:
        raise ValueError(f"A key needs {_RANDOM_BYTES} random bytes, not {len(random)}.")
    milliseconds = (at - _EPOCH) // _MILLISECOND
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError(f"The moment {at.isoformat()} does not fit into a key: it begins in 1970.")
    bits = int.from_bytes(random, "big")
    low = bits & ((1 << 62) - 1)
    middle = (bits >> 62) & 0xFFF
    return UUID(int=milliseconds << 80 | 7 << 76 | middle << 64 | 0b10 << 62 | low)
