"""The officer's report to the hromada (звіт перед громадою), order 650/2017: at least twice a year.

That the report is due at least twice a year is told of the order; its inner points on form, evaluation and transfer
are unread, so the six months between two reports are the widest reading of "twice a year" and stand unverified.
Each report is a case of its own: the duty begins when the officer begins to serve the hromada or when the report
before was published, and ends with the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Choices, Facts, Law, Procedure, Step, Text, asked, term
from varta.procedures.call import RADA

REPORTING = Law("650/2017", "*", RADA + "z1041-17", "2017-07-28")
FIRST_DAY = "2017-07-28"  # of the order itself; its first day in force is unread

WHO = ("hromada_officer", "head")
COUNTS = ("system",)  # figures come from entries and from nobody's hand

BODY = Choices(
    committee=("виконавчий комітет", "executive committee"),
    council=("сесія ради", "session of the council"),
    assembly=("зібрання жителів", "assembly of residents"),
)
MARK = Choices(
    good=("позитивна", "positive"),
    fair=("задовільна", "satisfactory"),
    poor=("незадовільна", "unsatisfactory"),
    none=("громада не оцінила", "the hromada gave none"),
)
END = Choices(
    transferred=("офіцера переведено", "the officer was transferred"),
    left=("офіцер залишив службу", "the officer left the service"),
    leave=("тривала відсутність", "long absence"),
    ceased=("громада припинила існувати", "the hromada ceased to exist"),
    other=("інше", "other"),
)


@dataclass(frozen=True)
class Duty:
    """Whose report it is; the hromada is the place of the case."""

    officer: str = asked(
        "Офіцер",
        "Officer",
        listed=True,
        personal=False,
        max_length=64,
        help=("Логін офіцера, який звітує.", "Login of the officer who reports."),
    )
    note: str = asked("Примітка", "Note", default="", personal=False)


@dataclass(frozen=True)
class Counted:
    """The figures of a period, as Varta counted them from entries; what the public may not see is left out."""

    first: date = asked("Період з", "Period from", countable=False, listed=True)
    last: date = asked("до", "to", countable=False, listed=True)
    figures: str = asked("Показники", "Figures", long=True, max_length=20_000, on_forms=False, personal=False)
    for_officer: str = asked("На прохання", "Asked for by", default="", personal=False)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was published: words of the officer beside figures that nobody can type."""

    counted: str = asked(
        "Запис показників", "Entry of the figures", personal=False, max_length=36, on_forms=False
    )
    held_on: date = asked("Дата зустрічі", "Day of the meeting", countable=False)
    held_at: str = asked("Місце зустрічі", "Place of the meeting", personal=False)
    body: str = asked("Перед ким звіт", "Before whom", choices=BODY, listed=True)
    done: str = asked("Що зроблено", "What was done", long=True, personal=False)
    prevention: str = asked("Профілактика", "Prevention", default="", long=True, personal=False)
    plans: str = asked("Що далі", "What comes next", default="", long=True, personal=False)
    needs: str = asked(
        "Що потрібно від громади", "What is asked of the hromada", default="", long=True, personal=False
    )
    summary_en: str = asked(
        "Коротко англійською",
        "In short, in English",
        default="",
        long=True,
        personal=False,
        help=(
            "Не більше, ніж сказано українською.",
            "Not more than is said in Ukrainian.",
        ),
    )
    signed: str = asked("Хто звітує", "Who reports", default="", personal=False, on_forms=False)


@dataclass(frozen=True, kw_only=True)
class Revision(Report):
    """The report as it should have been; the one before stays."""

    why: str = asked("Що виправлено", "What was put right", default="", personal=False)


@dataclass(frozen=True)
class Evaluation:
    """How the hromada found the officer's work."""

    mark: str = asked("Оцінка", "Evaluation", choices=MARK, listed=True)
    decision: str = asked("Рішення", "Decision", default="", personal=False)
    note: str = asked("Зауваження і побажання", "Remarks and wishes", default="", long=True, personal=False)


@dataclass(frozen=True)
class End:
    """Why this report will not come from this officer."""

    reason: str = asked("Причина", "Reason", choices=END, listed=True)
    note: str = asked("Пояснення", "Explanation", default="", personal=False)


def ends_after_it_begins(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A period ends no earlier than it begins.

    Період не закінчується раніше, ніж починається.
    """
    if record["first"] <= record["last"]:
        return None
    return {
        "uk": f"Період закінчується {record['last']}, раніше, ніж починається ({record['first']}).",
        "en": f"The period ends on {record['last']}, before it begins ({record['first']}).",
    }


def held_after_the_period_began(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """The meeting is held when there is something to report: not before the period began.

    Зустріч не буває раніше за початок періоду, про який звітують.
    """
    first = facts.get("count", {}).get("first", "")
    if record["held_on"] >= first:
        return None
    return {
        "uk": f"Зустріч {record['held_on']} раніша за період звіту (з {first}).",
        "en": f"The meeting of {record['held_on']} is before the period of the report (from {first}).",
    }


def says_no_more_in_english(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """The version in English says no more than the Ukrainian one (law 2704-VIII, article 27).

    Англійська версія не більша за українську (закон 2704-VIII, стаття 27).
    """
    told = sum(len(record.get(name, "")) for name in ("done", "prevention", "plans", "needs"))
    if len(record.get("summary_en", "")) <= told:
        return None
    return {
        "uk": "Англійський текст довший за український. Скоротіть його або допишіть український.",
        "en": "The English text is longer than the Ukrainian one. Shorten it, or write more in Ukrainian.",
    }


def says_what_was_put_right(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A revision says what it puts right.

    Нова редакція каже, що виправлено.
    """
    if record.get("why"):
        return None
    return {"uk": "Напишіть, що виправлено.", "en": "Write what was put right."}


procedure = Procedure(
    code="hromada_report",
    title={"uk": "Звіт перед громадою", "en": "Report to the hromada"},
    sensitivity="ordinary",
    steps=(
        Step(
            "begin",
            {"uk": "Почати строк звіту", "en": "Begin the term of a report"},
            REPORTING,
            Duty,
            by=("head",),
        ),
        Step(
            "count",
            {"uk": "Порахувати показники", "en": "Count the figures"},
            REPORTING,
            Counted,
            by=COUNTS,
            after="begin",
            once=False,
            after_closing=True,
            rules=(ends_after_it_begins,),
        ),
        Step(
            "publish",
            {"uk": "Оприлюднити звіт", "en": "Publish the report"},
            REPORTING,
            Report,
            by=WHO,
            after="count",
            since="begin",
            within=(term(FIRST_DAY, months=6),),
            rules=(held_after_the_period_began, says_no_more_in_english),
        ),
        Step(
            "revise",
            {"uk": "Виправити звіт", "en": "Revise the report"},
            REPORTING,
            Revision,
            by=WHO,
            after="publish",
            once=False,
            after_closing=True,
            rules=(says_what_was_put_right, held_after_the_period_began, says_no_more_in_english),
        ),
        Step(
            "evaluate",
            {"uk": "Записати оцінку громади", "en": "Enter the hromada’s evaluation"},
            REPORTING,
            Evaluation,
            by=WHO,
            after="publish",
            closes=True,
        ),
        Step(
            "end",
            {"uk": "Зняти обов’язок", "en": "End the duty"},
            REPORTING,
            End,
            by=("head",),
            after="begin",
            closes=True,
        ),
    ),
)
