"""An open board changes by itself, says how live it is, and comes through breaks."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests import databases
from tests.browser.conftest import Station
from varta.calls import actions
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading

BOARD = "/calls/"
CALL = {
    "channel": "line_102",
    "category": "beta",
    "kind": "noise",
    "zone": "city",
    "about": "Шумлять під вікнами",
}
SOON = 30_000


@pytest.fixture
def register(station: Station, django_db_blocker: object) -> Callable[..., UUID]:
    """Return what registers a call in Andrii's hromada, as another desk would."""

    def call() -> UUID:
        with django_db_blocker.unblock(), databases.django_uses(station.database):  # type: ignore[attr-defined]
            officer = Officer.objects.get(login="olena")
            moment = now() - timedelta(seconds=1)
            with reading(Reader.of(officer, on=kyiv_day(moment))) as by:
                spot = {"place": demo.HROMADA, "unit": demo.SECTOR}
                step = {"key": uuid7(moment), "at": moment, "received_at": now()}
                return actions.receive(**step, **spot, by=by, record=CALL).case_key

    return call


@pytest.fixture
def board(sign_in: Callable[[str], Page]) -> Callable[[str], Page]:
    """Return what opens an officer's board and waits until it is live."""

    def opened(login: str) -> Page:
        page = sign_in(login)
        page.goto(BOARD)
        expect(state_of(page)).to_have_attribute("data-live-state", "live", timeout=SOON)
        return page

    return opened


def state_of(page: Page):
    return page.locator("[data-live-state]")


def row_of(page: Page, key: UUID):
    return page.locator(f'[data-rows-of="call"] [data-key="{key}"]')


def test_a_call_comes_to_an_open_board_and_goes_when_it_is_closed(
    board, register, station, django_db_blocker
):
    page = board("olena")
    page.evaluate("window.same = true")

    key = register()

    expect(row_of(page, key)).to_be_visible(timeout=SOON)
    with django_db_blocker.unblock(), databases.django_uses(station.database):
        moment = now()
        with reading(Reader.of(Officer.objects.get(login="olena"), on=kyiv_day(moment))) as by:
            step = {"key": uuid7(moment), "at": moment, "received_at": moment}
            actions.close(**step, by=by, call=key, record={"outcome": "resolved"})
    expect(row_of(page, key)).to_have_count(0, timeout=SOON)
    assert page.evaluate("window.same") is True


def test_maria_does_not_see_andriis_call_come(board, register):
    page = board("maria")
    heard = page.evaluate_handle(
        "() => { const rows = []; addEventListener('varta:changed', (e) => rows.push(...e.detail.rows), true);"
        " document.addEventListener('varta:changed', (e) => rows.push(...e.detail.rows)); return rows; }"
    )

    key = register()

    page.wait_for_timeout(2_000)
    expect(row_of(page, key)).to_have_count(0)
    assert heard.json_value() == []


def test_rows_keep_their_order(board, register):
    page = board("olena")
    keys = [register() for _ in range(3)]

    for key in keys:
        expect(row_of(page, key)).to_be_visible(timeout=SOON)

    orders = page.eval_on_selector_all(
        '[data-rows-of="call"] > [data-key]', "rows => rows.map((row) => row.dataset.order)"
    )
    assert orders == sorted(orders)


def test_without_the_live_process_the_board_is_refreshed_and_says_so(board, register, station):
    page = board("olena")

    station.live.stop()
    try:
        expect(state_of(page)).to_have_attribute(
            "data-live-state", re.compile("reconnecting|polling"), timeout=SOON
        )
        missed = register()

        expect(row_of(page, missed)).to_be_visible(timeout=SOON)
        expect(state_of(page)).to_have_attribute("data-live-state", "polling", timeout=SOON)
    finally:
        station.live.start()
    expect(state_of(page)).to_have_attribute("data-live-state", "live", timeout=60_000)
    after = register()
    expect(row_of(page, after)).to_be_visible(timeout=SOON)


def test_when_the_session_ends_elsewhere_the_board_becomes_the_page_of_sign_in(
    board, station, django_db_blocker
):
    page = board("olena")

    with django_db_blocker.unblock(), databases.django_uses(station.database):
        Session.objects.all().delete()

    page.wait_for_url(re.compile("/account/login/"), timeout=SOON)
    expect(page.locator("[data-rows-of]")).to_have_count(0)


def test_the_page_may_connect_to_its_live_process_alone(sign_in):
    page = sign_in("olena")
    page.goto(BOARD)

    refused = page.evaluate(
        "() => new Promise((done) => { addEventListener('securitypolicyviolation', (e) => done(e.blockedURI));"
        " new EventSource('http://127.0.0.1:9/live/board'); })"
    )

    assert refused.startswith("http://127.0.0.1:9")
