"""Reading codifiers: the official shapes, other countries' trees, and files that are neither."""

import gzip
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from varta.places import codifier
from varta.places.errors import (
    BadValue,
    DuplicateCode,
    LoadRefused,
    MissingColumns,
    NoDay,
    NoRows,
    NoSuchFile,
    NotATable,
    WrongEncoding,
)

DAY = date(2025, 5, 16)
OBLAST, RAION = "UA12000000000090473", "UA12060000000022633"
UKRAINIAN = (
    f"code,parent,level,category,name\n{OBLAST},,1,O,Дніпропетровська\n{RAION},{OBLAST},2,P,Криворізький\n"
)


def read(file: Path, **more):
    return codifier.read(file, **{"root": "UA", "as_of": DAY, **more})


def test_the_packaged_codifier_is_the_whole_country_on_the_day_of_its_title():
    whole = codifier.packaged()

    assert len(whole.places) > 31_000
    assert whole.as_of == date(2024, 1, 19)
    assert sum(place.category == "H" for place in whole.places) == 1772
    assert sum(place.category == "P" for place in whole.places) == 136
    assert next(place for place in whole.places if place.name == "Чорнобиль").parent.startswith("UA3200000")


def test_a_csv_file_is_read_packed_and_unpacked(file_of):
    plain = read(file_of(UKRAINIAN))
    packed = read(file_of(gzip.compress(UKRAINIAN.encode()), "places.csv.gz"))

    assert plain.places == packed.places
    assert plain.places[1] == codifier.Place(3, RAION, OBLAST, "P", "Криворізький")


@pytest.mark.parametrize("delimiter", ",;\t")
def test_any_usual_delimiter_will_do(file_of, delimiter):
    assert len(read(file_of(UKRAINIAN.replace(",", delimiter))).places) == 2


def test_a_file_in_cp1251_is_read_when_it_is_named(file_of):
    file = file_of(UKRAINIAN.encode("cp1251"))

    assert read(file, encoding="cp1251").places[1].name == "Криворізький"


def test_the_official_spreadsheet_repeats_ancestors_in_its_columns(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        ["ЗАТВЕРДЖЕНО наказом від 26 листопада 2020 року № 290 (в редакції від 7 березня 2025 року)"]
    )
    sheet.append([])
    sheet.append(["Перший рівень", "Другий рівень", "Третій рівень", "Четвертий рівень", "Додатковий рівень",
                  "Категорія об'єкта", "Назва об'єкта"])  # fmt: skip
    sheet.append([OBLAST, None, None, None, None, "О", "Дніпропетровська"])
    sheet.append([OBLAST, RAION, None, None, None, "Р", "Криворізький"])
    file = tmp_path / "codifier.xlsx"
    book.save(file)

    found = codifier.read(file, root="UA")

    assert found.as_of == date(2025, 3, 7)
    assert [(place.code, place.parent, place.category) for place in found.places] == [
        (OBLAST, "", "O"),
        (RAION, OBLAST, "P"),
    ]


def test_cyrillic_look_alikes_in_codes_and_latin_ones_in_names_are_put_right(file_of):
    text = UKRAINIAN.replace("UA12", "UА12").replace(",P,", ",Р,").replace("Криворізький", "Криворiзький")

    assert read(file_of(text)).places == read(file_of(UKRAINIAN)).places


def test_a_country_of_ones_own_needs_no_ukrainian_codes(file_of):
    file = file_of("CODE;Parent;Name;lat;lon\nLA;;Louisiana;;\n22071;LA;Orleans;29,95;-90,07\n")

    places = codifier.read(file, root="US", as_of=DAY).places

    assert (places[1].code, places[1].lat, places[1].lon) == ("22071", 29.95, -90.07)


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (b"", NoRows, "no rows"),
        (b"code,parent,level,category,name\n", NoRows, "no rows"),
        (b"a,b\n1,2\n", MissingColumns, "code, parent, name"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotATable, "CSV"),
        (b"%PDF-1.7 ...", NotATable, "CSV"),
        (b"PK\x03\x04 broken", NotATable, "XLSX"),
        (UKRAINIAN.encode() + b'"' + b"a" * 200_000, NotATable, "CSV"),
        (b"\x1f\x8b broken", NotATable, "gzip"),
        (gzip.compress(UKRAINIAN.encode(), mtime=0)[:60], NotATable, "gzip"),
        (UKRAINIAN.encode("cp1251"), WrongEncoding, "cp1251"),
        (UKRAINIAN.encode() + f"{RAION},{OBLAST},2,P,Двічі\n".encode(), DuplicateCode, "line 3"),
        (UKRAINIAN.replace(RAION, "UA12").encode(), BadValue, "Line 3"),
        (UKRAINIAN.replace(",P,", ",Q,").encode(), BadValue, "OKPHMTXCB"),
        (UKRAINIAN.replace("Криворізький", "").encode(), BadValue, "Line 3"),
    ],
)
def test_a_wrong_file_is_refused_in_both_languages(file_of, content, error, told):
    with pytest.raises(error) as refused:
        read(file_of(content))

    assert told in refused.value.text("en")
    assert refused.value.text("uk") != refused.value.text("en")
    assert "{" not in refused.value.text("uk") + refused.value.text("en")


@pytest.mark.parametrize(
    ("lat", "lon", "population"),
    [("91", "0", ""), ("0", "181", ""), ("north", "1", ""), ("1", "", ""), ("", "", "-5"), ("", "", "many"),
     ("nan", "1", "")],
)  # fmt: skip
def test_impossible_numbers_are_refused_with_their_line(file_of, lat, lon, population):
    file = file_of(f"code,parent,name,lat,lon,population\nA,,A,{lat},{lon},{population}\n")

    with pytest.raises(BadValue) as refused:
        codifier.read(file, root="XX", as_of=DAY)

    assert refused.value.values["line"] == 2


def test_an_impossible_day_is_refused(file_of):
    file = file_of("code,parent,name,population,population_on\nA,,A,5,31.02.2020\n")

    with pytest.raises(BadValue):
        codifier.read(file, root="XX", as_of=DAY)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NoSuchFile):
        read(tmp_path / "nowhere.csv")


def test_an_encoding_that_is_not_there_is_named(file_of):
    with pytest.raises(WrongEncoding):
        read(file_of(UKRAINIAN), encoding="cp99999")


def test_a_file_without_a_day_needs_one(file_of):
    with pytest.raises(NoDay):
        codifier.read(file_of(UKRAINIAN), root="UA")


def test_every_refusal_speaks_both_languages():
    for error in LoadRefused.__subclasses__():
        assert error.uk != error.en
        assert set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя") & set(error.uk.lower())
        assert not set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя") & set(error.en.lower())
