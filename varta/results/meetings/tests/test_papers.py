"""What leaves a meeting without a database: the drafted agenda, the slides, the calendar file."""

from datetime import UTC, datetime
from uuid import UUID

from varta.results.meetings import drafting, invites, slides, wording
from varta.results.meetings.slides import Row
from varta.results.meetings.tests.conftest import figure, pack

TOLD = {
    "title": "Підсумки", "title_en": "Results", "chair": "Орест", "chair_en": "Orest", "secretary": "", "video": "",
    "where": "Київ, зал 1", "report": "nine-months-2019", "on": "2019-10-31", "hour": "10:00", "state": "called",
    "items": [
        {"number": 1, "title": "Рішення", "title_en": "Decisions", "minutes": 5, "chapter": "former", "speaker": ""},
        {"number": 2, "title": "Насильство", "title_en": "Violence", "minutes": 15, "chapter": "violence",
         "speaker": ""},
        {"number": 3, "title": "Інше", "title_en": "", "minutes": 10, "chapter": "", "speaker": "Галина"},
        {"number": 4, "title": "Вирішили", "title_en": "Decided", "minutes": 5, "chapter": "decisions", "speaker": ""},
    ],
}  # fmt: skip
ROW = Row("№ 1/2019 · 1", "Навчання", "ГУНП", "20.12.2019", "прострочено", "late", "на 5 днів")


def no_map(table: object, head: object) -> str:
    return ""


def made(language: str = "uk") -> list[slides.Slide]:
    return slides.made(TOLD, pack(), former=[ROW], decided=[ROW] * 5, language=language, maps=no_map)


def test_the_agenda_begins_with_former_decisions_and_the_largest_notable_change():
    drafted = drafting.draft(pack(), former=True)

    assert [one["chapter"] for one in drafted] == ["former", "violence", "calls", "decisions"]


def test_an_item_names_its_figures_from_the_frozen_rows():
    violence = drafting.draft(pack(), former=False)[0]

    assert (
        violence["title"]
        == "Домашнє насильство: Домашнє насильство 1\u00a0200 (+20,0\u00a0%, торік 1\u00a0000)"
    )
    assert "1,200 (+20.0%, year before 1,000)" in violence["title_en"]


def test_each_slide_has_one_thought_and_they_follow_the_agenda():
    assert [(one.kind, one.item) for one in made()] == [
        ("title", 0), ("rows", 1), ("figures", 2), ("chart", 2), ("item", 3), ("rows", 4), ("rows", 4),
    ]  # fmt: skip


def test_the_slides_speak_the_readers_language():
    assert made("en")[2].tiles[0]["now"] == "1,200"
    assert made("uk")[2].tiles[0]["now"] == "1\u00a0200"


def test_a_notable_rise_of_what_should_fall_is_marked():
    [tile] = made()[2].tiles

    assert (tile["shade"], tile["notable"]) == ("worse", "більше, ніж пояснює випадок")


def test_a_meeting_without_a_report_has_the_slides_of_its_agenda():
    kinds = [one.kind for one in slides.made(TOLD, None, former=[], decided=[], language="uk", maps=no_map)]

    assert kinds == ["title", "rows", "item", "item", "rows"]


def test_a_hidden_figure_is_not_a_zero():
    [head] = pack().chapters[0].tables[0].heads
    hidden = type(figure(1, 1))(None, "hidden")

    assert wording.now(hidden, head, "uk") == "приховано"


def test_the_calendar_file_has_the_kyiv_hour_in_utc_and_the_length_of_the_agenda():
    text = invites.calendar(
        key=UUID(int=7), told=TOLD, title="Підсумки, дев’ять місяців", sequence=3,
        made_at=datetime(2019, 10, 21, tzinfo=UTC), address="",
    ).decode()  # fmt: skip

    assert "DTSTART:20191031T080000Z\r\nDTEND:20191031T083500Z\r\n" in text
    assert "SUMMARY:Підсумки\\, дев’ять місяців\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_cancelled_meeting_leaves_the_calendars():
    text = invites.calendar(
        key=UUID(int=7), told=TOLD | {"state": "cancelled"}, title="Підсумки", sequence=4,
        made_at=datetime(2019, 10, 21, tzinfo=UTC), address="",
    ).decode()  # fmt: skip

    assert "METHOD:CANCEL" in text and "STATUS:CANCELLED" in text
