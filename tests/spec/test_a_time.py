"""How the law's time is counted

Як рахують строки
"""

from datetime import UTC, date, datetime, timedelta

from varta.law import in_force, term
from varta.lib.clock import KYIV, kyiv_day

ALWAYS = "1991-08-24"


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


def test_24_hours_are_24_real_hours_when_the_clock_goes_forward_in_march():
    """A report came at 10:00 on Saturday 28 March 2026: at night the clock goes forward, and 24 hours
    end on Sunday at 11:00 by the clock.

    Повідомлення надійшло в суботу 28 березня 2026 року о 10:00: уночі годинник переводять уперед,
    і 24 години спливають у неділю об 11:00.
    """
    due = term(ALWAYS, hours=24).due(kyiv(2026, 3, 28, 10))

    assert due == kyiv(2026, 3, 29, 11)


def test_24_hours_are_24_real_hours_when_the_clock_goes_back_in_october():
    """A report came at 10:00 on Saturday 24 October 2026: at night the clock goes back, and 24 hours
    end on Sunday at 9:00 by the clock.

    Повідомлення надійшло в суботу 24 жовтня 2026 року о 10:00: уночі годинник переводять назад,
    і 24 години спливають у неділю о 9:00.
    """
    due = term(ALWAYS, hours=24).due(kyiv(2026, 10, 24, 10))

    assert due == kyiv(2026, 10, 25, 9)


def test_a_term_in_days_keeps_its_hour_through_both_clock_changes():
    """Ten days from 25 March 2026, 10:00, end on 4 April at 10:00; ten days from 20 October, 10:00,
    on 30 October at 10:00: a day is a day of the calendar, though one has 23 hours and one has 25.

    Десять днів від 10:00 25 березня 2026 року спливають 4 квітня о 10:00, а від 10:00 20 жовтня —
    30 жовтня о 10:00: день рахують за календарем, хоча один має 23 години, а інший 25.
    """
    ten_days = term(ALWAYS, days=10)

    assert ten_days.due(kyiv(2026, 3, 25, 10)) == kyiv(2026, 4, 4, 10)
    assert ten_days.due(kyiv(2026, 10, 20, 10)) == kyiv(2026, 10, 30, 10)


def test_the_day_of_the_event_is_not_counted_and_the_last_day_is_whole():
    """Five days from 2 March are 7 March: at 23:59 it is still in time, at midnight it is late.

    П’ять днів від 2 березня — це 7 березня: о 23:59 ще вчасно, опівночі вже пізно.
    """
    _, late_from = term(ALWAYS, days=5).ends(kyiv(2026, 3, 2, 10))

    assert kyiv(2026, 3, 7, 23, 59) < late_from
    assert late_from == kyiv(2026, 3, 8)


def test_a_day_is_a_kyiv_day_even_when_it_is_still_yesterday_in_greenwich():
    """What came at 01:30 in Kyiv on 1 June came on 1 June, though in Greenwich it was 31 May.

    Те, що надійшло о 01:30 за Києвом 1 червня, надійшло 1 червня, хоча в Гринвічі було 31 травня.
    """
    came = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)

    assert kyiv_day(came) == date(2026, 6, 1)
    assert kyiv_day(term(ALWAYS, months=1).due(came)) == date(2026, 7, 1)


def test_a_month_from_the_31st_ends_on_the_last_day_of_a_shorter_month():
    """A month from 31 January is 28 February, from 31 March 30 April, from 31 July 31 August.

    Місяць від 31 січня — 28 лютого, від 31 березня — 30 квітня, від 31 липня — 31 серпня.
    """
    month = term(ALWAYS, months=1)

    assert kyiv_day(month.due(kyiv(2026, 1, 31, 10))) == date(2026, 2, 28)
    assert kyiv_day(month.due(kyiv(2026, 3, 31, 10))) == date(2026, 4, 30)
    assert kyiv_day(month.due(kyiv(2026, 7, 31, 10))) == date(2026, 8, 31)


def test_in_a_leap_year_february_has_one_day_more():
    """A month from 31 January 2024 is 29 February, in 2026 it is 28 February; a month from 29 February
    2024 is 29 March, and twelve months from it are 28 February 2025.

    Місяць від 31 січня 2024 року — 29 лютого, а 2026 року — 28 лютого; місяць від 29 лютого 2024 року —
    29 березня, а дванадцять місяців — 28 лютого 2025 року.
    """
    leap_day = kyiv(2024, 2, 29, 10)

    assert kyiv_day(term(ALWAYS, months=1).due(kyiv(2024, 1, 31, 10))) == date(2024, 2, 29)
    assert kyiv_day(term(ALWAYS, months=1).due(kyiv(2026, 1, 31, 10))) == date(2026, 2, 28)
    assert kyiv_day(term(ALWAYS, months=1).due(leap_day)) == date(2024, 3, 29)
    assert kyiv_day(term(ALWAYS, months=12).due(leap_day)) == date(2025, 2, 28)


def test_a_month_from_december_ends_in_the_next_year():
    """A month from 15 December 2025 is 15 January 2026.

    Місяць від 15 грудня 2025 року — 15 січня 2026 року.
    """
    assert kyiv_day(term(ALWAYS, months=1).due(kyiv(2025, 12, 15, 10))) == date(2026, 1, 15)


def test_minutes_pass_over_midnight_and_over_the_new_year():
    """Ten minutes from 23:55 on 31 December end at 00:05 on 1 January.

    Десять хвилин від 23:55 31 грудня спливають о 00:05 1 січня.
    """
    start = kyiv(2025, 12, 31, 23, 55)

    assert term(ALWAYS, minutes=10).due(start) == start + timedelta(minutes=10) == kyiv(2026, 1, 1, 0, 5)


def test_the_length_that_was_in_force_on_the_day_it_starts_from_counts():
    """A term that was made shorter on 1 July counts for what came on 1 July; for what came on 30 June
    the longer one counts to its end.

    Строк, скорочений з 1 липня, діє для того, що надійшло 1 липня; для того, що надійшло 30 червня,
    до кінця діє довший.
    """
    editions = (term("2000-01-01", last_day="2025-06-30", days=30), term("2025-07-01", days=15))

    assert in_force(editions, kyiv_day(kyiv(2025, 6, 30, 23, 59))).amount == 30
    assert in_force(editions, kyiv_day(kyiv(2025, 7, 1))).amount == 15
