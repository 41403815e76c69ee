"""What each folder of the lake holds, derived from procedures: countable fields, never names or free text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from varta.law import Procedure, Step, discover, fields_of

TYPES = {  # kind of a field -> Arrow type; a list of choices stays JSON text
    "choice": pa.string(),
    "text": pa.string(),  # codes of places; free text is not countable
    "choices": pa.string(),
    "yes_no": pa.bool_(),
    "integer": pa.int64(),
    "day": pa.date32(),
    "moment": pa.timestamp("us"),
}
MOMENT = pa.timestamp("us")

# The small files beside the folders.
PLACES = pa.schema(
    [
        ("pre", pa.int32()),
        ("pre_end", pa.int32()),
        ("code", pa.string()),
        ("level", pa.int8()),
        ("country", pa.string()),
        ("oblast", pa.string()),
        ("raion", pa.string()),
        ("hromada", pa.string()),
        ("population", pa.int64()),
        ("valid_from", pa.date32()),  # the first day, null: before the first list that we know
        ("valid_to", pa.date32()),  # the first day without it
        ("uk", pa.string()),
        ("en", pa.string()),
        ("sort_key", pa.string()),
    ]
)
UNITS = pa.schema(
    [
        ("pre", pa.int32()),
        ("pre_end", pa.int32()),
        ("code", pa.string()),
        ("directorate", pa.string()),  # the unit's ancestor right below the headquarters
        ("branch", pa.string()),
        ("valid_from", pa.date32()),  # as of places
        ("valid_to", pa.date32()),
        ("uk", pa.string()),
        ("en", pa.string()),
        ("sort_key", pa.string()),
    ]
)

BEATS = pa.schema(
    [
        ("code", pa.string()),
        ("place_pre", pa.int32()),  # of the hromada
        ("people", pa.int64()),
        ("norm", pa.int64()),  # people at most while the row holds
        ("since", pa.date32()),
        ("until", pa.date32()),  # the first day on which it is no longer so
    ]
)


@dataclass(frozen=True)
class Column:
    """A column: its name, its expression over entry `e`, case `c` and deadlines, its Arrow type."""

    name: str
    sql: str
    type: pa.DataType


@dataclass(frozen=True)
class Folder:
    """The rows of one step of one procedure."""

    procedure: Procedure
    step: Step

    @property
    def name(self) -> str:
        """Return "call.receive"."""
        return f"{self.procedure.code}.{self.step.code}"

    @property
    def opens(self) -> bool:
        """Return whether the step opens cases."""
        return not self.step.opened_by

    @property
    def deadlines(self) -> tuple[str, ...]:
        """Return the steps whose deadlines the rows carry: all of the case at its opening, later the step's own."""
        timed = [step.code for step in self.procedure.steps if step.within]
        return tuple(timed) if self.opens else tuple(code for code in timed if code == self.step.code)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns in their order; moments are UTC without zone."""
        return tuple(self._columns())

    def schema(self) -> pa.Schema:
        """Return the Arrow schema."""
        return pa.schema([(column.name, column.type) for column in self.columns()])

    def _columns(self) -> Iterator[Column]:
        yield Column("case", "e.case_key", pa.string())
        yield Column("at", _utc("e.at"), MOMENT)
        yield Column("received_at", _utc("e.received_at"), MOMENT)
        yield Column("opened_at", _utc("c.opened_at"), MOMENT)
        yield Column("place", "c.place", pa.string())
        yield Column("place_pre", "c.place_pre", pa.int32())
        yield Column("unit", "c.unit", pa.string())
        yield Column("unit_pre", "c.unit_pre", pa.int32())
        for code in self.deadlines:
            yield Column(
                f"late_from_{code}" if self.opens else "late_from", _utc(f"due_{code}.late_from"), MOMENT
            )
        own = {field.name for field in fields_of(self.step.record)}
        for field in fields_of(self.step.record):
            if field.countable:
                yield Column(field.name, _value("e.data", field.name, field.kind), TYPES[field.kind])
        if not self.opens:
            yield from self._facts(own)

    def _facts(self, own: set[str]) -> Iterator[Column]:
        """Yield what the opening step said of the case, so that a share by category needs no join."""
        for opening in (step for step in self.procedure.steps if not step.opened_by):
            for field in fields_of(opening.record):
                if field.countable and field.listed and field.name not in own:
                    yield Column(field.name, _value("c.facts", field.name, field.kind), TYPES[field.kind])


@cache
def folders() -> dict[str, Folder]:
    """Return all folders by name."""
    found = (Folder(procedure, step) for procedure in discover().values() for step in procedure.steps)
    return {folder.name: folder for folder in found}


def _utc(column: str) -> str:
    return f"{column} AT TIME ZONE 'UTC'"


def _value(source: str, name: str, kind: str) -> str:
    text = f"{source}->>'{name}'"
    return _utc(f"({text})::timestamptz") if kind == "moment" else text


DUCK = {
    pa.string(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
}


@cache
def duck_types(folder: str) -> Mapping[str, str]:
    """Return the columns of a folder with their types in DuckDB's words."""
    types = {column.name: DUCK[column.type] for column in folders()[folder].columns()}
    return types | {"case": "UUID"}
