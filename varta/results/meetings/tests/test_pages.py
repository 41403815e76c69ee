"""Pages and files of meetings, as a secretary, an invited head and a stranger get them."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.demo import HROMADA, MAIN_DIRECTORATE, SECTOR
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.results.meetings import actions
from varta.results.meetings.models import Meeting
from varta.results.meetings.tests.conftest import REPORT, reader_at

HERE = "/results/meetings/"


@pytest.fixture
def signed_in(settings) -> Callable[[Reader], Client]:
    settings.DEMO = True  # without the second factor

    def client(reader: Reader) -> Client:
        with reading(Reader.system()):
            Officer.objects.filter(pk=reader.officer_id).update(language="en")
        found = Client()
        found.force_login(Officer.objects.get(pk=reader.officer_id))
        return found

    return client


@pytest.fixture
def held(meeting):
    """Return a meeting that was opened, attended, minuted, decided and closed."""
    meeting.opens()
    meeting.does(actions.attend, rows=[{"unit": MAIN_DIRECTORATE, "came": "came", "who": "=1+1"}])
    meeting.minutes()
    meeting.decides(text="=HYPERLINK(1)")
    meeting.does(actions.close, record={})
    return meeting


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def test_a_meeting_is_called_from_a_frozen_report(orest, frozen, signed_in):
    client = signed_in(orest)
    form = {
        "key": str(uuid7(now())), "at": "2019-10-21T09:00", "draft": "on", "units": ["NPU-12", "NPU-46"],
        "r-title": "Підсумки", "r-on": "2019-10-31", "r-hour": "10:00", "r-chair": "Орест", "r-report": REPORT,
    }  # fmt: skip
    answer = client.post(f"{HERE}new/", form)
    page = text(client, answer["Location"])

    assert "1,200 (+20.0%, year before 1,000)" in page
    with reading(Reader.system()):
        assert Meeting.objects.get().told["units"] == ["NPU-12", "NPU-46"]


def test_the_page_shows_agenda_minutes_decisions_and_who_came(held, orest, frozen, signed_in):
    page = text(signed_in(orest), f"{HERE}{held.key}/")

    for words in ("Домашнє насильство", "Про домашнє насильство", "=HYPERLINK(1)", "overdue", "1,200"):
        assert words in page


def test_an_invited_head_reads_the_meeting_and_writes_nothing(held, halyna, signed_in):
    client = signed_in(halyna)
    page = text(client, f"{HERE}{held.key}/")

    assert "Про домашнє насильство" in page and "Enter a decision" not in page
    assert client.get(f"{HERE}{held.key}/screen/").status_code == 404
    assert client.get(f"{HERE}{held.key}/decide/").status_code == 404


def test_a_hromada_officer_finds_no_meetings(held, signed_in):
    client = signed_in(reader_at("andrii", "hromada_officer", HROMADA, SECTOR))

    assert client.get(HERE).status_code == client.get(f"{HERE}{held.key}/").status_code == 404


def test_the_second_secretary_keeps_the_text_and_reads_the_first_ones(meeting, kateryna, signed_in):
    seen = meeting.opens().row().entries
    meeting.minutes()
    client, address = signed_in(kateryna), f"{HERE}{meeting.key}/minutes/1/"
    form = {"key": str(uuid7(now())), "at": "2019-10-31T10:30", "seen": str(seen), "r-heard": "Текст другого"}
    answer = client.post(address, form)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Orest Вигадана" in page and "Текст другого" in page and "Про домашнє насильство" in page
    again = {"key": str(uuid7(now())), "seen": str(seen + 1)}
    assert client.post(address, form | again).status_code == 302


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_minutes_are_a_paper(held, orest, signed_in, form, begins):
    answer = signed_in(orest).get(f"{HERE}{held.key}/minutes.{form}")

    assert answer.status_code == 200 and answer.content.startswith(begins)
    if form == "docx":
        words = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
        assert "Про домашнє насильство" in words and "HEARD" in words


def test_a_meeting_that_was_not_opened_has_no_minutes(meeting, orest, signed_in):
    assert signed_in(orest).get(f"{HERE}{meeting.key}/minutes.pdf").status_code == 404


def test_the_meeting_goes_to_a_calendar(meeting, halyna, signed_in):
    assert "DTSTART:20191031T080000Z" in text(signed_in(halyna), f"{HERE}{meeting.key}/meeting.ics")


def test_the_register_of_decisions_is_narrowed_and_taken_out_without_formulas(held, orest, signed_in):
    client = signed_in(orest)

    assert "=HYPERLINK(1)" in text(client, f"{HERE}decisions/?state=overdue&owner={MAIN_DIRECTORATE}")
    assert "No decision answers to this." in text(client, f"{HERE}decisions/?state=done&since=x")
    assert "'=HYPERLINK(1)" in text(client, f"{HERE}decisions.csv")
    assert client.get(f"{HERE}decisions.xlsx").content.startswith(b"PK")


def test_the_screen_shows_frozen_figures_one_slide_in_front_and_no_notes(meeting, orest, frozen, signed_in):
    page = text(signed_in(orest), f"{HERE}{meeting.key}/screen/?n=3")

    assert "1,200" in page and "3 of 5" in page
    assert page.count('class="slide ') - page.count(" hidden>\n    <div") == 1
    assert "Спершу Дніпро" not in page


def test_the_presenter_reads_the_notes_and_the_time(meeting, orest, frozen, signed_in):
    page = text(signed_in(orest), f"{HERE}{meeting.key}/presenter/?n=3")

    assert "Спершу Дніпро" in page and "10:00" in page


def test_a_meeting_without_a_report_still_has_a_screen(meeting, orest, signed_in):
    assert "Домашнє насильство" in text(signed_in(orest), f"{HERE}{meeting.key}/screen/?n=999")
