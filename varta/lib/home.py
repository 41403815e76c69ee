"""The folder where Varta keeps what is not in the repository: database, keys, lake, logs."""

import os
import secrets
from pathlib import Path


def path() -> Path:
    """Return the absolute path of the home folder, made with access for its owner only.

    `VARTA_HOME` names it; otherwise it is `.varta` in the checkout, or in the current folder
    when Varta is installed without a checkout.
    """
    given = os.environ.get("VARTA_HOME")
    folder = Path(given).expanduser().resolve() if given else _beside_the_code() / ".varta"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folder(name: str) -> Path:
    """Return a folder inside the home folder, made if it is missing."""
    inside = path() / name
    inside.mkdir(mode=0o700, parents=True, exist_ok=True)
    return inside


def secret(name: str, *, length: int = 48) -> str:
    """Return the secret of this name, made of `length` random bytes the first time it is asked for.

    It is kept under `keys/` with access for its owner only. Two processes that ask at once get the same.
    """
    file = folder("keys") / name
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(length))
    return file.read_text().strip()


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read; a reader sees the old text or the new, never half."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _write_once(file: Path, text: str) -> None:
    """Make the file with this text unless another process was first: a link never replaces."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(draft, text)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process made it first: its secret is the secret
    finally:
        draft.unlink()


def _beside_the_code() -> Path:
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()
