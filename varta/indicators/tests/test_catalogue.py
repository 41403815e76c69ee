"""What holds for every indicator of the catalogue."""

from datetime import date

import pytest

from varta import indicators
from varta.figures import breaks
from varta.figures.periods import nine_months
from varta.figures.sql import Compiler
from varta.indicators import discover
from varta.law import discover as procedures

EACH = pytest.mark.parametrize("indicator", discover().values(), ids=list(discover()))


@EACH
def test_it_is_named_defined_and_measured_in_both_languages_and_has_a_day_to_look_again(indicator):
    for text in (indicator.title, indicator.definition, indicator.unit):
        assert text["uk"] != text["en"]
    assert indicator.source
    assert indicator.review_on > date(2026, 1, 1)


@EACH
def test_the_steps_that_it_names_exist(indicator):
    for name in breaks.names(indicator.measure):
        code, _, step = name.partition(".")
        assert procedures()[code].step(step)


def test_the_lines_of_work_whose_procedures_exist_are_counted():
    whole = {
        "C01",
        "C12",
        "D01",
        "D01-RATE",
        "D02",
        "D04",
        "D15",
        "I01",
        "I02",
        "I03",
        "G01",
        "G07",
        "G08-POLICE",
    }

    assert whole <= set(discover())


def test_adding_one_is_one_file(tmp_path, monkeypatch):
    (tmp_path / "c99_more.py").write_text(
        "from dataclasses import replace\nfrom varta.indicators.c01_calls_registered import indicator as one\n"
        "indicator = replace(one, code='C99')\n"
    )
    monkeypatch.setattr(indicators, "__path__", [*indicators.__path__, str(tmp_path)])

    found = discover.__wrapped__()
    compiler = Compiler(nine_months(2019))
    compiler.add(found["C99"])

    assert set(found) == {*discover(), "C99"}
    assert list(compiler.scans) == ["call.receive"]


def test_a_norm_of_arrival_that_changed_within_a_period_is_a_break_of_it():
    [found] = breaks.notes(discover()["C05"], nine_months(2019))

    assert found["en"].startswith("20.04.2018: the term of the step “Arrive” changed")
