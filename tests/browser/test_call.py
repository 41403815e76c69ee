"""A call from report to closing: by the keyboard alone, and without JavaScript."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Station


def test_a_call_goes_through_its_steps_by_the_keyboard(sign_in: Callable[[str], Page]):
    page = sign_in("olena")

    page.keyboard.press("n")
    page.wait_for_url("**/calls/new/")
    page.goto("/cases/new/call/")
    page.focus("[name=place]")
    page.keyboard.type("Обухівка")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("[name=place_code]").input_value().startswith("UA12")
    page.focus("[name=r-channel]")
    page.keyboard.press("ArrowDown")
    page.focus("[name=r-category] >> nth=0")
    page.keyboard.press("ArrowDown")
    page.focus("[name=r-kind]")
    page.keyboard.press("ArrowDown")
    page.focus("[name=r-about]")
    page.keyboard.type("Винесли велосипед із під’їзду")
    page.focus("[name=surname]")
    page.keyboard.type("Вигаданенко")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/new/" not in address)
    assert "Винесли велосипед" in page.inner_text("main")

    step(page, "Зафіксувати прибуття")
    step(page, "Завершити", {"r-outcome": "resolved"})

    assert "закрито" in page.inner_text(".actions")
    assert page.locator(".timeline > li").count() == 3


def step(page: Page, title: str, chosen: dict[str, str] | None = None) -> None:
    """Take an open step: focus its link, press Enter, choose, press Enter in the form."""
    page.get_by_role("link", name=title, exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/take/**")
    for name, value in (chosen or {}).items():
        page.select_option(f"[name={name}]", value)
    page.focus("[name=at]")
    page.get_by_role("button", name=title).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/take/" not in address)


def test_shortcuts_go_places_and_explain_themselves(sign_in: Callable[[str], Page]):
    page = sign_in("olena")

    page.keyboard.press("Shift+Slash")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/")
    page.keyboard.press("Slash")
    assert page.evaluate("document.activeElement.id") == "seek"
    page.keyboard.type("gc?n")
    assert page.input_value("#seek") == "gc?n"


def test_a_call_is_opened_and_corrected_without_javascript(browser: Browser, station: Station):
    window = browser.new_context(base_url=station.url, java_script_enabled=False, locale="uk-UA")
    window.set_default_timeout(20_000)
    page = window.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", "olena")
    page.fill("[name=password]", station.passwords["olena"])
    page.click("main button.primary")

    page.goto("/cases/new/call/")
    page.fill("[name=place]", "Обухівська громада")
    page.select_option("[name=r-channel]", "line_112")
    page.check("[name=r-category][value=gamma]")
    page.select_option("[name=r-kind]", "noise")
    page.click("main form.card button.primary")
    if page.locator("input[type=radio][name=place_code]").count():
        page.locator("input[type=radio][name=place_code]").first.check()
        page.click("main form.card button.primary")
    assert "порушення тиші" in page.inner_text("main")

    page.get_by_role("link", name="Виправити").click()
    page.select_option("[name=r-kind]", "conflict")
    page.click("main form.card button.primary")

    assert page.locator(".timeline > li.struck").count() == 1
    window.close()
