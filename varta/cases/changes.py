"""What became visible in the journal since a moment that PostgreSQL names by a snapshot.

A snapshot says exactly which transactions had committed. What is visible now and was not then is each
change once: a transaction that was open for long is neither missed nor repeated, which no clock and no
counter can promise. `cases_entry_by_txid` finds the rows.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from varta.cases import rows

# the lowest running transaction : the next one to come : those running between, as PostgreSQL writes it
FORM = re.compile(r"([1-9]\d{0,17}):([1-9]\d{0,17}):((?:\d{1,18}(?:,\d{1,18}){0,499})?)")
FARTHEST = 1_000_000  # transactions: an older snapshot is answered by reading everything anew

NOW = "SELECT pg_current_snapshot()::text"

CHANGED = """
SELECT pg_current_snapshot()::text,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint - pg_snapshot_xmin($1::pg_snapshot)::text::bigint,
       found.case_key, found.first
FROM (SELECT) one LEFT JOIN LATERAL (
    SELECT e.case_key, min(e.position) AS first
    FROM cases_entry e
    WHERE e.txid >= pg_snapshot_xmin($1::pg_snapshot)
      AND NOT pg_visible_in_snapshot(e.txid, $1::pg_snapshot)
      AND e.procedure = ANY ($2) AND e.at >= $3
    GROUP BY e.case_key
    LIMIT $4
) found ON true
"""

STOOD = """
SELECT e.case_key, e.position, t.pre, u.pre
FROM cases_case c
JOIN cases_entry e ON e.case_key = c.key AND e.key BETWEEN c.key_low AND c.key_high
JOIN places_territory t ON t.code = e.place
JOIN places_unit u ON u.code = e.unit
WHERE c.key = ANY ($1) AND c.entries > 1
ORDER BY e.case_key, e.position
"""


@dataclass(frozen=True)
class Changes:
    """What changed since a snapshot, up to another."""

    snapshot: str
    first: dict[UUID, int]  # case -> position of its first new entry
    whole: bool = True  # False: too much, or too long ago, to be told one by one


def snapshot() -> str:
    """Return the snapshot of this moment; ask for it before reading what it shall stand for."""
    return str(rows.cursor().execute(NOW, prepare=True).fetchone()[0])


def is_snapshot(text: str) -> bool:
    """Return whether PostgreSQL would read a text from outside as a snapshot."""
    found = FORM.fullmatch(text)
    if found is None:
        return False
    lowest, coming = int(found[1]), int(found[2])
    running = [int(one) for one in found[3].split(",") if one]
    return lowest <= coming and running == sorted(running) and all(lowest <= one < coming for one in running)


def since(earlier: str, *, procedures: Collection[str], happened_from: datetime, limit: int) -> Changes:
    """Return the cases under these procedures that changed since a snapshot, for the present reader.

    Steps that happened before `happened_from` are left out: a loaded file of last year changes no board.
    With more than `limit` cases, or from a snapshot that lies far back or (after a restored backup) ahead,
    the answer is not whole.
    """
    asked = (earlier, list(procedures), happened_from, limit + 1)
    found = rows.cursor().execute(CHANGED, asked, prepare=True).fetchall()
    now, behind = found[0][0], found[0][1]
    first = {case: position for _, _, case, position in found if case is not None}
    whole = len(first) <= limit and 0 <= behind <= FARTHEST
    return Changes(now, first if whole else {}, whole)


def stood(first: dict[UUID, int]) -> dict[UUID, set[tuple[int, int]]]:
    """Return where cases stood before and between new entries, as preorder numbers of place and unit.

    `first` names each case's first new entry; where it stands after the last one is not among them, unless
    it stood there before. Cases of one entry stood nowhere.
    """
    found = rows.cursor().execute(STOOD, (list(first),), prepare=True)
    return {
        case: {
            (place, unit) for _, position, place, unit in list(entries)[:-1] if position >= first[case] - 1
        }
        for case, entries in groupby(found, key=itemgetter(0))
    }
