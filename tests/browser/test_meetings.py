"""A meeting in a real browser: its pages are accessible, and its slides turn by the keyboard and by links alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_pages import complaints, enter, overflow
from varta.lib.clock import now
from varta.people.demo import HEADQUARTERS, UKRAINE
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit
from varta.results.meetings import demo
from varta.results.meetings.models import Meeting
from varta.results.meetings.tests.conftest import REPORT, pack
from varta.results.models import FrozenReport
from varta.results.pack import as_plain


@pytest.fixture(scope="module")
def meetings(station: Station, django_db_blocker: object) -> Iterator[tuple[str, str]]:
    """Freeze a small report and hold the meetings of the demonstration on it; give the keys of both."""
    with django_db_blocker.unblock(), databases.django_uses(station.database):  # type: ignore[attr-defined]
        with reading(Reader.system()):
            place, unit = Territory.objects.get(code=UKRAINE), Unit.objects.get(code=HEADQUARTERS)
            FrozenReport.objects.create(
                name=REPORT, made_at=now(), asked={"from": "2019-01-01", "to": "2019-09-30", "by": "oblast"},
                rows=as_plain(pack()), files={}, watermark=1, version="1", law="0", of=REPORT,
                place_from=place.pre, place_to=place.pre_end, unit_from=unit.pre, unit_to=unit.pre_end,
            )  # fmt: skip
        demo.make(at=now())
        with reading(Reader.system()):
            held, following = Meeting.objects.order_by("on").values_list("key", flat=True)
    yield str(held), str(following)


def heading(page: Page) -> str:
    return page.locator("section:not([hidden]) h2").first.inner_text()


def test_a_meeting_is_shown_and_its_slides_turn(
    sign_in, meetings: tuple[str, str], browser: Browser, station: Station
):
    held, following = meetings
    page = sign_in("orest")
    addresses = ["/results/meetings/", "/results/meetings/new/", "/results/meetings/decisions/"]
    addresses += [
        f"/results/meetings/{key}/{part}" for key in meetings for part in ("", "screen/", "presenter/")
    ]
    addresses += [f"/results/meetings/{following}/{part}/" for part in ("agenda", "invite", "step/postpone")]
    found = []
    for address in addresses:
        page.goto(address)
        found += complaints(page)
    assert found == []

    page.goto(f"/results/meetings/{following}/screen/")
    first = heading(page)
    page.keyboard.press("ArrowRight")
    assert page.locator("section:not([hidden]) .progress").inner_text().startswith("2 з")
    page.keyboard.press("Space")
    page.keyboard.press("Home")
    assert heading(page) == first
    page.keyboard.press("End")
    last = page.url.rsplit("=", 1)[1]
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/results/meetings/{following}/")
    assert int(last) > 5

    page.goto(f"/results/meetings/{following}/step/open/")
    page.get_by_role("button", name="Відкрити нараду").click()
    page.wait_for_url(f"**/results/meetings/{following}/")
    for part in ("attend/", "minutes/1/", "decide/?item=1", ""):
        page.goto(f"/results/meetings/{following}/{part}")
        found += complaints(page)
    assert found == []

    plain = browser.new_context(
        base_url=station.url, viewport=PHONE, java_script_enabled=False, color_scheme="dark"
    )
    without = plain.new_page()
    enter(without, station, "orest")
    without.goto(f"/results/meetings/{held}/screen/")
    without.locator("section:not([hidden]) [data-turn=next]").click()
    assert without.url.endswith("?n=2")
    assert without.locator("section:not([hidden])").count() == 1
    plain.close()

    phone = browser.new_context(base_url=station.url, viewport=PHONE, color_scheme="dark")
    small = phone.new_page()
    enter(small, station, "orest")
    wide = [address for address in addresses if small.goto(address) and overflow(small) > 0]
    phone.close()
    assert wide == []
