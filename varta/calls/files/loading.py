"""Loading a file of calls: batches go to processes, every line is loaded, was there, or is rejected."""

import csv
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from varta.calls.files import layout, reading, working
from varta.calls.files.errors import LineRefused, ProcessDied
from varta.calls.files.layout import Plan
from varta.calls.files.mapping import Mapping
from varta.calls.files.pool import spread
from varta.calls.files.reading import Source
from varta.calls.files.working import Batch, Done, Rejected, Take
from varta.places.errors import RejectsNotWritable

BATCH = 2_500  # calls in a transaction


@dataclass(slots=True)
class Totals:
    """What became of the lines of a file: loaded + there + rejected = lines."""

    lines: int = 0
    loaded: int = 0
    there: int = 0
    rejected: int = 0
    entries: int = 0
    unclear_times: int = 0
    ways: dict[str, int] = field(default_factory=dict)  # how the places were found
    reasons: dict[str, int] = field(default_factory=dict)  # rejected lines by code
    at_line: int = 0

    def add(self, done: Done) -> None:
        """Count a batch."""
        self.loaded += done.loaded
        self.there += done.there
        self.entries += done.entries
        self.unclear_times += done.unclear_times
        self.at_line = max(self.at_line, done.at_line)
        for way, count in done.ways.items():
            self.ways[way] = self.ways.get(way, 0) + count


Tell = Callable[[Totals], None]


def load(
    source: Source,
    mapping: Mapping,
    *,
    rejects: Path,
    now: datetime,
    jobs: int = 1,
    limit: int | None = None,
    keep: bool = True,
    tell: Tell = lambda totals: None,
) -> Totals:
    """Load the calls of a file and return what became of its lines; the same file again adds nothing.

    Raises LoadRefused when the file or the mapping is wrong, or the database fails for good; what was
    loaded before stays, and the same call goes on from there.
    """
    lines = reading.lines(source)
    plan = layout.plan(source, mapping, lines)
    totals = Totals()
    if rejects.resolve() == source.file.resolve():
        raise RejectsNotWritable(file=rejects, reason="the file of calls itself")
    with Rejects(rejects, plan.header) as out:
        early: deque[Rejected] = deque()  # refused before any process saw them, written on their turn
        batches = _batches(islice(plan.body, limit), plan, totals, early)
        given = (mapping, plan.layout, plan.asked, now, keep)
        try:
            for done in spread(working.work, batches, jobs=jobs, begin=working.begin, given=given):
                totals.add(done)
                out.write([*_up_to(done.at_line, early), *done.rejected], totals)
                tell(totals)
            out.write(early, totals)
        except BrokenProcessPool as died:
            raise ProcessDied() from died
    return totals


class Rejects:
    """The file of rejected lines; it comes into being with the first of them."""

    def __init__(self, file: Path, header: Sequence[str]) -> None:
        self._file, self._header = file, header
        self._out: Any = None
        self._writer: Any = None

    def __enter__(self) -> "Rejects":
        self._file.unlink(missing_ok=True)
        try:
            self._file.open("w").close()
            self._file.unlink()
        except OSError as error:
            raise RejectsNotWritable(file=self._file, reason=error.strerror) from error
        return self

    def __exit__(self, *error: object) -> None:
        if self._out is not None:
            self._out.close()

    def write(self, several: Iterable[Rejected], totals: Totals) -> None:
        """Write lines in their order, each with its number and the reason, and count them."""
        for one in sorted(several, key=lambda rejected: rejected.line):
            totals.rejected += 1
            totals.reasons[one.code] = totals.reasons.get(one.code, 0) + 1
            self._write(one)

    def _write(self, one: Rejected) -> None:
        try:
            if self._out is None:
                self._out = self._file.open("w", newline="", encoding="utf-8")
                self._writer = csv.writer(self._out)
                self._writer.writerow(("line", "code", "reason_uk", "reason_en", *self._header))
            self._writer.writerow((one.line, one.code, one.uk, one.en, *one.cells))
        except OSError as error:
            raise RejectsNotWritable(file=self._file, reason=error.strerror) from error


def _up_to(line: int, early: deque[Rejected]) -> Iterator[Rejected]:
    while early and early[0].line <= line:
        yield early.popleft()


def _batches(
    lines: Iterator[reading.Line], plan: Plan, totals: Totals, early: deque[Rejected]
) -> Iterator[Batch]:
    """Yield the lines in batches, each with its number in the source; those without a use are set aside."""
    seen: dict[bytes, bytes] = {}
    batch: Batch = []
    for number, cells in lines:
        totals.lines += 1
        try:
            take = _identified(number, cells, plan, seen)
        except LineRefused as refused:
            early.append(Rejected(number, refused.code, refused.uk, refused.en, cells))
            continue
        if take is None:
            totals.there += 1
            continue
        batch.append(take)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _identified(number: int, cells: list[str], plan: Plan, seen: dict[bytes, bytes]) -> Take | None:
    """Return the line with its number in the source, None if the file has said the same already."""
    if len(cells) != plan.layout.width:
        raise LineRefused(
            "columns",
            f"Колонок у рядку: {len(cells)}, має бути {plan.layout.width}.",
            f"Columns on this line: {len(cells)}; there should be {plan.layout.width}.",
        )
    content = hashlib.blake2b("\x1f".join(cells).encode(), digest_size=16).digest()
    if plan.id < 0:
        nth = int.from_bytes(seen.get(content, b"\0")) + 1
        seen[content] = nth.to_bytes(4)
        return Take(number, cells, f"{content.hex()}#{nth}")
    identity = cells[plan.id].strip()
    if not identity:
        raise LineRefused("no-id", "Немає номера виклику.", "The number of the call is missing.")
    short = hashlib.blake2b(identity.encode(), digest_size=12).digest()
    before = seen.setdefault(short, content)
    if before is content:
        return Take(number, cells, identity)
    if before != content and not plan.same_call:
        raise working.changed(identity)
    return None
