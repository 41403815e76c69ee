"""Which cohorts trained when, and from which oblasts their people came. Invented, but for the autumn of 2019."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DNIPRO = "12"
# Oblasts by the digits of their codes, in the order in which the programme came to them.
FIRST_SEVEN = ("12", "35", "23", "46", "61", "05", "07")
LATER = ("56", "53", "71", "32", "51", "63", "68", "26", "59", "74", "18", "73", "48", "21", "65")
NOT_SINCE_2022 = frozenset({"23", "65"})  # too near to the front for new officers
UNIVERSITIES = {
    "DDUVS": "ДДУВС",
    "LDUVS": "ЛьвДУВС",
    "KHNUVS": "ХНУВС",
    "ODUVS": "ОДУВС",
    "NAVS": "НАВС",
    "DNDUVS": "ДонДУВС",
}
COURSE = timedelta(days=75)  # two and a half months
# Year: (days on which courses begin, how many cohorts at once, people in each).
YEARS = {
    2020: (("01-20", "06-15", "10-05"), 2, 34),
    2021: (("01-25", "06-07", "10-04"), 3, 32),
    2022: (("01-24", "10-03"), 2, 26),
    2023: (("01-30", "05-29", "09-25"), 3, 30),
    2024: (("02-05", "09-23"), 3, 24),
    2025: (("02-03", "06-02", "09-22"), 3, 22),
    2026: (("02-02", "06-01", "08-10", "09-21", "12-07"), 2, 22),
    2027: (("03-01", "09-20"), 2, 22),
}


@dataclass(frozen=True)
class Course:
    """A cohort of the story: who trains, how many do not finish, and when the next steps are taken."""

    code: str
    university: str
    begins: date
    ends: date
    people: int
    oblasts: tuple[str, ...]
    rejected: int  # candidates who were not taken
    expelled: int = 1
    failed: int = 0  # interns who did not pass
    expelled_on: date | None = None
    interns_from: date | None = None
    interns_until: date | None = None
    failed_on: date | None = None
    serves_from: date | None = None
    gone: tuple[date, ...] = ()  # who of it left when; further leaving is left to chance

    @property
    def story(self) -> bool:
        """Return whether the published figures of October 2019 hang on this cohort."""
        return self.begins.year == 2019


STORY = (
    Course("ПОГ-Д-2019-1", "DDUVS", date(2019, 2, 4), date(2019, 4, 19), 40, (DNIPRO,), 57, expelled=4,
           expelled_on=date(2019, 3, 15), failed=2, interns_from=date(2019, 4, 22), interns_until=date(2019, 5, 24),
           failed_on=date(2019, 5, 24), serves_from=date(2019, 5, 29), gone=(date(2019, 9, 16),)),
    Course("ПОГ-Д-2019-2", "DDUVS", date(2019, 7, 15), date(2019, 9, 27), 52, (DNIPRO,), 11, expelled=2,
           expelled_on=date(2019, 8, 30), failed=2, interns_from=date(2019, 10, 7), interns_until=date(2019, 11, 8),
           failed_on=date(2019, 10, 21), serves_from=date(2019, 11, 18)),
    Course("ПОГ-Д-2019-3", "DDUVS", date(2019, 9, 16), date(2019, 11, 29), 100, (DNIPRO,), 14, expelled=3,
           expelled_on=date(2019, 11, 12), interns_from=date(2019, 12, 9), interns_until=date(2020, 1, 10)),
    Course("ПОГ-Л-2019-1", "LDUVS", date(2019, 9, 16), date(2019, 11, 29), 73, (DNIPRO,), 8, expelled=2,
           expelled_on=date(2019, 11, 15), interns_from=date(2019, 12, 9), interns_until=date(2020, 1, 10)),
)  # fmt: skip


def courses() -> Iterator[Course]:
    """Yield all cohorts of the demonstration, the earliest first."""
    yield from STORY
    nth = 0
    for year, (days, at_once, people) in YEARS.items():
        for day in days:
            for _ in range(at_once):
                begins = date.fromisoformat(f"{year}-{day}")
                university = list(UNIVERSITIES)[nth % len(UNIVERSITIES)]
                code = f"ПОГ-{UNIVERSITIES[university]}-{year}-{nth:02d}"
                oblasts = _oblasts(begins)
                yield Course(code, university, begins, begins + COURSE, people, oblasts, max(4, people // 5),
                             expelled=nth % 3)  # fmt: skip
                nth += 1


def _oblasts(begins: date) -> tuple[str, ...]:
    """Return the oblasts that send people to a course that begins on this day."""
    if begins.year == 2020:
        return FIRST_SEVEN + LATER[: 3 if begins.month > 5 else 0]
    found = FIRST_SEVEN + (LATER if begins.year > 2021 else LATER[:14])
    return tuple(one for one in found if begins.year < 2022 or one not in NOT_SINCE_2022)
