"""Two roles: the owner makes tables, the application uses them and owns nothing."""

import psycopg
import pytest

from varta.lib import postgres


@pytest.fixture
def app(committed_db):
    with postgres.connect("app") as connection:
        yield connection


def test_the_application_owns_nothing_and_cannot_pass_row_level_security(app):
    rights = app.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    owned = app.execute("SELECT count(*) FROM pg_class WHERE relowner = 'varta_app'::regrole").fetchone()

    assert rights == (False,) * 5
    assert owned == (0,)


def test_the_application_cannot_make_tables(app):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE public.mine (n int)")


def test_the_application_cannot_become_the_owner(app):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SET ROLE varta_owner")


def test_a_new_table_of_the_owner_is_open_to_the_application(as_owner, app):
    as_owner.execute("CREATE TABLE new_one (n serial)")

    app.execute("INSERT INTO new_one DEFAULT VALUES")

    assert app.execute("SELECT n FROM new_one").fetchone() == (1,)


def test_a_given_server_is_reached_as_the_application_with_a_password_of_its_own(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://boss:secret@db.example:5433/station")

    entry = postgres.django_database("app")

    assert (entry["USER"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
        "varta_app",
        "db.example",
        "5433",
        "station",
    )
    assert entry["PASSWORD"] not in ("", "secret")


def test_the_owner_of_a_given_server_is_the_user_of_its_address(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://boss:secret@db.example/station")

    assert postgres.django_database("owner")["USER"] == "boss"


def test_the_applications_address_can_be_given_alone(monkeypatch):
    monkeypatch.setenv(
        "VARTA_APP_DATABASE_URL", "postgresql://varta_app:p@db.example/station?sslmode=verify-full"
    )

    entry = postgres.django_database("app")

    assert entry["OPTIONS"]["sslmode"] == "verify-full"
    with pytest.raises(postgres.DatabaseNotReady, match="DATABASE_URL"):
        postgres.address("owner")


@pytest.mark.parametrize("url", ["postgresql://boss@host", "postgresql://bad host:x:y/", "mysql"])
def test_an_address_that_cannot_be_used_is_refused_in_words(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(postgres.DatabaseNotReady, match="The address of the database"):
        postgres.address("owner")


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="must be app or owner"):
        postgres.django_database("admin")


def test_the_web_servers_limits_reach_the_connection(monkeypatch):
    monkeypatch.setenv("VARTA_STATEMENT_TIMEOUT", "30s")
    monkeypatch.setenv("VARTA_DATABASE_POOL", "16")

    options = postgres.django_database("app")["OPTIONS"]

    assert "statement_timeout=30s" in options["options"]
    assert options["pool"]["max_size"] == 16
