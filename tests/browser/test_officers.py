"""The programme in a real browser: a coordinator's way by the keyboard, accessible pages, a telephone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from tests import databases
from tests.browser.conftest import PHONE, Station
from tests.browser.test_appeals import choose, press, write
from tests.browser.test_pages import complaints, enter, overflow

PAGES = (
    "/officers/",
    "/officers/?on=2019-10-31",
    "/officers/candidates/",
    "/officers/candidates/?stage=training",
    "/officers/candidates/new/",
    "/officers/cohorts/",
    "/officers/cohorts/new/",
    "/officers/memoranda/",
    "/officers/memoranda/?state=overdue",
    "/officers/memoranda/new/",
)


@pytest.fixture(scope="module")
def programme(station: Station, django_db_blocker: object) -> Iterator[str]:
    """Tell a part of the demonstration into the station's database; give the code of a cohort in training."""
    from varta.officers.demo import calendar, making

    moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    with django_db_blocker.unblock(), databases.django_uses(station.database):  # type: ignore[attr-defined]
        told = making.chapters(moment)
        wanted = [one for one in told if "-2026-" in one.cohort or "Д-2019-1" in one.cohort]
        for chapter in [*wanted, next(one for one in told if not one.cohort)]:
            making.write(chapter)
    yield next(one.code for one in calendar.courses() if one.begins <= moment.date() <= one.ends)


def day(page: Page, name: str, value: str) -> None:
    page.fill(f"[name={name}]", value)


def done(page: Page, button: str) -> None:
    """Press the button that writes a step, and wait for the candidate's page."""
    press(page, button)
    page.wait_for_url(lambda address: address.rstrip("/").rsplit("/", 1)[1].count("-") == 4)


def radio(page: Page, name: str, value: str) -> None:
    page.focus(f"[name={name}][value={value}]")
    page.keyboard.press("Space")


def test_a_candidate_goes_from_questionnaire_to_appointment_by_the_keyboard(sign_in, programme):
    page = sign_in("kateryna")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/officers/")
    _open_cohort(page)
    press(page, "Люди")
    page.wait_for_url("**/candidates/")
    press(page, "Новий кандидат")
    page.wait_for_url("**/candidates/new/")
    write(page, "surname", "Клавіатурний")
    write(page, "given", "Остап")
    page.focus("[name=place]")
    page.keyboard.type("Обухівська")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    day(page, "r-on", "2026-05-04")
    radio(page, "r-origin", "police")
    radio(page, "r-education", "higher")
    done(page, "Зареєструвати анкету")

    for name in ("Перевірити вимоги", "Записати тестування", "Записати співбесіду", "Записати поліграф"):
        press(page, name)
        page.wait_for_selector("[name=r-result]")
        radio(page, "r-result", "passed")
        day(page, "r-on", "2026-06-01")
        done(page, name)
    _step(page, "Зарахувати на курс", "r-since", "2026-07-01", cohort="КЛ-2026")
    _step(page, "Записати закінчення курсу", "r-on", "2026-09-01", result="passed")
    _step(page, "Почати стажування", "r-since", "2026-09-07", mentor="Наставник Досвідчений")
    _step(page, "Завершити стажування", "r-on", "2026-10-07", result="passed")
    _step(page, "Призначити до громади", "r-since", "2026-10-12")

    assert page.inner_text(".way [aria-current=step] strong") == "служить"
    assert page.locator("h1").inner_text() == "Клавіатурний Остап"


def _open_cohort(page: Page) -> None:
    press(page, "Набори")
    page.wait_for_url("**/cohorts/")
    press(page, "Новий набір")
    page.wait_for_url("**/cohorts/new/")
    write(page, "code", "КЛ-2026")
    page.focus("[name=university]")
    page.keyboard.press("ArrowDown")
    write(page, "course_uk", "Поліцейський офіцер громади")
    write(page, "course_en", "Hromada police officer")
    day(page, "begins", "2026-07-01")
    day(page, "ends", "2026-09-01")
    write(page, "capacity", "20")
    press(page, "Зберегти")
    page.wait_for_selector("dl.facts")
    press(page, "Набори")
    page.wait_for_url("**/cohorts/")


def _step(
    page: Page, name: str, day_field: str, on: str, *, result: str = "", cohort: str = "", mentor: str = ""
) -> None:
    press(page, name)
    page.wait_for_selector(f"[name={day_field}]")
    day(page, day_field, on)
    if result:
        radio(page, "r-result", result)
    if cohort:
        choose(page, "r-cohort", cohort)
    if mentor:
        write(page, "r-mentor", mentor)
    done(page, name)


def addresses(page: Page, cohort: str) -> list[str]:
    """Return the pages, and those of one person, one cohort and one memorandum."""
    found = [*PAGES, f"/officers/cohorts/{cohort}/", f"/officers/cohorts/{cohort}/attend/"]
    for listed in ("/officers/candidates/?stage=serving", "/officers/memoranda/?state=overdue"):
        page.goto(listed)
        found.append(page.locator("tbody td.first a").first.get_attribute("href") or "")
    return [*found, f"{found[-2]}transfer/", f"{found[-1]}promise/"]


def test_pages_of_the_programme_have_no_fault_that_axe_finds(sign_in: Callable[[str], Page], programme: str):
    page = sign_in("kateryna")

    found = []
    for address in addresses(page, programme):
        assert page.goto(address).status == 200, address
        found += complaints(page)

    assert found == []


def test_no_page_of_the_programme_scrolls_sideways_on_a_dark_telephone(
    browser: Browser, station: Station, programme: str
):
    window = browser.new_context(
        base_url=station.url, viewport=PHONE, locale="uk-UA", color_scheme="dark", has_touch=True
    )
    page = window.new_page()
    enter(page, station, "kateryna")

    found, wide = [], []
    for address in addresses(page, programme):
        page.goto(address)
        wide += [address] if overflow(page) > 0 else []
        found += complaints(page)
    window.close()

    assert wide == []
    assert found == []
