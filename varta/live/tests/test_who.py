"""Who may follow a board, and when it ends for them."""

import http.client
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from varta.lib.clock import kyiv_day, now
from varta.live.tests.conftest import HOST, Listener, cookie_of, signed_in
from varta.people.middleware import SEEN
from varta.people.models import Appointment, Look, Officer
from varta.people.scope import Reader, reading


def answer(live, method="GET", path="/live/board", **headers):
    connection = http.client.HTTPConnection(HOST, live.port, timeout=30)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answered = connection.getresponse()
    answered.body = answered.read() if answered.status != 200 else b""
    connection.close()
    return answered


def test_a_stranger_is_not_signed_in(live):
    assert answer(live).status == 401
    assert answer(live, Cookie="sessionid=somethinginvented").status == 401


def test_for_an_analyst_there_is_no_board_and_the_refusal_is_logged(live, officer):
    anton = officer("anton", "analyst")

    refused = answer(live, **cookie_of(signed_in(anton)))

    assert refused.status == 404
    with reading(Reader.system()):
        assert Look.objects.filter(officer=anton, action="denied", subject_key="/live/board").exists()


def test_an_officer_whose_account_is_locked_is_not_signed_in(live, olena_there):
    shown = cookie_of(signed_in(olena_there))
    with reading(Reader.system()):
        Officer.objects.filter(pk=olena_there.pk).update(is_active=False)

    assert answer(live, **shown).status == 401


def test_a_session_that_nobody_attended_is_locked(live, olena_there):
    client = signed_in(olena_there)
    session = client.session
    session[SEEN] = now().timestamp() - 31 * 60
    session.save()

    refused = answer(live, **cookie_of(client))

    assert (refused.status, refused.body) == (401, b'{"code":"locked"}')


def test_a_given_password_must_be_changed_first(live, olena_there):
    with reading(Reader.system()):
        Officer.objects.filter(pk=olena_there.pk).update(must_change_password=True)

    assert answer(live, **cookie_of(signed_in(olena_there))).status == 403


def test_following_a_board_is_no_attendance(board, olena_there):
    listener = board(olena_there)

    key = listener.headers["Cookie"].removeprefix("sessionid=")
    assert SEEN not in Session.objects.get(session_key=key).get_decoded()


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8000", 200),
        ("http://127.0.0.1", 200),
        ("http://localhost:8000", 403),
        ("https://evil.example", 403),
        ("http://127.0.0.1.evil.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_a_page_of_another_name_may_not_listen(live, olena_there, origin, status):
    answered = answer(live, Origin=origin, **cookie_of(signed_in(olena_there)))

    assert answered.status == status
    assert answered.headers["Access-Control-Allow-Origin"] == (origin if status == 200 else None)


def test_a_name_that_is_not_ours_is_refused(live):
    assert answer(live, Host="varta.evil.example").status == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/live/board", 405), ("GET", "/", 404), ("GET", "/live/board/../../etc/passwd", 404)],
)
def test_nothing_else_is_answered(live, method, path, status):
    assert answer(live, method, path).status == status


def test_the_board_ends_when_the_appointment_ends(live, board, olena_there):
    listener = board(olena_there)

    with reading(Reader.system()):
        yesterday = kyiv_day(now() - timedelta(days=1))
        Appointment.objects.filter(officer=olena_there).update(until=yesterday)

    assert listener.hears("ended") == {"code": "not-found"}


def test_the_board_ends_when_the_session_is_signed_out_elsewhere(live, board, olena_there):
    listener = board(olena_there)

    Session.objects.all().delete()

    assert listener.hears("ended") == {"code": "not-signed-in"}


def test_one_officer_cannot_take_all_places(live, board, olena_there):
    listeners = [board(olena_there) for _ in range(11)]

    assert [one.status for one in listeners] == [200] * 10 + [429]


def test_the_same_session_serves_page_and_board(live, olena_there):
    client: Client = signed_in(olena_there)

    listener = Listener(live.port, cookie_of(client)).connect()

    assert listener.hears("hello") == {"reload": True}
    listener.close()
