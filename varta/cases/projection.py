"""A case as its entries leave it: the one computation that `take` and `varta rebuild` share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from varta.cases.canon import Written
from varta.law import Procedure, State, Taken, fields_of


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows of `Case`, `Deadline` and `Involvement` that follow from a case's entries."""

    case: dict[str, Any]  # columns of cases_case without the two preorder numbers
    deadlines: list[tuple[Any, ...]]  # step, from_at, due_at, late_from, met_at, act, article, url, verified
    involvements: list[tuple[UUID, str, UUID]]  # person, part, key of the entry that named them
    state: State


def effective(entries: Sequence[Written]) -> list[Written]:
    """Return the entries that count, each corrected one replaced in its place by its last correction.

    What a correction says did not happen (`undone` in its record) does not count at all.
    """
    if all(entry.corrects is None for entry in entries):
        return list(entries)
    return [entry for entry in _standing(entries) if not is_undoing(entry)]


def is_undoing(entry: Written) -> bool:
    """Return whether the entry says of the one that it corrects that it did not happen."""
    return entry.corrects is not None and entry.data.get("undone") is True


def place_of(entries: Sequence[Written], key: UUID) -> int:
    """Return where the entry, or what it corrects, stands among the effective ones, from 0.

    An undone one stands where it would stand.
    """
    place = dict(zip((entry.key for entry in entries), _places(entries), strict=True))[key]
    return place - sum(map(is_undoing, _standing(entries)[:place]))


def _standing(entries: Sequence[Written]) -> list[Written]:
    """Return the entries, each corrected one replaced in its place by its last correction."""
    kept: list[Written] = []
    for entry, place in zip(entries, _places(entries), strict=True):
        kept[place : place + 1] = [entry]
    return kept


def _places(entries: Sequence[Written]) -> list[int]:
    places: dict[UUID, int] = {}
    fresh = 0
    for entry in entries:
        if entry.corrects is None:
            places[entry.key] = fresh
            fresh += 1
        else:
            places[entry.key] = places[entry.corrects]
    return list(places.values())


def history(entries: Sequence[Written]) -> list[Taken]:
    """Return what the law looks at: the steps that count, when they were taken, what they recorded."""
    return [Taken(entry.step, entry.at, entry.data) for entry in effective(entries)]


def project(procedure: Procedure, entries: Sequence[Written]) -> Projection:
    """Return the projection of a case; `entries` in order of position, at least one."""
    opening, last = entries[0], entries[-1]
    counted = effective(entries)
    state = procedure.state([Taken(entry.step, entry.at, entry.data) for entry in counted])
    pending = [due for due in state.deadlines if due.met_at is None]
    nearest = min(pending, key=lambda due: due.late_from, default=None)
    case = {
        "key": opening.key,
        "procedure": opening.procedure,
        "place": last.place,
        "unit": last.unit,
        "number": opening.number,
        "year": opening.year,
        "journal": opening.unit,
        "opened_at": counted[0].at,
        "last_at": counted[-1].at,
        "last_step": counted[-1].step,
        "closed_at": _closed_at(procedure, counted),
        "due_at": nearest.due_at if nearest else None,
        "late_from": nearest.late_from if nearest else None,
        "due_step": nearest.step if nearest else None,
        "parent": opening.parent,
        "facts": _facts(procedure, counted),
        "entries": len(entries),
        "head_hash": last.hash,
        "key_low": min(entry.key for entry in entries),
        "key_high": max(entry.key for entry in entries),
    }
    deadlines = [
        (
            due.step,
            due.from_at,
            due.due_at,
            due.late_from,
            due.met_at,
            due.law.act,
            due.law.article,
            due.law.url,
            due.verified,
        )
        for due in state.deadlines
    ]
    return Projection(case, deadlines, _involvements(counted), state)


def _closed_at(procedure: Procedure, counted: Sequence[Written]) -> datetime | None:
    return next((entry.at for entry in reversed(counted) if procedure.step(entry.step).closes), None)


def _facts(procedure: Procedure, counted: Sequence[Written]) -> dict[str, Any]:
    """Return the latest value of each listed field, for lists and filters."""
    facts: dict[str, Any] = {}
    for entry in counted:
        for name in _listed(procedure.step(entry.step).record):
            if entry.data.get(name) is not None:
                facts[name] = entry.data[name]
    return facts


@cache
def _listed(record: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields_of(record) if each.listed)


def _involvements(counted: Sequence[Written]) -> list[tuple[UUID, str, UUID]]:
    named = {(one.person, one.part): entry.key for entry in reversed(counted) for one in entry.people}
    return sorted((person, part, key) for (person, part), key in named.items())
