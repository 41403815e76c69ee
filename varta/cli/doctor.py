"""`varta doctor`: whether this installation is as safe as it should be, and how to mend it."""

import stat
from collections.abc import Iterator
from typing import NamedTuple

import click
import psycopg

from varta.cli import django_ready

APPEND_ONLY = ("cases_entry", "people_look")


class Finding(NamedTuple):
    """One thing that was looked at; `mend` is empty when it is as it should be."""

    what: str
    mend: str = ""


@click.command()
def command() -> None:
    """Check settings, keys, database roles and backups; end with 1 if something must be mended."""
    django_ready(process="varta doctor")
    from varta.lib import postgres

    findings = [*home_findings(), *setting_findings(), *backup_findings()]
    with postgres.connect("app") as connection:
        findings += [*role_findings(connection), *table_findings(connection), *server_findings(connection)]
    for finding in findings:
        click.secho(
            f"{'mend' if finding.mend else '  ok'}  {finding.what}", fg="red" if finding.mend else None
        )
        if finding.mend:
            click.echo(f"      {finding.mend}")
    if wrong := sum(bool(finding.mend) for finding in findings):
        raise click.ClickException(f"{wrong} of {len(findings)} things must be mended.")
    click.echo(f"All {len(findings)} things are as they should be.")


def home_findings() -> Iterator[Finding]:
    """Look at the home folder and its keys: nobody else may read them."""
    from varta.lib import home

    mode = stat.S_IMODE(home.path().stat().st_mode)
    yield _finding(
        f"The home folder {home.path()} is closed to others", not mode & 0o007, f"chmod o-rwx {home.path()}"
    )
    for key in sorted(home.folder("keys").iterdir()):
        closed = not stat.S_IMODE(key.stat().st_mode) & 0o077
        yield _finding(f"The key {key.name} is readable by its owner alone", closed, f"chmod 600 {key}")


def setting_findings() -> Iterator[Finding]:
    """Look at the settings that a station in use must have."""
    from django.conf import settings

    yield _finding("DEBUG is off", not settings.DEBUG, "Remove DEBUG: it shows code and data to anybody.")
    secret = len(str(settings.SECRET_KEY)) >= 40
    yield _finding("The secret key is long", secret, "Remove VARTA_SECRET_KEY, and Varta makes one.")
    local = set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}
    safe = local or settings.SESSION_COOKIE_SECURE
    yield _finding(
        "Whoever comes from outside comes by HTTPS",
        safe,
        "Set VARTA_HTTPS=1 behind a proxy that speaks HTTPS.",
    )
    given = settings.VARTA_LIVE  # a bare port is the process itself, which speaks no HTTPS
    yield _finding(
        "Boards reach the live process by HTTPS",
        not settings.SESSION_COOKIE_SECURE or not given or given.startswith("https://"),
        "Remove VARTA_LIVE and let the proxy pass /live/ on, or give an address with https://.",
    )
    demo = local or not settings.DEMO
    yield _finding("No demo accounts are open to the outside", demo, "Remove VARTA_DEMO.")


def backup_findings() -> Iterator[Finding]:
    """Look at the last backup: it should be less than two days old, and proved."""
    from datetime import datetime, timedelta

    from varta.lib import backups, clock

    last = backups.last()
    fresh = last is not None and clock.now() - datetime.fromisoformat(last.made_at) < timedelta(days=2)
    yield _finding("There is a backup of the last two days", fresh, "varta backup")


def role_findings(connection: psycopg.Connection) -> Iterator[Finding]:
    """Look at the application's role: it owns nothing and passes no wall."""
    rights = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
    strong = _one(connection, f"SELECT {rights} FROM pg_roles WHERE rolname = current_user")
    user = connection.info.user
    mend = f"ALTER ROLE {user} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION"
    yield _finding(f"The role {user} has no special right", not strong, mend)
    owned = _one(connection, "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
    yield _finding(f"The role {user} owns nothing", not owned, f"REASSIGN OWNED BY {user} TO the owner")
    member = _one(connection, "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole")
    yield _finding(
        f"The role {user} is a member of no other role", not member, f"REVOKE the other roles FROM {user}"
    )
    create = _one(connection, "SELECT has_schema_privilege('public', 'CREATE')")
    yield _finding(
        f"The role {user} can make no table", not create, "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    )


def table_findings(connection: psycopg.Connection) -> Iterator[Finding]:
    """Look at the tables: what is append-only, and where row-level security is forced."""
    for table in APPEND_ONLY:
        for (part,) in connection.execute(_PARTS, {"table": table}).fetchall():
            loose = _one(connection, "SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", part)
            mend = f"REVOKE UPDATE, DELETE, TRUNCATE ON {part} FROM {connection.info.user}"
            if part == table or loose:
                yield _finding(f"Rows of {part} can be neither changed nor removed", not loose, mend)
    for table, forced in connection.execute(_WALLED).fetchall():
        mend = f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield _finding(f"Row-level security of {table} is forced", forced, mend)
    walled = _one(connection, "SELECT relrowsecurity FROM pg_class WHERE oid = 'cases_case'::regclass")
    yield _finding("Cases stand behind row-level security", walled, "varta migrate")


def server_findings(connection: psycopg.Connection) -> Iterator[Finding]:
    """Look at the server: what it says is written must be on the disk."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        value = _one(connection, "SELECT current_setting(%s)", setting)
        yield _finding(f"The server's {setting} is on", value != "off", f"ALTER SYSTEM SET {setting} = on")
    version = connection.info.server_version // 10_000
    yield _finding(f"PostgreSQL {version} is 15 or newer", version >= 15, "Upgrade the server.")
    sums = _one(connection, "SELECT current_setting('data_checksums')")
    yield _finding(
        "The server's data checksums are on", sums == "on", "pg_checksums --enable, while it is stopped"
    )


def _finding(what: str, good: object, mend: str) -> Finding:
    return Finding(what, "" if good else mend)


def _one(connection: psycopg.Connection, query: str, *values: object) -> object:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None


_PARTS = """
    SELECT %(table)s::text UNION
    SELECT relid::text FROM pg_partition_tree(%(table)s::text::regclass) ORDER BY 1
"""
_WALLED = """
    SELECT relname, relforcerowsecurity FROM pg_class
    WHERE relrowsecurity AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname
"""
