"""The canonical content of an entry and its hash: what `varta verify` recomputes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson


def canonical(value: Any) -> str:
    """Return a plain value as JSON in its one form: sorted keys, no spaces, UTF-8."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(frozen=True, slots=True)
class Involved:
    """A person and the part they have in the case: "caller", "victim", "applicant" …"""

    person: UUID
    part: str


@dataclass(slots=True)
class Written:
    """An entry as it stands in the journal, apart from the number of its transaction.

    Number, place in the case and hash are filled in last, under the locks that make them certain.
    """

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
    number: int | None = None
    year: int | None = None
    prev_hash: bytes | None = None
    hash: bytes = b""

    def seal(self) -> None:
        """Fill in the hash of the content as it now stands."""
        self.hash = content_hash(self)

    def people_json(self) -> list[dict[str, str]]:
        return [{"part": one.part, "person": str(one.person)} for one in self.people]


def utc(moment: datetime) -> str:
    """Return the moment in UTC, to the microsecond: "2019-01-31T10:00:00.000000+00:00"."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def content_hash(entry: Written) -> bytes:
    """Return the SHA-256 of the entry's content and of its case's previous entry."""
    return digest(
        entry.key,
        entry.case_key,
        entry.position,
        entry.procedure,
        entry.step,
        entry.place,
        entry.unit,
        entry.officer_id,
        entry.role,
        utc(entry.at),
        utc(entry.received_at),
        canonical(entry.data),
        canonical(entry.people_json()),
        entry.corrects,
        entry.parent,
        entry.number,
        entry.year,
        entry.prev_hash.hex() if entry.prev_hash else None,
    )


def digest(
    key: object,
    case_key: object,
    position: int,
    procedure: str,
    step: str,
    place: str,
    unit: str,
    officer_id: int | None,
    role: str,
    at: str,
    received_at: str,
    data: str,
    people: str,
    corrects: object | None,
    parent: object | None,
    number: int | None,
    year: int | None,
    prev_hash: str | None,
) -> bytes:
    """Return the SHA-256 of a content given part by part; moments and JSON in their one form, hashes in hex.

    The content is a JSON list in a fixed order, objects with sorted keys, UTF-8, no spaces.
    Its first member names the edition of this format. It is put together by hand, since a
    loader needs it ten thousand times a second; `test_canon.py` holds it against json.
    """
    content = (
        f'["varta-entry-1","{key}","{case_key}",{position},'
        f"{_text(procedure)},{_text(step)},{_text(place)},{_text(unit)},"
        f"{_or_null(officer_id)},{_text(role)},"
        f'"{at}","{received_at}",{data},{people},'
        f"{_quoted(corrects)},{_quoted(parent)},{_or_null(number)},{_or_null(year)},{_quoted(prev_hash)}]"
    )
    return hashlib.sha256(content.encode()).digest()


@lru_cache(maxsize=10_000)
def _text(code: str) -> str:
    """Return a code as JSON; the same few come again and again."""
    return canonical(code)


def _or_null(number: int | None) -> str:
    return "null" if number is None else str(number)


def _quoted(value: object | None) -> str:
    return "null" if value is None else f'"{value}"'


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
