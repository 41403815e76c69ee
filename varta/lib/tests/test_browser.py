"""The browser of the tests is found, or the message says how to get one."""

import pytest

from varta.lib import browser


def test_the_browser_that_is_named_is_taken(tmp_path, monkeypatch):
    chromium = tmp_path / "chromium"
    chromium.write_text("")
    monkeypatch.setenv("VARTA_CHROMIUM", str(chromium))

    assert browser.install() == str(chromium)


def test_a_named_browser_that_is_not_there_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("VARTA_CHROMIUM", str(tmp_path / "none"))

    with pytest.raises(browser.BrowserMissing, match="apt-get install chromium"):
        browser.install()


def test_without_browser_and_without_apt_the_message_says_what_to_do(home, tmp_path, monkeypatch):
    monkeypatch.delenv("VARTA_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(browser.BrowserMissing, match="VARTA_CHROMIUM="):
        browser.install()
