"""The part of a load that each process does: lines become steps, steps go to the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from varta.calls.files.converting import Converter, Layout
from varta.calls.files.errors import LineRefused
from varta.calls.files.mapping import Mapping
from varta.calls.files.sending import patiently, send
from varta.calls.files.spotting import Asked, Spotting
from varta.calls.models import LoadedLine
from varta.cases.bulk import Outcome, Row, take_many
from varta.cases.errors import KeyReused, StepRefused
from varta.people.scope import Reader


class Take(NamedTuple):
    """A line to be taken: its number in the file, its cells, its number in the source."""

    line: int
    cells: list[str]
    identity: str


Batch = list[Take]


class Rejected(NamedTuple):
    """A line that was not loaded, and why."""

    line: int
    code: str
    uk: str
    en: str
    cells: Sequence[str]


@dataclass(slots=True)
class Done:
    """What became of a batch."""

    loaded: int = 0
    there: int = 0
    entries: int = 0
    unclear_times: int = 0
    at_line: int = 0
    ways: dict[str, int] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


class Desk:
    """What a process keeps between batches."""

    def __init__(
        self, mapping: Mapping, layout: Layout, asked: Sequence[Asked], now: datetime, keep: bool
    ) -> None:
        self.converter = Converter(mapping, layout, Spotting(mapping, asked), received_at=now)
        self.source = mapping.source if mapping.id else None
        self.keep = keep

    def work(self, batch: Batch) -> Done:
        """Load a batch in one transaction and say what became of its lines."""
        done = Done(at_line=batch[-1].line)
        self.converter.ways = done.ways
        before = self.converter.moments.unclear
        takes: list[tuple[Take, list[Row]]] = []
        for take in batch:
            try:
                takes.append((take, self.converter.rows(take.cells, identity=take.identity)))
            except LineRefused as refused:
                done.rejected.append(_rejected(take, refused))
            except StepRefused as refused:
                done.rejected.append(_rejected(take, _reason(refused, take)))
        done.unclear_times = self.converter.moments.unclear - before
        done.rejected += self._send(takes, done)
        done.there = len(batch) - done.loaded - len(done.rejected)
        return done

    def _send(self, takes: list[tuple[Take, list[Row]]], done: Done) -> list[Rejected]:
        """Write the steps with the numbers of their lines; return the lines that were refused."""
        refused: list[Rejected] = []

        def write() -> Outcome:
            refused.clear()
            other = self._others(takes)
            fresh = [(take, rows) for take, rows in takes if take.identity not in other]
            refused.extend(
                _rejected(take, changed(take.identity)) for take, _ in takes if take.identity in other
            )
            owners = [take for take, rows in fresh for _ in rows]
            outcome = take_many([row for _, rows in fresh for row in rows], by=Reader.system())
            wrong = {owners[one.index].line: one.error for one in outcome.refused}
            refused.extend(
                _rejected(take, _reason(wrong[take.line], take)) for take, _ in fresh if take.line in wrong
            )
            self._note([(take, rows) for take, rows in fresh if take.line not in wrong])
            return outcome

        outcome = send(write, keep=self.keep)
        done.loaded, done.entries = outcome.opened, outcome.written
        return refused

    def _others(self, takes: list[tuple[Take, list[Row]]]) -> set[str]:
        """Return the numbers under which a call with another time of receipt is loaded already."""
        if self.source is None:
            return set()
        keys = {take.identity: rows[0].key for take, rows in takes}
        found = LoadedLine.objects.filter(source=self.source, number__in=list(keys))
        return {number for number, key in found.values_list("number", "case_key") if keys[number] != key}

    def _note(self, takes: list[tuple[Take, list[Row]]]) -> None:
        if self.source is None or not takes:
            return
        numbers, keys = [take.identity for take, _ in takes], [rows[0].key for _, rows in takes]
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO calls_loadedline (source, number, case_key)"
                " SELECT %s, * FROM unnest(%s::text[], %s::uuid[]) ON CONFLICT DO NOTHING",
                [self.source, numbers, keys],
            )


_desk: Desk | None = None


def begin(mapping: Mapping, layout: Layout, asked: Sequence[Asked], now: datetime, keep: bool) -> None:
    """Prepare this process for a load."""
    global _desk  # noqa: PLW0603  one for a process, made before its first batch
    _desk = patiently(lambda: Desk(mapping, layout, asked, now, keep))


def work(batch: Batch) -> Done:
    """Load a batch with what `begin` prepared."""
    assert _desk is not None
    return _desk.work(batch)


def changed(identity: str) -> LineRefused:
    """Return the refusal of a line whose number is loaded with other content."""
    return LineRefused(
        "changed",
        f"Виклик {identity} уже завантажено з іншим змістом. Внесіть виправлення до справи.",
        f"The call {identity} is already loaded with other content. Enter a correction in its case.",
    )


def _reason(error: StepRefused, take: Take) -> LineRefused:
    if isinstance(error, KeyReused):
        return changed(take.identity)
    return LineRefused(error.code, error.text("uk"), error.text("en"))


def _rejected(take: Take, refused: LineRefused) -> Rejected:
    return Rejected(take.line, refused.code, refused.uk, refused.en, take.cells)
