"""A backup brings back every row, key and seal, and a damaged one is refused."""

from datetime import UTC, datetime

import pytest

from varta.lib import backups, embedded, home, postgres

NIGHT = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def station(server):
    """Give a running server with a thousand rows and a key."""
    postgres.use()
    postgres.bootstrap()
    with postgres.connect("owner") as connection:
        connection.execute("CREATE TABLE matter (n int)")
        connection.execute("INSERT INTO matter SELECT generate_series(1, 1000)")
    home.secret("seal")
    return home.path()


@pytest.fixture
def backup(station):
    return backups.make(station / "backups", now=NIGHT)


def folder_of(backup):
    return home.path() / "backups" / "2026-11-23T010000Z"


def test_a_backup_counts_the_rows_of_each_table(backup):
    assert backup.least == backup.most == {"matter": 1000}


def test_a_backup_restored_on_trial_has_all_rows(backup):
    assert backups.prove(folder_of(backup)) == {"matter": 1000}


def test_a_restored_home_has_the_rows_and_the_keys_of_the_backup(backup, station):
    key = home.secret("seal")
    with postgres.connect("owner") as connection:
        connection.execute("DELETE FROM matter")
    (station / "keys" / "seal").unlink()
    postgres.leave()
    embedded.give_up_cluster(station / "set-aside")

    backups.restore(folder_of(backup))

    with postgres.connect("app") as connection:
        assert connection.execute("SELECT count(*) FROM matter").fetchone() == (1000,)
    assert home.secret("seal") == key


def test_a_restored_database_goes_on_with_the_transaction_numbers_of_the_old(backup, station):
    with postgres.connect("app") as connection:
        [before] = connection.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        ).fetchone()
    postgres.leave()
    embedded.give_up_cluster(station / "set-aside")

    backups.restore(folder_of(backup))

    with postgres.connect("app") as connection:
        [after] = connection.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        ).fetchone()
    assert after >= before - 1


@pytest.mark.parametrize("part", ["cluster/base.tar.gz", "keys/seal"])
def test_a_backup_with_a_changed_byte_is_refused(backup, part):
    file = folder_of(backup) / part
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)

    with pytest.raises(backups.BackupFailed, match="damaged"):
        backups.read(folder_of(backup))


def test_a_backup_without_one_of_its_files_is_refused(backup):
    (folder_of(backup) / "cluster" / "pg_wal.tar.gz").unlink()

    with pytest.raises(backups.BackupFailed, match="missing"):
        backups.read(folder_of(backup))


def test_a_backup_with_too_few_rows_is_refused(backup):
    with pytest.raises(backups.BackupFailed, match="999 rows in the backup instead of 1000"):
        backups.compare(backup, {"matter": 999})


def test_a_backup_is_not_put_over_a_database(backup):
    with pytest.raises(embedded.ServerFailed, match="already"):
        backups.restore(folder_of(backup))


def test_a_failed_backup_leaves_nothing_behind(station, monkeypatch):
    (station / "full").mkdir()
    (station / "full" / "2026-11-23T010000Z").write_text("a file where the folder must go")

    with pytest.raises(OSError):
        backups.make(station / "full", now=NIGHT)

    assert [path.name for path in (station / "full").iterdir()] == ["2026-11-23T010000Z"]


def test_only_the_newest_backups_are_kept(station):
    for day in (21, 22, 23):
        (station / "backups" / f"2026-11-{day}T010000Z").mkdir(parents=True)
        (station / "backups" / f"2026-11-{day}T010000Z" / "backup.json").write_text("{}")

    backups.forget_old(station / "backups", keep=2)

    assert sorted(path.name for path in (station / "backups").iterdir()) == [
        "2026-11-22T010000Z",
        "2026-11-23T010000Z",
    ]


def test_the_last_backup_is_remembered(backup):
    backups.record(backup)

    assert backups.last() == backup


def test_without_a_backup_there_is_no_last_one(home):
    assert backups.last() is None
