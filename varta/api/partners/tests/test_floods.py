"""The notice of a flood on the board."""

import pytest

from varta.api.partners import gate
from varta.api.partners.refusals import Refused
from varta.lib.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def flood(let_in):
    """112 that sent four messages where one a minute is agreed."""
    _, key = let_in(name="Служба «112»", per_minute=1)
    at = now()
    gate.enter(key, right="calls", at=at)
    for _ in range(3):
        with pytest.raises(Refused):
            gate.enter(key, right="calls", at=at)


def seen_by(client, officer, language="uk"):
    client.force_login(officer)
    client.cookies["varta_language"] = language
    return client.get("/api/floods.html")


def test_olena_reads_who_floods_how_much_and_since_when(flood, client, olena):
    page = seen_by(client, olena).content.decode()

    assert "Служба «112»" in page and "3 повідомлення відхилено" in page


def test_maria_is_shown_nothing(flood, client, maria):
    answer = seen_by(client, maria)

    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_a_calm_hour_shows_nothing(client, olena):
    assert seen_by(client, olena).content.strip() == b""


def test_the_board_asks_for_it(client, olena):
    client.force_login(olena)

    assert 'hx-get="/api/floods.html"' in client.get("/calls/").content.decode()


def test_strangers_are_told_nothing(flood, client):
    assert client.get("/api/floods.html").status_code == 401
