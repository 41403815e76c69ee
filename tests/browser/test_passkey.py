"""A passkey from a real browser: added once, it signs in without login and password."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Station


@pytest.fixture
def desk(station: Station, browser: Browser) -> Iterator[Page]:
    """Open a page with a built-in authenticator; passkeys need a name, so the host is localhost."""
    port = urlsplit(station.url).port
    window = browser.new_context(base_url=f"http://localhost:{port}", locale="uk-UA")
    window.set_default_timeout(20_000)
    page = window.new_page()
    devtools = window.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    window.close()


def test_a_passkey_signs_in_alone(desk: Page, station: Station):
    desk.goto("/account/login/")
    desk.fill("[name=login]", "kyrylo")
    desk.fill("[name=password]", station.passwords["kyrylo"])
    desk.press("[name=password]", "Enter")
    desk.wait_for_url(lambda address: "/login" not in address)

    desk.goto("/account/2fa/webauthn/add/")
    desk.check("[name=passwordless]")
    desk.click("#mfa_webauthn_add")
    desk.wait_for_url("**/2fa/recovery-codes/")
    desk.context.clear_cookies()
    desk.goto("/account/login/")
    desk.click("#passkey_login")
    desk.wait_for_url(lambda address: "/account/" not in address)
    desk.goto("/people/me/")

    assert "/account/login" not in desk.url
