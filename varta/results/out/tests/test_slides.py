"""The slides are read back: a thought on each, charts that can be edited, definitions in the notes."""

import io

import pytest
from pptx import Presentation

from varta.results.out.slides import pptx
from varta.results.out.tests.packs import small


@pytest.fixture(scope="module")
def deck():
    return Presentation(io.BytesIO(pptx(small(), "uk")))


def texts(slide):
    return [
        paragraph.text
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]


def about(deck, code):
    return next(slide for slide in deck.slides if slide.shapes.title.text.startswith(code))


def test_a_slide_for_the_title_the_chapters_each_indicator_and_the_proof(deck):
    titles = [slide.shapes.title.text for slide in deck.slides]

    assert titles[0] == "Звіт за дев’ять місяців 2019 року"
    assert [title.split("\u00a0")[0] for title in titles[2:-1]] == ["C01", "C04", "C05", "G01"]
    assert any("varta recount nine-months-2019" in text for text in texts(deck.slides[len(titles) - 1]))


def test_a_chart_holds_the_frozen_figures_as_numbers(deck):
    [chart] = [shape.chart for shape in about(deck, "C01").shapes if shape.has_chart]

    assert list(chart.plots[0].categories)[-1] == "Дніпропетровська область"
    assert [series.values[-1] for series in chart.plots[0].series] == [11000, 12345]


def test_letters_are_large_enough_for_the_last_row(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert all(run.font.size.pt >= 12 for one in shape.text_frame.paragraphs for run in one.runs)
            if shape.has_chart:
                assert shape.chart.font.size.pt >= 14


def test_notes_say_how_it_is_counted_and_what_is_hidden(deck):
    notes = about(deck, "C04").notes_slide.notes_text_frame.text

    assert "Складено протоколів." in notes
    assert "Приховано: Дніпропетровська область." in notes
    assert "Невідомо: =HYPERLINK(1)." in about(deck, "C05").notes_slide.notes_text_frame.text


def test_the_same_report_gives_the_same_slides_in_each_language():
    assert pptx(small(), "en") == pptx(small(), "en")
