"""The printed handbook says what the code says."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from varta.law import Law, Norm, Procedure, Step, TermsBy, asked, holidays, term
from varta.law.handbook import chapters, printed
from varta.law.tests.test_procedure import CHECKED, WATCH, titled

ROLES = {"duty": {"uk": "Черговий", "en": "Duty officer"}}
EXTRA = Procedure(
    "extra",
    titled("Extra"),
    (
        Step(
            "open", titled("Open"), Law("1", "2", "https://example.org"), WATCH.step("open").record, by="duty"
        ),
        Step(
            "go",
            titled("Go"),
            Law("1", "2", "https://example.org"),
            WATCH.step("note").record,
            by="duty",
            after="open",
            within=TermsBy(
                "open", ("risk",), {("high",): (term("2000-01-01", days=1),)}, (term("2000-01-01", days=2),)
            ),
        ),
    ),
    sensitivity="violence",
    norms=(
        Norm(
            "n",
            titled("A norm"),
            Law("1", "2", "https://example.org"),
            (
                term(
                    "2000-01-01", last_day="2001-01-01", seconds=30, verified=CHECKED, first_day_verified=True
                ),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spec")
    (folder / "test_b.py").write_text('"""Second"""\n\n\ndef test_bare():\n    pass\n')
    (folder / "test_a.py").write_text(
        '"""First\n\nПерший\n"""\n\n\ndef helper():\n    """No."""\n\n\n'
        'def test_it():\n    """It is\n    so.\n\n    Це так.\n    """\n'
    )
    (folder / "other.py").write_text("x = 1")
    return folder


def page(language: str, spec: Path) -> str:
    return printed(language, (WATCH, EXTRA), chapters(spec), ROLES)


def test_facts_come_from_the_tests_in_both_languages(spec):
    assert "### Перший\n\n- Це так. <br>`test_it`" in page("uk", spec)
    assert "### First\n\n- It is so. <br>`test_it`" in page("en", spec)
    assert "### Second\n\n- test_bare <br>`test_bare`" in page("en", spec)


@pytest.mark.parametrize(
    "line",
    [
        "## Watch (`watch`)",
        "- Taken by: Duty officer, head",
        "- Opens a case",
        "- After: «Assess» or «Visit»",
        "- Ends the case",
        "- May be taken when the case has ended",
        "- May be taken more than once",
        "- Rule: Forbid capitals.",
        "- The chosen day is at most: **10 days** ⚠ not confirmed, from 2000-01-01 (the day is not confirmed); "
        "counted from «Assess» or «Visit»",
        "- The term runs where: «Open» `risk` = `high` or «End» `text` = `bad`",
        "    - `risk` = `high`: **2 hours** ✓ 2026-01-01 (source urst-20) from 2000-01-01 "
        "(the day is not confirmed)",
        "    - otherwise: **2 days** ⚠ not confirmed, from 2000-01-01 (the day is not confirmed)",
        "Sensitivity: domestic violence.",
        "- A norm: **30 seconds** ✓ 2026-01-01 (source urst-20) from 2000-01-01 to 2001-01-01 "
        "([1, art. 2](https://example.org))",
        "| Until | `until` | day | required; counted |",
        "- Watch, «Visit»: 1 month",
    ],
)
def test_a_line_for_each_thing_the_code_says(line, spec):
    assert line in page("en", spec).splitlines()


def test_what_was_checked_is_not_among_what_a_lawyer_must_confirm(spec):
    confirm = page("en", spec).split("## What a lawyer must confirm")[1].split("## Sources")[0]

    assert "Assess" not in confirm
    assert "A norm" not in confirm


def test_an_extension_names_what_it_extends(spec):
    from varta.law.tests.test_extension import procedure

    text = printed("uk", (procedure(),), chapters(spec), ROLES)

    assert "- Обраний день продовжує строк кроку «Відповісти»" in text.splitlines()


def test_the_end_of_martial_law_is_printed(spec, monkeypatch):
    assert "немає" in page("uk", spec)

    monkeypatch.setattr(holidays, "MARTIAL_LAW_LAST_DAY", date(2027, 5, 1))

    assert "з 24.03.2022 до 01.05.2027" in page("uk", spec)


def test_a_bar_in_a_title_does_not_break_the_table(spec):
    @dataclass(frozen=True)
    class Barred:
        """A bar in a title."""

        x: bool = asked("А|Б", "A|B", default=False)

    step = Step("open", titled("Open"), Law("1", "2", "https://example.org"), Barred, by="duty")

    assert "| A\\|B | `x` |" in printed("en", (Procedure("x", titled("X"), (step,)),), [], {})


def test_the_same_code_prints_the_same_text(spec):
    assert page("uk", spec) == page("uk", spec)
