"""Sending a batch to the journal: again after a lost connection, and never half."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from psycopg.errors import DiskFull, OutOfMemory

from varta.calls.files.errors import ConnectionLost, NoRoomOnDisk
from varta.cases.bulk import Outcome
from varta.lib import postgres

T = TypeVar("T")

WAITS_S = (0.5, 1, 2, 4, 8, 16)


def send(
    work: Callable[[], Outcome],
    *,
    keep: bool = True,
    waits_s: Sequence[float] = WAITS_S,
    pause: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Do the work in one transaction and return its outcome; with `keep` false, nothing is kept.

    After a lost connection it tries again: the keys of the rows see to it that nothing is doubled.
    """
    return patiently(partial(_done, work, keep=keep), waits_s=waits_s, pause=pause)


def patiently(
    work: Callable[[], T],
    *,
    waits_s: Sequence[float] = WAITS_S,
    pause: Callable[[float], None] = time.sleep,
) -> T:
    """Return what the work gives, done again after a lost connection.

    Raises ConnectionLost when the database does not come back, NoRoomOnDisk when its disk is full.
    """
    for wait in (*waits_s, None):
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            connection.close()
            if isinstance(error.__cause__, DiskFull | OutOfMemory):
                raise NoRoomOnDisk(reason=reason) from error
            if wait is None:
                raise ConnectionLost(reason=reason) from error
            pause(wait)
            _revive()
    raise AssertionError("the last round returns or raises")


def _done(work: Callable[[], Outcome], *, keep: bool) -> Outcome:
    with transaction.atomic():
        outcome = work()
        if not keep:
            transaction.set_rollback(True)
    return outcome


def _revive() -> None:
    """Start our own server again if it was killed; the next round tells whether it worked."""
    with suppress(Exception):
        postgres.revive()
