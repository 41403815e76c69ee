"""A procedure that is written wrongly fails loudly, and says all that is wrong."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import pytest

from varta.law import (
    Check,
    Choices,
    Fact,
    Law,
    Norm,
    Procedure,
    ProcedureInvalid,
    Step,
    TermsBy,
    asked,
    discover,
    faults,
    term,
)

LAW = Law("393/96-ВР", "20", "https://example.org/20")
TITLE = {"uk": "Назва", "en": "Title"}


@dataclass(frozen=True)
class Empty:
    """Nothing."""


def step(code: str = "open", **changes: object) -> Step:
    return dataclasses.replace(Step(code, TITLE, LAW, Empty, by="duty"), **changes)


def structure(*steps: Step) -> str:
    with pytest.raises(ProcedureInvalid) as caught:
        Procedure("wrong", TITLE, steps)
    return str(caught.value)


def completeness(**changes: object) -> list[str]:
    return list(
        faults.of_completeness(Procedure(**{"code": "x", "title": TITLE, "steps": (step(),), **changes}))
    )


def test_a_whole_procedure_has_no_faults():
    assert completeness() == []


def test_a_step_after_an_unknown_one():
    assert "The step “go” names “opne”, which is not a step." in structure(step(), step("go", after="opne"))


def test_all_faults_are_told_at_once():
    text = structure(
        step(),
        step(),
        step(
            "a",
            after="open",
            since="x1",
            extends="x2",
            when=(Fact("x3", "f", (1,)),),
            unless=(Fact("x5", "f", (1,)),),
        ),
        step("b", after="open", within=TermsBy("x4", ("f",), {})),
    )

    assert "“open” stands twice" in text
    for code in ("x1", "x2", "x3", "x4", "x5"):
        assert f"“{code}”" in text


def test_no_step_opens_a_case():
    assert "No step opens a case" in structure(step(after="open"))


def test_conditions_and_clocks_look_at_fields_that_exist():
    text = structure(
        step(),
        step("a", after="open", when=(Fact("open", "risk", ("high",)),)),
        step("d", after="open", unless=(Fact("open", "mood", ("high",)),)),
        step("b", after="open", within=TermsBy("open", ("zone",), {})),
        step("c", after="open", at_most=(term("2000-01-01", days=1),)),
    )

    for field in ("risk", "mood", "zone", "until"):
        assert f"looks at “{field}”" in text


def test_terms_do_not_depend_on_a_field_of_several_values():
    @dataclass(frozen=True)
    class Many:
        """Several measures."""

        first: str = asked("Перше", "First", default="")
        measures: tuple[str, ...] = asked("Заходи", "Measures", default=(), choices=Choices(a=("а", "a")))

    text = structure(step(record=Many), step("a", after="open", within=TermsBy("open", ("measures",), {})))

    assert "depend on “measures”, which has several values" in text


def test_a_ceiling_is_in_days_or_months():
    assert "must be in days or months" in structure(step(at_most=(term("2000-01-01", hours=1),)))


def test_a_step_without_a_source():
    [fault] = completeness(steps=(step(law=Law("393/96-ВР", "", "https://example.org")),))

    assert "has no source" in fault


def test_an_act_that_is_not_named_in_both_languages():
    terms = (term("2000-01-01", days=1, law=Law("1/2000", "1", "https://example.org")),)

    [fault] = completeness(steps=(step(), step("a", after="open", within=terms)))

    assert "The act “1/2000”" in fault


def test_a_step_that_nobody_may_take():
    assert completeness(steps=(step(by=()),)) == ["Nobody may take the step “open”: give `by`."]


def test_an_unknown_sensitivity():
    assert "sensitivity “secret”" in completeness(sensitivity="secret")[0]


def test_terms_that_overlap():
    twice = (term("2000-01-01", days=1), term("2010-01-01", days=2))
    rows = {("a",): twice}

    assert (
        "are in force on 2010-01-01" in completeness(steps=(step(), step("a", after="open", within=twice)))[0]
    )
    assert "norm “n”" in completeness(norms=(Norm("n", TITLE, LAW, twice),))[0]
    assert TermsBy("open", (), rows, otherwise=twice).every() == twice * 2


def test_overlap_is_found_in_rows_and_in_the_rest_of_them():
    @dataclass(frozen=True)
    class Risk:
        """A risk."""

        risk: str = asked("Ризик", "Risk")

    twice = (term("2000-01-01", days=1), term("2010-01-01", days=2))
    within = TermsBy("open", ("risk",), {("a",): twice}, otherwise=twice)

    assert len(completeness(steps=(step(record=Risk), step("a", after="open", within=within)))) == 2


def test_every_text_stands_in_both_languages():
    @dataclass(frozen=True)
    class Half:
        """Half of it is missing."""

        bare: int = 1
        half: str = asked("", "Half", default="", help=("", "Help"), choices=Choices(a=("а", "")))

    found = completeness(title={"uk": "Назва"}, steps=(step(record=Half, title={"en": "Title"}),))

    assert found == [
        "the procedure's title lacks “en”.",
        "the title of the step “open” lacks “uk”.",
        "the field “bare” of the step “open” is not declared with asked().",
        "the field “half” of the step “open” lacks “uk”.",
        "the help of the field “half” of the step “open” lacks “uk”.",
        "the choice “a” of the field “half” of the step “open” lacks “en”.",
    ]


def test_a_check_names_a_known_source():
    with pytest.raises(ValueError, match="add it to varta"):
        Check("Olena", "2026-01-01", "somebody told me")


def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
    name = f"procedures_of_{tmp_path.name}"
    folder = tmp_path / name
    folder.mkdir()
    for file, text in {"__init__": "", **files}.items():
        (folder / f"{file}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


WHOLE = "from varta.law.tests.test_faults import *\nprocedure = Procedure('{}', TITLE, (step(),))"


def test_a_file_is_a_procedure(tmp_path, monkeypatch):
    name = package(tmp_path, monkeypatch, second=WHOLE.format("b"), first=WHOLE.format("c"), _ground="x = 1")
    (tmp_path / name / "tests").mkdir()
    (tmp_path / name / "tests" / "__init__.py").write_text("")

    assert list(discover(name)) == ["b", "c"]


def test_a_file_without_a_procedure(tmp_path, monkeypatch):
    with pytest.raises(ProcedureInvalid, match=r"holds no `procedure"):
        discover(package(tmp_path, monkeypatch, empty=""))


def test_two_files_with_one_code(tmp_path, monkeypatch):
    with pytest.raises(ProcedureInvalid, match="Two files hold a procedure “b”"):
        discover(package(tmp_path, monkeypatch, first=WHOLE.format("b"), second=WHOLE.format("b")))


def test_a_procedure_with_faults_is_not_discovered(tmp_path, monkeypatch):
    with pytest.raises(ProcedureInvalid, match=r"The procedure “b” cannot be used: The sensitivity"):
        discover(
            package(tmp_path, monkeypatch, first=WHOLE.format("b").replace("(step(),)", "(step(),), 'x'"))
        )


def test_neighbouring_editions_do_not_overlap():
    editions = (term("2000-01-01", last_day="2009-12-31", days=1), term("2010-01-01", days=2))

    assert completeness(steps=(step(), step("a", after="open", within=editions))) == []
