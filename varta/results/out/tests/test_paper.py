"""PDF and DOCX: the same layout, whole in both languages."""

import io
import re
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn

from varta.results.out import layout, words
from varta.results.out.docx import docx
from varta.results.out.drawing import Bar, Panel, multiples
from varta.results.out.layout import laid_out
from varta.results.out.pdf import pdf
from varta.results.out.tests.packs import DNIPRO, calls, small


def opened(pack, language="uk"):
    return Document(io.BytesIO(docx(pack, language)))


def plain(text):
    return text.replace("\u00a0", " ")


def inflated(sheet):
    """Return what a PDF's streams hold."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", sheet, re.S)
    held = []
    for stream in streams:
        try:
            held.append(zlib.decompress(stream))
        except zlib.error:
            held.append(stream)
    return b"\n".join([sheet, *held])


def test_the_layout_tells_zero_unknown_and_hidden_apart_and_explains_the_marks():
    chapter = laid_out(small(), "uk")["chapters"][0]
    dnipro, other, *_ = ([plain(cell) for cell in row] for row in chapter["tables"][0]["rows"])

    assert dnipro == ["Дніпропетровська область", "12 345", "11 000", "+12,2 % ↑", "к", "12", "—",
                      "91,2 %", "89,5 %", "+1,7 в. п. ↑"]  # fmt: skip
    assert other[1:3] + other[7:9] == ["0", "0", "…", "…"]
    assert {sign for sign, _ in laid_out(small(), "uk")["marks"]} >= {"0", "…", "к"}


def test_a_level_of_more_rows_than_paper_bears_is_told_to_be_elsewhere(monkeypatch):
    monkeypatch.setattr(layout, "MOST_LINES", 2)

    [only] = laid_out(small(), "en")["chapters"][0]["tables"]

    assert only["rows"] == [] and "XLSX" in only["note"]


def test_nothing_of_the_layout_is_untranslated():
    def texts(held):
        if isinstance(held, dict):
            return [text for one in held.values() for text in texts(one)]
        if isinstance(held, list):
            return [text for one in held for text in texts(one)]
        return [held] if isinstance(held, str) else []

    english = [text for text in texts(laid_out(small(), "en")) if not text.startswith("<svg")]

    assert not [text for text in english if re.search("[а-яіїєґ]", text, re.I)]


def test_the_pdf_is_tagged_for_the_archive_and_for_screen_readers_in_its_language():
    for language in ("uk", "en"):
        sheet = inflated(pdf(small(), language))
        assert sheet.startswith(b"%PDF")
        assert b"pdfaid:part" in sheet and b"pdfuaid:part" in sheet
        assert b"/StructTreeRoot" in sheet and f"({language})".encode() in sheet


def test_ukrainian_letters_are_in_the_fonts_and_a_lost_sign_stops_nothing():
    told = replace(calls().remarks[0], text={"uk": "Ґанок, єдиний, сімʼя, об’єкт, ї, 漢字", "en": ""})

    sheet = laid_out(small(chapters=(replace(calls(), remarks=(told,)),)), "uk")

    assert "ʼ" in sheet["chapters"][0]["remarks"][0]["text"]
    assert pdf(small(chapters=(replace(calls(), remarks=(told,)),)), "uk").startswith(b"%PDF")


def test_the_same_report_is_the_same_file():
    assert pdf(small(), "uk") == pdf(small(), "uk")
    assert docx(small(), "uk") == docx(small(), "uk")


def test_a_draft_says_so_on_its_face():
    draft = small(edition=0)

    assert laid_out(draft, "uk")["draft"] == "ПРОЄКТ"
    assert "ПРОЄКТ" in [paragraph.text for paragraph in opened(draft).paragraphs]


def test_the_word_file_has_headings_contents_repeated_heads_and_page_numbers():
    paper = opened(small())
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    fields = [one.text for one in paper.element.body.iter(qn("w:instrText"))]
    foot = [one.text for one in paper.sections[0].footer._element.iter(qn("w:instrText"))]
    places = next(table for table in paper.tables if "C01" in table.rows[0].cells[1].text)

    assert headings == [
        "Виклики та реагування",
        "Поліцейський офіцер громади",
        "Як пораховано",
        "Про цей звіт",
    ]
    assert "TOC" in fields[0] and foot == ["PAGE", "NUMPAGES"]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in places.rows][:3] == [
        True,
        True,
        False,
    ]
    assert [plain(cell.text) for cell in places.rows[2].cells][:3] == [
        "Дніпропетровська область",
        "12 345",
        "11 000",
    ]


def test_a_chart_of_the_word_file_has_a_text_for_those_who_do_not_see_it():
    [first, *_] = opened(small(), "en").inline_shapes

    assert "Calls registered" in first._inline.docPr.get("descr")


def test_the_last_page_tells_the_hash_and_the_edition():
    [*_, last] = opened(small()).tables
    told = {row.cells[0].text: row.cells[1].text for row in last.rows}

    assert told["SHA-256 звіту"] == words.digest(small())
    assert (told["Редакція"], told["Перерахувати"]) == ("Редакція 1", "varta recount nine-months-2019")


def test_a_sign_that_no_file_may_hold_is_left_out():
    assert "\x0b" not in laid_out(small(), "uk")["chapters"][0]["remarks"][0]["text"]


def test_remarks_name_the_row_they_speak_of():
    [remark] = laid_out(small(), "uk")["chapters"][0]["remarks"]

    assert remark["about"] == "C01 · Дніпропетровська область"
    assert calls().remarks[0].row == DNIPRO


def test_a_drawing_is_xml_whatever_names_hold():
    drawn = multiples(["<b>&"], [Panel("C01 <&>", (Bar(1, None, "1"),))], source="\"'")

    assert ElementTree.fromstring(drawn).get("viewBox")


@pytest.mark.parametrize(
    ("language", "told"), [("uk", "січень–вересень 2019 року"), ("en", "January to September 2019")]
)
def test_whole_months_are_named(language, told):
    assert words.period(small().first, small().last, language) == told
