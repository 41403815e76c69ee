"""The doctor finds every wall that somebody opened."""

import pytest

from varta.cli import doctor
from varta.lib import postgres


def complaints(findings):
    return [finding.mend for finding in findings if finding.mend]


@pytest.fixture
def app(committed_db):
    with postgres.connect("app") as connection:
        yield connection


def test_a_new_database_has_nothing_to_mend(app):
    app.execute("SET synchronous_commit = on")  # off in tests alone

    findings = [*doctor.role_findings(app), *doctor.table_findings(app), *doctor.server_findings(app)]

    assert complaints(findings) == []
    assert len(findings) > 10


@pytest.mark.parametrize("table", doctor.APPEND_ONLY)
def test_a_journal_that_can_be_changed_is_found(app, as_superuser, table):
    as_superuser.execute(f"GRANT UPDATE ON {table} TO varta_app")

    assert complaints(doctor.table_findings(app)) == [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM varta_app"
    ]


def test_one_month_of_the_journal_that_can_be_changed_is_found(app, as_superuser):
    [month] = as_superuser.execute(
        "SELECT relid::text FROM pg_partition_tree('cases_entry') WHERE isleaf ORDER BY 1 LIMIT 1"
    ).fetchone()
    as_superuser.execute(f"GRANT DELETE ON {month} TO varta_app")

    assert complaints(doctor.table_findings(app)) == [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {month} FROM varta_app"
    ]


def test_row_level_security_that_the_owner_passes_is_found(app, as_superuser):
    as_superuser.execute("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")

    assert complaints(doctor.table_findings(app)) == ["ALTER TABLE cases_case FORCE ROW LEVEL SECURITY"]


def test_cases_without_row_level_security_are_found(app, as_superuser):
    as_superuser.execute("ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY")

    assert "varta migrate" in complaints(doctor.table_findings(app))


def test_an_application_that_may_make_tables_is_found(app, as_superuser):
    as_superuser.execute("GRANT CREATE ON SCHEMA public TO varta_app")

    assert complaints(doctor.role_findings(app)) == ["REVOKE CREATE ON SCHEMA public FROM PUBLIC"]


def test_a_server_that_says_done_too_early_is_found(app):
    assert complaints(doctor.server_findings(app)) == ["ALTER SYSTEM SET synchronous_commit = on"]


def test_a_key_that_others_may_read_is_found(home):
    key = home / "keys" / "seal"
    key.parent.mkdir(parents=True)
    key.write_text("secret")
    key.chmod(0o644)
    home.chmod(0o700)

    assert complaints(doctor.home_findings()) == [f"chmod 600 {key}"]


def test_demo_accounts_open_to_the_outside_are_found(settings):
    settings.ALLOWED_HOSTS, settings.DEMO = ["varta.example"], True

    assert "Remove VARTA_DEMO." in complaints(doctor.setting_findings())


def test_a_station_without_backup_is_told(home):
    assert complaints(doctor.backup_findings()) == ["varta backup"]


@pytest.mark.parametrize(
    ("given", "good"),
    [("", True), ("https://live.example", True), (":8001", False), ("http://live.example", False)],
)
def test_live_boards_in_plain_text_beside_https_are_found(settings, given, good):
    settings.SESSION_COOKIE_SECURE, settings.VARTA_LIVE = True, given

    wrong = [
        finding for finding in doctor.setting_findings() if finding.mend and "VARTA_LIVE" in finding.mend
    ]
    assert (wrong == []) is good
