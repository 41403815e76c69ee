"""Lines of a file that were not loaded: written beside their reason, in both languages."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from varta.places.errors import LoadRefused, RejectsNotWritable

HEAD = ("line", "reason", "reason_uk", "reason_en")  # files of places have a column "code" of their own


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not loaded: its number, its cells and why."""

    line: int
    cells: Sequence[str]
    why: LoadRefused


@dataclass
class Outcome:
    """What became of the lines of a file: added + changed + there + rejected = read."""

    read: int = 0
    added: int = 0
    changed: int = 0
    there: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def write(file: Path, header: Sequence[str], rejected: Sequence[Rejected]) -> None:
    """Write the rejected lines as CSV; without any, a file of an earlier run is removed."""
    try:
        file.unlink(missing_ok=True)
        if not rejected:
            return
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow((*HEAD, *header))
            for one in rejected:
                writer.writerow(
                    (one.line, _code(one.why), one.why.text("uk"), one.why.text("en"), *one.cells)
                )
    except OSError as error:
        raise RejectsNotWritable(file=file, reason=error.strerror) from error


def _code(why: LoadRefused) -> str:
    """Return the name of the reason as words: BadValue is "bad-value"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(why).__name__).lower()
