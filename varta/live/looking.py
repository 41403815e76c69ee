"""What changed for all boards at once: one look at the database a tick, each changed row drawn once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from varta.calls import board, queries
from varta.calls.board import Changed
from varta.cases import changes
from varta.live import events
from varta.people.scope import Reader, reading

PROCEDURES = ("call", "duty_shift")
MOST = 300  # rows that are told one by one; beyond, boards read themselves anew
HAPPENED_WITHIN = timedelta(days=2)  # older steps that come now, as from a loaded file, change no board
SIGNS_WITHIN = timedelta(minutes=1)  # a crew's sign of where it is that comes later waits for the next

Spot = tuple[int, int]  # preorder numbers of a place and a unit


@dataclass
class Row:
    """A row that changed, who may see it, and who could see it before."""

    changed: Changed
    stood: frozenset[Spot] = frozenset()
    _told: dict[tuple[str, bool], bytes] = field(default_factory=dict)

    def told_to(self, reader: Reader, language: str) -> bytes | None:
        """Return what a reader is told of this row: its HTML, that it left their board, or nothing."""
        changed = self.changed
        if not reader.may_read(changed.procedure):
            return None
        if _covers(reader, (changed.place_pre, changed.unit_pre)):
            at = changed.call_at
            return self._in(language, at is None or (reader.may_read("call") and _covers(reader, at)))
        if any(_covers(reader, spot) for spot in self.stood):
            return events.left(changed.key, changed.kind)
        return None

    def _in(self, language: str, with_call: bool) -> bytes:
        wanted = (language, with_call)
        if wanted not in self._told:
            self._told[wanted] = events.part_of(self.changed, language, with_call=with_call)
        return self._told[wanted]


@dataclass(frozen=True)
class Look:
    """What one look saw: up to which snapshot, the rows, and which of them are new since each earlier one.

    None instead of keys: too much changed since, and the board must read all its rows anew.
    """

    snapshot: str
    rows: Mapping[UUID, Row] = field(default_factory=dict)
    since: Mapping[str, frozenset[UUID] | None] = field(default_factory=dict)


class Lookout:
    """Looks at the database for all boards. One thread uses it, with the connection of that thread."""

    def __init__(self) -> None:
        self.signs: dict[UUID, datetime] | None = None  # crew -> when it was last seen where it is

    def look(self, earlier: Collection[str], *, at: datetime) -> Look:
        """Return what changed since each of these snapshots."""
        with reading(Reader.system()):
            if self.signs is None:
                _warm_up(at)
            snapshot = changes.snapshot()
            found = {one: _since(one, at) for one in earlier}
            moved = self._moved(at)
            first = _earliest(found.values())
            keys = first.keys() | moved | queries.crews_named(first)
            if not keys or not earlier:
                return Look(snapshot, {}, {one: _keys(it, moved) for one, it in found.items()})
            stood = changes.stood(first) if first else {}
            drawn = board.changed(keys, now=at)
        rows = {one.key: Row(one, frozenset(stood.get(one.key, ()))) for one in drawn}
        beside = frozenset(rows) - first.keys()  # crews of the calls, calls of the crews, and who moved
        return Look(snapshot, rows, {one: _keys(it, beside) for one, it in found.items()})

    def _moved(self, at: datetime) -> frozenset[UUID]:
        """Return the crews that gave a sign since the last look."""
        now = queries.signs_since(at - SIGNS_WITHIN)
        before, self.signs = self.signs, now
        return frozenset(
            crew for crew, seen in now.items() if before is not None and before.get(crew) != seen
        )


def _warm_up(at: datetime) -> None:
    """Draw the newest call: templates and texts are loaded before a change waits for them."""
    newest = queries.calls(Reader.system()).order_by("-opened_at").values_list("key", flat=True)
    board.changed(newest[:1], now=at)


def _since(earlier: str, at: datetime) -> changes.Changes:
    return changes.since(earlier, procedures=PROCEDURES, happened_from=at - HAPPENED_WITHIN, limit=MOST)


def _earliest(found: Collection[changes.Changes]) -> dict[UUID, int]:
    """Return each changed case with its first new entry since the oldest of the snapshots."""
    first: dict[UUID, int] = {}
    for one in found:
        for case, position in one.first.items():
            first[case] = min(position, first.get(case, position))
    return first


def _keys(found: changes.Changes, beside: frozenset[UUID]) -> frozenset[UUID] | None:
    return frozenset(found.first) | beside if found.whole else None


def _covers(reader: Reader, spot: Spot) -> bool:
    return reader.covers_place(spot[0]) and reader.covers_unit(spot[1])
