"""Who reads: every query begins with a Reader, and the database is told the same.

Policies of row-level security read the settings below. A setting that was set locally in
an earlier transaction of the same connection comes back as an empty string, not as NULL,
so a policy compares with `NULLIF(current_setting('varta.place_from', true), '')::int`;
`SETTING` holds these expressions ready, each in a sub-select that is evaluated once a query.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import psycopg
from django.db import connection, transaction

from varta.people.roles import ALL, ROLES, procedures_of

if TYPE_CHECKING:
    from varta.people.models import Appointment, Officer

WIDEST = 2**31 - 1
SYSTEM = "system"
# Readers that are programs of others, see varta/api/partners. Nobody is appointed to these, and the
# database shows them less than their place and unit: see varta/api/migrations/0002_walls.py.
EXCHANGE = "exchange"  # a partner's system: sees the cases that it sent itself
SHARED = "shared"  # what partners are told: open calls of categories Alpha and Beta, read only
PUBLISHED = "published"  # what anybody is told: the state of requests that came through Open311, read only
PROGRAMS = frozenset({EXCHANGE, SHARED, PUBLISHED})


def _setting(name: str, cast: str = "") -> str:
    return f"(SELECT NULLIF(current_setting('varta.{name}', true), ''){cast})"


SETTING = {
    "officer": _setting("officer", "::bigint"),
    "role": _setting("role"),
    "place_from": _setting("place_from", "::int"),
    "place_to": _setting("place_to", "::int"),
    "unit_from": _setting("unit_from", "::int"),
    "unit_to": _setting("unit_to", "::int"),
    "procedures": "(SELECT string_to_array(NULLIF(current_setting('varta.procedures', true), ''), ','))",
}


def no_programs(*tables: str) -> str:
    """Return the SQL by which no partner's program reads or writes rows of these tables: see decision 0011."""
    return "".join(
        f"""
CREATE POLICY {table}_not_for_programs ON {table} AS RESTRICTIVE
    USING (coalesce({SETTING["role"]}, '') NOT IN ('exchange', 'shared', 'published'));
"""
        for table in tables
    )


@dataclass(frozen=True)
class Reader:
    """Everything a query needs to know about who asks.

    Places and units are intervals of the preorder numbers of their trees, both ends inclusive;
    an empty interval (from > to) sees nothing.
    """

    officer_id: int | None
    role: str
    place_from: int
    place_to: int
    unit_from: int
    unit_to: int
    procedures: frozenset[str]
    appointment_id: int | None = None
    takes: frozenset[str] = frozenset()  # "call.receive": steps that a partner's system may take

    @classmethod
    def of(cls, officer: "Officer", *, on: date, appointment: int | None = None) -> "Reader":
        """Return the reader that the officer is on this Kyiv day.

        With several appointments the one named is taken, else the earliest. Without a valid
        one, or with the account locked, the reader is known by name and sees nothing.
        """
        chosen = officer.acting(on=on, appointment=appointment)
        return cls.appointed(chosen) if chosen else cls.nobody(officer.pk)

    @classmethod
    def appointed(cls, appointment: "Appointment") -> "Reader":
        """Return the reader who acts under this appointment; its place and unit are loaded."""
        from varta.law import discover

        return cls(
            officer_id=appointment.officer_id,
            role=appointment.role,
            place_from=appointment.place.pre,
            place_to=appointment.place.pre_end,
            unit_from=appointment.unit.pre,
            unit_to=appointment.unit.pre_end,
            procedures=procedures_of(appointment.role, discover().values()),
            appointment_id=appointment.pk,
        )

    @classmethod
    def nobody(cls, officer_id: int | None = None) -> "Reader":
        """Return a reader who sees nothing: a stranger, or an officer without an appointment."""
        return cls(officer_id, "", 1, 0, 1, 0, frozenset())

    @classmethod
    def system(cls) -> "Reader":
        """Return the reader of worker, imports and verification, who sees all."""
        return cls(None, SYSTEM, 0, WIDEST, 0, WIDEST, frozenset({ALL}))

    @property
    def known(self) -> bool:
        """Return whether the reader acts in a role."""
        return self.role == SYSTEM or self.role in ROLES or self.role in PROGRAMS

    def may_take(self, procedure: str, step: str, roles: Iterable[str]) -> bool:
        """Return whether the reader may take a step that belongs to these roles."""
        if self.role == EXCHANGE:
            return f"{procedure}.{step}" in self.takes
        return self.role == SYSTEM or self.role in roles

    def may_read(self, procedure: str) -> bool:
        """Return whether matters under the procedure are open to this reader."""
        return ALL in self.procedures or procedure in self.procedures

    def covers_place(self, pre: int) -> bool:
        """Return whether the place with this preorder number lies in the reader's scope."""
        return self.place_from <= pre <= self.place_to

    def covers_unit(self, pre: int) -> bool:
        """Return whether the unit with this preorder number lies in the reader's scope."""
        return self.unit_from <= pre <= self.unit_to


_current: ContextVar[Reader | None] = ContextVar("varta_reader", default=None)


def current() -> Reader:
    """Return the reader of the innermost `reading`, or one who sees nothing."""
    return _current.get() or Reader.nobody()


@contextmanager
def reading(reader: Reader) -> Iterator[Reader]:
    """Tell the database who reads until the block ends, in a transaction or a savepoint of its own.

    Inside another `reading` the outer reader returns when the block ends; after an exception the
    roll-back brings it back.
    """
    token = _current.set(reader)
    inner = connection.in_atomic_block
    try:
        with transaction.atomic():
            before = _told() if inner else None
            _tell(reader)
            yield reader
            if before is not None and not connection.needs_rollback:
                _write(before)
    finally:
        _current.reset(token)


NAMES = ("officer", "role", "place_from", "place_to", "unit_from", "unit_to", "procedures")


def _told() -> list[str]:
    names = ", ".join(f"coalesce(current_setting('varta.{name}', true), '')" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}")
        return list(cursor.fetchone())


def _tell(reader: Reader) -> None:
    _write(
        [
            "" if reader.officer_id is None else str(reader.officer_id),
            reader.role,
            str(reader.place_from),
            str(reader.place_to),
            str(reader.unit_from),
            str(reader.unit_to),
            ",".join(sorted(reader.procedures)),
        ]
    )


TELL = "SELECT " + ", ".join(
    f"set_config('varta.{name}', ${nth}, true)" for nth, name in enumerate(NAMES, start=1)
)


def _write(values: list[str]) -> None:
    """Set them for this transaction, by a statement that the server has prepared: it goes before every read."""
    psycopg.RawCursor(connection.connection).execute(TELL, values, prepare=True)
