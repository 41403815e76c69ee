"""Databases for tests: one template, kept between runs, and quick clones of it.

Each process of pytest-xdist has a server of its own. The first one to need the template makes it and leaves
a dump for the others, which takes seconds to read instead of a minute.
"""

import fcntl
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from varta.lib import embedded, home, postgres

ROOT = Path(__file__).resolve().parents[1]
GROUND = (["migrate"], ["load", "territory"], ["load", "units"])
_numbers = itertools.count(1)


def use() -> None:
    """Start the tests' server and clear the databases of runs that were killed."""
    postgres.use()
    with postgres.connect_as_superuser() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^varta_(test|draft)_'")
        for (name,) in rows.fetchall():
            run = re.fullmatch(r"varta_(?:test_main|test_gw\d+|draft)_(\d+)(?:_\d+)?", name)
            if run and not _is_running(int(run[1])):
                drop(name)


def leave() -> None:
    """Stop the tests' server if this was the last run that used it."""
    postgres.leave()


def clone(name: str, *, of: str = "", shared: Path | None = None) -> None:
    """Make a database equal to the template, migrated and with the territory and the units in it, or to `of`.

    `shared` is the folder in which processes leave each other the template.
    """
    with open(home.path() / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = of or _template(shared or home.path())
        with postgres.connect_as_superuser() as connection:
            _execute(connection, "CREATE DATABASE {} TEMPLATE {} OWNER varta_owner", name, template)
            _execute(connection, "ALTER DATABASE {} SET synchronous_commit = off", name)


def drop(name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with postgres.connect_as_superuser() as connection:
        _execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def forget_clusters(folder: Path) -> None:
    """Remove the clusters of a test's own home folder; under root they may lie outside it."""
    for cluster in [*folder.glob("postgres"), *folder.glob("*/postgres")]:
        shutil.rmtree(cluster.resolve(), ignore_errors=True)


def unused_name(run: str) -> str:
    """Return a name for a throw-away database of this run."""
    return f"{run}_{next(_numbers)}"


def close_django() -> None:
    """Close Django's connections of this thread."""
    from django.db import connections

    connections.close_all()


@contextmanager
def django_uses(name: str) -> Iterator[None]:
    """Let Django's connections go to another database while this lasts."""
    from django.db import connection

    before = connection.settings_dict["NAME"]
    close_django()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        close_django()
        connection.settings_dict["NAME"] = before


def settle() -> None:
    """Wait until every transaction that began before now has ended, on the whole server.

    Seals and the lake leave what is newer than the oldest running transaction for the next time, and
    tests that run beside this one have transactions too.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [mine] = cursor.fetchone()
        for _ in range(3600):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > mine:
                return
            time.sleep(0.05)
    raise TimeoutError("A transaction on the tests' server has been open for three minutes.")


def _template(shared: Path) -> str:
    """Return the template's name, made now if this server has none of this state of the code yet."""
    name = f"varta_template_{_fingerprint()}"
    with postgres.connect_as_superuser() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'varta\\_template\\_%'")
        known = [row[0] for row in rows.fetchall()]
    if name not in known:
        for old in known:
            drop(old)
        shared.mkdir(parents=True, exist_ok=True)
        with open(shared / "template.dump.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _make_template(name, shared / f"{name}.dump")
    return name


def _make_template(name: str, dump: Path) -> None:
    """Make the template from the dump that another process left, or by the commands, and then leave one."""
    draft = f"varta_draft_{os.getpid()}"
    drop(draft)
    environment = {**os.environ, "VARTA_DATABASE": draft}
    if dump.exists():
        code = "from varta.lib import postgres; postgres.bootstrap()"
        subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=ROOT)
        embedded.ask("pg_restore", "--exit-on-error", "--dbname", draft, dump)
    else:
        for command in GROUND:
            subprocess.run([sys.executable, "-m", "varta", *command], check=True, env=environment, cwd=ROOT)
        for old in dump.parent.glob("varta_template_*.dump"):
            old.unlink()
        half = dump.with_suffix(".part")
        embedded.ask("pg_dump", "--format=custom", "--compress=1", f"--file={half}", draft)
        half.rename(dump)
    with postgres.connect_as_superuser(database=draft) as connection:
        connection.execute("VACUUM ANALYZE")  # else plans over 31,745 places are made for a few
    with postgres.connect_as_superuser() as connection:
        _execute(connection, "ALTER DATABASE {} RENAME TO {}", draft, name)


def _fingerprint() -> str:
    """Return a digest of all that decides what the template holds."""
    digest = hashlib.sha256()
    code = ROOT / "varta"
    files = [
        *code.glob("**/migrations/*.py"),
        *ROOT.glob("varta/**/sql.py"),
        *code.glob("places/**/*"),
        ROOT / "pyproject.toml",
        Path(__file__),
    ]
    for file in sorted(files):
        if file.is_file() and not {"tests", "__pycache__", "locale", "templates"} & set(file.parts):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _execute(connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
