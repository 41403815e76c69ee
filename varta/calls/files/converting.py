"""One line of a file becomes the steps of one call, or is refused with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from varta.calls.files.choosing import Choosing
from varta.calls.files.errors import LineRefused
from varta.calls.files.mapping import Mapping
from varta.calls.files.moments import Moments
from varta.calls.files.spotting import Spotting
from varta.cases import checks
from varta.cases.bulk import Row
from varta.lib.uuid7 import uuid7_from

LONGEST_TEXT = 500
CONFIRMED = {"yes": True, "no": False, "unknown": None}
EVENT = {
    "receive": ("реєстрація", "the receipt"),
    "assign": ("направлення", "the sending"),
    "arrive": ("прибуття", "the arrival"),
    "close": ("завершення", "the end"),
}


@dataclass(frozen=True)
class Layout:
    """Where the columns of the mapping stand in this file; -1 where it has none."""

    width: int
    times: dict[str, int]
    chosen: dict[str, int]
    address: int
    about: int
    unrecorded: tuple[str, ...]


class Converter:
    """Turns lines into steps; made once for a process."""

    def __init__(
        self, mapping: Mapping, layout: Layout, spotting: Spotting, *, received_at: datetime
    ) -> None:
        self.moments = Moments(
            zone=mapping.times.zone,
            formats=mapping.times.formats,
            empty=mapping.times.empty,
            nothing_before=mapping.times.nothing_before,
        )
        self._mapping, self._layout, self._spotting = mapping, layout, spotting
        self._received_at = received_at
        self.ways: dict[str, int] = {}  # how many places each way has found

    def rows(self, cells: Sequence[str], *, identity: str) -> list[Row]:
        """Return the steps of a line in the order in which they happened; raise LineRefused if they cannot be.

        Raises StepRefused for a time that the journal does not take.
        """
        times = self._times(cells)
        for _, moment in (times[0], times[-1]):
            checks.possible_time(moment, received_at=self._received_at)
        place, unit, way = self._spotting.spot(cells)
        self.ways[way] = self.ways.get(way, 0) + 1
        at, source = times[0][1], self._mapping.source
        first = uuid7_from(at, source, identity, "receive")
        made = []
        for step, moment in times:
            key = first if step == "receive" else uuid7_from(at, source, identity, step)
            data = self._record(step, cells)
            made.append(Row(key, first, "call", step, moment, self._received_at, data, place, unit))
        return made

    def _times(self, cells: Sequence[str]) -> list[tuple[str, datetime]]:
        """Return the steps that have a time, in the order in which they happened."""
        found: dict[str, datetime] = {}
        latest: datetime | None = None
        for step, column in self._layout.times.items():
            moment = self.moments.read(cells[column], after=latest)
            if moment is not None:
                found[step] = moment
                latest = moment if latest is None or moment > latest else latest
        if "receive" not in found:
            raise LineRefused("no-time", "Немає часу реєстрації.", "The time of receipt is missing.")
        for earlier, later in (
            ("receive", "assign"),
            ("receive", "arrive"),
            ("receive", "close"),
            ("assign", "close"),
            ("arrive", "close"),
        ):
            if earlier in found and later in found and found[later] < found[earlier]:
                raise _out_of_order(earlier, later)
        return sorted(
            found.items(), key=lambda item: item[1]
        )  # a stable sort: ties stay in the order of steps

    def _record(self, step: str, cells: Sequence[str]) -> dict[str, Any]:
        if step == "receive":
            return self._call(cells)
        if step == "assign":
            return {"force": self._chosen("force", cells)}
        if step == "close":
            confirmed = CONFIRMED[self._chosen("confirmed", cells)]
            return {"outcome": self._chosen("outcome", cells), "confirmed": confirmed}
        return {}

    def _call(self, cells: Sequence[str]) -> dict[str, Any]:
        data: dict[str, Any] = {
            name: self._chosen(name, cells) for name in ("channel", "category", "kind", "zone")
        }
        if self._layout.unrecorded:
            data["unrecorded"] = list(self._layout.unrecorded)
        for name, column in (("address", self._layout.address), ("about", self._layout.about)):
            if column >= 0 and (text := _text(cells[column])):
                data[name] = text
        return data

    def _chosen(self, name: str, cells: Sequence[str]) -> str:
        choosing: Choosing = self._mapping.chosen[name]
        column = self._layout.chosen[name]
        return choosing.otherwise if column < 0 else choosing.choose(cells[column])


def _text(cell: str) -> str:
    return " ".join(cell.split())[:LONGEST_TEXT]


def _out_of_order(earlier: str, later: str) -> LineRefused:
    (uk_first, en_first), (uk_second, en_second) = EVENT[earlier], EVENT[later]
    return LineRefused(
        f"{later}-before-{earlier}",
        f"У рядку {uk_second} раніше, ніж {uk_first}.",
        f"On this line {en_second} lies before {en_first}.",
    )
