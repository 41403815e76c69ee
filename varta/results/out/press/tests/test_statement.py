"""The language of templates: figures by name alone, Ukrainian right, the English text never more than the Ukrainian."""

from dataclasses import replace

import pytest

from varta.results.out.press.faults import TemplateRefused
from varta.results.out.press.statement import Told, write
from varta.results.out.press.template import read
from varta.results.out.tests.packs import DNIPRO, small

CALLS = '{{ C01.country.now | plural "виклик" "виклики" "викликів" }}'


def told(uk, en="", **other):
    return write(uk, en, small(**other))


def text(uk):
    return told(uk).text("uk").replace("\u00a0", " ")


def faults(uk, en=""):
    with pytest.raises(TemplateRefused) as refused:
        told(uk, en)
    return [fault.said("en") for fault in refused.value.faults]


@pytest.mark.parametrize(
    "typed", ["12 345", "7", "45,6 %", "½", "Ⅻ", "٣", "２５", "2018 викликів", "C0", "6 осіб", "102", "1-й"]
)
def test_a_number_typed_by_hand_is_refused_and_named(typed):
    [first, *_] = faults(f"Зареєстровано {typed} сьогодні.")

    assert "typed by hand" in first and typed.split(maxsplit=1)[0] in first


@pytest.mark.parametrize(
    "allowed",
    ["31.10.2019", "31 жовтня 2019 року", "30 вересня", "2019 року", "Закон № 580-VIII", "стаття 27",
     "ст. 27", "наказ МВС України № 357", "Law 2704-VIII", "31 October 2019", "January 2019"],
)  # fmt: skip
def test_dates_and_numbers_of_laws_may_be_typed(allowed):
    assert text(f"Підстава: {allowed}, усе.") == f"Підстава: {allowed}, усе."


def test_a_typed_number_is_told_how_to_be_referred_to():
    assert "{{ C01.country.now }}" in faults("Було 13 579 викликів.")[0]
    assert "{{ C05.country.now }}" in faults("У строк прибули 91,2 %.")[0]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 виклик"), (3, "3 виклики"), (11, "11 викликів"), (21, "21 виклик")]
)
def test_the_word_agrees_with_its_number(number, words):
    pack = small()
    [chapter, *rest] = pack.chapters
    [table] = chapter.tables
    total = replace(table.total.figures["C01"], now=float(number))
    line = replace(table.total, figures={**table.total.figures, "C01": total})
    changed = replace(chapter, tables=(replace(table, total=line),))

    made = write(CALLS, "", small(chapters=(changed, *rest)))

    assert made.text("uk").replace("\u00a0", " ") == words


def test_forms_tell_changes_shares_places_and_names():
    assert (
        text('{{ C01.country.change_share | moved "зросла на" "впала на" "стоїть" }}') == "зросла на 10,4 %"
    )
    assert text("{{ C01.country.change | change }}") == "+1 279"
    assert text("{{ C05.country.change | change }}") == "+1,7 в. п."
    assert text('діє {{ G01.country.places | within "регіоні" "регіонах" }}') == "діє в 1 регіоні"
    assert text("служать {{ G01.first.name | where }}") == "служать у Дніпропетровській області"
    assert text('громади {{ G01.first.name | case "родовий" }}') == "громади Дніпропетровської області"
    assert text(f"{{{{ C01.{DNIPRO}.now }}}} з {{{{ C01.country.now | number }}}}") == "12 345 з 13 579"
    assert text("протягом {{ period_of }}") == "протягом січня–вересня 2019 року"


def test_a_passage_is_left_out_where_its_figure_is_not_known_and_refused_outside_brackets():
    hidden = f"{{{{ C04.{DNIPRO}.now }}}}"

    made = told(f"Є речення. [[Протоколів {hidden}.]] Ще одне.")

    assert (made.text("uk"), made.left_out) == ("Є речення. Ще одне.", (f"C04.{DNIPRO}.now",))
    assert "is hidden" in faults(f"Протоколів {hidden}.")[0]


def test_each_figure_leads_to_its_cell():
    [paragraph] = told(f"Було {CALLS}.").uk
    [figure] = [part for part in paragraph if isinstance(part, Told)]

    assert (figure.cell.chapter, figure.cell.indicator, figure.cell.row) == ("calls", "C01", "*")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{{ C99.country.now }}", "no indicator"),
        ("{{ C01.nowhere.now }}", "no row"),
        ("{{ C01.country.secret }}", "There is no “secret”"),
        ("{{ C01.country.now | exec }}", "no form"),
        ('{{ C01.country.now | plural "виклик" }}', "so many quoted words"),
        ('{{ C01.country.now | plural "1" "2" "3" }}', "in quotes"),
        ("{{ C01.country.now", "not closed"),
        ("{{ C01.__class__.now }}", "no row"),
        ("{{ ''.__class__ }}", "not understood"),
        ("[[ [[ a ]] ]]", "do not go into each other"),
        ("{{ C01+G01.country.now }}", "places only"),
        ("{{ C01.country.now | where }}", "is not for"),
    ],
)
def test_what_is_wrong_is_said(wrong, said):
    assert said in " ".join(faults(wrong))


def test_there_is_no_english_text_without_a_ukrainian_one():
    assert "no Ukrainian one" in faults("", "The programme goes on.")[0]


def test_the_english_text_tells_no_figure_date_or_law_that_the_ukrainian_does_not():
    uk = f"За {{{{ period }}}} було {CALLS} в усій країні."

    assert told(uk, '{{ C01.country.now | plural "call" "calls" }}.').text("en").startswith("13")
    assert "tells “33”" in faults(uk, "{{ G01.country.now }} serve.")[0]
    assert "tells" in faults(uk, "On 31 October 2019.")[0]
    assert "longer" in faults(uk, "It goes on.\n\nAnd on.")[0]
    assert "longer" in faults("Було.", "There were a great many of them.")[0]


def test_a_text_is_never_run_and_keeps_what_looks_like_markup():
    assert text("<script>alert()</script> {% now %}") == "<script>alert()</script> {% now %}"


def test_all_faults_of_both_texts_are_told_at_once_with_their_lines():
    told_at_once = faults("Рядок.\nБуло 7.", "There were 8.")

    assert told_at_once == [
        "Ukrainian text, line 2. The number “7” was typed by hand. Numbers come from the report: "
        "write {{ C01.country.now }}.",
        "English text, line 1. The number “8” was typed by hand. Numbers come from the report: "
        "write {{ C01.country.now }}.",
    ]


def test_reading_a_template_needs_no_report():
    assert [call.name for call in read(CALLS, "uk").calls()] == ["C01.country.now"]
