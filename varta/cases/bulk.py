"""Many steps at once, by the same rules as `take`: what loaders of files and the demo use."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from psycopg.errors import ForeignKeyViolation, UniqueViolation

from varta.cases import checks, errors, partitions, projectors, rows, staging
from varta.cases.canon import Involved, Written, same_matter
from varta.cases.checks import Spot
from varta.cases.projection import Projection, history, project
from varta.law import Taken
from varta.lib.clock import kyiv_day
from varta.people.scope import Reader, reading


@dataclass(frozen=True, slots=True)
class Row:
    """A step to be taken; `case` is the key of the opening row of its case, in this call or before."""

    key: UUID
    case: UUID
    procedure: str
    step: str
    at: datetime
    received_at: datetime
    data: Mapping[str, Any]
    place: str
    unit: str
    people: Sequence[Involved] = ()
    corrects: UUID | None = None
    parent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that may not be written; its whole case in this call was left out."""

    index: int  # position of the row in the call
    error: errors.StepRefused


@dataclass(slots=True)
class Outcome:
    """What became of the rows: written + repeated + rows of refused cases = rows given."""

    written: int = 0
    repeated: int = 0
    opened: int = 0
    refused: list[Refusal] = field(default_factory=list)


@dataclass(slots=True)
class Matter:
    """A case of the call: its rows, what is already written, what is to be written."""

    key: UUID
    rows: list[tuple[int, Row]]
    found: list[Written] = field(default_factory=list)
    fresh: list[Written] = field(default_factory=list)
    repeated: int = 0


def take_many(given: Sequence[Row], *, by: Reader) -> Outcome:
    """Take all the steps in one transaction and say what became of each.

    Rows of a case stand in the order in which they happened. A row that is refused refuses all
    rows of its case in this call, so a case is never half loaded. A row whose key is already
    there with the same content is counted as repeated. Runs in its own `reading(by)`.
    """
    try:
        return _taken(given, by=by)
    except IntegrityError as broken:
        if isinstance(broken.__cause__, ForeignKeyViolation):
            raise errors.UnknownPerson() from broken
        if not isinstance(broken.__cause__, UniqueViolation):
            raise
    # Another sender wrote one of these keys between our look and our insert: now we see it.
    return _taken(given, by=by)


def _taken(given: Sequence[Row], *, by: Reader) -> Outcome:
    with reading(by), connection.wrap_database_errors:
        outcome = Outcome()
        matters = _grouped(given)
        partitions.ensure({partitions.month_of(row.key) for row in given if checks.is_uuid7(row.key)})
        cursor = rows.cursor()
        staging.lock_and_fetch(cursor, matters)
        places = staging.spots(cursor, "places_territory", {row.place for row in given})
        units = staging.spots(cursor, "places_unit", {row.unit for row in given})
        parents = staging.visible(cursor, {row.parent for row in given if row.parent})
        accepted = []
        for matter in matters.values():
            if _checked(matter, places, units, parents, by=by, refused=outcome.refused):
                accepted.append(matter)
                parents.add(matter.key)  # a later case of the call may have grown out of this one
        outcome.repeated = sum(matter.repeated for matter in accepted)
        work = [matter for matter in accepted if matter.fresh]
        _number(cursor, work)
        projections = [(matter, _projected(matter)) for matter in work]
        projectors.write_many([[*matter.found, *matter.fresh] for matter in work])
        staging.write(cursor, projections, places, units)
        outcome.written = sum(len(matter.fresh) for matter in work)
        outcome.opened = sum(not matter.found for matter in work)
        return outcome


def _grouped(given: Iterable[Row]) -> dict[UUID, Matter]:
    matters: dict[UUID, Matter] = {}
    for index, row in enumerate(given):
        matter = matters.get(row.case)
        if matter is None:
            matter = matters[row.case] = Matter(row.case, [])
        matter.rows.append((index, row))
    return matters


def _checked(
    matter: Matter,
    places: Mapping[str, Spot],
    units: Mapping[str, Spot],
    parents: Collection[UUID],
    *,
    by: Reader,
    refused: list[Refusal],
) -> bool:
    """Fill `matter.fresh` with the entries to write; on a refusal note it and leave the case out."""
    known = {entry.key: entry for entry in matter.found}
    sequence = list(matter.found)
    for index, row in matter.rows:
        try:
            entry = _entry(row, sequence, places, units, parents, by=by, known=known)
        except errors.StepRefused as error:
            refused.append(Refusal(index, error))
            return False
        if entry is None:
            matter.repeated += 1
            continue
        known[entry.key] = entry
        sequence.append(entry)
        matter.fresh.append(entry)
    return True


def _entry(
    row: Row,
    sequence: Sequence[Written],
    places: Mapping[str, Spot],
    units: Mapping[str, Spot],
    parents: Collection[UUID],
    *,
    by: Reader,
    known: Mapping[UUID, Written],
) -> Written | None:
    """Return the entry for a row, without number and hash; None if it is already written."""
    law, step = checks.known_step(row.procedure, row.step)
    checks.possible_key(row.key, received_at=row.received_at)
    checks.possible_time(row.at, received_at=row.received_at)
    entry = Written(
        row.key,
        row.case,
        len(sequence) + 1,
        row.procedure,
        row.step,
        row.place,
        row.unit,
        by.officer_id,
        by.role,
        row.at,
        row.received_at,
        checks.valid_record(step, row.data),
        tuple(row.people),
        row.corrects,
        row.parent,
    )
    earlier = known.get(row.key)
    if earlier is not None:
        if not same_matter(earlier, entry) or (earlier.place, earlier.unit) != (entry.place, entry.unit):
            raise errors.KeyReused(key=row.key)
        return None
    checks.allowed(step, law, by=by)
    codes = (row.place, row.unit)
    checks.in_scope(places.get(row.place), units.get(row.unit), codes=codes, at=row.at, by=by)
    if not sequence:
        if row.case != row.key:
            raise errors.CaseNotFound(case=row.case)
        checks.lawful_opening(law, entry)
        if row.parent and row.parent not in parents:
            raise errors.CaseNotFound(case=row.parent)
    elif row.corrects:
        checks.lawful_correction(law, entry, sequence)
    else:
        checks.lawful(law, Taken(row.step, row.at, entry.data), history(sequence))
    return entry


def _number(cursor: Any, work: Sequence[Matter]) -> None:
    """Give numbers to the new cases, in their order, and chain and hash all new entries."""
    journals: dict[tuple[str, str, int], list[Matter]] = {}
    for matter in work:
        if not matter.found:
            opening = matter.fresh[0]
            journals.setdefault((opening.procedure, opening.unit, kyiv_day(opening.at).year), []).append(
                matter
            )
    last = staging.advance_journals(cursor, {journal: len(cases) for journal, cases in journals.items()})
    for journal, cases in journals.items():
        for number, matter in enumerate(cases, start=last[journal] + 1):
            matter.fresh[0].number, matter.fresh[0].year = number, journal[2]
    for matter in work:
        previous = matter.found[-1].hash if matter.found else None
        for entry in matter.fresh:
            entry.prev_hash = previous
            entry.seal()
            previous = entry.hash


def _projected(matter: Matter) -> Projection:
    law, _ = checks.known_step(matter.fresh[0].procedure, matter.fresh[0].step)
    return project(law, [*matter.found, *matter.fresh])
