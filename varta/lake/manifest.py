"""Which files make up the lake: replaced as a whole, so that readers always see one consistent set."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from varta.lib import home

EDITION = 1  # raise it when the columns change in a way that old files cannot serve


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file: its name in the folder, how many rows, its SHA-256, its size in bytes (0: not noted)."""

    file: str
    rows: int
    sha256: str
    size: int = 0


@dataclass(frozen=True)
class Manifest:
    """The files by folder and Kyiv month, and up to which transaction they are complete.

    `database` tells the server's identity: another one means that the lake is made anew.
    """

    database: str = ""
    watermark: int = 0
    refreshed_at: str = ""
    edition: int = EDITION
    folders: dict[str, dict[str, tuple[Part, ...]]] = field(default_factory=dict)

    def parts(self, folder: str, month: str) -> tuple[Part, ...]:
        """Return the files of a folder's month ("2019-01")."""
        return self.folders.get(folder, {}).get(month, ())

    def with_parts(self, folder: str, month: str, parts: tuple[Part, ...]) -> "Manifest":
        """Return a manifest in which these files make up the folder's month."""
        months = {**self.folders.get(folder, {}), month: parts}
        if not parts:
            del months[month]
        return replace(self, folders={**self.folders, folder: months})

    def paths(self, folder: str, first: str = "", last: str = "9999-12") -> list[Path]:
        """Return the files of a folder from one month to another, both inclusive."""
        months = sorted(month for month in self.folders.get(folder, {}) if first <= month <= last)
        return [root() / folder / part.file for month in months for part in self.parts(folder, month)]

    def rows(self) -> int:
        """Return how many rows lie in the lake."""
        return sum(
            part.rows for months in self.folders.values() for parts in months.values() for part in parts
        )

    def hashes(self) -> dict[str, str]:
        """Return file -> SHA-256, which a frozen report keeps."""
        return {
            f"{folder}/{part.file}": part.sha256
            for folder, months in sorted(self.folders.items())
            for parts in months.values()
            for part in parts
        }


def root() -> Path:
    """Return the lake's folder."""
    path = Path(os.environ.get("VARTA_LAKE") or home.path() / "lake")
    path.mkdir(parents=True, exist_ok=True)
    return path


def read() -> Manifest:
    """Return the manifest as it lies there; an empty one if there is none or it is of another edition."""
    try:
        plain = json.loads((root() / "manifest.json").read_text())
    except FileNotFoundError:
        return Manifest()
    if plain.get("edition") != EDITION:
        return Manifest()
    plain["folders"] = {
        folder: {month: tuple(Part(**part) for part in parts) for month, parts in months.items()}
        for folder, months in plain["folders"].items()
    }
    return Manifest(**plain)


def write(manifest: Manifest, *, now: datetime) -> Manifest:
    """Put the manifest in the place of the old one and return it; the rename is what makes it count."""
    kept = replace(manifest, refreshed_at=now.isoformat())
    path = root() / "manifest.new"
    with path.open("w") as file:
        json.dump(asdict(kept), file)
        file.flush()
        os.fsync(file.fileno())
    path.replace(root() / "manifest.json")
    return kept


def part_of(path: Path, rows: int) -> Part:
    """Return the entry of a file that has just been written."""
    return Part(path.name, rows, digest(path), path.stat().st_size)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def alone() -> Iterator[bool]:
    """Yield whether this process may change the lake: only one does at a time."""
    with (root() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
