"""The pack keeps what the report says, through JSON and from rows of earlier days."""

import json
from dataclasses import replace

from varta.people.scope import Reader
from varta.results.chapters import by_chapter, chapter_of, without_procedure
from varta.results.freezing import freeze
from varta.results.models import FrozenReport
from varta.results.pack import as_plain, from_plain, of_frozen, of_report
from varta.results.report import Asked, make
from varta.results.tests.conftest import NOW, PERIOD

SYSTEM = Reader.system()


def rows_before_packs(report):
    """Return a report as rows were frozen before there were packs."""
    return {
        "period": {"from": report.period.first.isoformat(), "to": report.period.last.isoformat()},
        "year_before": {"from": report.before.first.isoformat(), "to": report.before.last.isoformat()},
        "by": report.level,
        "place": report.place,
        "unit": report.unit,
        "counted_at": report.counted_at,
        "indicators": [
            {"code": one.code, "title": dict(one.title), "unit": dict(one.unit), "direction": one.direction}
            for one in report.indicators
        ],
        "rows": [_line_json(line) for line in report.lines],
        "total": _line_json(report.total),
    }


def _line_json(line):
    return {
        "code": line.code,
        "name": dict(line.names),
        "population": line.population,
        "values": {code: _cell_json(cell) for code, cell in line.cells.items()},
    }


def _cell_json(cell):
    return {
        "value": cell.now.number,
        "state": cell.now.state,
        "base": cell.now.base,
        "year_before": cell.before.number,
        "year_before_state": cell.before.state,
        "change": cell.change,
        "change_share": cell.percent,
        "share": cell.share,
        "rank": cell.rank,
        "low": cell.low,
        "high": cell.high,
        "notable": cell.notable,
    }


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
        rows=rows_before_packs(make(asked, reader=SYSTEM)),
        files=kept.files,
        watermark=kept.watermark,
        version=kept.version,
        law=kept.law,
    )

    assert told_by(of_frozen(older)) == told_by(of_frozen(kept))


def told_by(pack):
    """Return each figure of a pack but the base of the year before, which rows did not hold then."""
    return {
        (table.level, line.code, code): replace(figure, before_base=None)
        for chapter in pack.chapters
        for table in chapter.tables
        for line in (*table.lines, table.total)
        for code, figure in line.figures.items()
    }


def test_each_indicator_has_its_chapter_and_lines_without_any_are_named():
    assert [chapter_of(code) for code in ("C01", "C10", "C12", "C12-RECEPTIONS", "D03", "G08-POLICE", "X1")] == [
        "calls", "appeals", "calls", "appeals", "violence", "programme", None,
    ]  # fmt: skip
    assert list(by_chapter(["C01", "G01", "C09"])) == ["calls", "appeals", "programme"]
    assert [line.code for line in without_procedure(["C01", "D01", "P01", "J01", "M01", "I01"])] == [
        "appeals",
        "programme",
    ]
