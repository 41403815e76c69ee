"""Backups of the embedded database with its keys and seals: made, proved by restoring, and recorded.

A backup is a folder: a physical copy of the whole cluster (transaction numbers and all, on which seals
and the lake rely), the keys, the seals, and `backup.json` with the number of rows of each table.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from varta.lib import embedded, home, postgres

COPIED = ("keys", "seals")
SEALING = (7270001, 2)  # the advisory lock under which seals are made: none is half in the copy


class BackupFailed(RuntimeError):
    """A backup could not be made, or does not hold what it should."""


@dataclass(frozen=True)
class Backup:
    """One backup, as `backup.json` and the record of the last backup say it."""

    folder: str
    made_at: str
    bytes: int
    least: Mapping[str, int]  # rows of each table before the copy began
    most: Mapping[str, int]  # and after it ended
    files: Mapping[str, str]  # path inside the folder -> SHA-256
    proved_at: str | None = None  # when it was restored on trial


def last() -> Backup | None:
    """Return the last backup that was recorded, or None if there was none."""
    file = home.path() / "backups" / "last.json"
    return Backup(**json.loads(file.read_text())) if file.exists() else None


def record(backup: Backup) -> None:
    """Remember a backup as the last one; the health page reads it."""
    home.write_private(home.folder("backups") / "last.json", json.dumps(asdict(backup), indent=1))


def make(into: Path, *, now: datetime) -> Backup:
    """Copy the running cluster, keys and seals into a new folder and return what was copied."""
    target = into / now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    draft = target.with_suffix(".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    try:
        with postgres.connect_as_superuser(database=postgres.database_name()) as guard:
            guard.execute("SELECT pg_advisory_lock(%s, %s)", SEALING)
            least = _counts()
            for name in COPIED:
                if (home.path() / name).exists():
                    shutil.copytree(home.path() / name, draft / name)
            copy = ("-D", draft / "cluster", "-Ft", "-z", "-X", "stream", "-c", "fast", "--no-password")
            embedded.ask("pg_basebackup", *copy)
            most = _counts()
        backup = Backup(str(target), now.isoformat(), _size(draft), least, most, _digests(draft))
        home.write_private(draft / "backup.json", json.dumps(asdict(backup), indent=1))
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return backup


def read(folder: Path) -> Backup:
    """Return what a backup says of itself, once every file of it has the bytes that were written."""
    try:
        backup = Backup(**json.loads((folder / "backup.json").read_text()))
    except FileNotFoundError:
        raise BackupFailed(f"{folder} is not a backup: it has no backup.json.") from None
    found = _digests(folder)
    for name, digest in backup.files.items():
        if found.get(name) != digest:
            raise BackupFailed(f"{folder / name} is {'damaged' if name in found else 'missing'}.")
    return backup


def prove(folder: Path) -> dict[str, int]:
    """Restore a backup into a throw-away home folder and return the rows of each table found there."""
    with tempfile.TemporaryDirectory(prefix="varta-proof-") as scratch:
        environment = {**os.environ, "VARTA_HOME": scratch}
        code = (
            "import sys, pathlib; from varta.lib import backups as b; b.prove_here(pathlib.Path(sys.argv[1]))"
        )
        command = [sys.executable, "-c", code, str(folder.resolve())]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise BackupFailed(
            f"The backup could not be restored on trial.\n{done.stderr.strip().splitlines()[-1]}"
        )
    return dict(json.loads(done.stdout))


def prove_here(folder: Path) -> None:
    """Restore a backup into this process's home folder, print the rows found, and clear the cluster."""
    found = restore(folder)
    postgres.leave()
    shutil.rmtree(embedded._data().parent, ignore_errors=True)
    print(json.dumps(found))  # noqa: T201  the answer to `prove`


def restore(folder: Path) -> dict[str, int]:
    """Put a backup into this home folder, which must have no database, and return the rows of each table.

    Raises BackupFailed if a table has fewer or more rows than the backup says.
    """
    backup = read(folder)
    for name in COPIED:
        if (folder / name).exists():
            shutil.copytree(folder / name, home.path() / name, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.path(), prefix="restore-") as scratch:
        data = Path(scratch) / "data"
        _unpack(folder / "cluster" / "base.tar.gz", data)
        _unpack(folder / "cluster" / "pg_wal.tar.gz", data / "pg_wal")
        embedded.adopt(data)
    postgres.use()
    found = _counts()
    compare(backup, found)
    return found


def compare(backup: Backup, found: Mapping[str, int]) -> None:
    """Raise BackupFailed unless each table has as many rows as it had while the backup was made."""
    for table in backup.least.keys() & backup.most.keys():
        low, high = sorted((backup.least[table], backup.most[table]))
        if not low <= found.get(table, -1) <= high:
            rows = found.get(table, "no")
            raise BackupFailed(f"The table {table} has {rows} rows in the backup instead of {low} to {high}.")


def forget_old(into: Path, *, keep: int) -> None:
    """Remove all but the newest backups of a folder."""
    made = sorted(folder for folder in into.glob("????-??-??T??????Z") if (folder / "backup.json").exists())
    for folder in made[:-keep]:
        shutil.rmtree(folder)


def _counts() -> dict[str, int]:
    """Return the number of rows of each table, as one moment sees them."""
    with postgres.connect_as_superuser(database=postgres.database_name()) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
        ).fetchall()
        counts = {}
        for (table,) in tables:
            row = connection.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            ).fetchone()
            counts[table] = row[0] if row else 0
        return counts


def _unpack(archive: Path, into: Path) -> None:
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(into, filter="data")


def _digests(folder: Path) -> dict[str, str]:
    digests = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "backup.json"):
        with file.open("rb") as source:
            digests[str(file.relative_to(folder))] = hashlib.file_digest(source, "sha256").hexdigest()
    return digests


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
