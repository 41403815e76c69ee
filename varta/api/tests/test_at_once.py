"""The same message from several connections at once, and a limit that several processes share."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from varta.api.cap.tests.test_doors import fresh
from varta.api.cap.writing import write
from varta.api.models import Message
from varta.api.partners import actions
from varta.cases.models import Case
from varta.lib.clock import now
from varta.people.demo import DIRECTORATE, RAION
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

AT_ONCE = 6


@pytest.fixture
def keys(committed_db):
    """Let in a partner with a wide limit and one with a narrow one; return their keys."""

    def add(code, per_minute):
        with reading(Reader.system()) as by:
            return actions.add(
                by=by,
                at=now() - timedelta(days=1),
                code=code,
                name=code,
                rights=["cap_in"],
                channel="line_112",
                place=Territory.objects.get(code=RAION),
                unit=Unit.objects.get(code=DIRECTORATE),
                per_minute=per_minute,
                days=30,
            )[1]

    return {"wide": add("wide", 1000), "narrow": add("narrow", 10)}


def together(send, count=AT_ONCE) -> list[int]:
    """Send as many messages at one moment and return their statuses in order."""
    gate = Barrier(AT_ONCE)

    def one(nth):
        try:
            if nth < AT_ONCE:
                gate.wait()
            return send(nth)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(count)))


def post(key: str, body: bytes) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return Client().post("/api/cap", body, content_type="application/cap+xml", headers=headers).status_code


def counted() -> tuple[int, int]:
    with reading(Reader.system()):
        return Case.objects.count(), Message.objects.count()


def test_one_message_sent_at_once_is_one_call(keys):
    body = write(fresh())

    statuses = together(lambda nth: post(keys["wide"], body))

    assert (statuses, counted()) == ([200] * (AT_ONCE - 1) + [201], (1, 1))


def test_one_identifier_with_different_words_is_one_call_and_conflicts(keys):
    bodies = [write(fresh(note=f"слова {nth}")) for nth in range(AT_ONCE)]

    statuses = together(lambda nth: post(keys["wide"], bodies[nth]))

    assert (statuses, counted()) == ([201] + [409] * (AT_ONCE - 1), (1, 1))


def test_several_connections_share_one_limit(keys):
    bodies = [write(fresh(f"prank-{nth}")) for nth in range(40)]

    statuses = together(lambda nth: post(keys["narrow"], bodies[nth]), count=40)

    taken = statuses.count(201)
    assert set(statuses) == {201, 429}
    assert 10 <= taken <= 2 * (10 + AT_ONCE)  # those at once do not see each other; a new minute may begin
    assert counted() == (taken, taken)
