"""Files and mappings that cannot be used: nothing is loaded, and the message says in both languages why."""

import gzip
import subprocess
import sys

import pytest
from click.testing import CliRunner

from varta.calls.files import mapping, reading
from varta.calls.files.commands import calls
from varta.calls.files.errors import MappingNotFound, MappingWrong, NoSuchColumn, UnknownPlaceInMapping
from varta.calls.files.tests.conftest import nola
from varta.places.errors import NoRows, NoSuchFile, NotATable, WrongEncoding

FINE = """
source = "test"
[times]
zone = "Europe/Kyiv"
formats = ["%d.%m.%Y %H:%M"]
received = "Час"
[place]
by = "fixed"
code = "UA80000000000093317"
[unit]
by = "place"
"""


@pytest.fixture
def own(tmp_path):
    def write(text):
        file = tmp_path / "own.toml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


def look(file, **more):
    return reading.look_through(file, **{"encoding": None, "delimiter": None} | more)


def test_a_ukrainian_file_with_semicolons_and_a_mark_loads(db, load, own, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text("Час;Що\r\n05.03.2018 10:00;Бійка\r\n", encoding="utf-8-sig")

    totals, _ = load(file, own(FINE))

    assert totals.loaded == 1


def test_commas_in_the_texts_do_not_part_the_columns_of_a_file_with_semicolons(tmp_path):
    (tmp_path / "calls.csv").write_text("Час;Що\n1;а, б, в, г, ґ, д, е, є\n", encoding="utf-8")
    assert look(tmp_path / "calls.csv").delimiter == ";"


def test_another_encoding_is_guessed_and_named(tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text("Час;Що\n05.03.2018 10:00;Бійка біля кафе\n", encoding="cp1251")

    with pytest.raises(WrongEncoding) as refused:
        look(file)

    assert "cp1251" in refused.value.text("uk") and "cp1251" in refused.value.text("en")
    assert look(file, encoding="cp1251").delimiter == ";"


def test_an_encoding_that_does_not_exist_is_named(tmp_path):
    (tmp_path / "calls.csv").write_text("a,b\n")
    with pytest.raises(WrongEncoding, match="utf-9"):
        look(tmp_path / "calls.csv", encoding="utf-9")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoRows),
        (b"PK\x03\x04\x14\x00\x06\x00", NotATable),
        (b"a,b\n1,\x00\n", NotATable),
        (gzip.compress(b"a,b\n" * 9000, mtime=0)[:-9], NotATable),
    ],
    ids=["empty", "a spreadsheet", "a zero byte", "a torn gzip"],
)
def test_what_is_no_table_is_refused(tmp_path, content, refusal):
    (tmp_path / "calls.csv").write_bytes(content)
    with pytest.raises(refusal):
        look(tmp_path / "calls.csv")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(NoSuchFile):
        look(tmp_path / "none.csv")


def test_a_header_alone_loads_nothing(db, load, own, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text("Час,Що\n", encoding="utf-8")
    assert load(file, own(FINE))[0].lines == 0


def test_a_missing_column_is_named_with_the_nearest_and_all_that_are_there(db, load, table, written):
    line = nola("A1")
    line["TimeCreat"] = line.pop("TimeCreate")

    with pytest.raises(NoSuchColumn) as refused:
        load(table([line]), "new-orleans")

    for language in ("uk", "en"):
        said = refused.value.text(language)
        assert "TimeCreate" in said and "TimeCreat" in said and "PoliceDistrict" in said
    assert "Perhaps it is “TimeCreat”" in refused.value.text("en")
    assert written() == (0, 0)


def test_a_mapping_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(MappingNotFound, match="montgomery, new-orleans, seattle"):
        mapping.find("new-york")


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ('received = "Час"', 'recieved = "Час"', "times.received", "needed"),
        ("[unit]", '[texts]\nadress = "Де"\n[unit]', "texts.adress", "perhaps “address”"),
        ("[unit]", '[colour]\na = "b"\n[unit]', "colour", "unknown"),
        ("Europe/Kyiv", "Europe/Kyjiv", "times.zone", "Kyjiv"),
        ("%H:%M", "%Q:%M", "times.formats", "%Q"),
        ("[unit]", '[category]\ncolumn = "К"\nvalues = { a = "omega" }\n[unit]', "category.values", "omega"),
        ("[unit]", '[kind]\ncolumn = "В"\npatterns = [["(", "theft"]]\n[unit]', "kind.patterns", "("),
        ('by = "fixed"\n', 'by = "star"\n', "place.by", "star"),
        ('received = "Час"', "received = 3", "times.received", "another kind"),
        ('source = "test"', 'source = ""', "source", "empty"),
        ('source = "test"', "source = ", "TOML", "not readable"),
    ],
)
def test_a_wrong_key_of_a_mapping_is_named(own, old, new, where, said):
    with pytest.raises(MappingWrong) as refused:
        mapping.find(own(FINE.replace(old, new)))

    assert f"“{where}”" in refused.value.text("en")
    assert said in refused.value.text("en")
    assert f"«{where}»" in refused.value.text("uk")


def test_a_place_that_the_mapping_names_must_be_there(db, load, own, tmp_path):
    (tmp_path / "calls.csv").write_text("Час\n05.03.2018 10:00\n", encoding="utf-8")
    with pytest.raises(UnknownPlaceInMapping, match="UA99"):
        load(tmp_path / "calls.csv", own(FINE.replace("UA80000000000093317", "UA99")))


def test_a_place_that_is_not_there_is_told_by_several_processes_too(committed_db, own, tmp_path):
    (tmp_path / "calls.csv").write_text("Час\n05.03.2018 10:00\n", encoding="utf-8")
    asked = ["calls.csv", "--mapping", own(FINE.replace("UA80000000000093317", "UA99")), "--jobs", "2"]

    run = subprocess.run(
        [sys.executable, "-m", "varta", "load", "calls", *asked],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 1
    assert "UA99" in run.stderr and "place.code" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_command_says_a_refusal_in_both_languages(db, tmp_path):
    result = CliRunner().invoke(calls, [str(tmp_path / "none.csv"), "--mapping", "montgomery"])

    assert result.exit_code == 1
    assert "немає" in result.output and "There is no file" in result.output


def test_a_reject_file_that_cannot_be_written_is_told_before_the_load(db, tmp_path, table, written):
    file = table([nola("A1")])
    where = str(tmp_path / "none" / "rejected.csv")

    result = CliRunner().invoke(
        calls, [str(file), "--mapping", "new-orleans", "--jobs", "1", "--reject", where]
    )

    assert result.exit_code == 1
    assert "--reject" in result.output
    assert written() == (0, 0)


def test_the_file_of_calls_is_never_written_over_by_its_rejects(db, table):
    file = table([nola("A1", TimeCreate="")])
    before = file.read_bytes()

    result = CliRunner().invoke(
        calls, [str(file), "--mapping", "new-orleans", "--jobs", "1", "--reject", str(file)]
    )

    assert result.exit_code == 1
    assert file.read_bytes() == before


def test_a_file_of_which_nothing_fits_is_told_as_a_failure(db, tmp_path, table):
    rejects = tmp_path / "rejected.csv"
    asked = [str(table([nola("A1")])), "--mapping", "montgomery", "--jobs", "1", "--no-refresh"]

    result = CliRunner().invoke(calls, [*asked, "--reject", str(rejects)])

    assert result.exit_code == 1
    assert "is it the right mapping" in result.output
    assert rejects.exists()


def test_the_command_prints_totals_that_add_up(db, tmp_path, table):
    file = table([nola("A1"), nola("A1"), nola("A2", TimeCreate="")])
    asked = [str(file), "--mapping", "new-orleans", "--jobs", "1", "--no-refresh"]

    result = CliRunner().invoke(calls, [*asked, "--reject", str(tmp_path / "rejected.csv")])

    assert result.exit_code == 0
    for label, count in {"Lines read": 3, "Loaded": 1, "Already there": 1, "Rejected": 1}.items():
        assert any(label in line and f" {count} " in line for line in result.output.splitlines())
