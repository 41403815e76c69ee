"""Days off and worked weekends in Ukraine, year by year, each with its source.

`off`: days beside Saturday and Sunday on which no work is done: holidays of article 73 of
the Labour Code, days moved from a weekend (article 67), days that a decree exchanged.
`worked`: weekend days that such a decree made working days.
From 2023 the lists say what would be off if martial law did not suspend it; decrees are
published year by year, so exchanges of a year to come are unknown.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Year:
    """Days off and worked weekends of one year as "MM-DD" texts, and the decree that exchanged days."""

    off: str
    worked: str
    decree: str


SOURCES = ("holidays-0.109", "bilopillia-2136")  # keys of law/sources.py

YEARS = {
    2015: Year(
        "01-01 01-02 01-07 01-08 01-09 03-09 04-13 05-01 05-04 05-11 06-01 06-29 08-24 10-14",
        "01-17 01-31 02-14",
        "1084-2014-р",
    ),
    2016: Year(
        "01-01 01-07 01-08 03-07 03-08 05-02 05-03 05-09 06-20 06-27 06-28 08-24 10-14",
        "01-16 03-12 07-02",
        "1155-2015-р",
    ),
    2017: Year(
        "01-02 01-09 03-08 04-17 05-01 05-02 05-08 05-09 06-05 06-28 08-24 08-25 10-16 12-25",
        "05-13 08-19",
        "850-2016-р",
    ),
    2018: Year(
        "01-01 01-08 03-08 03-09 04-09 04-30 05-01 05-09 05-28 06-28 06-29 08-24 10-15 12-24 12-25 12-31",
        "03-03 05-05 06-23 12-22 12-29",
        "1-2018-р",
    ),
    2019: Year(
        "01-01 01-07 03-08 04-29 04-30 05-01 05-09 06-17 06-28 08-26 10-14 12-25 12-30 12-31",
        "05-11 12-21 12-28",
        "7-2019-р",
    ),
    2020: Year(
        "01-01 01-06 01-07 03-09 04-20 05-01 05-11 06-08 06-29 08-24 10-14 12-25", "01-11", "995-2019-р"
    ),
    2021: Year(
        "01-01 01-07 01-08 03-08 05-03 05-04 05-10 06-21 06-28 08-23 08-24 10-14 10-15 12-27",
        "01-16 08-28 10-23",
        "1191-2020-р",
    ),
    2022: Year(
        "01-03 01-07 03-07 03-08 04-25 05-02 05-09 06-13 06-28 07-28 08-24 10-14 12-26",
        "03-12",
        "1004-2021-р",
    ),
    2023: Year("01-02 01-09 03-08 04-17 05-01 05-09 06-05 06-28 07-28 08-24 10-02 12-25", "", ""),
    2024: Year("01-01 03-08 05-01 05-06 05-08 06-24 06-28 07-15 08-26 10-01 12-25", "", ""),
    2025: Year("01-01 03-10 04-21 05-01 05-08 06-09 06-30 07-15 08-25 10-01 12-25", "", ""),
    2026: Year("01-01 03-09 04-13 05-01 05-08 06-01 06-29 07-15 08-24 10-01 12-25", "", ""),
    2027: Year("01-01 03-08 05-03 05-04 05-10 06-21 06-28 07-15 08-24 10-01 12-27", "", ""),
    2028: Year("01-03 03-08 04-17 05-01 05-08 06-05 06-28 07-17 08-24 10-02 12-25", "", ""),
}

# Law 2136-IX, article 6, part 6: while martial law lasts, articles 67 (parts 3 to 5) and 73 of the
# Labour Code do not apply. Martial law came on 24.02.2022, the law a month later (24.03.2022): 8 March
# 2022 was still a day off. The last day is written here when martial law ends.
SUSPENDED_FROM = date(2022, 3, 24)
MARTIAL_LAW_LAST_DAY: date | None = None
