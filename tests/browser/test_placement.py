"""The pages of placement in a real browser: ask, the plan with its map, two plans; no fault that axe finds."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_desk import prefer
from tests.browser.test_pages import complaints, enter, overflow

HERE = "/officers/placement/"


@pytest.fixture(scope="module")
def solved(station: Station, django_db_blocker: object) -> list[str]:
    """Let the coordinator ask twice and solve both; return the addresses of the plans."""
    from varta.lib.clock import now
    from varta.officers import plans, solving
    from varta.officers.tests.test_plans import ASKED
    from varta.people.models import Officer
    from varta.people.scope import Reader, reading

    def plan(**changes: object) -> UUID:
        with reading(Reader.system()):
            by = Reader.of(Officer.objects.get(login="kateryna"), on=now().date())
        with reading(by):
            made = plans.ask(asked=ASKED | {"officers": 40, "on": now().date()} | changes, by=by, at=now())
        solving.solve(made.key, now=now, seconds=20)
        return made.key

    with django_db_blocker.unblock(), databases.django_uses(station.database):  # type: ignore[attr-defined]
        return [f"{HERE}{key}/" for key in (plan(), plan(officers=30, fair=50))]


@pytest.fixture
def placement(sign_in: Callable[[str], Page], solved: list[str]) -> Page:
    """Sign the coordinator in and open placement."""
    page = sign_in("kateryna")
    page.goto(HERE)
    return page


def addresses(solved: list[str]) -> list[str]:
    one, other = (address.split("/")[-2] for address in solved)
    return [HERE, *solved, f"{HERE}compare/?one={one}&other={other}"]


@pytest.mark.parametrize(("language", "theme"), [("uk", "light"), ("en", "dark")])
def test_pages_of_placement_have_no_fault_that_axe_finds(
    placement: Page, solved: list[str], language: str, theme: str
):
    prefer(placement, language, theme)

    found = []
    for address in addresses(solved):
        placement.goto(address)
        found += complaints(placement)
    prefer(placement, "uk", "auto")

    assert found == []


@pytest.fixture
def telephone(browser: Browser, station: Station) -> Iterator[BrowserContext]:
    window = browser.new_context(base_url=station.url, viewport=PHONE, locale="uk-UA", has_touch=True)
    yield window
    window.close()


def test_nothing_of_placement_scrolls_sideways_on_a_telephone(
    telephone: BrowserContext, station: Station, solved: list[str]
):
    page = telephone.new_page()
    enter(page, station, "kateryna")

    wide = []
    for address in addresses(solved):
        page.goto(address)
        wide += [(address, one) for one in [overflow(page)] if one]

    assert wide == []


def test_the_map_of_a_plan_is_drawn_in_the_colours_of_its_legend(placement: Page, solved: list[str]):
    placement.goto(solved[0])

    placement.locator("[data-plan-map]").scroll_into_view_if_needed()
    placement.wait_for_selector("[data-plan-map][data-ready]")

    assert placement.locator(".legend li").count() == 3
    assert placement.locator("[data-map-says]").is_hidden()


def test_a_pinned_place_is_asked_for_again(placement: Page, solved: list[str]):
    placement.goto(solved[0])
    box = placement.locator("input[name=pin]").first
    box.check()
    placement.locator("#again button").click()

    placement.wait_for_url(lambda address: HERE in address and solved[0] not in address)

    assert placement.locator(f"input[name=pin][value='{box.get_attribute('value')}']").count() == 1
