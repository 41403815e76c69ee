"""What others get to see holds nothing of whoever reported: the same pages with and without their report."""

import json
import re

import pytest

from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.notices.models import Notice
from varta.notices.providers import local
from varta.people import demo
from varta.residents import telling
from varta.residents.tests.conftest import receipt_of, seen

REPORTER = {
    "surname": "Секретенко",
    "given": "Зореслава",
    "phone": "+380 50 765 43 21",
    "about": "Він погрожував, живу на вулиці Потаємній.",
    "address": "вул. Потаємна, 77",
    "topic": "violence",
    "sure": "on",
    "safe": "on",
    "notify": "email",
    "notify_to": "zoreslava@tajemno.example",
}
TOKENS = ("секретенк", "зореслав", "765", "потаємн", "погрож", "tajemno", "насил")
OFFICER = f"/public/officer/{demo.HROMADA}/"
PAGES = ("/", "/public/", "/public/report/", "/public/appeal/", "/public/follow/", "/public/officer/?q=Обухівка",
         OFFICER, f"{OFFICER}card/uk/", "/public/places?q=Обухів")  # fmt: skip
CHANGING = re.compile(r'(name="(csrfmiddlewaretoken|key)" value=")[^"]*')


def pages_of(client) -> dict[str, str]:
    return {one: CHANGING.sub(r"\1", client.get(one).content.decode()) for one in PAGES}


def test_public_pages_are_the_same_with_and_without_a_report(send, resident, andrii):
    before = pages_of(resident)

    send(**REPORTER)

    assert pages_of(resident) == before


@pytest.mark.parametrize(
    "asked", [{"code": "ACEH-KMPT-XY23"}, {"number": "111-111-111"}, {"code": ""}, {"number": ""}]
)
def test_whoever_guesses_sees_no_word_of_it(send, resident, asked):
    number, code = receipt_of(send(**REPORTER))

    response = resident.post("/public/follow/", {"number": number, "code": code} | asked)

    shown = f"{response.content.decode()} {dict(response.headers)}".casefold().partition("<main")[2]
    assert [token for token in TOKENS if token in shown] == []


def test_even_who_finds_the_receipt_learns_neither_who_nor_what(send, resident):
    sent = send(**REPORTER)
    number, code = receipt_of(sent)
    resident.post("/public/follow/", {"number": number, "code": code, "do": "add", "text": "Ще: Секретенко",
                                      "key": str(uuid7(now()))})  # fmt: skip

    shown = resident.post("/public/follow/", {"number": number, "code": code}).content.decode()

    for page in (sent.content.decode(), shown):
        main = page.partition("<main")[2].partition("</main")[0].casefold()
        assert [token for token in TOKENS if token in main] == []


def test_a_notice_on_a_shared_telephone_tells_nothing(send):
    from varta.notices import actions as notices

    send(**REPORTER)
    telling.tell(at=now())
    [notice] = seen(Notice)
    notices.deliver(key=notice.key, at=max(now(), notice.not_before))

    [letter] = local.letters()
    said = json.dumps(letter | {"to": ""}, ensure_ascii=False).casefold()
    assert [token for token in (*TOKENS, "поліц", "варт", "varta", "public") if token in said] == []


def test_the_log_of_requests_has_no_word_of_it(send, capfd):
    send(**REPORTER)

    logged = "".join(capfd.readouterr()).casefold()
    assert [token for token in TOKENS if token in logged and token != "765"] == []


def test_maria_sees_no_word_of_it(send, maria, settings, client):
    settings.DEMO = True
    send(**REPORTER)
    client.force_login(maria)

    for page in ("/", "/cases/", "/public/waiting/"):
        shown = client.get(page).content.decode().casefold()
        assert [token for token in TOKENS if token in shown and token != "насил"] == []  # a section's name
