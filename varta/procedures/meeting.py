"""A meeting on results (нарада): called on a report, with an agenda, minutes, and decisions that become joint tasks.

How the police hold meetings is practice: no act that was read sets the steps. That minutes are drawn up within five
days stands from memory of the rules of paperwork (resolution 55/2018): unverified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Choices, Facts, Law, Procedure, Step, Text, asked, term
from varta.procedures.call import RADA

PAPERWORK = Law("55/2018", "*", RADA + "55-2018-%D0%BF")
POLICE = Law("580-VIII", "*", RADA + "580-19")
FIRST_DAY = "2018-01-17"

PREPARE = ("head", "coordinator")  # who keeps the meeting: secretary and chair
CHAIR = ("head",)

CAME = Choices(
    came=("присутній", "present"),
    deputy=("заступник замість керівника", "a deputy instead of the head"),
    absent=("відсутній", "absent"),
)
STANDING = Choices(
    done=("виконано вчасно", "done in term"),
    done_late=("виконано із запізненням", "done late"),
    open=("виконується, строк не сплив", "in work, the term runs"),
    overdue=("прострочено", "overdue"),
    sent_back=("повернуто", "sent back"),
)


def hour() -> Any:
    """Return the field of an hour of the clock."""
    return asked(
        "Година", "Hour", personal=False, max_length=5, help=("Наприклад, 10:00.", "For example 10:00.")
    )


def undone() -> Any:
    """Return the field by which a correction says that something did not happen."""
    return asked("Скасувати запис", "This did not happen", default=False, countable=False)


@dataclass(frozen=True, kw_only=True)
class Called:
    """When and where the meeting is to be, who chairs it, and about which frozen report."""

    title: str = asked("Назва", "Title", personal=False)
    on: date = asked("Дата", "Day", countable=False, listed=True)
    hour: str = hour()
    chair: str = asked("Головує", "Chair", personal=False)
    title_en: str = asked("Назва англійською", "Title in English", default="", personal=False)
    where: str = asked("Місце", "Place", default="", personal=False)
    video: str = asked("Відеозв’язок", "Video link", default="", personal=False)
    chair_en: str = asked("Головує (англійською)", "Chair (in English)", default="", personal=False)
    secretary: str = asked("Секретар", "Secretary", default="", personal=False)
    report: str = asked(
        "Звіт", "Report", default="", personal=False, max_length=80,
        help=("Назва зафіксованого звіту.", "Name of the frozen report."),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Which units are invited."""

    units: str = asked(
        "Підрозділи", "Units", long=True, personal=False,
        help=("Коди підрозділів, кожен з нового рядка.", "Codes of units, each on a line of its own."),
    )  # fmt: skip
    undone: bool = undone()


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question of the agenda. Items are numbered; a correction changes one."""

    number: int = asked("№ питання", "Number of the item", least=1, most=99)
    title: str = asked("Питання", "Question", personal=False, max_length=300)
    minutes: int = asked("Хвилин", "Minutes", default=10, least=1, most=240)
    title_en: str = asked(
        "Питання англійською", "Question in English", default="", personal=False, max_length=300
    )
    speaker: str = asked("Доповідає", "Speaker", default="", personal=False)
    chapter: str = asked("Розділ звіту", "Chapter of the report", default="", personal=False, max_length=40)
    notes: str = asked(
        "Нотатки доповідача", "Speaker’s notes", default="", long=True,
        help=("Їх бачить лише доповідач.", "Only the speaker sees them."),
    )  # fmt: skip
    undone: bool = undone()


@dataclass(frozen=True, kw_only=True)
class Postponed:
    """The new day, and why."""

    on: date = asked("Нова дата", "New day", countable=False, listed=True)
    hour: str = hour()
    reason: str = asked("Причина", "Reason", personal=False, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """Why the meeting will not be held."""

    reason: str = asked("Причина", "Reason", personal=False, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """That the meeting began."""

    chair: str = asked("Головує", "Chair", default="", personal=False)


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Whether a unit was there, and who came for it."""

    unit: str = asked("Підрозділ", "Unit", personal=False, max_length=64)
    came: str = asked("Присутність", "Attendance", choices=CAME)
    who: str = asked("Хто", "Who", default="")
    reason: str = asked("Причина відсутності", "Reason of absence", default="")


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """How a decision of an earlier meeting stands on the day of this one."""

    task: str = asked("Рішення", "Decision", personal=False, max_length=36)
    standing: str = asked("Стан", "State", choices=STANDING)
    days: int = asked(
        "Днів", "Days", default=0, least=-3660, most=3660,
        help=("До строку; після строку з мінусом.", "Left to the term; below zero after it."),
    )  # fmt: skip
    note: str = asked("Примітка", "Note", default="", personal=False, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Minutes of one question of the agenda."""

    number: int = asked("№ питання", "Number of the item", least=1, most=99)
    heard: str = asked("Слухали", "Heard", long=True, personal=False)
    spoke: str = asked("Виступили", "Spoke", default="", long=True, personal=False)
    undone: bool = undone()


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided, which unit answers for it, and by which day."""

    number: int = asked("№ рішення", "Number of the decision", least=1, most=99)
    text: str = asked("Вирішили", "Decided", long=True, personal=False, max_length=2000)
    owner: str = asked(
        "Виконавець", "Owner", personal=False, max_length=64, help=("Код підрозділу.", "Code of a unit.")
    )
    due: date = asked("Строк", "Term", countable=False)
    item: int = asked("№ питання", "Number of the item", default=0, least=0, most=99)
    text_en: str = asked(
        "Вирішили (англійською)", "Decided (in English)", default="", long=True, personal=False
    )
    task: str = asked("Завдання", "Task", default="", personal=False, max_length=36, on_forms=False)


@dataclass(frozen=True, kw_only=True)
class Closed:
    """That the meeting ended, and who signs its minutes."""

    signed: str = asked("Протокол підписує", "The minutes are signed by", default="", personal=False)


def absence_has_a_reason(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Whoever did not come is entered with the reason.

    Відсутність записують із причиною.
    """
    if record["came"] != "absent" or record.get("reason"):
        return None
    return {"uk": "Напишіть причину відсутності.", "en": "Write the reason of the absence."}


def term_is_not_before_the_meeting(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A decision cannot be due before the day on which it was taken.

    Строк рішення не може бути раніший за день наради.
    """
    day = day_of(facts)
    if not day or str(record["due"]) >= day:
        return None
    return {
        "uk": f"Строк {record['due']} раніший за день наради ({day}). Оберіть пізніший день.",
        "en": f"The term {record['due']} is before the day of the meeting ({day}). Choose a later day.",
    }


def not_after_it_began(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A meeting that began is neither postponed nor cancelled.

    Нараду, яка почалася, не переносять і не скасовують.
    """
    if "open" not in facts:
        return None
    return {
        "uk": "Нарада вже почалася: її не переносять і не скасовують. Закрийте її.",
        "en": "The meeting has begun: it is neither postponed nor cancelled. Close it.",
    }


def day_of(facts: Facts) -> str:
    """Return the day on which the meeting is or was, ISO; "" before it was called."""
    last: Mapping[str, Any] = facts.get("postpone") or facts.get("call") or {}
    return str(last.get("on", ""))


def _titled(uk: str, en: str) -> Text:
    return {"uk": uk, "en": en}


procedure = Procedure(
    code="meeting",
    title={"uk": "Нарада за підсумками", "en": "Meeting on results"},
    sensitivity="restricted",
    steps=(
        Step("call", _titled("Скликати нараду", "Call a meeting"), POLICE, Called, by=PREPARE),
        Step("invite", _titled("Запросити підрозділи", "Invite units"), POLICE, Invited, by=PREPARE, after="call",
             once=False),
        Step("agenda", _titled("Внести питання до порядку денного", "Put an item on the agenda"), POLICE, Item,
             by=PREPARE, after="call", once=False),
        Step("postpone", _titled("Перенести нараду", "Postpone the meeting"), POLICE, Postponed, by=PREPARE,
             after="call", once=False, rules=(not_after_it_began,)),
        Step("cancel", _titled("Скасувати нараду", "Cancel the meeting"), POLICE, Cancelled, by=PREPARE, after="call",
             closes=True, rules=(not_after_it_began,)),
        Step("open", _titled("Відкрити нараду", "Open the meeting"), POLICE, Opened, by=PREPARE, after="agenda"),
        Step("attend", _titled("Записати присутність", "Enter attendance"), POLICE, Attendance, by=PREPARE,
             after="open", once=False, rules=(absence_has_a_reason,)),
        Step("follow_up", _titled("Перевірити виконання рішення", "Follow up a decision"), POLICE, FollowUp,
             by=PREPARE, after="open", once=False),
        Step("minutes", _titled("Вести протокол", "Keep the minutes"), PAPERWORK, Heard, by=PREPARE, after="open",
             once=False),
        Step("decide", _titled("Записати рішення", "Enter a decision"), POLICE, Decided, by=CHAIR, after="open",
             once=False, rules=(term_is_not_before_the_meeting,)),
        Step("close", _titled("Закрити нараду", "Close the meeting"), PAPERWORK, Closed, by=PREPARE, after="minutes",
             since="open", within=(term(FIRST_DAY, days=5),), closes=True),
    ),
)  # fmt: skip
