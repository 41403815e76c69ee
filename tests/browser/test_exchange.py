"""A partner against a running server: its calls reach the board, and its flood is shown there."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_pages import complaints, enter, overflow
from varta.api.partners import actions
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.demo import DIRECTORATE, RAION
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

OBUKHIVKA = "UA12020170010095010"


@pytest.fixture(scope="module")
def key(station: Station, django_db_blocker) -> str:
    """The key of 112, which may ask five times a minute."""
    with django_db_blocker.unblock(), databases.django_uses(station.database), reading(Reader.system()) as by:
        return actions.add(
            by=by,
            at=now(),
            code="line-112",
            name="Служба 112 області",
            rights=["calls", "cap_in"],
            channel="line_112",
            place=Territory.objects.get(code=RAION),
            unit=Unit.objects.get(code=DIRECTORATE),
            per_minute=5,
            days=1,
        )[1]


def call(nth: int) -> dict:
    at = now() - timedelta(seconds=20)
    return {
        "key": str(uuid7(at)),
        "at": at.isoformat(),
        "kind": "robbery",
        "about": f"Вирвали сумку біля зупинки, виклик {nth}",
        "place": {"code": OBUKHIVKA, "address": "вул. Садова, 5"},
        "caller": {"surname": "Вигаданенко", "phone": "+380 00 000 00 09"},
    }


@pytest.fixture(scope="module")
def answers(station: Station, key: str) -> list[httpx.Response]:
    """What 112 was told when it passed thirty calls on at once."""
    with httpx.Client(base_url=station.url, headers={"Authorization": f"Bearer {key}"}) as line:
        return [line.post("/api/calls", json=call(nth)) for nth in range(30)]


def test_calls_are_taken_up_to_the_limit_and_the_rest_told_when_to_come(answers):
    statuses = [answer.status_code for answer in answers]

    assert set(statuses) == {201, 429}
    assert 5 <= statuses.count(201) <= 10
    assert all(int(answer.headers["Retry-After"]) <= 60 for answer in answers if answer.status_code == 429)


def test_the_board_shows_the_calls_and_who_floods(answers, sign_in: Callable[[str], Page]):
    page = sign_in("olena")
    page.goto("/calls/")

    page.wait_for_selector("text=Служба 112 області")

    assert "відхилено" in page.inner_text(".notice.warning")
    assert page.locator("[data-rows-of=call] > *").count() >= 5
    assert complaints(page) == []


def test_on_a_telephone_in_the_dark_it_fits_too(answers, browser: Browser, station: Station):
    window: BrowserContext = browser.new_context(
        base_url=station.url, viewport=PHONE, locale="uk-UA", color_scheme="dark"
    )
    page = window.new_page()
    enter(page, station, "olena")
    page.goto("/calls/")
    page.wait_for_selector("text=Служба 112 області")

    assert overflow(page) <= 0
    assert complaints(page) == []
    window.close()


def test_maria_is_not_told(answers, sign_in: Callable[[str], Page]):
    page = sign_in("maria")
    with page.expect_response("**/api/floods.html") as told:
        page.goto("/calls/")

    assert told.value.text().strip() == ""
