"""What goes wrong around a live board, and how it recovers."""

import signal
import socket
import threading
from contextlib import ExitStack

import pytest
from django.db import connection

from varta.lib import postgres
from varta.live.tests.conftest import HOST, Listener, cookie_of, signed_in, wait_until
from varta.people import demo
from varta.people.scope import Reader, reading

KILL_ALL = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'varta live'"
)


def test_after_a_kill_of_the_process_a_board_hears_what_it_missed(live, board, register, olena_there):
    listener = board(olena_there)
    known = register(olena_there)
    listener.hears_of(known.case_key)

    live.stop(signal.SIGKILL)
    wait_until(lambda: listener.closed)
    missed = register(olena_there)
    live.start()
    again = listener.connect_again()

    assert again.hears_of(missed.case_key)["gone"] is False
    assert again.named("hello")[-1] == {"reload": False}
    assert sum(row["key"] == str(known.case_key) for row in again.rows()) == 1
    again.close()


def test_a_page_hears_what_happened_between_its_drawing_and_its_connection(live, register, olena_there):
    from varta.cases import changes

    with reading(Reader.system()):
        drawn = changes.snapshot()
    call = register(olena_there)

    listener = Listener(live.port, cookie_of(signed_in(olena_there)), f"/live/board?since={drawn}").connect()

    assert listener.hears_of(call.case_key)["gone"] is False
    assert listener.named("hello") == [{"reload": False}]
    listener.close()


@pytest.mark.parametrize(
    "since", ["999999999999999999:999999999999999999:", "9:3:", "3:9:2", "3:9:5,4", "x", "0:0:"]
)
def test_a_page_that_has_seen_what_cannot_be_reads_all_anew(live, olena_there, since):
    listener = Listener(live.port, cookie_of(signed_in(olena_there)), f"/live/board?since={since}").connect()

    assert listener.hears("hello") == {"reload": True}
    listener.close()


def test_when_the_database_drops_its_connections_the_board_stays_and_misses_nothing(
    live, board, register, olena_there, as_superuser
):
    listener = board(olena_there)

    [(dropped,)] = as_superuser.execute(KILL_ALL).fetchall()
    call = register(olena_there)

    assert dropped >= 1
    assert listener.hears_of(call.case_key)["gone"] is False
    assert not listener.closed


def test_while_the_database_is_away_the_board_is_told_how_far_behind_it_is(
    live, board, register, olena_there, committed_db, as_superuser
):
    listener = board(olena_there)
    with postgres.connect_as_superuser() as elsewhere:
        elsewhere.execute(f"ALTER DATABASE {committed_db} ALLOW_CONNECTIONS false")
        as_superuser.execute(KILL_ALL)

        wait_until(lambda: any(told["behind"] > 2 for told in listener.named("beat")))

        elsewhere.execute(f"ALTER DATABASE {committed_db} ALLOW_CONNECTIONS true")
    call = register(olena_there)
    assert listener.hears_of(call.case_key)["gone"] is False


def test_a_long_transaction_neither_hides_what_others_write_nor_is_lost_itself(
    live, board, register, olena_there
):
    """A counter of rows would pass over the entry that was written first and committed last."""
    listener = board(olena_there)
    written, go = threading.Event(), threading.Event()
    slow = []

    def write_slowly():
        with reading(Reader.system()):
            slow.append(register(olena_there).case_key)
            written.set()
            go.wait(30)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    written.wait(30)
    quick = register(olena_there, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)  # a journal of its own
    listener.hears_of(quick.case_key)
    assert listener.row(slow[0]) is None
    go.set()
    writer.join()

    listener.hears_of(slow[0])
    later = register(olena_there)
    listener.hears_of(later.case_key)
    heard = [row["key"] for row in listener.rows()]
    assert [heard.count(str(key)) for key in (quick.case_key, slow[0], later.case_key)] == [1, 1, 1]


def test_more_than_is_told_row_by_row_is_read_anew(live, board, register, olena_there):
    listener = board(olena_there)

    with reading(Reader.system()):
        for _ in range(301):
            register(olena_there)

    listener.hears("reload")
    assert listener.rows() == []
    after = register(olena_there)
    assert listener.hears_of(after.case_key)["gone"] is False


def test_a_client_that_does_not_read_is_dropped_and_the_others_go_on(live, board, register, olena_there):
    listener = board(olena_there)
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect((HOST, live.port))
        shown = cookie_of(signed_in(olena_there))["Cookie"]
        deaf.sendall(f"GET /live/board HTTP/1.1\r\nHost: {HOST}\r\nCookie: {shown}\r\n\r\n".encode())
        wait_until(lambda: live.sockets == 2)

        def write_until_dropped():
            with reading(Reader.system()):
                last = [register(olena_there) for _ in range(120)][-1]
            listener.hears_of(last.case_key)
            return live.sockets == 1

        wait_until(write_until_dropped)
    assert not listener.closed


@pytest.mark.parametrize(
    "request_", [b"", b"GET", b"\x00\x01\x02\r\n\r\n", b"GET /live/board HTTP/1.1\r\nX: " + b"y" * 20_000]
)
def test_a_connection_that_asks_nothing_of_sense_is_ended(live, request_):
    with socket.create_connection((HOST, live.port), timeout=60) as silent:
        silent.sendall(request_)

        while silent.recv(4096):
            pass

    wait_until(lambda: live.sockets == 0)


def test_a_hundred_boards_are_all_told(live, register, officer, olena_there):
    officers = [officer(f"chergovyi{nth}") for nth in range(10)]
    with ExitStack() as stack:
        listeners = []
        for one in officers:
            shown = cookie_of(signed_in(one))
            for _ in range(10):
                listeners.append(Listener(live.port, shown).connect())
                stack.callback(listeners[-1].close)
        for listener in listeners:
            listener.hears("hello")

        call = register(olena_there)

        assert {listener.hears_of(call.case_key)["gone"] for listener in listeners} == {False}


def test_a_stop_says_good_bye_and_ends_the_process(live, board, olena_there):
    listener = board(olena_there)

    assert live.stop() == 0
    wait_until(lambda: listener.closed)
    assert listener.named("bye") == [{}]
