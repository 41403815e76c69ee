"""The door, as a person meets it."""

import re

from playwright.sync_api import Page, expect


def test_a_stranger_is_led_to_the_door_in_ukrainian(page: Page):
    page.goto("/people/")

    expect(page).to_have_url(re.compile("/account/login/"))
    expect(page.locator("html")).to_have_attribute("lang", "uk")


def test_olena_signs_in_and_out(sign_in):
    page = sign_in("olena")

    expect(page.locator("body")).to_contain_text("Олена")
    page.goto("/account/logout/")
    page.locator("main form button").click()
    expect(page).not_to_have_url(re.compile("/account/logout/"))
    page.goto("/people/")
    expect(page).to_have_url(re.compile("/account/login/"))


def test_a_wrong_password_is_refused_in_words(page: Page):
    page.goto("/account/login/")
    page.fill("[name=login]", "olena")
    page.fill("[name=password]", "wrong")
    page.press("[name=password]", "Enter")

    expect(page.locator("main")).to_contain_text("Логін або пароль")
