"""Entries to and from rows of the journal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import connection
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from varta.cases.canon import Involved, Written, canonical

COLUMNS = [
    "key",
    "case_key",
    "position",
    "procedure",
    "step",
    "place",
    "unit",
    "officer_id",
    "role",
    "at",
    "received_at",
    "data",
    "people",
    "corrects",
    "parent",
    "number",
    "year",
    "prev_hash",
    "hash",
]
SELECTED = ", ".join(COLUMNS)


def cursor() -> psycopg.RawCursor[Any]:
    """Return a cursor on Django's connection that binds on the server and keeps prepared plans.

    Django's own cursor sends each statement as text, which the server plans anew each time;
    planning an insert into a partitioned table costs more than running it. Parameters are $1, $2 …
    as PostgreSQL names them: psycopg would take apart a statement of 70 parameters at every call.
    """
    connection.ensure_connection()
    opened = psycopg.RawCursor(connection.connection)
    opened.adapters.register_loader("timestamptz", Moments)
    return opened


class Moments(Loader):
    """Reads moments eight times faster than the general loader: the session's zone is UTC, as Django sets it."""

    def load(self, data: Buffer) -> datetime:
        """Return the aware moment."""
        return datetime.fromisoformat(bytes(data).decode()).replace(tzinfo=UTC)


def slots(count: int, *, after: int = 0) -> str:
    """Return "$1, $2 …" for this many parameters that follow `after` others."""
    return ", ".join(f"${nth}" for nth in range(after + 1, after + count + 1))


@contextmanager
def stream(query: str, *, size: int) -> Iterator[psycopg.ServerCursor[Any]]:
    """Open a cursor that stays on the server, for more rows than memory should hold."""
    connection.ensure_connection()
    with psycopg.ServerCursor(connection.connection, "varta_stream") as opened:
        opened.itersize = size
        opened.adapters.register_loader("timestamptz", Moments)
        opened.execute(query)
        yield opened


def entry_of(row: Sequence[Any]) -> Written:
    """Return the entry that a row with `COLUMNS` holds."""
    values = list(row)
    values[11] = _plain(row[11])
    values[12] = tuple(Involved(UUID(one["person"]), one["part"]) for one in _plain(row[12]))
    values[17] = bytes(row[17]) if row[17] is not None else None
    values[18] = bytes(row[18])
    return Written(*values)


def row_of(entry: Written) -> list[Any]:
    """Return the values of `COLUMNS` for an entry."""
    values = [getattr(entry, name) for name in COLUMNS]
    values[11] = canonical(entry.data)
    values[12] = canonical(entry.people_json())
    return values


def _plain(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str | bytes) else value
