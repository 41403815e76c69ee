"""Texts of notices: in both languages, and neutral to whoever looks over a shoulder."""

from pathlib import Path
from uuid import UUID

import pytest
from django.template.loader import get_template

from varta.notices import letters
from varta.notices.models import SEALED_WITH, Channel, Notice
from varta.notices.tests.conftest import TO
from varta.people.sealed import seal

FOLDER = Path(letters.__file__).parent / "templates" / "notices"
NAMES = sorted(file.name.removesuffix(".sms.txt") for file in (FOLDER / "uk").glob("*.sms.txt"))
KEY = UUID("01999999-0000-7000-8000-000000000001")
# Words that tell a passer-by, or an abuser with the same telephone, what it is about.
TELLING = ("поліц", "насил", "виклик", "заяв", "скарг", "офіцер", "дільнич", "102", "звернен", "злочин",
           "police", "violence", "officer", "call", "complaint", "appeal", "crime", "report", "emergency")  # fmt: skip


def written(name: str, channel: str, language: str, **more: object) -> letters.Letter:
    context = {"number": "482-915-036", "due": "3 листопада"} | more
    notice = Notice(
        key=KEY,
        channel=channel,
        to_sealed=seal(TO, key=SEALED_WITH),
        template=name,
        language=language,
        context=context,
    )
    return letters.letter_of(notice)


@pytest.fixture(autouse=True)
def elsewhere(settings):
    settings.VARTA_PUBLIC_URL = "https://varta.example"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("channel", Channel.values)
def test_a_notice_tells_a_passer_by_nothing(name, language, channel):
    letter = written(name, channel, language, discreet=1)

    said = f"{letter.subject} {letter.text}".casefold()
    assert "482-915-036" in said
    assert [word for word in TELLING if word in said] == []
    assert "varta" not in said, "a discreet notice does not even say who writes"


@pytest.mark.parametrize("name", NAMES)
def test_each_notice_is_written_in_both_languages_and_for_every_channel(name):
    for language in ("uk", "en"):
        for kind in ("txt", "sms.txt"):
            assert get_template(f"notices/{language}/{name}.{kind}")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_an_sms_is_one_short_line(name, language):
    text = written(name, "sms", language).text

    assert "\n" not in text
    assert len(text) <= 70, "one part of an SMS in Cyrillic"


def test_a_notice_says_how_to_stop_notices():
    letter = written("news", "email", "uk")

    assert letter.stop in letter.text
    assert letters.key_of(letter.stop.rstrip("/").rpartition("/")[2]) == letter.key


def test_an_address_of_silence_cannot_be_made_up():
    assert letters.key_of("01999999000070008000000000000001:AAAA") is None


def test_without_an_address_of_varta_a_notice_has_no_links(settings):
    settings.VARTA_PUBLIC_URL = ""

    assert "http" not in written("news", "email", "uk").text


def test_the_address_stands_in_no_text():
    assert TO not in written("received", "email", "uk").text
