"""The database: the embedded server or the one that DATABASE_URL names, and its two roles.

`varta_owner` (or the user of DATABASE_URL) owns the tables and runs migrations. `varta_app` owns nothing,
cannot pass row-level security, and is what pages, workers and commands connect as.
"""

import os
from typing import Any, Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from varta.lib import embedded, home

Role = Literal["app", "owner"]
APP = "varta_app"
OWNER = "varta_owner"


class DatabaseNotReady(RuntimeError):
    """The database cannot be used as it is; the message says what to do."""


def is_embedded() -> bool:
    """Say whether Varta runs its own server, as it does when no address of another is given."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("VARTA_APP_DATABASE_URL"))


def database_name() -> str:
    """Return the name of the database on the embedded server; tests give another by VARTA_DATABASE."""
    return os.environ.get("VARTA_DATABASE") or "varta"


def use() -> None:
    """Start the embedded server unless it runs; nothing for a server of somebody else's."""
    if is_embedded():
        embedded.use()


def revive() -> None:
    """Start the embedded server again if it was killed; cheap enough to ask twice a second."""
    if is_embedded() and not embedded.is_running():
        embedded.use()


def leave() -> None:
    """Stop the embedded server if no other process uses it."""
    if is_embedded():
        embedded.leave()


def address(role: Role, *, database: str | None = None) -> dict[str, Any]:
    """Return libpq's keywords for a connection as a role, to Varta's database or to the one named."""
    keywords = _embedded_address(role) if is_embedded() else _given_address(role)
    return {**keywords, "dbname": database or keywords["dbname"]}


def connect(role: Role, *, database: str | None = None, autocommit: bool = True) -> psycopg.Connection:
    """Return a connection of a command as a role; the caller closes it."""
    return psycopg.connect(**address(role, database=database), autocommit=autocommit)


def conninfo(role: Role, *, database: str | None = None) -> str:
    """Return libpq's connection string for a role, with its password: never print it."""
    return make_conninfo(**address(role, database=database))


def connect_as_superuser(*, database: str = "postgres") -> psycopg.Connection:
    """Return a connection to the embedded server as its superuser, for set-up and for tests."""
    return psycopg.connect(
        host=str(embedded.socket_folder()),
        user=embedded.SUPERUSER,
        password=embedded.superuser_password(),
        dbname=database,
        autocommit=True,
    )


def django_database(role: str) -> dict[str, Any]:
    """Return Django's entry for the database as "app" or "owner".

    The web server sets VARTA_DATABASE_POOL (connections kept by each process) and VARTA_STATEMENT_TIMEOUT
    (for example 30s); commands and workers have neither, for their work is long.
    """
    if role not in ("app", "owner"):
        raise ValueError(f"The database role is {role!r}: VARTA_DATABASE_ROLE must be app or owner.")
    keywords = address(role)  # type: ignore[arg-type]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options = {name: value for name, value in keywords.items() if name not in names}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: keywords.get(libpq, "") for libpq, django in names.items()},
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, **_django_options()},
        "TEST": {"NAME": keywords["dbname"]},
    }


def bootstrap() -> None:
    """Make the roles, the database and the default privileges, or bring them in order; repeatable.

    On the embedded server this is done by its superuser. Elsewhere the owner that DATABASE_URL names does
    it: the database must exist, and the owner must be allowed to make roles unless `varta_app` exists.
    """
    if is_embedded():
        with connect_as_superuser() as connection:
            _make_role(connection, OWNER, home.secret("postgres-owner"))
            _make_role(connection, APP, home.secret("postgres-app"))
            _make_database(connection, database_name())
        with connect_as_superuser(database=database_name()) as connection:
            _set_privileges(connection, owner=OWNER)
        return
    if not os.environ.get("DATABASE_URL"):
        raise DatabaseNotReady("Setting up needs the owner's address: set DATABASE_URL.")
    with connect("owner") as connection:
        _make_role(connection, APP, str(address("app")["password"]))
        _set_privileges(connection, owner=str(connection.info.user))


def bootstrap_once() -> None:
    """Make the embedded server's roles and database if the database is missing."""
    if not is_embedded():
        return
    with connect_as_superuser() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database_name()]).fetchone():
            return
    bootstrap()


def _embedded_address(role: Role) -> dict[str, Any]:
    return {
        "host": str(embedded.socket_folder()),
        "user": APP if role == "app" else OWNER,
        "password": home.secret(f"postgres-{role}"),
        "dbname": database_name(),
    }


def _given_address(role: Role) -> dict[str, Any]:
    url = os.environ.get("VARTA_APP_DATABASE_URL" if role == "app" else "DATABASE_URL")
    if url:
        return _read_url(url)
    if role == "owner":
        raise DatabaseNotReady("This needs the owner's rights: set DATABASE_URL to the owner's address.")
    return {**_read_url(os.environ["DATABASE_URL"]), "user": APP, "password": home.secret("postgres-app")}


def _read_url(url: str) -> dict[str, Any]:
    try:
        keywords = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise DatabaseNotReady(f"The address of the database cannot be read: {error}") from None
    if not keywords.get("dbname"):
        raise DatabaseNotReady("The address of the database names no database: end it with /varta.")
    return dict(keywords)


def _django_options() -> dict[str, Any]:
    settings = {"idle_in_transaction_session_timeout": "120s", "lock_timeout": "30s"}
    if timeout := os.environ.get("VARTA_STATEMENT_TIMEOUT"):
        settings["statement_timeout"] = timeout
    options: dict[str, Any] = {
        "application_name": os.environ.get("VARTA_PROCESS", "varta"),
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }
    if size := int(os.environ.get("VARTA_DATABASE_POOL", "0")):
        options["pool"] = {"min_size": 2, "max_size": size, "timeout": 10}
    return options


def _make_role(connection: psycopg.Connection, name: str, password: str) -> None:
    """Make a login role that cannot pass row-level security, or give an old one its password again."""
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if known and not is_embedded():
        return
    verb = sql.SQL("ALTER" if known else "CREATE")
    rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS")
    if not is_embedded():
        rights = sql.SQL("LOGIN NOCREATEDB NOCREATEROLE NOINHERIT")
    secret = sql.Literal(password)
    statement = sql.SQL("{} ROLE {} {} PASSWORD {}").format(verb, sql.Identifier(name), rights, secret)
    connection.execute(statement)


def _make_database(connection: psycopg.Connection, name: str) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    statement = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
    connection.execute(statement)


def _set_privileges(connection: psycopg.Connection, *, owner: str) -> None:
    """Let the app's role use what the owner makes, and nobody else anything."""
    names = {
        "database": sql.Identifier(str(connection.info.dbname)),
        "owner": sql.Identifier(owner),
        "app": sql.Identifier(APP),
    }
    for statement in _PRIVILEGES:
        connection.execute(sql.SQL(statement).format(**names))


_PRIVILEGES = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)
