"""What rooms keep beside a case: rows of their own, computed from its entries when one is written.

A room registers a projector for a procedure when it starts. `take` calls `write`, and `take_many` also `write_many`,
with all entries of the case, the new one last, before they write it: a projector refuses by raising StepRefused
before it changes anything. `varta rebuild` asks `differs`, and writes again where it does.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from varta.cases.canon import Written


class Projector(Protocol):
    """Rows that follow from the entries of one case."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the rows of the case anew; raise StepRefused, with nothing changed, if they cannot be."""

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows are not what the entries say."""


@runtime_checkable
class ForMany(Protocol):
    """A projector that writes the rows of many cases with few statements, as a load needs it."""

    def write_many(self, cases: Sequence[Sequence[Written]]) -> None:
        """Write the rows of the cases anew; raise StepRefused, with nothing changed, if they cannot be."""


_registered: dict[str, Projector] = {}


def register(procedure: str, projector: Projector) -> None:
    """Let the projector keep rows for cases under the procedure."""
    _registered[procedure] = projector


def write(entries: Sequence[Written]) -> None:
    """Write what the room of this procedure keeps beside the case."""
    projector = _registered.get(entries[0].procedure)
    if projector is not None:
        projector.write(entries)


def write_many(cases: Sequence[Sequence[Written]]) -> None:
    """Write what rooms keep beside these cases, those of one procedure together where its room can."""
    by_procedure: dict[str, list[Sequence[Written]]] = {}
    for entries in cases:
        by_procedure.setdefault(entries[0].procedure, []).append(entries)
    for procedure, some in by_procedure.items():
        projector = _registered.get(procedure)
        if isinstance(projector, ForMany):
            projector.write_many(some)
        elif projector is not None:
            for entries in some:
                projector.write(entries)


def differs(entries: Sequence[Written]) -> bool:
    """Return whether what the room of this procedure keeps is not what the entries say."""
    projector = _registered.get(entries[0].procedure)
    return projector is not None and projector.differs(entries)
