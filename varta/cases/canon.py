"""The canonical content of an entry and its hash: what `varta verify` recomputes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Involved:
    """A person and the part they have in the case: "caller", "victim", "applicant" …"""

    person: UUID
    part: str


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in the journal, apart from the number of its transaction."""

    key: UUID
    case_key: UUID
    position: int
    procedure: str
    step: str
    place: str
    unit: str
    officer_id: int | None
    role: str
    at: datetime
    received_at: datetime
    data: Mapping[str, Any]
    people: Sequence[Involved]
    corrects: UUID | None
    parent: UUID | None
    number: int | None
    year: int | None
    prev_hash: bytes | None
    hash: bytes = b""

    def hashed(self) -> "Written":
        """Return the same entry with the hash of its content."""
        return replace(self, hash=content_hash(self))

    def people_json(self) -> list[dict[str, str]]:
        return [{"part": one.part, "person": str(one.person)} for one in self.people]


def utc(moment: datetime) -> str:
    """Return the moment in UTC, to the microsecond: "2019-01-31T10:00:00.000000Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def content_hash(entry: Written) -> bytes:
    """Return the SHA-256 of the entry's content and of its case's previous entry.

    The content is a JSON list in a fixed order, objects with sorted keys, UTF-8, no spaces.
    Its first member names the edition of this format.
    """
    content = [
        "varta-entry-1",
        str(entry.key),
        str(entry.case_key),
        entry.position,
        entry.procedure,
        entry.step,
        entry.place,
        entry.unit,
        entry.officer_id,
        entry.role,
        utc(entry.at),
        utc(entry.received_at),
        entry.data,
        entry.people_json(),
        str(entry.corrects) if entry.corrects else None,
        str(entry.parent) if entry.parent else None,
        entry.number,
        entry.year,
        entry.prev_hash.hex() if entry.prev_hash else None,
    ]
    return hashlib.sha256(_encode(content).encode()).digest()


def same_matter(first: Written, again: Written) -> bool:
    """Return whether two entries under one key say the same: what the sender said, not when it came."""
    return all(
        getattr(first, name) == getattr(again, name)
        for name in (
            "case_key",
            "procedure",
            "step",
            "place",
            "unit",
            "officer_id",
            "at",
            "data",
            "corrects",
            "parent",
        )
    ) and list(first.people) == list(again.people)
