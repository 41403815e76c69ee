"""Every main page in a real browser: accessible, without sideways scrolling, in both languages and themes."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import PHONE, Station

SEEN_BY = {
    "olena": (
        "/",
        "/cases/",
        "/cases/new/",
        "/cases/new/call/",
        "/cases/new/appeal/",
        "/cases/search/?q=Обухівка",
        "/results/",
        "/people/",
        "/people/me/",
        "/places/",
        "/places/units/",
        "/help/",
        "/nowhere/",
    ),
    "oksana": ("/", "/people/log/"),
    "kateryna": (
        "/officers/?on=2019-10-31",
        "/officers/counted/?on=2019-10-31&stage=serving",
        "/officers/published/",
        "/officers/prospects/",
        "/results/prospects/",
        "/results/targets/new/",
    ),
    "admin": ("/", "/people/accounts/", "/people/accounts/new/"),
}


def complaints(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.fixture
def phone(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    """Open a window of a telephone's size, dark."""
    window = browser.new_context(
        base_url=station.url, viewport=PHONE, locale="uk-UA", color_scheme="dark", has_touch=True
    )
    window.set_default_timeout(20_000)
    yield window
    window.close()


@pytest.mark.parametrize("login", SEEN_BY)
def test_pages_have_no_fault_that_axe_finds(sign_in: Callable[[str], Page], login: str):
    page = sign_in(login)

    found = []
    for address in SEEN_BY[login]:
        page.goto(address)
        found += complaints(page)

    assert found == []


def test_no_page_scrolls_sideways_on_a_telephone_and_none_is_at_fault_in_the_dark(
    phone: BrowserContext, station: Station
):
    page = phone.new_page()
    enter(page, station, "olena")

    found, wide = [], []
    for address in SEEN_BY["olena"]:
        page.goto(address)
        wide += [address] if overflow(page) > 0 else []
        found += complaints(page)

    assert wide == []
    assert found == []


def test_the_door_is_accessible(page: Page):
    for address in ("/", "/account/login/"):
        page.goto(address)

        assert complaints(page) == []


def test_language_and_theme_are_switched_by_hand(sign_in: Callable[[str], Page]):
    page = sign_in("andrii")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[lang=en]")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Dark").click()
    page.wait_for_selector("html[data-theme=dark]")

    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Good day")
    assert paper == "rgb(13, 19, 30)"

    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Українською").click()
    page.wait_for_selector("html[lang=uk]")


def test_nothing_is_refused_by_the_pages_own_policy(sign_in: Callable[[str], Page]):
    page = sign_in("olena")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    for address in ("/", "/cases/", "/cases/new/call/", "/places/", "/results/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")

    assert said == []


def enter(page: Page, station: Station, login: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", station.passwords[login])
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login" not in address)
