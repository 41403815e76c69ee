"""The report's figures against a second path: SQL over the entries, which knows no lake and no engine."""

import pytest

from varta.indicators import discover
from varta.lake import manifest
from varta.people.scope import Reader
from varta.results.recount import COUNTED, QUERIES, TOTAL, Scope, expected, recount
from varta.results.report import Asked, make
from varta.results.tests.conftest import PERIOD

ALL = (0, 2**31 - 1)


def counted_again(period, level):
    until = manifest.read().watermark
    return recount(Scope(period.start, period.end, level, until, ALL, ALL))


@pytest.mark.parametrize("level", ["country", "oblast", "raion", "hromada", "directorate", "unit"])
def test_each_figure_equals_the_count_over_the_entries(told, level):
    report = make(Asked(PERIOD, level), reader=Reader.system())
    again = {"now": counted_again(PERIOD, level), "before": counted_again(PERIOD.year_before(), level)}

    for line in (*report.lines, report.total):
        code = line.code if line is not report.total else TOTAL
        for indicator in COUNTED:
            for span, found in again.items():
                value = getattr(line.cells[indicator], span).number
                second = expected(found, indicator, code, line.population)
                assert value == pytest.approx(second), (code, indicator, span)


def test_every_indicator_has_a_second_path():
    assert set(discover()) == COUNTED


def test_the_story_says_something_of_every_indicator(told):
    found = counted_again(PERIOD, "country")

    assert {code for code in QUERIES if found[code].get(TOTAL)} >= set(QUERIES) - {
        "C04",
        "C09-PROPOSAL",
        "C09-REQUEST",
    }


def test_what_was_written_after_the_moment_does_not_count(told):
    scope = Scope(PERIOD.start, PERIOD.end, "country", 1, ALL, ALL)

    assert recount(scope)["C01"][TOTAL] == 0
