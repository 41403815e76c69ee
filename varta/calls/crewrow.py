"""A crew on duty as a row of the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from varta.calls import practice, queries
from varta.calls.callrow import answer_within, attributes, state_title, words
from varta.calls.clocks import lasting
from varta.calls.models import Crew, Sending
from varta.cases import wording
from varta.cases.models import Case
from varta.lib.text import sort_key
from varta.procedures.call import FORCE
from varta.procedures.duty_shift import PAUSE, SKILL

ORDER = ("free", "sent", "on_the_way", "on_scene", "paused", "off")


@dataclass(frozen=True)
class CrewRow:
    """What a row shows; `at` has number, year, category and spot of the call, None where it is not the reader's."""

    crew: Crew
    sending: Sending | None
    at: dict[str, Any] | None
    now: datetime

    @property
    def key(self) -> UUID:
        """Return the key of the turn of duty."""
        return self.crew.key

    @property
    def state(self) -> str:
        """Return "free", "sent", "on_the_way", "on_scene", "paused" or "off"."""
        return queries.crew_state(self.crew, self.sending)

    @property
    def state_title(self) -> str:
        """Return the state in words, with the reason of a pause."""
        if self.state == "paused" and self.crew.why in PAUSE:
            return wording.said(PAUSE[self.crew.why])
        return state_title(self.state)

    @property
    def since(self) -> datetime:
        """Return since when it is in this state."""
        one = self.sending
        return (one.arrived_at or one.accepted_at or one.assigned_at) if one else self.crew.since

    @property
    def lasted(self) -> str:
        """Return for how long it has been in this state."""
        return lasting((self.now - self.since).total_seconds())

    @property
    def number(self) -> str:
        """Return the number of its call, "" without one or where the reader may not see it."""
        return f"{self.at['number']}/{self.at['year']}" if self.at else ""

    @property
    def silent_at(self) -> datetime | None:
        """Return when it is asked for, if it has not accepted its call by then."""
        if self.sending is None or self.sending.accepted_at is not None:
            return None
        return self.sending.assigned_at + answer_within(self.at["category"] if self.at else "unknown")

    @property
    def silent(self) -> bool:
        """Return whether it should have answered by now."""
        return self.silent_at is not None and self.silent_at <= self.now

    @property
    def force(self) -> str:
        """Return the force in words."""
        return wording.said(FORCE[self.crew.force])

    @property
    def skills(self) -> str:
        """Return its skills in words."""
        return ", ".join(wording.said(SKILL[code]) for code in self.crew.skills if code in SKILL)

    @property
    def point(self) -> tuple[float, float] | None:
        """Return where it was last seen, else where it began, else None."""
        seen = self._position()
        if seen is not None:
            return seen.lat, seen.lon
        if self.crew.lat is not None and self.crew.lon is not None:
            return self.crew.lat, self.crew.lon
        return None

    @property
    def seen_at(self) -> datetime | None:
        """Return when its position was last reported."""
        seen = self._position()
        return seen.seen_at if seen else None

    @property
    def seen_long_ago(self) -> bool:
        """Return whether the position is too old to be relied on, or only the place where it began."""
        return self.seen_at is None or self.now - self.seen_at > practice.SEEN_LATELY

    @property
    def order(self) -> str:
        """Return what rows are sorted by as text: state, then call sign in Ukrainian order."""
        return f"{ORDER.index(self.state)}-{sort_key(self.crew.call_sign)}"

    @property
    def address(self) -> str:
        """Return the address of the case of its turn of duty."""
        return f"/cases/{self.key}/"

    @property
    def words(self) -> Mapping[str, str]:
        """Return the fixed words of a row in the active language."""
        return words(get_language() or "uk")

    @property
    def since_iso(self) -> str:
        """Return since when it is in its state, for scripts."""
        return self.since.isoformat()

    @property
    def attributes(self) -> SafeString:
        """Return what scripts read of the row, as attributes."""
        point = self.point
        known: dict[str, object] = {
            "key": self.key,
            "kind": "crew",
            "order": self.order,
            "lat": point[0] if point else None,
            "lon": point[1] if point else None,
            "state": self.state,
            "sign": self.crew.call_sign,
            "unit": self.crew.unit_pre,
            "call": self.sending.call if self.sending else None,
            "silent-at": self.silent_at.isoformat() if self.silent_at else None,
            "seen": self.seen_at.isoformat() if self.seen_at else None,
        }
        return attributes(known)

    def _position(self) -> Any:
        return getattr(self.crew, "position", None)


def crew_rows(crews: Sequence[Crew], *, now: datetime) -> list[CrewRow]:
    """Return the rows of these crews, free ones first; their units and positions are loaded."""
    sendings = queries.present_sendings(crews)
    calls = _calls({one.call for one in sendings.values()})
    rows = [CrewRow(crew, sent, calls.get(sent.call) if sent else None, now) for crew in crews
            for sent in (sendings.get(crew.key),)]  # fmt: skip
    return sorted(rows, key=lambda row: row.order)


def _calls(keys: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what is known of those calls that the reader may see; the database decides."""
    found = Case.objects.filter(key__in=keys).values_list(
        "key", "number", "year", "facts__category", "place_pre", "unit_pre"
    )
    return {
        key: {"number": number, "year": year, "category": category or "unknown", "spot": (place, unit)}
        for key, number, year, category, place, unit in found
    }
