"""The report of a period (звіт за період): who composes it, agrees, freezes and approves, and why it was revised.

The heads of the police and of its territorial bodies report to the public once a year (law 580-VIII, article 86; the
article stands here from memory). Reports of shorter periods, and the way to them, are practice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from varta.law import Choices, Facts, Law, Procedure, Step, Text, asked
from varta.procedures.call import RADA

ART_86 = Law("580-VIII", "86", RADA + "580-19")

COMPOSES = ("analyst", "head")

LEVEL = Choices(
    country=("країна", "country"),
    oblast=("області", "oblasts"),
    raion=("райони", "raions"),
    hromada=("громади", "hromadas"),
    directorate=("головні управління", "main directorates"),
    unit=("підрозділи", "units"),
)
CHAPTER = Choices(
    calls=("Виклики та реагування", "Calls and response"),
    appeals=("Звернення громадян", "Residents’ appeals"),
    violence=("Домашнє насильство", "Domestic violence"),
    prevention=("Превентивний облік", "Preventive work"),
    children=("Ювенальна превенція", "Children"),
    events=("Масові заходи", "Mass events"),
    interaction=("Взаємодія з кримінальним блоком", "Work with the criminal block"),
    programme=("Поліцейський офіцер громади", "Hromada police officers"),
)


@dataclass(frozen=True)
class Composition:
    """What the report is to hold; without chapters, all that are counted."""

    name: str = asked(
        "Коротка назва", "Short name", personal=False, listed=True, max_length=70,
        help=("Латинські літери, цифри й дефіс.", "Latin letters, digits, hyphens."),
    )  # fmt: skip
    first: date = asked("Перший день", "First day", countable=False)
    last: date = asked("Останній день", "Last day", countable=False)
    levels: tuple[str, ...] = asked("Таблиці за рівнем", "Tables by", choices=LEVEL)
    chapters: tuple[str, ...] = asked("Розділи", "Chapters", choices=CHAPTER, default=())
    place: str = asked("Лише в межах місця", "Only within the place", coded=True, default="")
    under: str = asked("Лише в межах підрозділу", "Only within the unit", coded=True, default="")
    title_uk: str = asked("Назва українською", "Title in Ukrainian", default="", personal=False)
    title_en: str = asked("Назва англійською", "Title in English", default="", personal=False)


@dataclass(frozen=True)
class Submission:
    """What the composer says to whoever is to agree."""

    note: str = asked("Примітка", "Note", default="", personal=False)


@dataclass(frozen=True)
class SentBack:
    """What must be mended."""

    reason: str = asked("Що виправити", "What to mend", long=True, personal=False)


@dataclass(frozen=True)
class Frozen:
    """Which report was kept."""

    name: str = asked("Назва", "Name", personal=False, on_forms=False)
    edition: int = asked("Редакція", "Edition", default=1, least=1, on_forms=False)


@dataclass(frozen=True)
class Revision:
    """Why the figures are counted anew, and which edition holds them."""

    name: str = asked("Назва", "Name", personal=False, on_forms=False)
    edition: int = asked("Редакція", "Edition", least=2, on_forms=False)
    changed: int = asked("Змінилося показників", "Figures changed", least=0, on_forms=False)
    reason: str = asked("Причина", "Reason", long=True, personal=False)


@dataclass(frozen=True)
class Dropped:
    """Why no report came of the draft."""

    reason: str = asked("Причина", "Reason", personal=False)


def in_order(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A period does not end before it begins.

    Період не закінчується раніше, ніж починається.
    """
    if record["first"] <= record["last"]:
        return None
    return {
        "uk": f"Період закінчується {record['last']}, раніше за перший день {record['first']}. Змініть дні.",
        "en": f"The period ends on {record['last']}, before its first day {record['first']}. Change the days.",
    }


def by_something(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A report has a table.

    Звіт має хоча б одну таблицю.
    """
    if record["levels"]:
        return None
    return {
        "uk": "Оберіть, за яким рівнем складати таблиці.",
        "en": "Choose a level by which the tables are made.",
    }


# After which step a report is where: what may follow is read from here, since a step may come more than once.
STATE: Mapping[str, str] = MappingProxyType({
    "compose": "draft",
    "amend": "draft",
    "send_back": "draft",
    "submit": "submitted",
    "agree": "agreed",
    "freeze": "frozen",
    "revise": "frozen",
    "approve": "approved",
    "publish": "published",
    "drop": "dropped",
})  # fmt: skip
FOLLOWS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "draft": ("amend", "submit", "drop"),
    "submitted": ("agree", "send_back"),
    "agreed": ("freeze", "send_back"),
    "frozen": ("approve", "revise"),
    "approved": ("publish", "revise"),
    "published": ("revise",),
    "dropped": (),
})  # fmt: skip
STATES = Choices(
    draft=("складають", "being composed"),
    submitted=("на погодженні", "waits for agreement"),
    agreed=("погоджено", "agreed"),
    frozen=("зафіксовано", "frozen"),
    approved=("затверджено", "approved"),
    published=("оприлюднено", "published"),
    dropped=("відкликано", "withdrawn"),
)


def state_after(steps: Sequence[str]) -> str:
    """Return where a report is after these steps, the last one last."""
    return STATE[steps[-1]] if steps else ""


procedure = Procedure(
    code="period_report",
    title={"uk": "Звіт за період", "en": "Report of a period"},
    sensitivity="ordinary",
    steps=(
        Step("compose", {"uk": "Скласти звіт", "en": "Compose a report"}, ART_86, Composition, by=COMPOSES,
             rules=(in_order, by_something)),
        Step("amend", {"uk": "Змінити склад", "en": "Change what it holds"}, ART_86, Composition, by=COMPOSES,
             after="compose", once=False, rules=(in_order, by_something)),
        Step("submit", {"uk": "Подати на погодження", "en": "Submit for agreement"}, ART_86, Submission, by=COMPOSES,
             after="compose", once=False),
        Step("send_back", {"uk": "Повернути на доопрацювання", "en": "Send back"}, ART_86, SentBack, by="head",
             after="submit", once=False),
        Step("agree", {"uk": "Погодити", "en": "Agree"}, ART_86, Submission, by="head", after="submit", once=False),
        Step("freeze", {"uk": "Зафіксувати показники", "en": "Freeze the figures"}, ART_86, Frozen, by=COMPOSES,
             after="agree"),
        Step("approve", {"uk": "Затвердити", "en": "Approve"}, ART_86, Submission, by="head", after="freeze",
             once=False, after_closing=True),
        Step("publish", {"uk": "Оприлюднити", "en": "Publish"}, ART_86, Submission, by=COMPOSES, after="approve",
             once=False, after_closing=True, closes=True),
        Step("revise", {"uk": "Перерахувати новою редакцією", "en": "Revise"}, ART_86, Revision, by=COMPOSES,
             after="freeze", once=False, after_closing=True),
        Step("drop", {"uk": "Відкликати чернетку", "en": "Withdraw the draft"}, ART_86, Dropped, by=COMPOSES,
             after="compose", closes=True),
    ),
)  # fmt: skip
