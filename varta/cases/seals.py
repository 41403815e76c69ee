"""Seals: every few minutes a signed Merkle root over new entries and looks, kept outside the database.

A hash chain finds a changed byte but not a cut tail; a seal finds both, and its leaves name the
entry. Files under `VARTA_SEALS` (default: the folder `seals` at home):

    chain.jsonl      one signed seal a line, each with the hash of the line before
    00000001.leaves  49 bytes for each row: kind (E entry, L look), key, hash; sorted
    seal.pub         the Ed25519 public key, PEM

What is new is told by transaction numbers: rows of transactions before the oldest one still
running are complete, so nothing can slip in behind a seal.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection

from varta.cases import merkle
from varta.cases.canon import utc
from varta.cases.models import Seal
from varta.lib import home
from varta.people.scope import Reader, reading

LEAF = 49
FIRST = "0" * 64  # stands for the line before the first


class SealsBroken(RuntimeError):
    """The seals contradict themselves or the database; nothing is sealed over it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One seal as its line in chain.jsonl says it; transactions from_txid ≤ t < to_txid."""

    nth: int
    from_txid: int
    to_txid: int
    entries: int
    looks: int
    root: str
    previous: str
    sealed_at: str
    signature: str = ""

    def content(self) -> bytes:
        """Return what is signed."""
        return json.dumps(asdict(self) | {"signature": ""}, sort_keys=True).encode()

    def text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    def digest(self) -> str:
        """Return the hash by which the next line names this one."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def folder() -> Path:
    """Return the folder of seals, made if it is missing."""
    path = Path(os.environ.get("VARTA_SEALS") or home.path() / "seals")
    path.mkdir(parents=True, exist_ok=True)
    return path


def seal(now: datetime) -> Line | None:
    """Seal everything complete since the last seal; None if there is nothing new."""
    with reading(Reader.system()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7270001, 2)")
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            [until] = cursor.fetchone()
        last = _agreed_last()
        since = last.to_txid if last else 0
        if until < since:
            raise SealsBroken(
                f"The database counts transactions only to {until}, the last seal reached {since}: "
                "it was restored from a copy that forgot the count. Restore with `varta restore`."
            )
        leaves = leaves_between(since, until)
        if not leaves:
            return None
        line = _signed(
            Line(
                nth=last.nth + 1 if last else 1,
                from_txid=since,
                to_txid=until,
                entries=sum(leaf[:1] == b"E" for leaf in leaves),
                looks=sum(leaf[:1] == b"L" for leaf in leaves),
                root=merkle.root(leaves).hex(),
                previous=last.digest() if last else FIRST,
                sealed_at=utc(now),
            )
        )
        _keep(line, leaves)
        _record(line)
        return line


def leaves_between(since: int, until: int) -> list[bytes]:
    """Return the sorted leaves of entries and looks of transactions since ≤ t < until."""
    query = """
        SELECT 'E', key, hash FROM cases_entry WHERE txid >= %s::text::xid8 AND txid < %s::text::xid8
        UNION ALL
        SELECT 'L', key, hash FROM people_look WHERE txid >= %s::text::xid8 AND txid < %s::text::xid8
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [since, until, since, until])
        return sorted(kind.encode() + key.bytes + bytes(digest) for kind, key, digest in cursor)


def lines() -> list[Line]:
    """Return the seals that lie outside, the first first."""
    path = folder() / "chain.jsonl"
    if not path.exists():
        return []
    found = []
    for nth, text in enumerate(path.read_text().splitlines(), start=1):
        try:
            found.append(Line(**json.loads(text)))
        except (ValueError, TypeError) as broken:
            raise SealsBroken(f"Line {nth} of {path} is not a seal: {broken}") from broken
    return found


def kept_leaves(nth: int) -> list[bytes]:
    """Return the leaves that were kept with a seal; raises FileNotFoundError."""
    content = (folder() / f"{nth:08d}.leaves").read_bytes()
    return [content[start : start + LEAF] for start in range(0, len(content), LEAF)]


def is_signed(line: Line) -> bool:
    """Return whether the line carries the signature of this installation's key."""
    try:
        _public_key().verify(bytes.fromhex(line.signature), line.content())
    except (InvalidSignature, ValueError):
        return False
    return True


def _agreed_last() -> Line | None:
    """Return the last seal; one that was kept outside but not committed is taken up, never replaced."""
    outside = lines()
    inside = Seal.objects.order_by("-nth").first()
    if inside and len(outside) < inside.nth:
        raise SealsBroken(
            f"The database knows {inside.nth} seals, but only {len(outside)} lie in {folder()}."
        )
    for line in outside[inside.nth if inside else 0 :]:
        if not is_signed(line):
            raise SealsBroken(f"Seal {line.nth} in {folder()} is not signed with this installation's key.")
        _record(line)
    return outside[-1] if outside else None


def _keep(line: Line, leaves: Sequence[bytes]) -> None:
    """Write leaves, then the line, each forced to disk: the line is what makes a seal."""
    _write(folder() / f"{line.nth:08d}.leaves", b"".join(leaves), "wb")
    _write(folder() / "chain.jsonl", (line.text() + "\n").encode(), "ab")


def _write(path: Path, content: bytes, mode: str) -> None:
    with path.open(mode) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _record(line: Line) -> None:
    Seal.objects.create(
        nth=line.nth,
        from_txid=line.from_txid,
        to_txid=line.to_txid,
        entries=line.entries,
        looks=line.looks,
        root=bytes.fromhex(line.root),
        previous=bytes.fromhex(line.previous),
        sealed_at=line.sealed_at,
        signature=bytes.fromhex(line.signature),
    )


def _signed(line: Line) -> Line:
    return replace(line, signature=_private_key().sign(line.content()).hex())


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(home.secret("seal").encode()).digest())


def _public_key() -> Ed25519PublicKey:
    """Return the key that lies beside the seals; it is put there with the first one."""
    path = folder() / "seal.pub"
    if not path.exists():
        pem = (
            _private_key()
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
        path.write_bytes(pem)
    key = serialization.load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise SealsBroken(f"{path} is not an Ed25519 public key.")
    return key
