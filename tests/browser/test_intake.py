"""Taking a call by the keyboard, and without the server."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import ports
from tests.browser.conftest import ARGUMENTS, DESK, PHONE, Station, _wait_for
from tests.browser.test_pages import complaints, overflow
from varta.lib import browser as chromium
from varta.lib import postgres

WORDS = {
    "phone": "0001112233",
    "name": "Вигаданенко Петро",
    "place": "Обухівка Шевченка 12",
    "about": "сварка між сусідами, один погрожує ножем",
}
MOST_KEYS = 12
expect.set_options(timeout=20_000)


class Keys:
    """A keyboard that counts what is pressed besides words."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)


class Server:
    """A web server of its own over the station's database, which can be stopped and started."""

    def __init__(self, station: Station) -> None:
        self.station, [self.port] = station, ports.unused()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "VARTA_DATABASE": self.station.database, "VARTA_DEMO": "1"}
        command = [sys.executable, "-m", "varta", "serve", "--port", str(self.port), "--workers", "1"]
        self.process = subprocess.Popen(command, env=environment)
        _wait_for(self.port, self.process)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None


@pytest.fixture
def server(station: Station) -> Iterator[Server]:
    own = Server(station)
    own.start()
    yield own
    own.stop()


@pytest.fixture
def window(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=server.url, viewport=DESK, locale="uk-UA")
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def enter(page: Page, station: Station, login: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", station.passwords[login])
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login" not in address)


def opened(page: Page) -> Page:
    """Open the screen and wait until the server was seen and the worker keeps the screen."""
    page.goto("/calls/new/")
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "here")
    page.evaluate("navigator.serviceWorker.ready")
    for _ in range(150):
        if page.evaluate(KEPT):
            return page
        page.wait_for_timeout(100)
    raise AssertionError("The worker did not keep the screen and the places.")


KEPT = """Promise.all(['shell/', 'knows.json', 'places.json'].map((name) => caches.match(`/calls/new/${name}`)))
          .then((found) => found.every(Boolean))"""


def take(page: Page, nth: int, about: str = "музика о другій ночі") -> None:
    """Take a call without the help of the mouse."""
    page.focus("[name=phone]")
    page.keyboard.type(f"00000000{nth:02d}")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type(f"Обухівка Садова {nth}")
    page.keyboard.press("Enter")
    page.keyboard.type(f"{about}, випадок {nth}")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")


def registered(station: Station, about: str) -> list[tuple]:
    """Return what stands in the journal: words, seconds between the event and its arrival, and the officer."""
    with postgres.connect_as_superuser(database=station.database) as connection:
        query = """SELECT data ->> 'about', extract(epoch FROM received_at - at), data ->> 'address' FROM cases_entry
                   WHERE procedure = 'call' AND step = 'receive' AND data ->> 'about' LIKE %s
                   ORDER BY received_at, key"""
        return connection.execute(query, [f"%{about}%"]).fetchall()


def test_a_typical_call_takes_at_most_twelve_keys_beyond_its_words(
    sign_in: Callable[[str], Page], station: Station
):
    page = sign_in("olena")
    opened(page)
    keys = Keys(page)

    keys.write(WORDS["phone"])
    keys.press("Enter")
    keys.write(WORDS["name"])
    keys.press("Enter")
    keys.write(WORDS["place"])
    keys.press("Enter")
    keys.write(WORDS["about"])
    keys.press("Enter")
    keys.press("Enter")  # the kind that was guessed
    for answer in "1212":  # danger, weapon, injured, children
        keys.press(answer)
    expect(page.locator("[name=category]:checked")).to_have_value("alpha")
    keys.press("Enter")
    page.wait_for_url(lambda address: "/new/" not in address)

    assert keys.count <= MOST_KEYS
    [(about, _, address)] = registered(station, "один погрожує ножем")
    assert (about, address) == (WORDS["about"], "Шевченка 12")


def test_five_calls_taken_without_the_server_are_there_once_each(
    window: BrowserContext, server: Server, station: Station
):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)

    server.stop()
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    for nth in (1, 2):
        take(page, nth)
        expect(page.locator("[data-server-text]")).to_contain_text(f"{nth} виклик")
    page.close()
    page = window.new_page()
    page.goto("/calls/new/")
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    expect(page.locator("[data-server-text]")).to_contain_text("2 виклики чекають")
    for nth in (3, 4, 5):
        page.fill("[name=place]", "Обухівка Садова")
        expect(page.locator("#place_list li").first).to_contain_text("Обухівська громада")
        page.fill("[name=place]", "")
        take(page, nth)
        expect(page.locator("[data-server-text]")).to_contain_text(f"{nth} виклик")
    server.start()
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "here")
    expect(page.locator("[data-server-text]")).not_to_contain_text("чека")

    found = registered(station, "випадок")
    assert [about[-1] for about, _, _ in found] == ["1", "2", "3", "4", "5"]
    assert [address for _, _, address in found] == [f"Садова {nth}" for nth in range(1, 6)]


def test_two_tabs_that_send_at_once_send_each_call_once(
    window: BrowserContext, server: Server, station: Station
):
    first, second = window.new_page(), window.new_page()
    enter(first, station, "olena")
    opened(first)
    opened(second)
    window.set_offline(True)
    expect(first.locator("[data-server]")).to_have_attribute("data-server", "away")
    for nth in (21, 22, 23):
        take(first, nth, "музика у двох вкладках")
        expect(first.locator("[data-server-text]")).to_contain_text(f"{nth - 20} виклик")

    window.set_offline(False)
    for tab in (first, second):
        expect(tab.locator("[data-server-text]")).not_to_contain_text("чека")
        expect(tab.locator("[data-server]")).to_have_attribute("data-server", "here")

    assert len(registered(station, "музика у двох вкладках")) == 3


def test_a_closed_tab_leaves_its_draft(window: BrowserContext, server: Server, station: Station):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)
    page.keyboard.type("0009998877")
    page.focus("[name=about]")
    page.keyboard.type("чернетка про шум")
    expect(page.locator("[data-saved]")).to_contain_text("збережено")
    page.close()

    page = window.new_page()
    opened(page)
    draft = page.locator("[data-drafts] button", has_text="0009998877")
    expect(draft).to_be_visible()
    page.keyboard.press("Alt+Digit2")

    expect(page.locator("[name=about]")).to_have_value("чернетка про шум")
    expect(page.locator("[name=phone]")).to_have_value("0009998877")


def test_calls_are_taken_side_by_side(window: BrowserContext, server: Server, station: Station):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)
    page.keyboard.type("0001000001")
    page.keyboard.press("Alt+Digit0")
    page.keyboard.type("0001000002")

    page.keyboard.press("Alt+Digit1")
    expect(page.locator("[name=phone]")).to_have_value("0001000001")
    page.keyboard.press("Alt+Digit2")
    expect(page.locator("[name=phone]")).to_have_value("0001000002")


def test_what_waits_can_be_read_by_nobody_but_its_officer(
    window: BrowserContext, server: Server, station: Station
):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)
    window.set_offline(True)
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    take(page, 31)
    expect(page.locator("[data-server-text]")).to_contain_text("1 виклик")

    plain = page.evaluate(DUMP)
    assert "музика" not in plain
    assert "0000000031" not in plain
    window.clear_cookies()
    window.set_offline(False)
    enter(page, station, "andrii")
    opened(page)
    expect(page.locator("[data-server-text]")).not_to_contain_text("чека")
    assert registered(station, "випадок 31") == []
    window.clear_cookies()
    enter(page, station, "olena")
    page.goto("/calls/new/")
    expect(page.locator("[data-notes]")).to_contain_text("Зареєстровано")

    assert len(registered(station, "випадок 31")) == 1


# Everything that the browser keeps, as a thief of its profile would read it.
DUMP = """async () => {
  const open = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await open(indexedDB.open('varta-desk'));
  const said = [];
  for (const name of database.objectStoreNames) {
    const rows = await open(database.transaction(name).objectStore(name).getAll());
    said.push(JSON.stringify(rows, (key, value) => {
      if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
      return ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
    }));
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) said.push(await (await cache.match(request)).text());
  }
  return said.join('\\n') + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
}"""


def test_a_refused_call_is_kept_to_be_mended(window: BrowserContext, server: Server, station: Station):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)
    page.evaluate("document.querySelector('[data-more]').open = true")
    window.set_offline(True)
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    page.fill("[name=at]", "2099-01-01T10:00")
    take(page, 41)
    window.set_offline(False)

    tab = page.locator("[data-drafts] button", has_text="виправити")
    expect(tab).to_be_visible()
    tab.click()
    page.evaluate("document.querySelector('[data-more]').open = true")
    expect(page.locator("form p.error", has_text="не приймається")).to_be_visible()
    page.fill("[name=at]", "2026-11-01T10:00")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda address: "/new/" not in address)

    assert len(registered(station, "випадок 41")) == 1


def test_an_ended_session_asks_to_sign_in_and_then_goes_on(
    window: BrowserContext, server: Server, station: Station
):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)
    window.clear_cookies()
    take(page, 51)

    expect(page.locator("[data-server-text]")).to_contain_text("Сеанс закінчився")
    expect(page.locator("[data-server-text]")).to_contain_text("1 виклик")
    page.locator("[data-server-text] a").click()
    page.fill("[name=login]", "olena")
    page.fill("[name=password]", station.passwords["olena"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/calls/new/")
    expect(page.locator("[data-notes]")).to_contain_text("Зареєстровано")

    assert len(registered(station, "випадок 51")) == 1


def test_a_similar_call_is_asked_about_and_joined_by_the_keyboard(
    window: BrowserContext, server: Server, station: Station
):
    page = window.new_page()
    enter(page, station, "olena")
    for nth in range(2):
        opened(page)
        page.keyboard.type(f"000200000{nth}")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.type("Обухівка Козацька 77")
        page.keyboard.press("Enter")
        page.keyboard.type("бійка біля магазину, є побитий")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        if nth:
            expect(page.locator("[data-alike-panel] .strong")).to_be_visible()
        page.keyboard.press("Control+Enter")
        if nth:
            page.keyboard.press("Tab")  # from “another event” to “join”
            page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "/new/" not in address)

    with postgres.connect_as_superuser(database=station.database) as connection:
        steps = connection.execute(
            """SELECT step FROM cases_entry WHERE case_key IN
               (SELECT case_key FROM cases_entry WHERE data ->> 'address' = 'Козацька 77')
               ORDER BY received_at, position"""
        ).fetchall()
    assert [step for (step,) in steps] == ["receive", "receive", "join"]


def test_nothing_is_refused_by_the_pages_own_policy_and_no_script_fails(sign_in: Callable[[str], Page]):
    page = sign_in("olena")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    opened(page)
    take(page, 61)
    page.wait_for_url(lambda address: "/new/" not in address)

    assert said == []


def test_signing_out_wipes_drafts_and_keeps_what_waits(
    window: BrowserContext, server: Server, station: Station
):
    page = window.new_page()
    enter(page, station, "olena")
    opened(page)
    page.keyboard.type("0009998870")
    expect(page.locator("[data-saved]")).to_contain_text("збережено")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Вийти").click()
    page.wait_for_url("**/account/login/**")

    enter(page, station, "olena")
    opened(page)
    assert page.locator("[data-drafts] button", has_text="0009998870").count() == 0


def test_the_screen_opens_without_the_server_after_the_browser_was_closed(
    browser: Browser, station: Station, server: Server, tmp_path: Path
):
    how = {
        "executable_path": chromium.install(),
        "args": ARGUMENTS,
        "base_url": server.url,
        "locale": "uk-UA",
    }
    first = browser.browser_type.launch_persistent_context(tmp_path, **how)
    page = first.new_page()
    enter(page, station, "olena")
    opened(page)
    first.close()
    server.stop()

    again = browser.browser_type.launch_persistent_context(tmp_path, **how)
    page = again.new_page()
    page.goto("/calls/new/")
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    take(page, 71)
    expect(page.locator("[data-server-text]")).to_contain_text("1 виклик")
    server.start()
    expect(page.locator("[data-server-text]")).to_contain_text("Сеанс закінчився")
    enter(page, station, "olena")
    page.goto("/calls/new/")
    expect(page.locator("[data-notes]")).to_contain_text("Зареєстровано")
    again.close()

    [(_, _, address)] = registered(station, "випадок 71")
    assert address == "Садова 71"


@pytest.fixture
def phone(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        base_url=station.url, viewport=PHONE, locale="uk-UA", color_scheme="dark", has_touch=True
    )
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.mark.parametrize("narrow", [False, True])
def test_the_screen_in_use_has_no_fault_that_axe_finds_and_does_not_scroll_sideways(
    context: BrowserContext, phone: BrowserContext, station: Station, narrow: bool
):
    opener = phone if narrow else context
    page = opener.new_page()
    enter(page, station, "olena")
    opened(page)
    page.focus("[name=phone]")
    page.keyboard.type("0001112233")
    page.focus("[name=place]")
    page.keyboard.type("Миколаївка Садова 3")
    expect(page.locator("#place_list li").first).to_be_visible()
    found = complaints(page)
    page.keyboard.press("Escape")
    page.focus("[name=about]")
    expect(page.locator("[data-placed] .chip").first).to_be_visible()
    page.keyboard.type("бійка біля кафе, є побитий")
    page.keyboard.press("Enter")
    expect(page.locator("#kind_list")).to_be_visible()
    found += complaints(page)
    page.keyboard.press("Enter")
    expect(page.locator("fieldset.ask").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("form p.error").first).to_be_visible()
    found += complaints(page)
    wide = overflow(page)
    opener.set_offline(True)
    page.goto("/calls/new/")
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    found += complaints(page)

    assert found == []
    assert (wide, overflow(page)) == (0, 0)


def test_a_call_is_taken_without_javascript(browser: Browser, station: Station):
    plain = browser.new_context(base_url=station.url, java_script_enabled=False, locale="uk-UA")
    plain.set_default_timeout(20_000)
    page = plain.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", "olena")
    page.fill("[name=password]", station.passwords["olena"])
    page.click("main button.primary")

    page.goto("/calls/new/")
    page.fill("[name=phone]", "0001112239")
    page.fill("[name=place]", "Миколаївка Лісова 8")
    page.fill("[name=about]", "підозріла сумка біля магазину без скриптів")
    page.click("button[name=ask]")
    page.check("[name=q-object][value=yes]")
    page.click("[data-save]")
    page.locator("[name=place_code][type=radio]").first.check()
    page.click("[data-save]")
    page.wait_for_url(lambda address: "/new/" not in address)
    plain.close()

    [(_, _, address)] = registered(station, "без скриптів")
    assert address == "Лісова 8"


def test_a_click_on_the_map_gives_the_point_and_the_nearest_place(
    sign_in: Callable[[str], Page], station: Station
):
    page = sign_in("olena")
    opened(page)
    page.locator("[data-more] > summary").click()
    page.locator("[data-pick] > summary").click()
    page.wait_for_selector("[data-pick-map][data-ready]")

    page.locator("[data-pick-map]").click(position={"x": 200, "y": 150})
    expect(page.locator("[data-placed] strong")).to_be_visible()
    lat, lon = map(float, page.input_value("[name=point]").split(", "))
    assert (48 < lat < 49.2, 33.8 < lon < 36) == (True, True)
    page.focus("[name=about]")
    page.keyboard.type("шум на точці з карти")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda address: "/new/" not in address)

    assert len(registered(station, "на точці з карти")) == 1


def test_a_browser_that_can_keep_nothing_says_so_and_registers_all_the_same(
    sign_in: Callable[[str], Page], station: Station
):
    page = sign_in("olena")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page.goto("/calls/new/")
    expect(page.locator("[data-server-text]")).to_contain_text("Чернетки тут не зберігаються")

    take(page, 81, "корова ходить городом")
    page.wait_for_url(lambda address: "/new/" not in address)
    page.goto("/calls/new/")
    take(page, 81, "корова ходить городом")
    expect(page.locator("[data-alike-panel] .strong").first).to_be_visible()
    expect(page.locator("#wrong")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-alike-panel] button").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/new/" not in address)

    assert len(registered(station, "випадок 81")) == 2


def test_the_twins_in_the_browser_say_what_the_server_says(sign_in: Callable[[str], Page]):
    import tomllib

    from varta.calls import guessing, questions
    from varta.lib.text import fold, skeleton
    from varta.places import coordinates
    from varta.places.tests.test_coordinates import ODD, WRITTEN

    told = tomllib.loads(Path("varta/calls/tests/told_unseen.toml").read_text())
    texts = [text for one in told.values() for text in one] + [
        "П’ЯНИЙ лежить, Kиїв-Ґалаґан",
        "",
        "😀 №5",
        "ДТП, потерпілих немає",
    ]
    tree = questions.editions()[-1]
    answers = [
        {},
        {"danger": "yes"},
        {"just_now": "yes", "weapon": "no"},
        dict.fromkeys(tree.questions, "unknown"),
        dict.fromkeys(tree.questions, "yes"),
    ]
    page = sign_in("olena")
    opened(page)

    said = page.evaluate(
        """async ([texts, answers, points]) => {
          const [text, guessing, questions, where] = await Promise.all(
            ['text', 'guessing', 'questions', 'where'].map((name) => import(`/static/calls/${name}.js`)));
          const knows = await (await fetch('/calls/new/knows.json')).json();
          return {
            folded: texts.map(text.fold), bones: texts.map(text.skeleton),
            guesses: texts.map((one) => guessing.guess(knows.words, one)),
            proposals: Object.keys(knows.kinds).flatMap((kind) =>
              answers.map((given) => questions.propose(knows.tree, kind, given).category)),
            points: points.map(where.coordinates),
          };
        }""",
        [texts, answers, [*WRITTEN, *ODD]],
    )

    assert said["folded"] == [fold(one) for one in texts]
    assert said["bones"] == [skeleton(one) for one in texts]
    assert said["guesses"] == [guessing.guess(one) for one in texts]
    assert said["proposals"] == [
        tree.propose(kind, given).category for kind in questions.KIND for given in answers
    ]
    assert [tuple(one) if one else None for one in said["points"]] == [
        coordinates.read(one) for one in (*WRITTEN, *ODD)
    ]


def test_nobody_reads_on_the_screen_what_another_officer_left_unfinished(
    window: BrowserContext, server: Server, station: Station
):
    left, page = window.new_page(), window.new_page()
    enter(left, station, "olena")
    opened(left)
    left.keyboard.type("0007776655")
    expect(left.locator("[data-saved]")).to_contain_text("збережено")
    expect(left.locator("[data-caller-panel]")).to_be_visible()
    window.clear_cookies()
    enter(page, station, "andrii")

    opened(page)
    server.stop()
    expect(page.locator("[data-server]")).to_have_attribute("data-server", "away")
    server.start()
    expect(left.locator("[name=phone]")).to_have_value("")
    assert page.locator("[data-drafts] button", has_text="0007776655").count() == 0
    assert left.locator("[data-drafts] button", has_text="0007776655").count() == 0
