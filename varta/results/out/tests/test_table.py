"""The CSV and the description of its columns."""

import csv as csv_module
import io
import json
import zipfile

from varta.results.out.table import COLUMNS, csv, csv_zip
from varta.results.out.tests.packs import DNIPRO, KYIV, small


def rows(language="uk"):
    return list(csv_module.reader(io.StringIO(csv(small(), language).removeprefix("\ufeff"))))


def test_one_row_for_each_figure_with_its_state():
    head, *told = rows("en")
    listed = [dict(zip(head, row, strict=True)) for row in told]
    found = {(row["code"], row["indicator"]): row for row in listed}

    assert len(told) == len(found) == 4 * 3 + 4
    assert (found[DNIPRO, "C01"]["period"], found[KYIV, "C01"]["period"]) == ("12345", "0")
    assert (found[DNIPRO, "C04"]["period"], found[DNIPRO, "C04"]["state"]) == ("", "hidden")
    assert (found[KYIV, "C05"]["state"], found[DNIPRO, "C05"]["low"]) == ("unknown", "0.904")


def test_no_cell_begins_as_a_formula():
    assert not [cell for row in rows() for cell in row if cell.startswith(("=", "@", "+"))]


def test_the_archive_holds_the_file_and_a_description_of_its_columns():
    archive = zipfile.ZipFile(io.BytesIO(csv_zip(small(), "uk")))
    described = json.loads(archive.read("nine-months-2019.csv-metadata.json"))

    assert archive.namelist() == ["nine-months-2019.csv", "nine-months-2019.csv-metadata.json"]
    assert described["url"] == "nine-months-2019.csv"
    columns = described["tableSchema"]["columns"]
    assert [one["titles"]["uk"] for one in columns] == rows()[0]
    assert set(described["tableSchema"]["primaryKey"]) <= {one["name"] for one in columns}
    assert all(set(one["titles"]) == {"uk", "en"} for one in columns)


def test_every_cell_is_of_the_type_that_the_description_says():
    readers = {"double": float, "string": str, "nonNegativeInteger": int, "positiveInteger": int}
    for row in rows()[1:]:
        for column, cell in zip(COLUMNS, row, strict=True):
            assert not column.required or cell
            if cell:
                readers[column.datatype](cell)
