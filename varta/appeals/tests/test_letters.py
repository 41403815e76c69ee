"""Letters: what they say, that people's words are never markup, that the same letter is the same bytes."""

import html
import io
import json
import zipfile
from datetime import date

import pytest
import typst
from docx import Document

from varta.appeals import letters, typeset, word
from varta.appeals.letters import Content
from varta.appeals.tests.conftest import LETTER
from varta.procedures._appeal_records import LETTER as KINDS

DAY = date(2026, 3, 3)
KNOWN = {
    "received": "2 березня 2026 року",
    "number": "7/2026",
    "due": "2 квітня 2026 року",
    "until": "10 квітня 2026 року",
    "reason": "Потрібна перевірка.",
    "defect": "немає підпису або дати",
    "explanation": "Додайте підпис.",
    "forwarded_to": "Слобожанська селищна рада",
    "sender_gent": "громадянина Вигаданенка П. І.",
    "text": "Провели бесіду.",
    "contest": "Рішення можна оскаржити.",
    "ground": "строк оскарження минув",
}
# What could be markup to Typst, to Word, or to a template.
NASTY = (
    '#set text(red) #import "/etc/passwd": * $x^2$ [a] @b <c> *d* _e_ `f` \\n \\u{41} '
    "${number} $number {{ x }} {% y %} =G <w:t>&"
)


def sheet(number: str = "12/2026", *, address: str = "", draft: bool = False, **more: str) -> dict:
    return letters.sheet(Content.of(LETTER | more), address=address, sent_on=DAY, number=number, draft=draft)


def text_of(docx: bytes) -> str:
    paper = Document(io.BytesIO(docx))
    cells = [one.text for table in paper.tables for row in table.rows for one in row.cells]
    return "\n".join([one.text for one in paper.paragraphs] + cells)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_letter_has_a_template_that_needs_only_what_is_known(kind):
    heading, body = letters.written(kind, KNOWN)

    assert heading.startswith("Про ")
    assert "2 березня 2026 року" in body
    assert "$" not in body


def test_a_paragraph_without_its_value_falls_away():
    _, body = letters.written("answer", KNOWN | {"contest": ""})

    assert body.endswith("Провели бесіду.")


def test_a_value_is_never_read_as_a_template():
    _, body = letters.written("answer", KNOWN | {"text": NASTY})

    assert NASTY in body


TEXTS = (
    "to",
    "heading",
    "greeting",
    "body",
    "annex",
    "signatory_post",
    "signatory_name",
    "executor",
    "contacts",
)


@pytest.mark.parametrize("name", TEXTS)
def test_what_people_wrote_is_drawn_and_never_run(name):
    """`#panic()` would end the drawing if it were run."""
    assert typeset.pdf(sheet(**{name: f"#panic() {NASTY}"})) != typeset.pdf(sheet(**{name: "#panic()"}))


def test_an_address_is_never_markup():
    assert typeset.pdf(sheet(address=f"#panic() {NASTY}")) != typeset.pdf(sheet(address="#panic()"))


def test_markup_in_a_letter_is_printed_letter_by_letter():
    given = {"letter": json.dumps(sheet(body=NASTY))}
    compiler = typst.Compiler(typeset.SHEET.read_bytes(), sys_inputs=given)

    assert NASTY in html.unescape(compiler.compile(format="html").decode())


def test_what_people_wrote_is_never_markup_in_word():
    made = word.docx(sheet(body=NASTY, to=NASTY, heading=NASTY))

    assert text_of(made).count(NASTY) == 3


@pytest.mark.parametrize("sign", ["😀", "漢"])
def test_a_sign_that_cannot_be_printed_is_named(sign):
    with pytest.raises(typeset.Unprintable) as caught:
        typeset.pdf(sheet(body=f"Дякуємо {sign}"))

    assert caught.value.sign == sign


def test_signs_that_nobody_sees_fall_away():
    given = LETTER | {"body": "Дя\x00ку\x0bє\x1bмо\u202e\ufffe", "to": "Іва\ud800ну"}

    content = Content.of(given)

    assert (content.body, content.to) == ("Дякуємо", "Івану")
    assert word.docx(letters.sheet(content, address="а\x00", sent_on=DAY, number="1/2026"))


def test_ukrainian_letters_apostrophes_and_stress_are_printed():
    assert typeset.pdf(sheet(body="Ґедзь, Їжакевич, Є, п’ять, п'ять, пʼять, за́мок, №, «»—… ₴"))


def test_the_same_letter_is_the_same_bytes_as_pdf_and_as_docx():
    assert typeset.pdf(sheet()) == typeset.pdf(sheet())
    assert word.docx(sheet()) == word.docx(sheet())
    assert typeset.pdf(sheet()) != typeset.pdf(sheet("13/2026"))


def test_a_pdf_is_for_the_archive_and_for_readers_of_screens():
    drawn = typeset.pdf(sheet())

    for mark in (b"pdfaid:part", b"pdfuaid:part", b"/StructTreeRoot", b"/Lang"):
        assert mark in drawn


def test_the_letter_bears_number_and_day_in_words_and_a_draft_bears_none():
    assert sheet()["date_line"] == "3 березня 2026 року № 12/2026"
    assert sheet(draft=True)["date_line"] == "3 березня 2026 року № ____"


def test_word_keeps_the_parts_of_a_letter():
    said = text_of(word.docx(sheet(address="вул. Садова, 4", annex="копія на 2 арк.")))

    for part in (
        "НАЦІОНАЛЬНА ПОЛІЦІЯ УКРАЇНИ",
        "Вигаданенку Петру Івановичу",
        "вул. Садова, 4",
        "№ 12/2026",
        "Начальник\tГалина КЕРІВНА",
        "Додаток: копія на 2 арк.",
    ):
        assert part in said
    assert zipfile.ZipFile(io.BytesIO(word.docx(sheet()))).testzip() is None


def test_the_fingerprint_covers_every_part():
    content = Content.of(LETTER)
    known = {"address_sealed": "x", "sent_on": DAY, "number": "1/2026"}
    whole = letters.fingerprint(content, **known)

    others = [
        letters.fingerprint(Content.of(LETTER | {name: "інше"}), **known) for name in LETTER if name != "kind"
    ]
    others += [letters.fingerprint(content, **known | {name: "2"}) for name in ("address_sealed", "number")]
    others.append(letters.fingerprint(content, **known | {"sent_on": date(2026, 3, 4)}))

    assert whole not in others
    assert len(set(others)) == len(others)


def test_who_signs_stands_with_the_surname_in_capitals():
    assert letters.signed("Галина Керівна") == "Галина КЕРІВНА"
    assert letters.signed("") == ""
