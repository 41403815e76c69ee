"""An appeal from its registration to its last letter: by the keyboard alone, without JavaScript, on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, Station
from tests.browser.test_pages import complaints, enter, overflow

PAGES = (
    "/appeals/",
    "/appeals/?state=all&mark=control&q=сусід",
    "/appeals/new/",
    "/appeals/mine/",
    "/appeals/letters/",
    "/appeals/reception/",
    "/appeals/office/",
    "/appeals/journal/?state=all",
)


def press(page: Page, name: str) -> None:
    """Focus a button or a link by its name and press Enter."""
    page.get_by_role("link", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.focus()
    page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Focus a field and type, instead of what stands in it."""
    page.focus(f"[name={name}]")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def choose(page: Page, name: str, wanted: str) -> None:
    """Focus a list and press the arrow until the wanted value is chosen."""
    page.focus(f"[name={name}]")
    for _ in range(40):
        if page.input_value(f"[name={name}]") == wanted:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{wanted} is not among the choices of {name}")


def tick(page: Page, name: str) -> None:
    page.focus(f"[name={name}]")
    page.keyboard.press("Space")


def register(page: Page, *, surname: str, about: str) -> str:
    """Register an appeal by the keyboard and return the address of its page."""
    page.keyboard.press("g")
    page.keyboard.press("z")
    page.wait_for_url("**/appeals/")
    press(page, "Нове звернення")
    page.wait_for_url("**/appeals/new/")
    page.focus("[name=place]")
    page.keyboard.type("Обухівська громада")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.focus("[name=unit]")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Обухівської")
    page.wait_for_selector("#id_unit_list [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.fill("[name=r-document_on]", "2026-11-01")
    tick(page, "signed")
    write(page, "surname", surname)
    write(page, "given", "Петро")
    write(page, "patronymic", "Іванович")
    write(page, "residence", "вул. Садова, 4, с. Обухівка")
    page.focus("[name=r-kind] >> nth=1")
    page.keyboard.press("Space")
    choose(page, "r-subject", "neighbours")
    with page.expect_response("**/appeals/new/check/"):
        write(page, "r-about", about)
        page.keyboard.press("Tab")
    page.wait_for_selector("#check input[name=looked]", state="attached")
    press(page, "Зареєструвати")
    page.wait_for_url(lambda address: "/new/" not in address)
    return page.url


def test_an_appeal_lives_from_registration_to_its_last_letter_by_the_keyboard(sign_in: Callable[[str], Page]):
    olena = sign_in("olena")
    address = register(olena, surname="Вигаданенко", about="Сусіди щоночі вмикають гучну музику")
    assert "гучну музику" in olena.inner_text("main")

    press(olena, "Призначити виконавця")
    olena.wait_for_url("**/assign/")
    choose(olena, "executor", "andrii")
    write(olena, "r-resolution", "Перевірити на місці й відповісти")
    tick(olena, "r-control")
    press(olena, "Призначити виконавця")
    olena.wait_for_url(address)
    assert "Андрій Громаденко" in olena.inner_text("main")
    olena.context.clear_cookies()

    andrii = sign_in("andrii")
    andrii.goto("/appeals/mine/")
    assert "гучну музику" in andrii.inner_text("main")
    andrii.goto(address)
    press(andrii, "Відповісти")
    andrii.wait_for_url("**/reply/")
    andrii.focus("[name=r-result] >> nth=0")
    andrii.keyboard.press("Space")
    write(andrii, "r-text", "Із сусідами проведено бесіду, складено протокол.")
    press(andrii, "Відповісти")
    andrii.wait_for_url("**/letter/answer/")
    assert andrii.input_value("[name=to]") == "Вигаданенку Петру Івановичу"
    assert andrii.input_value("[name=greeting]") == "Шановний пане Петре!"
    assert "проведено бесіду" in andrii.input_value("[name=body]")
    write(andrii, "signatory_post", "Начальник")
    write(andrii, "signatory_name", "Галина КЕРІВНА")
    press(andrii, "Надіслати з номером")
    andrii.wait_for_url("**/appeals/letters/**")
    assert "№ 1/" in andrii.inner_text("article")
    drawn = andrii.request.get(andrii.get_by_role("link", name="PDF").get_attribute("href"))
    assert drawn.body().startswith(b"%PDF")
    assert complaints(andrii) == []
    andrii.context.clear_cookies()

    again = sign_in("olena")
    again.goto(address)
    assert "закрито" in again.inner_text(".actions")
    press(again, "Зняти з контролю")
    again.wait_for_url("**/take/lift_control/")
    press(again, "Зняти з контролю")
    again.wait_for_url(address)
    assert again.locator(".badge", has_text="на контролі").count() == 0


def test_an_appeal_that_lacks_its_signature_is_returned_with_a_letter(sign_in: Callable[[str], Page]):
    page = sign_in("olena")
    page.goto("/appeals/new/")
    page.fill("[name=place]", "Обухівська громада")
    page.fill("[name=surname]", "Безпідписний")
    page.fill("[name=given]", "Іван")
    page.fill("[name=residence]", "вул. Польова, 1")
    page.check("[name=r-kind][value=request]")
    page.select_option("[name=r-subject]", "other")
    page.fill("[name=r-about]", "Прошу надати довідку")
    page.locator("[name=r-about]").blur()
    page.wait_for_selector("#check .notice.warning")

    assert "немає підпису або дати" in page.inner_text("#check")
    assert page.input_value("#check [name=r-defect]") == "signature"
    assert complaints(page) == []
    page.get_by_role("button", name="Зареєструвати").click()
    page.wait_for_url(lambda address: "/new/" not in address)
    page.get_by_role("link", name="Повернути для дооформлення").click()
    page.fill("[name=r-explanation]", "Додайте підпис і дату.")
    page.click("main form.card button.primary")
    page.get_by_role("link", name="повернення для дооформлення").click()
    page.wait_for_url("**/letter/return_defective/")

    body = page.input_value("[name=body]")
    assert "немає підпису або дати" in body
    assert "Додайте підпис і дату." in body


def test_an_appeal_is_registered_without_javascript(browser: Browser, station: Station):
    window = browser.new_context(base_url=station.url, java_script_enabled=False, locale="uk-UA")
    window.set_default_timeout(20_000)
    page = window.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", "olena")
    page.fill("[name=password]", station.passwords["olena"])
    page.click("main button.primary")

    page.goto("/appeals/new/")
    page.fill("[name=place]", "Обухівська громада")
    page.fill("[name=surname]", "Безскриптенко")
    page.fill("[name=given]", "Ганна")
    page.check("[name=r-kind][value=proposal]")
    page.select_option("[name=r-subject]", "safety")
    page.fill("[name=r-about]", "Пропоную встановити камеру біля школи")
    page.get_by_role("button", name="Зареєструвати").click()
    if page.locator("input[type=radio][name=place_code]").count():
        page.locator("input[type=radio][name=place_code]").first.check()
        page.get_by_role("button", name="Зареєструвати").click()
    if "/new/" in page.url:  # what is missing under article 5 is shown first
        assert "За статтею 5 бракує" in page.inner_text("main")
        page.get_by_role("button", name="Зареєструвати").click()

    assert "встановити камеру" in page.inner_text("main")
    assert "/new/" not in page.url
    window.close()


@pytest.mark.parametrize("login", ["olena", "halyna"])
def test_pages_of_appeals_have_no_fault_that_axe_finds(sign_in: Callable[[str], Page], login: str):
    page = sign_in(login)

    found = []
    for address in PAGES:
        page.goto(address)
        found += complaints(page)

    assert found == []


def test_no_page_of_appeals_scrolls_sideways_on_a_telephone_in_the_dark(browser: Browser, station: Station):
    window = browser.new_context(
        base_url=station.url, viewport=PHONE, locale="uk-UA", color_scheme="dark", has_touch=True
    )
    window.set_default_timeout(20_000)
    page = window.new_page()
    enter(page, station, "olena")

    found, wide = [], []
    for address in PAGES:
        page.goto(address)
        wide += [address] if overflow(page) > 0 else []
        found += complaints(page)
    window.close()

    assert wide == []
    assert found == []


def test_nothing_of_appeals_is_refused_by_the_pages_own_policy(sign_in: Callable[[str], Page]):
    page = sign_in("olena")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")

    assert said == []
