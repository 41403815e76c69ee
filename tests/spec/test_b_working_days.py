"""Working days, holidays and martial law

Робочі дні, свята і воєнний стан
"""

from datetime import date

from varta.law import calendars, is_working


def test_before_martial_law_a_holiday_is_a_day_off():
    """24 August 2021, a Tuesday, was a day off: Independence Day.

    24 серпня 2021 року, вівторок, було вихідним: День Незалежності.
    """
    assert is_working(date(2021, 8, 25))
    assert not is_working(date(2021, 8, 24))


def test_under_martial_law_a_holiday_is_a_working_day():
    """24 August 2022, a Wednesday, was a working day: law 2136-IX suspends holidays.

    24 серпня 2022 року, середа, було робочим днем: Закон № 2136-IX зупинив дію святкових днів.
    """
    assert is_working(date(2022, 8, 24))
    assert is_working(date(2026, 8, 24))


def test_holidays_are_suspended_from_the_day_law_2136_took_force_and_not_from_the_first_day_of_war():
    """8 March 2022 was still a day off though martial law had begun on 24 February: the law that suspends
    holidays is in force from 24 March 2022. The Monday after Easter, 25 April, was a working day.

    8 березня 2022 року ще було вихідним, хоча воєнний стан діяв із 24 лютого: закон, що зупинив дію
    святкових днів, чинний з 24 березня 2022 року. Понеділок після Великодня, 25 квітня, був робочим.
    """
    assert not is_working(date(2022, 3, 8))
    assert not calendars.holidays_suspended(date(2022, 3, 23))
    assert calendars.holidays_suspended(date(2022, 3, 24))
    assert is_working(date(2022, 4, 25))


def test_saturday_and_sunday_are_days_off_with_and_without_martial_law():
    """Weekends are days off in 2019 and in 2026 alike.

    Субота і неділя — вихідні і 2019 року, і 2026 року.
    """
    for saturday, sunday in (
        (date(2019, 10, 26), date(2019, 10, 27)),
        (date(2026, 10, 24), date(2026, 10, 25)),
    ):
        assert not is_working(saturday)
        assert not is_working(sunday)


def test_before_martial_law_a_holiday_on_a_weekend_gave_a_day_off_after_it():
    """24 August 2019 was a Saturday: Monday 26 August was a day off. 24 August 2025 was a Sunday, but under
    martial law Monday 25 August was a working day.

    24 серпня 2019 року припало на суботу, тож понеділок 26 серпня був вихідним. 24 серпня 2025 року
    припало на неділю, але під час воєнного стану понеділок 25 серпня був робочим.
    """
    assert not is_working(date(2019, 8, 26))
    assert is_working(date(2025, 8, 25))


def test_a_decree_exchanged_a_working_day_for_a_saturday():
    """In 2019 Tuesday 30 April was a day off, and Saturday 11 May was worked instead.

    2019 року вівторок 30 квітня був вихідним, а відпрацювали його в суботу 11 травня.
    """
    assert not is_working(date(2019, 4, 30))
    assert is_working(date(2019, 5, 11))


def test_working_days_leave_out_weekends_and_holidays():
    """Three working days from Tuesday 20 August 2019 end on Friday 23 August; four end on Tuesday the 27th,
    because Monday was the moved holiday. Under martial law, in 2024, four from Tuesday 20 August end on
    Monday the 26th.

    Три робочі дні від вівторка 20 серпня 2019 року спливають у п’ятницю 23 серпня, чотири — у вівторок
    27-го, бо понеділок був перенесеним святом. Під час воєнного стану, 2024 року, чотири дні від вівторка
    20 серпня спливають у понеділок 26-го.
    """
    assert calendars.add_working_days(date(2019, 8, 20), 3) == date(2019, 8, 23)
    assert calendars.add_working_days(date(2019, 8, 20), 4) == date(2019, 8, 27)
    assert calendars.add_working_days(date(2024, 8, 20), 4) == date(2024, 8, 26)


def test_a_last_day_moves_to_the_next_working_day_only_where_the_law_is_read_so():
    """Saturday 14 November 2026 moves to Monday the 16th, and 24 August 2021 to the 25th; terms for appeals do
    not move at all. Whether any term of Varta moves has not been confirmed, so none does.

    Субота 14 листопада 2026 року переходить на понеділок 16-го, а 24 серпня 2021 року — на 25-те; строки
    звернень не переносять узагалі. Чи переноситься якийсь зі строків Варти, не підтверджено, тому
    не переноситься жоден.
    """
    assert calendars.next_working(date(2026, 11, 14)) == date(2026, 11, 16)
    assert calendars.next_working(date(2021, 8, 24)) == date(2021, 8, 25)
