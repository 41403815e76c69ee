"""Letters on pages: proposed, drawn, sent, shown back, and closed to others."""

import html
import re
from datetime import UTC, datetime

import pytest

from varta.appeals.models import Letter, NameForm
from varta.appeals.tests.browsing import (
    SYSTEM,
    rows_of,
    signed_in,
    step_at,
    text_of,
)
from varta.appeals.tests.conftest import SENDER, register, send
from varta.lib.clock import now
from varta.people.models import Look
from varta.people.scope import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def letter_of(page) -> dict[str, str]:
    """Return what the form of a letter proposes."""
    text = page.content.decode()
    found = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', text))
    found |= dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', text))
    return {name: html.unescape(value) for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_a_letter_is_proposed_with_the_right_forms_of_the_name_and_sent_with_a_number(three, at_desk, halyna):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    proposed = letter_of(at_desk.get(address))

    sent = at_desk.post(address, proposed)

    assert proposed["to"].endswith("Петру Івановичу")
    assert proposed["greeting"] == "Шановний пане Петре!"
    assert proposed["address"] == SENDER["residence"]
    assert proposed["signatory_name"] == "Галина КЕРІВНА"
    assert "№\u00a02/2026" in proposed["body"]
    assert sent.status_code == 302
    page = text_of(at_desk.get(sent.url))
    assert "Лист 1/" in page
    assert "Садова" not in page


def test_pdf_and_docx_of_a_letter_are_drawn_and_each_opening_is_written_down(three, at_desk, halyna, olena):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    key = at_desk.post(address, letter_of(at_desk.get(address))).url.split("/")[-2]

    pdf = at_desk.get(f"/appeals/letters/{key}/letter.pdf")
    docx = at_desk.get(f"/appeals/letters/{key}/letter.docx")

    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    assert docx.content.startswith(b"PK")
    assert at_desk.get(f"/appeals/letters/{key}/letter.exe").status_code == 404
    with reading(SYSTEM):
        revealed = Look.objects.filter(officer=olena, action="reveal")
        assert revealed.filter(detail__form="pdf").exists() and revealed.filter(detail__form="docx").exists()
        assert all(look.purpose == "appeal" and look.case_number for look in revealed)


def test_a_draft_is_drawn_without_a_number(three, at_desk):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"

    drawn = at_desk.post(f"{address}draft.pdf", letter_of(at_desk.get(address)))

    assert drawn.content.startswith(b"%PDF")
    with reading(SYSTEM):
        assert not Letter.objects.exists()


def test_a_letter_that_lacks_something_or_cannot_be_printed_is_shown_back(three, at_desk, halyna):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    proposed = letter_of(at_desk.get(address))

    for change, said in (({"body": ""}, "Заповніть це поле"), ({"body": "Дякуємо 😀"}, "😀")):
        answer = at_desk.post(address, proposed | change)
        assert answer.status_code == 422
        assert said in text_of(answer)
    with reading(SYSTEM):
        assert not Letter.objects.exists()


def test_a_corrected_form_of_a_name_is_remembered_for_the_next_letter(three, at_desk, halyna):
    with reading(SYSTEM):
        case = register(SYSTEM, sender=SENDER | {"surname": "Швець"}).case_key
    address = f"/appeals/{case}/letter/acknowledgement/"
    proposed = letter_of(at_desk.get(address))
    assert proposed["to"] == "Швецю Петру Івановичу"

    at_desk.post(address, proposed | {"to": "Шевцю Петру Івановичу"})

    assert letter_of(at_desk.get(address))["to"] == "Шевцю Петру Івановичу"
    with reading(SYSTEM):
        assert NameForm.objects.get().form == "шевцю"


def test_a_letter_of_an_unknown_kind_or_before_its_step_is_refused(three, at_desk, halyna):
    assert at_desk.get(f"/appeals/{three[1]}/letter/love/").status_code == 404
    address = f"/appeals/{three[1]}/letter/answer/"
    answer = at_desk.post(address, letter_of(at_desk.get(address)) | {"body": "Так"})

    assert answer.status_code == 422
    assert "Спершу виконайте крок" in text_of(answer)


def test_letters_that_the_steps_call_for_are_asked_for_on_the_page(three, at_desk):
    with reading(SYSTEM):
        step_at(three[1], "forward", now(), to="Слобожанська селищна рада")

    page = text_of(at_desk.get(f"/appeals/{three[1]}/"))

    assert "повідомлення про пересилання" in page
    assert "супровідний лист" in page
    cover = letter_of(at_desk.get(f"/appeals/{three[1]}/letter/forward_cover/"))
    assert cover["to"] == "Слобожанська селищна рада"
    assert "громадянина Інш" in cover["body"]


def test_outgoing_letters_have_a_journal(three, at_desk, halyna, maria):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    at_desk.post(address, letter_of(at_desk.get(address)))

    year = datetime.now(UTC).year
    assert rows_of(at_desk.get("/appeals/letters/")) == [f"1/{year}"]
    assert rows_of(at_desk.get("/appeals/letters/?year=2019")) == []
    assert rows_of(signed_in(maria).get("/appeals/letters/")) == []


def test_a_letter_of_another_hromada_does_not_exist(desk, maria):
    case = register(desk).case_key
    letter = send(desk, case)

    for address in ("", "letter.pdf", "letter.docx"):
        assert signed_in(maria).get(f"/appeals/letters/{letter.key}/{address}").status_code == 404
