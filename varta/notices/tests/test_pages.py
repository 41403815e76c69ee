"""Pages of notices: counts for an administrator, silence for whoever wants it."""

from datetime import timedelta

import pytest
from django.test import Client

from varta.notices import actions, letters
from varta.notices.providers import local
from varta.notices.tests.conftest import NOON, TO
from varta.people.tests.story import officer_at


@pytest.fixture
def administrator(db, settings) -> Client:
    settings.DEMO = True
    client = Client()
    client.force_login(officer_at("admin", "Адам Обліковець", "administrator", "UA", "NPU"))
    return client


def test_an_administrator_sees_counts_and_no_addresses(send, administrator):
    send()

    page = administrator.get("/notices/").content.decode()

    assert "Електронна пошта" in page
    assert TO not in page and "482-915-036" not in page


def test_a_duty_officer_finds_no_such_page(send, olena, client, settings):
    settings.DEMO = True
    client.force_login(olena)

    assert client.get("/notices/").status_code == 404


def test_what_the_local_provider_wrote_is_shown_in_demonstration_only(send, deliver, administrator, settings):
    send()
    deliver()
    page = administrator.get("/notices/local/").content.decode()
    assert "482-915-036" in page
    assert TO not in page

    settings.VARTA_NOTICES = ""
    assert administrator.get("/notices/local/").status_code == 404


def test_silence_is_asked_for_by_one_click_and_holds(send, notice, deliver, client):
    send()
    address = (
        letters.stop_address(notice().key) or f"/notices/stop/{letters._stopping.sign(notice().key.hex)}/"
    )

    assert client.get(address).status_code == 200
    assert deliver()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    send(dedupe="two")
    with_next = [key for key in _keys() if key != notice_key(local)]
    assert not actions.deliver(key=with_next[0], at=NOON + timedelta(hours=1))
    assert len(local.letters()) == 1


def test_looking_at_the_page_stops_nothing(send, notice, deliver, client):
    send()
    client.get(f"/notices/stop/{letters._stopping.sign(notice().key.hex)}/")

    assert deliver()


def test_an_address_that_we_did_not_write_is_not_there(db, client):
    assert client.get("/notices/stop/made-up/").status_code == 404
    assert client.post("/notices/stop/made-up/").status_code == 404


def _keys():
    from varta.notices.models import Notice
    from varta.people.scope import Reader, reading

    with reading(Reader.system()):
        return list(Notice.objects.order_by("made_at").values_list("key", flat=True))


def notice_key(provider):
    from uuid import UUID

    return UUID(provider.letters()[0]["key"])
