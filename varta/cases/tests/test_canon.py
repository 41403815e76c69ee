"""The hash of an entry is the hash of one JSON text, whoever writes it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.cases.canon import Involved, Written, content_hash

AT = datetime(2019, 10, 31, 10, tzinfo=UTC)
ENTRY = Written(
    UUID(int=1), UUID(int=2), 1, "call", "receive", "UA12", "NPU-1", 7, "duty", AT, AT,
    {"about": "Ґанок", "lat": 48.5, "confirmed": None}, (Involved(UUID(int=3), "caller"),), None, None, 5, 2019,
)  # fmt: skip


def plain_hash(entry: Written) -> bytes:
    """Return the hash by the plain words of the format, without speed in mind."""
    content = [
        "varta-entry-1", str(entry.key), str(entry.case_key), entry.position, entry.procedure, entry.step,
        entry.place, entry.unit, entry.officer_id, entry.role,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.received_at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.data, [{"person": str(one.person), "part": one.part} for one in entry.people],
        str(entry.corrects) if entry.corrects else None, str(entry.parent) if entry.parent else None,
        entry.number, entry.year, entry.prev_hash.hex() if entry.prev_hash else None,
    ]  # fmt: skip
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).digest()


@given(
    place=st.text(st.characters(codec="utf-8"), max_size=20),
    data=st.dictionaries(
        st.text(st.characters(codec="utf-8"), max_size=5),
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.text(st.characters(codec="utf-8"), max_size=20),
    ),
    prev=st.none() | st.binary(min_size=32, max_size=32),
    corrects=st.none() | st.uuids(),
)
def test_the_hash_is_that_of_the_plain_json(place, data, prev, corrects):
    entry = replace(ENTRY, place=place, data=data, prev_hash=prev, corrects=corrects)

    assert content_hash(entry) == plain_hash(entry)


def test_the_same_moment_in_another_zone_is_the_same_content():
    kyiv = AT.astimezone(timezone(timedelta(hours=2)))

    assert content_hash(replace(ENTRY, at=kyiv)) == content_hash(ENTRY)


@pytest.mark.parametrize(
    "name", [name for name in Written.__dataclass_fields__ if name not in ("hash", "people", "data")]
)
def test_every_column_is_part_of_the_hash(name):
    value = getattr(ENTRY, name)
    other = {
        UUID: UUID(int=99), int: 99, str: "other", datetime: AT + timedelta(microseconds=1),
    }.get(type(value), b"x" * 32 if name == "prev_hash" else UUID(int=99))  # fmt: skip

    assert content_hash(replace(ENTRY, **{name: other})) != content_hash(ENTRY)
