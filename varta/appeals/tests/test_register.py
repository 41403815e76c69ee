"""The register of appeals as a page, a file and a journal, and what is due for whom."""

import io
import re

import openpyxl
import pytest

from varta.appeals.tests.browsing import SYSTEM, rows_of, signed_in, text_of
from varta.appeals.tests.conftest import register
from varta.people import demo
from varta.people.models import Look
from varta.people.scope import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("state=all", {"1", "2", "3"}),
        ("state=late", {"1"}),
        ("f-kind=proposal", {"2"}),
        ("f-form=electronic", {"2"}),
        ("executor=andrii", {"1"}),
        ("mark=privileged", {"2"}),
        ("mark=anonymous", {"3"}),
        ("mark=control", {"1"}),
        ("mark=unassigned", {"2", "3"}),
        ("mark=control&mark=privileged", set()),
        ("q=Інша", {"2"}),
        ("q=парк", {"3"}),
        ("q=викликів", {"1"}),
        ("q=2", {"2"}),
        ("q=нічого", set()),
        ("state=closed", set()),
    ],
)
def test_the_register_is_narrowed_by_what_the_address_asks_for(three, at_desk, query, numbers):
    found = rows_of(at_desk.get(f"/appeals/?{query}"))

    assert {number.split("/")[0] for number in found} == numbers


def test_the_register_counts_what_waits(three, at_desk):
    page = at_desk.get("/appeals/")

    tallies = dict(
        re.findall(r'<span class="muted">([^<]+)</span><span class="figure">(\d+)<', page.content.decode())
    )
    assert tallies == {
        "Прострочено": "1",
        "Спливає за три дні": "0",
        "Без виконавця": "2",
        "На контролі": "1",
        "Чекають погодження": "0",
    }


def test_each_look_into_the_register_is_written_down(three, at_desk, olena):
    at_desk.get("/appeals/?q=Інша")

    with reading(SYSTEM):
        look = Look.objects.filter(officer=olena).latest("at")
        assert (look.action, look.subject_kind, look.detail) == ("search", "cases", {"asked": "q=Інша"})


def test_maria_sees_nothing_of_the_other_hromada(three, maria):
    hers = signed_in(maria)

    assert rows_of(hers.get("/appeals/?state=all")) == []
    assert "Ще немає жодного звернення" in text_of(hers.get("/appeals/?state=all"))
    for address in ("", "assign/", "reply/", "approve/", "letter/acknowledgement/"):
        assert hers.get(f"/appeals/{three[0]}/{address}").status_code == 404


def test_the_head_takes_the_register_out_with_the_columns_of_the_page(three, halyna):
    heads = signed_in(halyna)

    lines = b"".join(heads.get("/appeals/export.csv?state=all")).decode("utf-8-sig").splitlines()
    book = openpyxl.load_workbook(io.BytesIO(heads.get("/appeals/export.xlsx?state=all").content))

    assert lines[0].startswith("Номер,Надійшло,Заявник,Вид")
    assert len(lines) == 4
    assert [cell.value for cell in book.active[1]] == lines[0].split(",")
    assert any("Андрій Громаденко" in line for line in lines)
    with reading(SYSTEM):
        assert Look.objects.filter(officer=halyna, action="export").count() == 2


def test_olena_takes_no_file_out_but_prints_the_journal(three, at_desk):
    assert at_desk.get("/appeals/export.csv").status_code == 404
    page = text_of(at_desk.get("/appeals/journal/?state=all"))
    assert "Не приїхали на виклик" in page
    assert "Журнал реєстрації звернень" in page


def test_a_cell_that_a_spreadsheet_would_run_is_text(olena, halyna):
    with reading(SYSTEM):
        register(SYSTEM, about="=HYPERLINK(1)")

    lines = b"".join(signed_in(halyna).get("/appeals/export.csv?state=all")).decode()

    assert "'=HYPERLINK" in lines


def test_an_executor_sees_what_is_due_for_him(three, andrii):
    page = text_of(signed_in(andrii).get("/appeals/mine/"))

    assert "Не приїхали на виклик" in page
    assert "Прострочено" in page
    assert "У парку темно" not in page


def test_who_has_nothing_to_do_is_told_so(three, maria):
    assert "Вам не доручено жодного звернення" in text_of(signed_in(maria).get("/appeals/mine/"))


@pytest.mark.parametrize("role", ["analyst", "coordinator", "editor", "auditor", "administrator", "partner"])
def test_other_roles_find_no_register(db, role):
    from varta.people.tests.story import officer_at

    officer = officer_at(f"x-{role}", "Інша Роль", role, demo.HROMADA, demo.SECTOR)

    for address in ("", "new/", "mine/", "letters/", "reception/", "office/", "journal/", "export.csv"):
        assert signed_in(officer).get(f"/appeals/{address}").status_code == 404
