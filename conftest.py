"""The ground of all tests: a real database, the territory, and Olena, Andrii and Maria.

Every run works on databases of its own, cloned from a template that is kept under `.varta-test` and made
anew when a migration, the territory or a requirement changes. Tests connect as the application's role.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
RUN = f"varta_test_{WORKER or 'main'}_{os.getpid()}"

# Before anything reads the settings: the tests' own home, the tests' own database. Each process of
# pytest-xdist has a server of its own: seals and the lake wait for the oldest transaction of a whole server.
SHARED = Path(os.environ.get("VARTA_TEST_HOME") or ROOT / ".varta-test")
os.environ["VARTA_HOME"] = str(SHARED / WORKER if WORKER else SHARED)
if (
    WORKER and not (SHARED / WORKER / "keys").exists()
):  # settings that the first process has read hold its keys
    (SHARED / WORKER).mkdir(parents=True, exist_ok=True)
    (SHARED / "keys").mkdir(mode=0o700, exist_ok=True)
    (SHARED / WORKER / "keys").symlink_to(SHARED / "keys")
os.environ["VARTA_DATABASE"] = RUN
os.environ["DJANGO_SETTINGS_MODULE"] = "varta.settings"
for name in ("DATABASE_URL", "VARTA_APP_DATABASE_URL", "VARTA_DATABASE_ROLE", "VARTA_DATABASE_POOL"):
    os.environ.pop(name, None)

import django  # noqa: E402  the settings above come first

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from tests import databases  # noqa: E402
from varta.lib import postgres  # noqa: E402

# A process of pytest-xdist has read the settings of the first one: its server is another.
connection.settings_dict.update(postgres.django_database("app") | {"TEST": connection.settings_dict["TEST"]})
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; for tests alone
pytest_plugins = ["varta.people.tests.story"]  # olena, andrii, maria, reading_as


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: AbstractContextManager[None]) -> Iterator[None]:
    """Make this run's database from the template, and drop it at the end."""
    databases.use()
    databases.clone(RUN, shared=SHARED)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        databases.close_django()
    databases.drop(RUN)
    databases.leave()


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give the test a throw-away database in which commits are real; several connections may use it."""
    name = databases.unused_name(RUN)
    databases.clone(name)
    monkeypatch.setenv("VARTA_DATABASE", name)
    with django_db_blocker.unblock(), databases.django_uses(name):  # type: ignore[attr-defined]
        yield name
    databases.drop(name)


@pytest.fixture
def as_owner(committed_db: str) -> Iterator[psycopg.Connection]:
    """Give a connection of the tables' owner to the test's committed database."""
    with postgres.connect("owner") as owner:
        yield owner


@pytest.fixture
def as_superuser(committed_db: str) -> Iterator[psycopg.Connection]:
    """Give a connection that no wall stops, as an intruder with the server's files would have."""
    with postgres.connect_as_superuser(database=committed_db) as intruder:
        yield intruder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home folder: no keys, no lake, no database."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VARTA_HOME", str(folder))
    return folder
