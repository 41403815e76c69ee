"""A call as a row of the board: the same for everyone who may see it, with nothing about persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from varta.calls import practice
from varta.calls.clocks import Clock, clock, lasting
from varta.calls.following import Followed, Sent, of_cases
from varta.cases import wording
from varta.cases.models import Case, Deadline
from varta.places import queries as places
from varta.procedures.call import CATEGORY, FORCE, GUARDED, KIND, RELEASE

URGENCY = ("alpha", "beta", "unknown", "gamma", "delta")  # the order of the board


@dataclass(frozen=True)
class CallRow:
    """What a row shows; texts are in the language that is active when they are asked for."""

    case: Case
    followed: Followed
    norm: Deadline | None
    now: datetime
    middle: tuple[float, float] | None = None  # of its place

    @property
    def key(self) -> UUID:
        """Return the key of the case."""
        return self.case.key

    @property
    def number(self) -> str:
        """Return the journal number."""
        return f"{self.case.number}/{self.case.year}"

    @property
    def category(self) -> str:
        """Return the code of the category."""
        return self.case.facts.get("category", "unknown")

    @property
    def category_title(self) -> str:
        """Return the category in a word."""
        return wording.brief(wording.said(CATEGORY[self.category]))

    @property
    def letter(self) -> str:
        """Return the letter that stands for the category beside its colour."""
        return "?" if self.category == "unknown" else self.category_title[:1]

    @property
    def kind(self) -> str:
        """Return the kind of event in words."""
        return wording.said(KIND[self.case.facts.get("kind", "other")])

    @property
    def guarded(self) -> bool:
        """Return whether the row does not show the exact place."""
        return self.case.facts.get("kind") in GUARDED

    @property
    def where(self) -> str:
        """Return the address, or the landmark in the caller's words; "" where the row must not say."""
        if self.guarded:
            return ""
        return self.followed.record.get("address") or self.followed.record.get("place_words") or ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Return latitude and longitude: those of its place where the call has none, coarse where guarded."""
        exact = self.exact_point
        if exact is None:
            return self.middle
        lat, lon = exact
        return (round(lat, practice.COARSE), round(lon, practice.COARSE)) if self.guarded else exact

    @property
    def exact_point(self) -> tuple[float, float] | None:
        """Return the call's own latitude and longitude."""
        lat, lon = self.followed.record.get("lat"), self.followed.record.get("lon")
        return None if lat is None or lon is None else (lat, lon)

    @cached_property
    def clock(self) -> Clock:
        """Return the clock of the arrival norm."""
        return clock(self.norm, now=self.now)

    @property
    def age(self) -> str:
        """Return how long ago it was reported."""
        return lasting((self.now - self.case.opened_at).total_seconds())

    @property
    def state(self) -> str:
        """Return "waiting", "sent", "on_the_way" or "on_scene"."""
        return self.followed.state

    @property
    def state_title(self) -> str:
        """Return the state in words."""
        return state_title(self.state)

    @property
    def order(self) -> str:
        """Return what rows are sorted by as text: urgency, then age."""
        return f"{URGENCY.index(self.category)}-{int(self.case.opened_at.timestamp() * 1000):015}"

    @property
    def crews(self) -> list[dict[str, Any]]:
        """Return the crews at the call or on their way."""
        return [self._crew(one) for one in self.followed.present]

    @property
    def crew_keys(self) -> str:
        """Return the keys of those crews, for scripts."""
        return " ".join(str(one.crew) for one in self.followed.present if one.crew)

    @property
    def lost(self) -> str:
        """Return why the crew that was sent is not coming, in words, where the call waits again."""
        why = self.followed.lost
        return wording.said(RELEASE[why]) if why in RELEASE else ""

    @property
    def address(self) -> str:
        """Return the address of its page; `reverse` would take longer than the rest of the row."""
        return f"/calls/{self.key}/"

    @property
    def opened(self) -> str:
        """Return when it was reported, for scripts."""
        return self.case.opened_at.isoformat()

    @property
    def words(self) -> Mapping[str, str]:
        """Return the fixed words of a row in the active language."""
        return words(get_language() or "uk")

    @property
    def attributes(self) -> SafeString:
        """Return what scripts read of the row, as attributes."""
        point, due = self.point, self.clock.due_at
        known: dict[str, object] = {
            "key": self.key,
            "kind": "call",
            "order": self.order,
            "lat": point[0] if point else None,
            "lon": point[1] if point else None,
            "category": self.category,
            "letter": self.letter,
            "state": self.state,
            "opened": self.opened,
            "due": due.isoformat() if due else None,
            "clock": self.clock.kind,
            "unit": self.case.unit_pre,
            "crews": self.crew_keys,
            "number": self.number,
        }
        return attributes(known)

    def _crew(self, one: Sent) -> dict[str, Any]:
        silent_at = one.assigned_at + answer_within(self.category) if one.state == "sent" else None
        return {
            "call_sign": one.call_sign or wording.said(FORCE["unknown"]),
            "state": one.state,
            "title": state_title(one.state),
            "since": one.since,
            "since_iso": one.since.isoformat(),
            "silent_iso": silent_at.isoformat() if silent_at else "",
            "for": lasting((self.now - one.since).total_seconds()),
            "silent_at": silent_at,
            "silent": silent_at is not None and silent_at <= self.now,
        }


def attributes(known: Mapping[str, object]) -> SafeString:
    """Return data-attributes; what is None is left out."""
    parts = [f'data-{name}="{escape(str(value))}"' for name, value in known.items() if value is not None]
    return mark_safe(" ".join(parts))  # noqa: S308  each value is escaped


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the fixed words of rows; looked up once for each language and not once for each row."""
    with override(language):
        return {
            "reported": _("reported"),
            "ago": _("ago"),
            "no_answer": _("no answer"),
            "short": _("forces are short"),
            "unsure": _("not verified"),
            "unsure_why": _("nobody has yet compared this term with the text of the act"),
            "hushed": _("address in the call"),
            "elsewhere": _("another unit’s call"),
        }


def answer_within(category: str) -> timedelta:
    """Return after how long a crew that has not accepted a call of this category is asked for."""
    return practice.ANSWER_WITHIN.get(category, practice.ANSWER_WITHIN["unknown"])


def state_title(state: str) -> str:
    """Return the state of a call or of a crew in words."""
    return {
        "waiting": _("no crew yet"),
        "sent": _("sent"),
        "on_the_way": _("on the way"),
        "on_scene": _("on the scene"),
        "free": _("free"),
        "paused": _("not available"),
        "off": _("off duty"),
    }[state]


def call_rows(cases: Sequence[Case], *, now: datetime) -> list[CallRow]:
    """Return the rows of these calls in their order; their places are loaded."""
    followed, norms = of_cases(cases), _norms(cases)
    middles = places.middles(case.place for case in cases)
    return [
        CallRow(case, followed[case.key], norms.get(case.key), now, middles.get(case.place_id))
        for case in cases
    ]


def _norms(cases: Sequence[Case]) -> Mapping[UUID, Deadline]:
    wanted = [case.key for case in cases]
    return {due.case_id: due for due in Deadline.objects.filter(case__in=wanted, step="arrive")}
