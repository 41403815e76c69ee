"""The pages of cover in a real browser: the map in the colours of its legend, the table as its twin, keys, print."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_desk import prefer
from tests.browser.test_pages import complaints, enter, overflow
from varta.people.demo import HROMADA, OBLAST

ADDRESS = f"/officers/cover/?on=2024-02-01&oblast={OBLAST}"
DRAWN = "[data-cover-map][data-ready]"


@pytest.fixture(scope="module", autouse=True)
def officers(station: Station, django_db_blocker: object) -> None:
    """Let an invented officer serve a hromada, and load the invented facts and beats."""
    from varta.officers.models import Stay
    from varta.people.scope import Reader, reading
    from varta.places import demo
    from varta.places.models import Territory, Unit

    with django_db_blocker.unblock(), databases.django_uses(station.database):  # type: ignore[attr-defined]
        demo.make()
        place, unit = Territory.objects.get(code=HROMADA), Unit.objects.get(code="NPU-12")
        with reading(Reader.system()):
            Stay.objects.create(
                case=uuid4(), nth=1, person_id=uuid4(), stage="serving", oblast_id=OBLAST, hromada=place,
                place_pre=place.pre, unit=unit, unit_pre=unit.pre, began=date(2020, 1, 1),
            )  # fmt: skip


@pytest.fixture
def cover(sign_in: Callable[[str], Page]) -> Page:
    """Sign the analyst in and open the cover of an oblast."""
    page = sign_in("anton")
    page.goto(ADDRESS)
    return page


@pytest.mark.parametrize(("language", "theme"), [("uk", "light"), ("en", "dark")])
def test_pages_of_cover_have_no_fault_that_axe_finds(cover: Page, language: str, theme: str):
    prefer(cover, language, theme)

    found = []
    for address in (ADDRESS, f"{ADDRESS}&show=each", f"{ADDRESS}&minutes=0", f"/officers/cover/{HROMADA}/"):
        cover.goto(address)
        found += complaints(cover)
    prefer(cover, "uk", "auto")

    assert found == []


def test_nothing_scrolls_sideways_on_a_telephone(browser: Browser, station: Station):
    window = browser.new_context(base_url=station.url, viewport=PHONE, locale="uk-UA", has_touch=True)
    window.set_default_timeout(20_000)
    try:
        page = window.new_page()
        enter(page, station, "anton")
        wide = []
        for address in (
            ADDRESS,
            "/officers/cover/?on=2024-02-01",
            f"/officers/cover/{HROMADA}/?on=2024-02-01",
        ):
            page.goto(address)
            wide.append(overflow(page))
    finally:
        window.close()

    assert wide == [0, 0, 0]


def colour_at(page: Page, share_x: float, share_y: float) -> list[int]:
    """Return the colour of the map's picture at a point, as shares of its width and height."""
    return page.evaluate(
        """async ([x, y]) => {
            const canvas = document.querySelector("[data-cover-map] canvas");
            const { width, height } = canvas;
            const copy = Object.assign(document.createElement("canvas"), { width, height });
            const pen = copy.getContext("2d");
            pen.drawImage(canvas, 0, 0);
            return [...pen.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data];
        }""",
        [share_x, share_y],
    )


def test_the_map_is_drawn_in_the_colours_of_its_legend_without_foreign_hosts(cover: Page, station: Station):
    asked: list[str] = []
    cover.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    cover.on("pageerror", lambda error: faults.append(str(error)))

    cover.reload()
    cover.locator("[data-cover-map]").scroll_into_view_if_needed()
    cover.wait_for_selector(DRAWN)

    legend = cover.evaluate(
        "getComputedStyle(document.querySelector('.legend [data-class=empty]')).backgroundColor"
    )
    picture = [colour_at(cover, x / 20, y / 20) for x in range(6, 15) for y in range(6, 15)]
    assert any(f"rgb({r}, {g}, {b})" == legend for r, g, b, _ in picture)
    assert all(url.startswith((station.url, "blob:", "data:")) for url in asked)
    assert faults == []


def test_what_is_pointed_at_is_named_and_a_click_opens_it(cover: Page):
    cover.locator("[data-cover-map]").scroll_into_view_if_needed()
    cover.wait_for_selector(DRAWN)
    box = cover.locator("[data-cover-map]").bounding_box()
    assert box is not None

    cover.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    cover.wait_for_function("document.querySelector('[data-map-tells]').textContent.includes('громада')")
    cover.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    cover.wait_for_url("**/officers/cover/UA12*/?on=2024-02-01*")


def test_the_table_is_sorted_and_narrowed_by_the_keyboard_alone(cover: Page):
    cover.locator("thead a", has_text="Офіцери").focus()
    cover.keyboard.press("Enter")
    cover.wait_for_selector("th[aria-sort=descending]")
    first = cover.locator(".cover-table tbody .first").first.inner_text()
    cover.locator(".chip", has_text="З офіцером").focus()
    cover.keyboard.press("Enter")
    cover.wait_for_selector(".chip[aria-current]:has-text('З офіцером')")

    assert first == "Обухівська громада"
    assert cover.locator(".cover-table tbody tr").count() == 1


@pytest.fixture
def plain(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    """Open a window that runs no scripts."""
    window = browser.new_context(base_url=station.url, java_script_enabled=False, locale="uk-UA")
    window.set_default_timeout(20_000)
    yield window
    window.close()


def test_without_scripts_the_table_says_everything_and_the_form_works(
    plain: BrowserContext, station: Station
):
    page = plain.new_page()
    enter(page, station, "anton")
    page.goto(ADDRESS)

    assert "скрипти" in page.locator("[data-map-says]").inner_text()
    page.fill("[name=on]", "2019-12-31")
    page.click("form.toolbar button")
    assert page.locator(".cover-table td", has_text="без офіцера").count() > 40
    assert page.locator(".cover-table .badge", has_text="з офіцером").count() == 0


def test_paper_has_the_table_and_no_forms(cover: Page):
    cover.emulate_media(media="print")

    assert not cover.locator("form.toolbar").is_visible()
    assert cover.locator(".cover-table").is_visible() and cover.locator(".legend").is_visible()
