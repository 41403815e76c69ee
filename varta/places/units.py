"""Loading units: what the rows name is added or changed, what they do not name stays unless asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max

from varta.lib import text
from varta.places import bulk, tables
from varta.places.branches import Node, Numbered, ancestors, numbers
from varta.places.errors import BadValue, DuplicateCode, UnknownCodes
from varta.places.models import Territory, Unit, UnitPlace
from varta.places.numbering import Interval
from varta.places.police import UnitRow

DEEPEST = 12
_NEEDED = ("code", "parent", "name", "kind", "branch", "places")
_ORDER = ("headquarters", "prevention", "criminal", "patrol", "dispatch", "partner")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as it shall stand in the table."""

    code: str
    parent_id: str | None
    name: str
    name_en: str
    kind: str
    branch: str
    pre: int
    pre_end: int
    valid_from: date | None
    valid_to: date | None


COLUMNS = tuple(Row.__slots__)
TEXTS = ("sort_key", "folded", "folded_en")


@dataclass(frozen=True)
class Outcome:
    """How many units were added, changed and closed, and how many places were given or taken."""

    known: int
    added: int
    changed: int
    closed: int
    places: int


def read(file: Path, *, encoding: str = "utf-8") -> list[UnitRow]:
    """Return the units in a file: code, parent, name, kind, branch, places (codes apart by spaces)."""
    found = tables.lines(file, encoding=encoding)
    return [_read_row(number, row) for number, row in tables.table(file, found, _NEEDED)]


@transaction.atomic
def load(rows: Sequence[UnitRow], *, as_of: date, close_missing: bool = False) -> Outcome:
    """Add and change units as the rows say, all of them or none; the same rows again change nothing.

    With `close_missing`, units in force of the same trees that no row names are closed on `as_of`.
    Raises LoadRefused with the line.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('varta.places.units'))")
    _check_codes(rows)
    before = {row[0]: Row(*row) for row in Unit.objects.values_list(*COLUMNS)}
    after = _wanted(rows, before, as_of if before else None)
    new = [row for code, row in after.items() if code not in before]
    changed = [row for code, row in after.items() if code in before and row != before[code]]
    bulk.copy_in(Unit, (*COLUMNS, *TEXTS), map(_values, new))
    if changed:
        bulk.update_from(Unit, (*COLUMNS, *TEXTS), map(_values, changed))
    gone = _gone(before, after, {row.code for row in rows}) if close_missing else []
    Unit.objects.filter(code__in=gone).update(valid_to=as_of)
    return Outcome(len(before), len(new), len(changed), len(gone), _write_places(rows))


def _read_row(number: int, row: Mapping[str, str]) -> UnitRow:
    for column, known in (("kind", Unit.Kind.values), ("branch", Unit.Branch.values)):
        if row[column] not in known:
            raise BadValue(
                line=number,
                column=column,
                value=row[column],
                expected_uk=", ".join(known),
                expected_en=", ".join(known),
            )
    if not row["code"] or not row["name"]:
        raise BadValue(
            line=number,
            column="code, name",
            value=row["code"] or row["name"],
            expected_uk="код і назва обов’язкові",
            expected_en="code and name are needed",
        )
    name_en = row.get("name_en") or text.transliterate(row["name"])
    places = tuple(row["places"].replace(",", " ").replace(";", " ").split())
    return UnitRow(
        number, row["code"], row["parent"], row["name"], name_en, row["kind"], row["branch"], places
    )


def _check_codes(rows: Iterable[UnitRow]) -> None:
    lines: dict[str, int] = {}
    for row in rows:
        if row.code in lines:
            raise DuplicateCode(line=row.line, code=row.code, first=lines[row.code])
        lines[row.code] = row.line
    known = set(Territory.objects.values_list("code", flat=True))
    for row in rows:
        for place in row.places:
            if place not in known:
                raise UnknownCodes(
                    line=row.line,
                    code=place,
                    what_uk="місць",
                    what_en="places",
                    command="varta load territory",
                )


def _wanted(rows: Sequence[UnitRow], before: Mapping[str, Row], first_day: date | None) -> dict[str, Row]:
    named = {row.code: row for row in rows}
    nodes = [Node(row.line, row.code, row.parent, _order(row.branch, row.name)) for row in rows]
    nodes += [
        Node(0, row.code, row.parent_id or "", _order(row.branch, row.name))
        for code, row in before.items()
        if code not in named
    ]
    intervals = _intervals(nodes, before)
    wanted = {}
    for row in rows:
        pre, pre_end = intervals[row.code]
        since = before[row.code].valid_from if row.code in before else first_day
        wanted[row.code] = Row(
            row.code,
            row.parent or None,
            row.name,
            row.name_en,
            row.kind,
            row.branch,
            pre,
            pre_end,
            since,
            None,
        )
    for code, old in before.items():
        if code not in named:
            wanted[code] = replace(old, pre=intervals[code][0], pre_end=intervals[code][1])
    return wanted


def _intervals(nodes: Sequence[Node], before: Mapping[str, Row]) -> dict[str, Interval]:
    """Return the intervals of all units, each root with its own numbers."""
    chains = ancestors(nodes, root="", deepest=DEEPEST)
    old = {code: Numbered(row.parent_id, row.pre, row.pre_end) for code, row in before.items()}
    last: int = Unit.objects.aggregate(last=Max("pre_end"))["last"] or 0
    trees: dict[str, list[Node]] = {}
    for node in nodes:
        top = (*chains[node.code], node.code)[1]
        trees.setdefault(top, [])
        if top != node.code:
            trees[top].append(node)
    found: dict[str, Interval] = {}
    for root, inside in sorted(trees.items()):
        found |= numbers(inside, old, root=root, after=last)
        last = max(last, found[root][1])
    return found


def _order(branch: str, name: str) -> str:
    return f"{_ORDER.index(branch)}{text.sort_key(name)}"


def _values(row: Row) -> tuple[object, ...]:
    texts = (text.sort_key(row.name), text.fold(row.name), text.fold(row.name_en))
    return (*(getattr(row, column) for column in COLUMNS), *texts)


def _gone(before: Mapping[str, Row], after: Mapping[str, Row], named: set[str]) -> list[str]:
    """Return the codes in force that no row names, in the trees that the rows are about."""
    roots = [row for row in after.values() if row.parent_id is None and row.code in named]
    return [
        code
        for code, row in before.items()
        if code not in named
        and row.valid_to is None
        and any(root.pre <= row.pre <= root.pre_end for root in roots)
    ]


def _write_places(rows: Sequence[UnitRow]) -> int:
    """Make the places of the named units exactly those of the rows; return how many links changed."""
    wanted = {(row.code, place) for row in rows for place in row.places}
    links = UnitPlace.objects.filter(unit__in=[row.code for row in rows])
    known = {(unit, place): pk for pk, unit, place in links.values_list("pk", "unit_id", "place_id")}
    gone = [pk for link, pk in known.items() if link not in wanted]
    UnitPlace.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - known.keys())
    bulk.copy_in(UnitPlace, ("unit_id", "place_id"), new)
    return len(new) + len(gone)
