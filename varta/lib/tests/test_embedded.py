"""The embedded PostgreSQL starts anywhere, asks for a password, and survives being killed."""

import os
import signal
import subprocess
import sys
import textwrap

import psutil
import psycopg
import pytest

from varta.lib import embedded, postgres


def in_another_process(code):
    """Run code in a process of its own with this one's home folder, and return what it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def one_row(connection, query):
    return connection.execute(query).fetchone()


def test_what_was_committed_survives_kill_9_of_the_whole_server(server):
    postgres.use()
    postgres.bootstrap()
    with postgres.connect("owner") as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")

    processes = [process for process in psutil.process_iter() if embedded._works_here(process)]
    for process in processes:
        process.kill()
    psutil.wait_procs(processes)
    postgres.revive()

    with postgres.connect("app") as connection:
        assert one_row(connection, "SELECT count(*) FROM kept") == (1000,)


def test_the_first_process_alone_killed_is_started_again(server):
    postgres.use()
    before = embedded._postmaster().pid

    os.kill(before, signal.SIGKILL)
    embedded.use()

    assert embedded._postmaster().pid != before


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(server):
    postgres.use()
    embedded.stop()
    pid_file = embedded._data() / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{embedded._data()}\n1\n5432\n\n\n0 0\nready\n")
    embedded._give(pid_file)

    postgres.use()

    assert embedded._postmaster().pid != os.getpid()


def test_a_cluster_half_made_by_a_killed_start_is_made_anew(server):
    (embedded._cluster() / "data" / "base").mkdir(parents=True)

    postgres.use()

    assert embedded.is_running()


def test_a_path_too_long_for_a_socket_is_no_hindrance(server, tmp_path, monkeypatch):
    deep = tmp_path.joinpath(*["поліція-громади"] * 6)
    deep.mkdir(parents=True)
    monkeypatch.setenv("VARTA_HOME", str(deep))

    postgres.use()
    postgres.bootstrap()

    with postgres.connect("app") as connection:
        assert one_row(connection, "SELECT current_user") == ("varta_app",)


def test_a_folder_closed_to_others_is_no_hindrance_and_stays_closed(server, tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("VARTA_HOME", str(closed / "home"))

    postgres.use()
    postgres.bootstrap()

    with postgres.connect("app") as connection:
        assert one_row(connection, "SELECT 1") == (1,)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_nobody_connects_without_the_password(server):
    postgres.use()
    postgres.bootstrap()

    for user in ("postgres", "varta_owner", "varta_app"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=str(embedded.socket_folder()), user=user, password="guess", dbname="varta")


def test_the_server_writes_to_disk_before_it_says_done(server):
    postgres.use()

    with postgres.connect_as_superuser() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert one_row(connection, f"SHOW {setting}") == ("on",)


def test_the_server_listens_on_no_network(server):
    postgres.use()

    with postgres.connect_as_superuser() as connection:
        assert one_row(connection, "SHOW listen_addresses") == ("",)


def test_the_last_process_that_leaves_stops_the_server(server):
    postgres.use()
    in_another_process("""
        from varta.lib import postgres
        postgres.use()
        postgres.leave()
    """)
    assert embedded.is_running()

    postgres.leave()

    assert not embedded.is_running()


def test_a_killed_user_does_not_keep_the_server_in_use(server):
    with pytest.raises(subprocess.CalledProcessError):
        in_another_process("""
            import os, signal
            from varta.lib import postgres
            postgres.use()
            os.kill(os.getpid(), signal.SIGKILL)
        """)
    assert embedded.is_running()

    postgres.use()
    postgres.leave()

    assert not embedded.is_running()


def test_many_who_start_the_server_at_once_share_one(server):
    code = "from varta.lib import postgres, embedded; postgres.use(); print(embedded._postmaster().pid)"
    processes = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(4)]
    answers = {process.communicate()[0].strip() for process in processes}

    assert len(answers) == 1
    assert all(process.returncode == 0 for process in processes)
