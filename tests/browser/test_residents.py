"""The pages of residents in a real browser: with and without JavaScript, on a telephone, in both languages."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route

from tests.browser.conftest import PHONE, Station
from tests.browser.test_pages import complaints, overflow
from varta.people import demo

PAGES = ("/public/", "/public/report/", "/public/appeal/", "/public/follow/", "/public/officer/?q=Обухівка",
         f"/public/officer/{demo.HROMADA}/", f"/public/officer/{demo.HROMADA}/card/uk/")  # fmt: skip
HEAVIEST = 100_000  # bytes of a page with everything that it loads


@pytest.fixture
def plain(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    """Open a telephone's window that runs no JavaScript, in English and dark."""
    window = browser.new_context(
        base_url=station.url, viewport=PHONE, java_script_enabled=False, color_scheme="dark"
    )
    window.add_cookies([{"name": "django_language", "value": "en", "url": station.url}])
    window.set_default_timeout(20_000)
    yield window
    window.close()


@pytest.fixture
def phone(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    """Open a telephone's window in Ukrainian."""
    window = browser.new_context(base_url=station.url, viewport=PHONE, locale="uk-UA", has_touch=True)
    window.set_default_timeout(40_000)
    yield window
    window.close()


def fill_in(page: Page, about: str = "Сусіди щоночі вмикають музику.") -> None:
    page.goto("/public/report/")
    page.check("[name=topic][value=noise]")
    page.fill("[name=about]", about)
    page.fill("[name=place]", "Обухівська")


def test_pages_are_accessible_on_a_telephone_and_at_a_desk(phone: BrowserContext, context: BrowserContext):
    found = []
    for window in (phone, context):
        page = window.new_page()
        for address in PAGES:
            page.goto(address)
            found += complaints(page)
            assert overflow(page) <= 0, address

    assert found == []


def test_a_page_weighs_less_than_a_photograph(browser: Browser, station: Station):
    for address in PAGES:
        window = browser.new_context(base_url=station.url, viewport=PHONE)  # with nothing kept from before
        loaded: list[Response] = []
        page = window.new_page()
        page.on("response", lambda one, loaded=loaded: loaded.append(one))
        page.goto(address, wait_until="networkidle")
        weight = sum(len(one.body()) for one in loaded)
        window.close()

        assert 0 < weight < HEAVIEST, address
        assert all(one.url.startswith(station.url) for one in loaded)


def test_a_report_is_sent_and_followed_on_a_telephone(phone: BrowserContext):
    page = phone.new_page()
    fill_in(page)
    page.check(f"[name=place_code][value={demo.HROMADA}]")
    page.click("main button.primary")
    page.wait_for_selector(".receipt")
    assert complaints(page) == []
    assert overflow(page) <= 0

    number, code = page.locator(".receipt .sign").all_text_contents()
    page.goto(f"/public/follow/#{number.replace('-', '')}.{code}")
    assert page.url.endswith("/public/follow/"), "number and code have left the address"
    page.click("main button.primary")
    page.wait_for_selector("h1.sign")

    assert page.inner_text("h1") == number
    assert complaints(page) == []
    assert overflow(page) <= 0


def test_without_javascript_a_report_waits_for_a_call_back(plain: BrowserContext):
    page = plain.new_page()
    fill_in(page)
    assert page.locator("noscript").count()
    page.click("[name=find]")
    page.check(f"[name=place_code][value={demo.HROMADA}]")
    page.fill("[name=phone]", "050 123 45 67")
    page.click("main button.primary")
    page.wait_for_selector(".receipt")

    assert "We will call back" in page.inner_text("h1")
    number, code = page.locator(".receipt .sign").all_text_contents()
    page.goto("/public/follow/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code.lower())
    page.click("main button.primary")
    assert "Waits for a call back" in page.inner_text("main")


def test_urgent_words_bring_up_the_telephone(phone: BrowserContext):
    page = phone.new_page()
    fill_in(page, "Чоловік з ножем, він б'є дружину")
    page.check(f"[name=place_code][value={demo.HROMADA}]")
    page.click("main button.primary")
    page.wait_for_selector(".alarm.loud")

    assert page.locator(".alarm.loud a[href='tel:102']").is_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("way", ["button", "keys"])
def test_leaving_at_once_takes_the_pages_place_in_the_history(phone: BrowserContext, way: str):
    def elsewhere(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>Погода</title>")

    phone.route("https://www.meteo.gov.ua/**", elsewhere)
    page = phone.new_page()
    page.goto("/health")
    page.goto("/public/report/")
    page.fill("[name=about]", "Таємне")

    if way == "button":
        page.click("[data-exit]")
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.meteo.gov.ua/**")
    page.go_back()

    assert page.url.endswith("/health"), "the page that was left is not one step back"


def test_a_resident_is_called_back_and_the_desk_registers(
    plain: BrowserContext, sign_in: Callable[[str], Page]
):
    page = plain.new_page()
    fill_in(page, "Хтось ламає лавки у парку щовечора.")
    page.click("[name=find]")
    page.check(f"[name=place_code][value={demo.HROMADA}]")
    page.fill("[name=phone]", "050 123 45 67")
    page.click("main button.primary")
    page.wait_for_selector(".receipt")

    desk = sign_in("olena")
    desk.set_viewport_size(PHONE)
    desk.goto("/public/waiting/")
    assert complaints(desk) == []
    assert overflow(desk) <= 0
    desk.locator("article", has_text="лавки").get_by_role("button", name="Підтверджено").click()
    desk.wait_for_url("**/cases/**")

    assert "лавки" in desk.inner_text("main")


def test_the_administrators_page_of_notices_is_accessible(sign_in: Callable[[str], Page]):
    page = sign_in("admin")
    for address in ("/notices/", "/notices/local/"):
        page.goto(address)
        assert complaints(page) == []
        assert overflow(page) <= 0
