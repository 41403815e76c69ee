"""The hromada officer's own page on a telephone: a report from its figures to its readers, a meeting to its minutes."""

from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_pages import complaints, enter, overflow
from varta.lib.clock import now

WORDS = {
    "held_at": "Обухівка, будинок культури",
    "done": "Прийнято мешканців, перевірено школи і зупинки, проведено два рейди.",
    "needs": "Освітити зупинку біля школи.",
    "summary_en": "Residents were received, schools checked.",
}


@pytest.fixture(scope="module")
def duties(station: Station, django_db_blocker: object) -> None:
    """Begin the duties of the demo's officers, and count the lake of the station."""
    from varta.lake import dimensions
    from varta.lake.refresh import refresh
    from varta.officers.hromada import duties
    from varta.people.scope import Reader, reading

    demo = override_settings(DEMO=True)
    with django_db_blocker.unblock(), databases.django_uses(station.database), demo:  # type: ignore[attr-defined]
        duties.begin_missing(at=now())
        with reading(Reader.system()):
            dimensions.write()
        databases.settle()
        refresh(now())


@pytest.fixture
def phone(browser: Browser, station: Station, duties: None) -> Iterator[Page]:
    """Sign Andrii in on a telephone."""
    window = browser.new_context(base_url=station.url, viewport=PHONE, locale="uk-UA", has_touch=True)
    window.set_default_timeout(20_000)
    page = window.new_page()
    enter(page, station, "andrii")
    yield page
    window.close()


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands: axe's complaints, and a page wider than the window."""
    wide = [f"{page.url} is too wide"] if overflow(page) > 0 else []
    return wide + complaints(page)


def test_a_report_goes_from_its_figures_to_its_readers(
    phone: Page, context: BrowserContext, sign_in: Callable[[str], Page]
):
    found = []
    phone.goto("/officers/mine/")
    found += faults(phone)
    phone.get_by_role("button", name="Скласти проєкт із записів").click()
    phone.wait_for_url("**/edit/")
    assert phone.locator("table.figures input, table.figures textarea").count() == 0
    phone.click("button[value=preview]")
    assert phone.locator("#wrong").is_visible()  # an empty report is not ready, and is kept as a draft
    found += faults(phone)

    for name, text in WORDS.items():
        phone.fill(f"[name={name}]", text)
    phone.fill("[name=held_on]", "2026-11-20")
    phone.check("[name=body][value=committee]")
    phone.click("button[value=preview]")
    phone.wait_for_url("**/preview/")
    found += faults(phone)
    phone.get_by_role("button", name="Оприлюднити").click()
    phone.wait_for_url(lambda address: "/preview/" not in address)
    found += faults(phone)
    public = phone.locator("dd a[href^='/public/reports/']").first.get_attribute("href")

    stranger = context.new_page()
    stranger.goto(public)
    assert WORDS["done"] in stranger.inner_text("main")
    assert WORDS["summary_en"] not in stranger.inner_text("main")
    found += faults(stranger)
    paper = context.request.get(f"{public}paper/uk/")
    assert paper.body().startswith(b"%PDF-")
    assert paper.headers["content-type"] == "application/pdf"

    halyna = sign_in("halyna")
    halyna.goto("/officers/hromadas/")
    found += faults(halyna)
    assert found == []


def test_a_meeting_is_planned_and_its_minutes_are_written(phone: Page):
    found = []
    phone.goto("/officers/mine/")
    phone.get_by_role("link", name="Запланувати зустріч").click()
    phone.wait_for_url("**/plan/")
    assert phone.input_value("[name=r-on]")  # a day is proposed
    phone.fill("[name=r-where]", "Сільрада")
    found += faults(phone)
    phone.get_by_role("button", name="Запланувати зустріч").click()
    phone.wait_for_url(lambda address: "/plan/" not in address)
    found += faults(phone)

    phone.get_by_role("link", name="Записати протокол").click()
    phone.wait_for_url("**/hold/")
    phone.fill("[name=r-participants]", "Голова громади, старости")
    phone.fill("[name=r-decided]", "Освітити зупинку\nПоставити камеру")
    found += faults(phone)
    phone.get_by_role("button", name="Записати зустріч").click()
    phone.wait_for_url(lambda address: "/hold/" not in address)

    assert phone.locator("article ol li").all_inner_texts() == ["Освітити зупинку", "Поставити камеру"]
    assert found == []
