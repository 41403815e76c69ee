"""What tests of the partners' doors share: 112 of the raion, its key, and a moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from varta.api.models import Partner
from varta.api.partners import actions
from varta.people.demo import DIRECTORATE, OTHER_HROMADA, OTHER_SECTOR, RAION
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

NOW = datetime(2026, 3, 2, 9, 15, 30, tzinfo=UTC)
ALL_RIGHTS = ("cap_in", "cap_out", "open311", "calls")


@pytest.fixture
def let_in(db) -> Callable[..., tuple[Partner, str]]:
    """Let a partner in and return it with its key."""

    def add(code: str = "line-112", **other: Any) -> tuple[Partner, str]:
        place, unit = other.pop("place", RAION), other.pop("unit", DIRECTORATE)
        given: dict[str, Any] = {
            "code": code,
            "name": "Служба 112",
            "rights": ALL_RIGHTS,
            "channel": "line_112",
            "per_minute": 60,
            "days": 3650,
        }
        with reading(Reader.system()) as by:
            return actions.add(
                by=by,
                at=NOW - timedelta(days=1),
                place=Territory.objects.get(code=place),
                unit=Unit.objects.get(code=unit),
                **given | other,
            )

    return add


@pytest.fixture
def partner_and_key(let_in) -> tuple[Partner, str]:
    """112 of Olena's raion, with all rights."""
    return let_in()


@pytest.fixture
def partner(partner_and_key) -> Partner:
    return partner_and_key[0]


@pytest.fixture
def key(partner_and_key) -> str:
    return partner_and_key[1]


@pytest.fixture
def neighbour(let_in) -> tuple[Partner, str]:
    """A partner of Maria's hromada: may see and write nothing of Andrii's."""
    return let_in("neighbour", name="Сусідня служба", place=OTHER_HROMADA, unit=OTHER_SECTOR)
