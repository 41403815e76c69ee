"""What tests of notices share: the local provider, a home folder of the test's own, day and night in Kyiv."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from varta.notices import actions
from varta.notices.models import Notice
from varta.people.scope import Reader, reading

NOON = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)  # 12:00 in Kyiv
NIGHT = datetime(2026, 10, 3, 21, 30, tzinfo=UTC)  # 00:30 in Kyiv
TO = "marta@mail.example"


@pytest.fixture(autouse=True)
def local(home, settings) -> None:
    """Let notices go into the folder of the test's own home."""
    settings.VARTA_NOTICES = "local"


@pytest.fixture
def send(db) -> Callable[..., bool]:
    """Write a notice; any argument can be given otherwise."""

    def write(**other: Any) -> bool:
        given: dict[str, Any] = {
            "to": TO,
            "channel": "email",
            "template": "received",
            "language": "uk",
            "context": {"number": "482-915-036"},
            "dedupe": "one",
            "by": Reader.system(),
            "at": NOON,
        }
        with reading(Reader.system()):
            return actions.send(**given | other)

    return write


@pytest.fixture
def notice(db) -> Callable[[], Notice]:
    """Return the only notice as it stands."""

    def only() -> Notice:
        with reading(Reader.system()):
            return Notice.objects.get()

    return only


@pytest.fixture
def deliver(notice) -> Callable[..., bool]:
    """Try to send the only notice at a moment."""
    return lambda at=NOON: actions.deliver(key=notice().key, at=at)
