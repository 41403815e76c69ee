"""The pack keeps what the report says, through JSON and from rows of earlier days."""

import json

from varta.people.scope import Reader
from varta.results import exports
from varta.results.chapters import by_chapter, chapter_of, without_procedure
from varta.results.freezing import freeze
from varta.results.models import FrozenReport
from varta.results.pack import as_plain, from_plain, of_frozen, of_report
from varta.results.report import Asked, make
from varta.results.tests.conftest import NOW, PERIOD

SYSTEM = Reader.system()


def test_a_pack_comes_back_from_json_as_it_was(told):
    reports = [make(Asked(PERIOD, level), reader=SYSTEM) for level in ("oblast", "hromada")]
    pack = of_report(*reports, name="nine", at=NOW, files={"a": "b"})

    assert from_plain(json.loads(json.dumps(as_plain(pack)))) == pack
    assert [table.level for table in pack.chapters[0].tables] == ["oblast", "hromada"]


def test_rows_frozen_before_packs_are_read_as_a_pack(told):
    asked = Asked(PERIOD, "hromada")
    kept = freeze(asked, name="kept", by=SYSTEM, at=NOW)
    older = FrozenReport(
        name="older",
        of="older",
        made_at=NOW,
        asked=kept.asked,
        rows=exports.as_json(make(asked, reader=SYSTEM)),
        files=kept.files,
        watermark=kept.watermark,
        version=kept.version,
        law=kept.law,
    )

    chapters = [chapter.tables for chapter in of_frozen(older).chapters]

    assert chapters == [chapter.tables for chapter in of_frozen(kept).chapters]


def test_each_indicator_has_its_chapter_and_lines_without_any_are_named():
    assert [chapter_of(code) for code in ("C01", "C10", "C12", "C12-RECEPTIONS", "D03", "G08-POLICE", "X1")] == [
        "calls", "appeals", "calls", "appeals", "violence", "programme", None,
    ]  # fmt: skip
    assert list(by_chapter(["C01", "G01", "C09"])) == ["calls", "appeals", "programme"]
    assert [line.code for line in without_procedure(["C01", "D01", "P01", "J01", "M01", "I01"])] == [
        "appeals",
        "programme",
    ]
