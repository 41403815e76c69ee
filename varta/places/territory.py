"""Loading a codifier: what is new is added, what is gone is closed, what changed keeps its history."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from varta.lib import text
from varta.places import bulk
from varta.places.branches import Node, Numbered, ancestors, numbers
from varta.places.codifier import UKRAINE, Codifier, Place
from varta.places.errors import CodeTaken, LostTooMuch, OlderThanLoaded
from varta.places.models import Edition, Territory, TerritoryChange

LEVEL_OF = {"O": 1, "K": 1, "P": 2, "H": 3, "M": 4, "T": 4, "C": 4, "X": 4, "B": 5}
DEEPEST = 5

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Root:
    """The top of a tree: a country."""

    code: str
    name: str
    name_en: str


ROOT_OF_UKRAINE = Root(UKRAINE, "Україна", "Ukraine")


@dataclass(frozen=True, slots=True)
class Row:
    """A territory as it shall stand in the table."""

    code: str
    parent_id: str | None
    level: int
    category: str
    name: str
    name_en: str
    oblast: str | None
    raion: str | None
    hromada: str | None
    pre: int
    pre_end: int
    lat: float | None = None
    lon: float | None = None
    point_source: str = ""
    population: int | None = None
    population_on: date | None = None
    population_source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


COLUMNS = tuple(Row.__slots__)
TEXTS = ("sort_key", "folded", "folded_en", "grams")


@dataclass
class Outcome:
    """What a loading changed: codes by kind of change."""

    known: int = 0
    added: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many places that were known before stand differently now."""
        return len({*self.renamed, *self.moved, *self.returned, *self.other})


def _silent(stage: str) -> None:
    """Tell nobody."""


@transaction.atomic
def load(codifier: Codifier, *, root: Root, allow_loss: bool = False, tell: Tell = _silent) -> Outcome:
    """Bring the tree of `root` to the state that the codifier describes, all of it or nothing.

    The same codifier again changes nothing. Raises LoadRefused with the reason.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('varta.places.territory'))")
    digest = _digest(codifier)
    before = _rows(root)
    if before and _is_known(codifier, root, digest):
        return Outcome(known=len(before))
    tell("comparing")
    after = _wanted(codifier, root, before)
    outcome = _difference(before, after)
    _check_loss(before, outcome, allow_loss=allow_loss)
    tell("writing")
    _write(before, after, outcome, codifier.as_of)
    Edition.objects.create(
        root=root.code,
        as_of=codifier.as_of,
        source=codifier.source,
        rows=len(codifier.places),
        digest=digest,
        added=len(outcome.added),
        closed=len(outcome.closed),
        changed=outcome.changed,
    )
    return outcome


def _digest(codifier: Codifier) -> str:
    """Return the sha256 of what the rows say, whatever their order and line numbers.

    Empty cells do not count, so that a column which a later version reads changes no older digest.
    """
    lines = sorted("\t".join(_said(place)) for place in codifier.places)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _said(place: Place) -> list[str]:
    values = {column.name: getattr(place, column.name) for column in fields(place) if column.name != "line"}
    return [f"{name}={value}" for name, value in sorted(values.items()) if value not in ("", None)]


def _is_known(codifier: Codifier, root: Root, digest: str) -> bool:
    """Whether the tree already stands so, or stood so on the day that the file describes."""
    editions = list(Edition.objects.filter(root=root.code))
    if not editions:
        return False
    latest = editions[-1]
    if codifier.as_of >= latest.as_of:
        return latest.digest == digest
    if any(edition.digest == digest for edition in editions):
        return True
    raise OlderThanLoaded(latest=latest.as_of, as_of=codifier.as_of)


def _rows(root: Root) -> dict[str, Row]:
    """Return every row of the tree, those out of force too."""
    top = Territory.objects.filter(code=root.code).first()
    if top is None:
        return {}
    inside = Territory.objects.filter(pre__range=(top.pre, top.pre_end)).values_list(*COLUMNS)
    return {row[0]: Row(*row) for row in inside.iterator(chunk_size=10_000)}


def _wanted(codifier: Codifier, root: Root, before: Mapping[str, Row]) -> dict[str, Row]:
    nodes = [
        Node(place.line, place.code, place.parent or root.code, text.sort_key(place.name))
        for place in codifier.places
    ]
    chains = ancestors(nodes, root=root.code, deepest=DEEPEST)
    _check_free(chains, before, root)
    old = {code: Numbered(row.parent_id, row.pre, row.pre_end) for code, row in before.items()}
    last = Territory.objects.aggregate(last=Max("pre_end"))["last"] or 0
    intervals = numbers(nodes, old, root=root.code, after=last)
    levels = _levels(codifier.places, chains, root)
    first_day = codifier.as_of if before else None
    wanted = {root.code: before.get(root.code) or _root_row(root, intervals[root.code])}
    for place in codifier.places:
        chain = (*chains[place.code], place.code)
        by_level = {levels[code]: code for code in chain}
        wanted[place.code] = _row(
            place,
            before.get(place.code),
            chain[-2],
            by_level,
            intervals[place.code],
            first_day,
            codifier.source,
        )
    return wanted


def _check_free(codes: Iterable[str], before: Mapping[str, Row], root: Root) -> None:
    """Raise CodeTaken when another country's tree has one of the codes."""
    new = [code for code in codes if code not in before]
    taken = Territory.objects.filter(code__in=new).order_by("pre").first()
    if taken:
        top = Territory.objects.get(level=0, pre__lte=taken.pre, pre_end__gte=taken.pre)
        raise CodeTaken(code=taken.code, root=top.code, prefix=root.code)


def _levels(places: Iterable[Place], chains: Mapping[str, tuple[str, ...]], root: Root) -> dict[str, int]:
    """Return the level of each code: by category in Ukraine, by depth elsewhere."""
    levels = {
        place.code: LEVEL_OF[place.category] if root.code == UKRAINE else len(chains[place.code])
        for place in places
    }
    return levels | {root.code: 0}


def _root_row(root: Root, interval: tuple[int, int]) -> Row:
    return Row(root.code, None, 0, "", root.name, root.name_en, None, None, None, *interval)


def _row(
    place: Place,
    old: Row | None,
    parent: str,
    by_level: Mapping[int, str],
    interval: tuple[int, int],
    first_day: date | None,
    source: str,
) -> Row:
    located, counted = place.lat is not None and place.lon is not None, place.population is not None
    row = old or Row(place.code, parent, 0, "", "", "", None, None, None, *interval, valid_from=first_day)
    if located:
        row = replace(row, lat=place.lat, lon=place.lon, point_source=place.point_source or source)
    if counted:
        row = replace(
            row,
            population=place.population,
            population_on=place.population_on,
            population_source=place.population_source or source,
        )
    return replace(
        row,
        parent_id=parent,
        level=max(by_level),
        category=place.category,
        name=place.name,
        name_en=place.name_en or text.transliterate(place.name),
        oblast=by_level.get(1),
        raion=by_level.get(2),
        hromada=by_level.get(3),
        pre=interval[0],
        pre_end=interval[1],
        valid_to=None,
    )


def _difference(before: Mapping[str, Row], after: Mapping[str, Row]) -> Outcome:
    outcome = Outcome(known=len(before))
    for code, row in after.items():
        old = before.get(code)
        if old is None:
            outcome.added.append(code)
            continue
        if old.name != row.name:
            outcome.renamed.append(code)
        if old.parent_id != row.parent_id:
            outcome.moved.append(code)
        if old.valid_to is not None:
            outcome.returned.append(code)
        if old != row:
            outcome.other.append(code)
    outcome.closed = [code for code, row in before.items() if code not in after and row.valid_to is None]
    return outcome


def _check_loss(before: Mapping[str, Row], outcome: Outcome, *, allow_loss: bool) -> None:
    """Refuse a file that lacks a tenth of the places: it is a part, or another country's."""
    in_force = sum(row.valid_to is None for row in before.values())
    if not allow_loss and len(outcome.closed) > max(20, in_force // 10):
        raise LostTooMuch(gone=len(outcome.closed), known=in_force)


def _write(before: Mapping[str, Row], after: Mapping[str, Row], outcome: Outcome, as_of: date) -> None:
    bulk.copy_in(Territory, (*COLUMNS, "kind", *TEXTS), (_new_values(after[code]) for code in outcome.added))
    changed = sorted({*outcome.renamed, *outcome.moved, *outcome.returned, *outcome.other})
    if changed:
        bulk.update_from(Territory, (*COLUMNS, *TEXTS), (_values(after[code]) for code in changed))
    if outcome.closed:
        heirs = _heirs([before[code] for code in outcome.closed], [after[code] for code in outcome.added])
        rows = ((code, as_of, heirs.get(code)) for code in outcome.closed)
        bulk.update_from(Territory, ("code", "valid_to", "became"), rows)
    history = (change for code in changed for change in _history(before[code], after[code], as_of))
    TerritoryChange.objects.bulk_create(history, ignore_conflicts=True)


def _values(row: Row) -> tuple[Any, ...]:
    texts = (text.sort_key(row.name), text.fold(row.name), text.fold(row.name_en), text.grams(row.name))
    return (*(getattr(row, column) for column in COLUMNS), *texts)


def _new_values(row: Row) -> tuple[Any, ...]:
    values = _values(row)
    return (*values[: len(COLUMNS)], "", *values[len(COLUMNS) :])


def _history(old: Row, new: Row, until: date) -> Iterable[TerritoryChange]:
    what = TerritoryChange.What
    differences = (
        (what.NAME, old.name, new.name),
        (what.PARENT, old.parent_id, new.parent_id),
        (what.CATEGORY, old.category, new.category),
        (what.ABSENCE, old.valid_to and old.valid_to.isoformat(), None),
    )
    for kind, was, now in differences:
        if was != now:
            folded = text.fold(old.name) if kind == what.NAME else ""
            yield TerritoryChange(territory_id=old.code, what=kind, was=was or "", folded=folded, until=until)


def _heirs(closed: Iterable[Row], added: Iterable[Row]) -> dict[str, str]:
    """Return which new code replaced a closed one: the same unique last digits, or the only namesake.

    A namesake has the same category in the same oblast. Without certainty there is no heir.
    """
    by_unique: dict[str, list[str]] = {}
    by_name: dict[tuple[str, str, str | None], list[str]] = {}
    for row in added:
        by_unique.setdefault(row.code[-5:], []).append(row.code)
        by_name.setdefault((text.fold(row.name), row.category, row.oblast), []).append(row.code)
    heirs: dict[str, str] = {}
    for row in closed:
        same = by_unique.get(row.code[-5:], []) if row.code.startswith(UKRAINE) else []
        namesakes = same or by_name.get((text.fold(row.name), row.category, row.oblast), [])
        if len(namesakes) == 1:
            heirs[row.code] = namesakes[0]
    return heirs
