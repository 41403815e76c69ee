"""The workbook's formulas give the frozen figures, and words stay words."""

import io
import re

import openpyxl
import pytest

from varta.results.out.tests.packs import calls, small
from varta.results.out.xlsx import xlsx


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(xlsx(small(), "uk")))


class Sums:
    """The four kinds of formulas that a report has, computed from the cells that they name."""

    def __init__(self, sheet):
        self.sheet = sheet

    def value(self, cell):
        held = self.sheet[cell.replace("$", "")].value
        return self.computed(held) if isinstance(held, str) and held.startswith("=") else held

    def computed(self, formula):
        if found := re.fullmatch(r"=SUM\((\w+:\w+)\)", formula):
            return sum(cell.value for (cell,) in self.sheet[found[1]])
        if found := re.fullmatch(r"=\((\w+)-(\w+)\)/(\w+)", formula):
            one, other, by = map(self.value, found.groups())
            return (one - other) / by
        one, sign, other = re.fullmatch(r"=(\w+)([-/])(\$?\w+\$?\d+)", formula).groups()
        one, other = self.value(one), self.value(other)
        return one - other if sign == "-" else one / other


def frozen(block, figure):
    """Return what the cells of a figure must come to, in the order of the columns."""
    return [figure.now, figure.before, figure.change, figure.change_share, figure.share][:block]


def test_formulas_give_the_frozen_figures(book):
    sheet, table = book.worksheets[0], calls().tables[0]
    sums = Sums(sheet)

    for row, line in enumerate((*table.lines, table.total), start=5):
        told = frozen(5, line.figures["C01"])
        cells = [sums.value(f"{column}{row}") for column in "DEFGH"]
        assert [value if value != "—" else None for value in cells] == pytest.approx(told)

    assert sheet["D8"].value == "=SUM(D5:D7)"


def test_hidden_and_unknown_stay_words_and_their_total_is_no_sum(book):
    sheet = book.worksheets[0]

    assert (sheet["J5"].value, sheet["K5"].value, sheet["L5"].value) == ("приховано", 12, "—")
    assert (sheet["P6"].value, sheet["Q6"].value) == ("невідомо", "невідомо")
    assert (sheet["J8"].value, bool(sheet["J8"].comment)) == (18, True)
    assert sheet["D6"].value == 0


def test_a_name_that_is_a_formula_stays_a_text(book):
    cell = book.worksheets[0]["B6"]

    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_every_formula_is_one_of_ours(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    Sums(sheet).computed(cell.value)


def test_a_sheet_for_each_chapter_then_definitions_remarks_and_proof(book):
    assert book.sheetnames == [
        "Виклики та реагування, області",
        "Поліцейський офіцер…, області",
        "Як пораховано",
        "Пояснення",
        "Про звіт",
    ]
    assert book.worksheets[0].print_title_rows == "$3:$4"
    assert "Кількість повідомлень за період." in [cell.value for cell in book["Як пораховано"]["D"]]


def test_the_same_report_gives_the_same_bytes_in_each_language():
    assert xlsx(small(), "en") == xlsx(small(), "en")
    assert openpyxl.load_workbook(io.BytesIO(xlsx(small(), "en"))).sheetnames[-1] == "About"
