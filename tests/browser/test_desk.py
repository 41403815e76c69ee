"""The duty desk in a real browser: board, panel, map, sound, the crew's telephone, the hand-over sheet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_pages import complaints, enter, overflow


@pytest.fixture(scope="module", autouse=True)
def watch(station: Station, django_db_blocker: object) -> None:
    """Put crews on duty and calls of the last hour on the board."""
    from varta.calls.demo import watch
    from varta.lib.clock import now

    with django_db_blocker.unblock(), databases.django_uses(station.database):  # type: ignore[attr-defined]
        watch.stand(at=now())


@pytest.fixture
def board(sign_in: Callable[[str], Page]) -> Page:
    """Sign Olena in and open the board."""
    page = sign_in("olena")
    page.goto("/calls/")
    page.wait_for_selector("html.scripted")
    return page


def row(page: Page, words: str):
    return page.locator(".call", has_text=words).first


def chosen(page: Page, words: str) -> None:
    """Choose a call by its row and wait for its panel."""
    row(page, words).locator("a[data-open]").click()
    page.wait_for_selector(f"#panel-title:has-text('{words}')")


@pytest.mark.parametrize(("language", "theme"), [("uk", "light"), ("en", "dark")])
def test_the_board_has_no_fault_that_axe_finds(board: Page, language: str, theme: str):
    prefer(board, language, theme)

    found = []
    for address in ("/calls/", "/calls/shift/", "/calls/crew/", "/"):
        board.goto(address)
        found += complaints(board)
    board.goto("/calls/")
    board.wait_for_selector("html.scripted")
    board.locator(".call a[data-open]").first.click()
    board.wait_for_selector("#panel-title")
    found += complaints(board)
    prefer(board, "uk", "auto")

    assert found == []


def prefer(page: Page, language: str, theme: str) -> None:
    """Choose a language and a theme as the account's menu does."""
    page.evaluate(
        """async ([language, theme]) => {
            const body = new FormData();
            body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
            body.set("language", language);
            body.set("theme", theme);
            await fetch("/choose/", { method: "POST", body });
        }""",
        [language, theme],
    )


def test_nothing_scrolls_sideways_on_a_telephone_and_its_tabs_show_one_part(
    browser: Browser, station: Station
):
    with window(browser, station, viewport=PHONE, color_scheme="dark", has_touch=True) as page:
        enter(page, station, "olena")
        found, wide = [], []
        for address in ("/calls/", "/calls/shift/", "/calls/crew/", "/"):
            page.goto(address)
            wide += [address] if overflow(page) > 0 else []
            found += complaints(page)
        page.goto("/calls/")
        page.wait_for_selector("html.scripted")
        seen = [page.locator(".calls").is_visible(), page.locator(".crews").is_visible()]
        page.locator("[data-tab-of=crews]").click()
        seen += [page.locator(".calls").is_visible(), page.locator(".crews").is_visible()]
        page.locator("[data-tab-of=map]").click()
        seen += [page.locator(".crews").is_visible(), page.locator("[data-map]").is_visible()]
        page.locator("[data-tab-of=calls]").click()
        page.locator(".call a[data-open]").first.click()
        page.wait_for_selector("#panel-title")
        found += complaints(page)
        wide += ["panel"] if overflow(page) > 0 else []

    assert wide == []
    assert found == []
    assert seen == [True, False, False, True, False, True]


def test_a_crew_is_dragged_onto_a_call_and_a_call_onto_a_crew(board: Page):
    board.set_viewport_size({"width": 1280, "height": 2600})  # nothing scrolls under the pointer
    board.drag_and_drop(".crew[data-sign='Явір-3']", ".call:has-text('Порушення тиші')")
    board.wait_for_selector(".call:has-text('Порушення тиші') .crew-chip:has-text('Явір-3')")
    assert board.locator(".crew[data-sign='Явір-3']").get_attribute("data-state") == "sent"

    board.drag_and_drop(".call:has-text('Конфлікт')", ".crew[data-sign='Явір-9']")
    board.wait_for_selector(".call:has-text('Конфлікт') .crew-chip:has-text('Явір-9')")


def test_the_full_life_of_a_call_by_the_keyboard_alone(board: Page):
    board.keyboard.press("n")
    board.wait_for_url("**/calls/new/")
    board.wait_for_selector("[data-server=here]")
    for words in ("0001112244", "Небувала Оксана", "Обухівка Садова 7", "зник хлопчик десяти років"):
        board.keyboard.type(words)
        board.keyboard.press("Enter")
    board.keyboard.press("Enter")  # the kind that was guessed
    board.keyboard.press("Control+Enter")
    board.wait_for_url(lambda address: "/new/" not in address)
    board.wait_for_selector("#panel-title:has-text('Зниклий')")
    number = board.locator(".call.chosen .call-number").inner_text()

    board.keyboard.press("a")
    board.keyboard.press("1")
    board.wait_for_selector("#panel .sendings >> text=направлено")
    board.keyboard.press("e")
    board.wait_for_selector("#panel .sendings >> text=їде")
    board.keyboard.press("r")
    board.wait_for_selector("#panel .sendings >> text=на місці")
    board.keyboard.press("c")
    board.keyboard.press("1")
    board.keyboard.press("Enter")
    board.wait_for_selector("#panel >> text=закрито")

    assert board.locator(f".call:has-text('{number}')", has_text="Зниклий").count() == 0
    assert [one.split(" · ")[0] for one in board.locator(".story strong").all_inner_texts()] == [
        "Зареєструвати",
        "Направити наряд",
        "Прийняти виклик",
        "Зафіксувати прибуття",
        "Завершити",
    ]


def test_rows_are_walked_and_the_panel_is_shut_by_keys(board: Page):
    board.keyboard.press("j")
    board.keyboard.press("j")
    board.wait_for_selector("#panel-title")
    second = board.locator(".call").nth(1)
    assert "chosen" in second.get_attribute("class")

    board.keyboard.press("Escape")

    board.wait_for_selector("#panel .sheet-of-call", state="detached")
    assert board.evaluate("location.pathname") == "/calls/"
    board.keyboard.press("Shift+Slash")
    assert "направити наряд" in board.inner_text("dialog#keys")


def test_short_forces_are_told_by_a_key_and_decided_by_the_head(board: Page, sign_in: Callable[[str], Page]):
    chosen(board, "Допомога")
    board.keyboard.press("f")
    board.keyboard.type("Усі на виїздах")
    board.keyboard.press("Control+Enter")
    board.wait_for_selector(".call:has-text('Допомога') >> text=бракує сил")
    board.context.clear_cookies()
    board.close()  # left open, it would ask for sign-in itself

    head = sign_in("halyna")
    ask = head.locator(".asks li", has_text="Усі на виїздах")
    ask.get_by_label("задіяти резерв").check()
    ask.get_by_role("button", name="Вирішити").click()
    head.wait_for_url("**/calls/*/")

    assert "задіяти резерв" in head.inner_text("main") or head.locator(".story").is_visible()
    head.goto("/")
    assert head.locator(".asks li", has_text="Усі на виїздах").count() == 0


def test_an_alpha_call_without_a_crew_sounds_and_stands_in_words_until_it_is_heard(board: Page):
    board.evaluate("window.sounded = 0; document.addEventListener('varta:sound', () => { window.sounded++ })")
    banner = board.locator("[data-alarm]")
    assert banner.is_visible() and "домашнє насильство" in banner.inner_text().lower()
    board.locator("[data-sound-state]").click()
    board.wait_for_function("window.sounded > 0")
    assert "гучно" in board.locator("[data-sound-state]").inner_text().lower()

    board.locator("[data-alarm-heard]").click()

    assert not banner.is_visible()
    board.reload()
    board.wait_for_selector("html.scripted")
    assert not banner.is_visible()


def test_the_map_shows_calls_and_crews_and_chooses_with_the_list(board: Page):
    board.wait_for_selector("[data-map][data-ready]")
    pins = board.locator(".pin-call").count()
    assert pins == board.locator(".call[data-lat]").count()
    assert board.locator(".pin-crew", has_text="Явір-1").count() == 1

    board.locator(".pin-call.alpha").first.dispatch_event("click")
    board.wait_for_selector("#panel-title")

    assert board.locator(".call.chosen").count() == 1
    assert board.locator(".pin.chosen").count() == 1


def test_nothing_of_the_map_comes_from_elsewhere(board: Page, station: Station):
    asked: list[str] = []
    board.on("request", lambda request: asked.append(request.url))
    board.reload()
    board.wait_for_selector("[data-map][data-ready]")

    own = station.url.rpartition(":")[0] + ":"  # the live process answers on a port of its own beside it
    foreign = [url for url in asked if not url.startswith((own, "blob:", "data:"))]
    assert foreign == []


def test_without_webgl_the_map_says_so_and_the_lists_have_everything(
    context: BrowserContext, station: Station
):
    context.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        " return kind.startsWith('webgl') ? null : get.call(this, kind, ...more) }"
    )
    page = context.new_page()
    enter(page, station, "olena")
    page.goto("/calls/")

    page.wait_for_selector("[data-map-says]:has-text('WebGL')")
    assert page.locator(".call").count() > 0


def test_a_call_is_served_without_javascript(browser: Browser, station: Station):
    with window(browser, station, java_script_enabled=False) as page:
        page.goto("/account/login/")
        page.fill("[name=login]", "olena")
        page.fill("[name=password]", station.passwords["olena"])
        page.click("main button.primary")
        page.goto("/calls/")
        row(page, "Крадіжка").locator("a[data-open]").click()
        page.locator(".advice .best button").click()
        page.locator(".sendings button", has_text="Прийняв").click()
        page.locator(".sendings button", has_text="Прибув").click()
        page.locator("details.close summary").click()
        page.locator("details.close input[value=resolved]").check()
        page.locator("details.close button").click()

        assert "закрито" in page.inner_text(".sheet-of-call")


def test_a_crew_takes_its_call_and_ends_it_on_a_telephone(browser: Browser, station: Station):
    with window(browser, station, viewport=PHONE, has_touch=True) as page:
        enter(page, station, "andrii")
        page.goto("/calls/crew/")
        found = complaints(page)
        wide = overflow(page)
        page.get_by_role("button", name="Я на місці").click()
        page.wait_for_selector(".crew-card.is-on_scene")
        page.locator("summary", has_text="Завершити виклик").click()
        page.locator(".outcomes input[value=criminal]").check()
        page.locator("form:visible button", has_text="Завершити виклик").click()
        page.wait_for_selector(".crew-card.is-free")

    assert found == []
    assert wide <= 0


def test_the_wall_shows_no_address(board: Page):
    board.goto("/calls/?wall=1")

    assert board.locator(".call").first.is_visible()
    assert not board.locator("[data-exact]").first.is_visible()
    assert not board.locator(".ways").is_visible()


@contextmanager
def window(browser: Browser, station: Station, **more: object) -> Iterator[Page]:
    """Open a window of its own kind and give its page."""
    opened = browser.new_context(base_url=station.url, locale="uk-UA", **more)  # type: ignore[arg-type]
    opened.set_default_timeout(20_000)
    try:
        yield opened.new_page()
    finally:
        opened.close()
