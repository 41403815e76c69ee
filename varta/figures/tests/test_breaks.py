"""Breaks: from the law's own days, and from what an indicator declares."""

from datetime import date

from varta.figures import Break, Count, Indicator, KeptInTerm, breaks, nine_months

TEXT = {"uk": "x", "en": "x"}
LATE = {"uk": "нова форма", "en": "a new form"}


def indicator(measure, *declared):
    return Indicator("X", TEXT, TEXT, measure, TEXT, "neither", "test", date(2027, 1, 1), breaks=declared)


NOTICES = KeptInTerm("domestic_violence.register", "domestic_violence.tell_children_service")


def test_a_term_that_came_into_force_in_the_year_before_is_a_break_and_says_so_in_both_languages():
    [found] = breaks.notes(indicator(NOTICES), nine_months(2019))

    assert found["uk"].startswith("22.08.2018: почав діяти строк кроку «Повідомити службу у справах дітей»")
    assert found["en"].startswith(
        "22.08.2018: the term of the step “Tell the children's service” came into force"
    )


def test_before_and_after_it_there_is_none():
    assert breaks.breaks(indicator(NOTICES), nine_months(2021)) == ()


def test_a_count_does_not_depend_on_terms():
    assert breaks.breaks(indicator(Count("domestic_violence.register")), nine_months(2019)) == ()


def test_a_declared_break_counts_within_both_periods_and_between_them_only():
    declared = [
        Break(date(*day), LATE) for day in ((2018, 1, 1), (2018, 11, 5), (2019, 9, 30), (2019, 10, 1))
    ]

    found = breaks.breaks(indicator(Count("call.receive"), *declared), nine_months(2019))

    assert [one.day for one in found] == [date(2018, 11, 5), date(2019, 9, 30)]
