"""The home folder is private, and a secret is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from varta.lib import home


@pytest.fixture
def empty_home(tmp_path, monkeypatch):
    monkeypatch.setenv("VARTA_HOME", str(tmp_path / "varta"))


def test_the_home_folder_is_for_its_owner_only(empty_home):
    assert stat.S_IMODE(home.path().stat().st_mode) == 0o700


def test_a_secret_is_kept_and_only_its_owner_may_read_it(empty_home):
    first = home.secret("django")

    assert home.secret("django") == first
    assert stat.S_IMODE((home.path() / "keys" / "django").stat().st_mode) == 0o600


def test_two_secrets_differ(empty_home):
    assert home.secret("one") != home.secret("two")


def test_many_who_ask_at_once_get_the_same_secret(empty_home):
    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(lambda _: home.secret("shared"), range(32)))

    assert len(answers) == 1
