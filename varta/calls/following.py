"""Where a call stands, read from its entries: what was reported, who was sent, whether forces are short."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from varta.calls.projection import sendings_of
from varta.cases import rows
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective

STATES = ("waiting", "sent", "on_the_way", "on_scene")


@dataclass(frozen=True, slots=True)
class Sent:
    """A crew and how far it came; `crew` is None for one without a turn of duty, a partner's for example."""

    crew: UUID | None
    call_sign: str
    assigned_at: datetime
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    left_why: str = ""

    @property
    def state(self) -> str:
        """Return "sent", "on_the_way", "on_scene" or "left"."""
        if self.left_at:
            return "left"
        if self.arrived_at:
            return "on_scene"
        return "on_the_way" if self.accepted_at else "sent"

    @property
    def since(self) -> datetime:
        """Return since when it is in this state."""
        return self.left_at or self.arrived_at or self.accepted_at or self.assigned_at


@dataclass(frozen=True, slots=True)
class Followed:
    """A call as its entries leave it.

    `asked_at`: forces are short since then and nobody has decided; `asked_why` and `asked_by` (an officer)
    belong to it. `decision`: a code of call.DECISION, the last one.
    """

    record: Mapping[str, Any]
    sent: tuple[Sent, ...]
    asked_at: datetime | None = None
    asked_why: str = ""
    asked_by: int | None = None
    decision: str = ""

    @property
    def present(self) -> list[Sent]:
        """Return the crews that are at the call or on their way."""
        return [one for one in self.sent if one.left_at is None]

    @property
    def state(self) -> str:
        """Return "waiting", "sent", "on_the_way" or "on_scene": what its farthest crew does."""
        return max((one.state for one in self.present), key=STATES.index, default="waiting")

    @property
    def lost(self) -> str:
        """Return why the call waits again although a crew was sent: a code of call.RELEASE, or ""."""
        return self.sent[-1].left_why if self.sent and not self.present else ""


def follow(entries: Sequence[Written]) -> Followed:
    """Return where a call stands; `entries` in order of position, at least one."""
    counted = effective(entries)
    asked, decision = None, ""
    for entry in counted:
        if entry.step == "report_shortage":
            asked = asked or entry
        elif entry.step == "forces_shortage":
            asked, decision = None, entry.data["decision"]
    sent = sorted([*_crews(entries), *_others(counted)], key=lambda one: one.assigned_at)
    found = Followed(counted[0].data, tuple(sent), decision=decision)
    if asked is None:
        return found
    return replace(found, asked_at=asked.at, asked_why=asked.data["reason"], asked_by=asked.officer_id)


def of_cases(cases: Iterable[Case]) -> dict[UUID, Followed]:
    """Return where each of these calls stands; ask only for calls that were read."""
    wanted = list(cases)
    if not wanted:
        return {}
    query = f"""SELECT {rows.SELECTED} FROM cases_entry
                WHERE case_key = ANY($1) AND key BETWEEN $2 AND $3 ORDER BY case_key, position"""
    keys = [case.key for case in wanted]
    span = min(case.key_low for case in wanted), max(case.key_high for case in wanted)
    found: dict[UUID, list[Written]] = {}
    for row in rows.cursor().execute(query, (keys, *span), prepare=True):
        entry = rows.entry_of(row)
        found.setdefault(entry.case_key, []).append(entry)
    return {key: follow(entries) for key, entries in found.items()}


def _crews(entries: Sequence[Written]) -> Iterator[Sent]:
    signs = {entry.data["shift"]: entry.data["crew"] for entry in entries if entry.data.get("shift")}
    for one in sendings_of(entries):
        moments = one.assigned_at, one.accepted_at, one.arrived_at, one.left_at
        yield Sent(one.crew, signs[str(one.crew)], *moments, one.left_why)


def _others(counted: Sequence[Written]) -> Iterator[Sent]:
    """Yield crews that were named without a turn of duty; an arrival without one is theirs."""
    sent = [one for one in counted if one.step == "assign" and not one.data.get("shift")]
    came = [one for one in counted if one.step.startswith("arrive") and not one.data.get("shift")]
    freed = [one for one in counted if one.step == "release" and not one.data.get("shift")]
    ended = next((one for one in counted if one.step in ("close", "join")), None)
    names = list(dict.fromkeys(one.data["crew"] for one in [*sent, *came]))
    for name in names:
        assigned = next((one.at for one in sent if one.data["crew"] == name), None)
        arrived = next((one.at for one in came if one.data["crew"] == name), None)
        left = next((one for one in freed if one.data["crew"] == name), ended)
        yield Sent(
            None,
            name,
            assigned or arrived,  # type: ignore[arg-type]  # one of the two named it
            assigned,
            arrived,
            left.at if left else None,
            left.data.get("reason", "closed") if left else "",
        )
