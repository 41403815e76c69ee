"""Months of the journal: each has a partition before its first entry comes."""

from datetime import UTC, date, datetime
from threading import Lock
from uuid import UUID

from django.db import connection, transaction

from varta.lib.uuid7 import moment_of

_known: set[tuple[str, date]] = set()
_lock = Lock()


def month_of(key: UUID) -> date:
    """Return the first day of the UTC month in which the key was made."""
    return moment_of(key).astimezone(UTC).date().replace(day=1)


def ensure(months: set[date]) -> None:
    """Make the partitions that are missing; what was made is remembered once it is committed."""
    database = str(connection.settings_dict["NAME"])
    for month in sorted(months):
        if (database, month) in _known:
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT varta_entry_partition(%s)", [month])
        transaction.on_commit(lambda known=(database, month): _remember(known))


def ahead(now: datetime, months: int = 12) -> set[date]:
    """Return the first days of this month and of those that follow."""
    first = now.year * 12 + now.month - 1
    return {date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(months + 1)}


def _remember(known: tuple[str, date]) -> None:
    with _lock:
        _known.add(known)
