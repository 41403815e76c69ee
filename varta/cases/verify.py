"""`varta verify`: finds every changed, added or missing entry, and names it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db import connection

from varta.cases import merkle, rebuild, rows, seals
from varta.cases.canon import canonical, digest
from varta.people import looks
from varta.people.models import Look
from varta.people.scope import Reader, reading

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: what kind, which key or seal, and what was seen."""

    kind: str
    subject: str
    detail: str


def verify(*, progress: Callable[[str, int], None] = lambda stage, done: None) -> list[Finding]:
    """Return everything that is not as it was written; an empty list means all is well.

    `progress` is told the name of the stage and how many rows it has read.
    """
    with reading(Reader.system()):
        found = [
            *_seals(progress),
            *_contents(progress),
            *_looks(progress),
            *_chains(),
            *_numbers(),
        ]
        found += [
            Finding("projection", str(difference.case), difference.what)
            for difference in rebuild.differences(progress=progress)
        ]
    return found


def _seals(progress: Callable[[str, int], None]) -> Iterator[Finding]:
    """Compare each seal with its signature, its leaves, and what the database now holds."""
    try:
        chain = seals.lines()
    except seals.SealsBroken as broken:
        yield Finding("seal-unreadable", "chain.jsonl", str(broken))
        return
    yield from _seals_in_database(len(chain))
    previous, until = seals.FIRST, 0
    for line in chain:
        name = f"seal {line.nth}"
        if not seals.is_signed(line):
            yield Finding("seal-forged", name, "the signature does not fit")
        if line.previous != previous or line.from_txid != until:
            yield Finding("seal-out-of-chain", name, "it does not follow the seal before it")
        previous, until = line.digest(), line.to_txid
        yield from _leaves(line, name)
        progress("seals", line.nth)
    yield from _impossible_transactions()


def _seals_in_database(outside: int) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(nth), 0) FROM cases_seal")
        [inside] = cursor.fetchone()
    if inside > outside:
        yield Finding(
            "seal-missing", f"seal {outside + 1}", f"the database knows {inside} seals, outside lie {outside}"
        )
    if inside < outside - 1:
        yield Finding(
            "seal-missing", f"seal {inside + 1}", f"outside lie {outside} seals, the database knows {inside}"
        )


def _leaves(line: seals.Line, name: str) -> Iterator[Finding]:
    try:
        kept = seals.kept_leaves(line.nth)
    except FileNotFoundError:
        yield Finding("seal-leaves-missing", name, "its file of leaves is gone")
        kept = []
    if kept and merkle.root(kept).hex() != line.root:
        yield Finding("seal-leaves-changed", name, "its leaves do not give its root")
    now = seals.leaves_between(line.from_txid, line.to_txid)
    if merkle.root(now).hex() == line.root:
        return
    then_by_key, now_by_key = ({leaf[:17]: leaf[17:] for leaf in side} for side in (kept, now))
    for key in sorted(then_by_key.keys() | now_by_key.keys()):
        if key not in now_by_key:
            yield Finding("missing", _named(key), f"{name} holds it, the database does not")
        elif key not in then_by_key:
            yield Finding("added", _named(key), f"the database holds it within {name}, which did not seal it")
        elif then_by_key[key] != now_by_key[key]:
            yield Finding("changed", _named(key), f"its hash differs from the one in {name}")


def _named(key: bytes) -> str:
    return f"{'entry' if key[:1] == b'E' else 'look'} {UUID(bytes=key[1:17])}"


def _impossible_transactions() -> Iterator[Finding]:
    """Find rows that claim a transaction which has not ended; this one's own rows are its right."""
    query = """
        SELECT kind, key FROM (SELECT 'entry' AS kind, key, txid FROM cases_entry
                               UNION ALL SELECT 'look', key, txid FROM people_look) written
        WHERE txid >= pg_snapshot_xmax(pg_current_snapshot())
          AND txid IS DISTINCT FROM pg_current_xact_id_if_assigned()
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        for kind, key in cursor.fetchall():
            yield Finding("added", f"{kind} {key}", "it names a transaction that has not taken place")


# Everything as the hash has it, so that neither keys nor moments are taken apart and put together again.
CONTENT = """
SELECT key::text, case_key::text, position, procedure, step, place, unit, officer_id, role,
       to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
       to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
       data::text, people::text, corrects::text, parent::text, number, year, encode(prev_hash, 'hex'), hash
FROM cases_entry
"""


def _contents(progress: Callable[[str, int], None]) -> Iterator[Finding]:
    """Recompute the hash of every entry from its columns."""
    done = 0
    with rows.stream(CONTENT, size=CHUNK) as stream:
        for row in stream:
            data, people = canonical(orjson.loads(row[11])), canonical(orjson.loads(row[12]))
            if digest(*row[:11], data, people, *row[13:18]) != row[18]:
                yield Finding(
                    "changed", f"entry {row[0]}", f"its content does not give its hash (case {row[1]})"
                )
            done += 1
            if done % CHUNK == 0:
                progress("entries", done)
    progress("entries", done)


def _looks(progress: Callable[[str, int], None]) -> Iterator[Finding]:
    done = 0
    for look in Look.objects.order_by().iterator(CHUNK):
        if looks.content_hash({name: getattr(look, name) for name in looks.HASHED}) != bytes(look.hash):
            yield Finding("changed", f"look {look.key}", "its content does not give its hash")
        done += 1
    progress("looks", done)


def _chains() -> Iterator[Finding]:
    """Find entries that do not follow the one before them in their case."""
    query = """
        SELECT case_key, key, position FROM (
            SELECT case_key, key, position, prev_hash,
                   lag(hash) OVER case_order AS hash_before, row_number() OVER case_order AS nth
            FROM cases_entry WINDOW case_order AS (PARTITION BY case_key ORDER BY position, key)
        ) e WHERE position <> nth OR prev_hash IS DISTINCT FROM hash_before
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        for case, key, position in cursor.fetchall():
            yield Finding(
                "broken-chain",
                f"entry {key}",
                f"entry {position} of case {case} does not follow the one before it",
            )


def _numbers() -> Iterator[Finding]:
    """Find journals with a gap: numbers run from 1 to the journal's last."""
    query = """
        SELECT coalesce(e.procedure, j.procedure), coalesce(e.unit, j.unit), coalesce(e.year, j.year),
               many, highest, last
        FROM (SELECT procedure, unit, year, count(DISTINCT number) AS many, max(number) AS highest
              FROM cases_entry WHERE number IS NOT NULL GROUP BY 1, 2, 3) e
        FULL JOIN cases_journal j ON (j.procedure, j.unit, j.year) = (e.procedure, e.unit, e.year)
        WHERE coalesce(many, 0) <> coalesce(last, 0) OR coalesce(highest, 0) <> coalesce(last, 0)
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        for procedure, unit, year, many, highest, last in cursor.fetchall():
            yield Finding(
                "journal-gap",
                f"{procedure} {unit} {year}",
                f"{many or 0} numbers up to {highest or 0}; the journal: {last or 0}",
            )
