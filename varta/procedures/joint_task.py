"""A joint task of prevention and the criminal block (спільне завдання), order 575/2017.

The order's inner points are unread. Ten days are the ordinary practice of a written assignment
(Criminal Procedure Code, article 40): unverified. A task may carry a term of its own, chosen by people: so do the
decisions of meetings, each of which is a task of its owner unit. Whoever asked may put the term off while it runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Choices, Facts, Law, Procedure, Step, Text, asked, term
from varta.procedures.call import POLICE, RADA

INTERACTION = Law("575/2017", "*", RADA + "z0937-17")

KIND = Choices(
    handover=("передання матеріалів", "handover of materials"),
    assignment=("доручення слідчого", "investigator's assignment"),
    orientation=("орієнтування", "orientation"),
    request=("запит", "request"),
    raid=("спільний рейд", "joint raid"),
    decision=("рішення наради", "decision of a meeting"),
)
RESULT = Choices(
    done=("виконано", "done"),
    partly=("виконано частково", "done in part"),
    not_done=("не виконано", "not done"),
)
MARK = Choices(
    good=("якісно", "good"),
    poor=("потрібно доопрацювати", "needs more work"),
)


@dataclass(frozen=True)
class Task:
    """What one side asks of the other."""

    kind: str = asked("Вид", "Kind", choices=KIND, listed=True)
    about: str = asked("Суть", "What it is about", long=True)
    basis: str = asked("Підстава", "Basis", default="", personal=False)
    due: date | None = asked(
        "Строк",
        "Term",
        default=None,
        countable=False,
        help=("Без нього діє строк процедури.", "Without it the procedure’s term holds."),
    )
    number: int = asked("№ рішення", "Number of the decision", default=0, countable=False, on_forms=False)


@dataclass(frozen=True)
class Accepted:
    """Who took the task."""

    note: str = asked("Примітка", "Note", default="")


@dataclass(frozen=True)
class SentBack:
    """Why the task went back."""

    reason: str = asked("Причина", "Reason", long=True)


@dataclass(frozen=True)
class Extension:
    """Until when the term was put off, and why."""

    until: date = asked("Новий строк", "New term", countable=False)
    reason: str = asked("Причина", "Reason", personal=False, max_length=500)


@dataclass(frozen=True)
class Result:
    """What came of the task."""

    result: str = asked("Результат", "Result", choices=RESULT, listed=True)
    text: str = asked("Що зроблено", "What was done", default="", long=True)


@dataclass(frozen=True)
class Appraisal:
    """How the side that asked finds the result."""

    mark: str = asked("Оцінка", "Mark", choices=MARK)
    note: str = asked("Пояснення", "Explanation", default="")


def decision_has_a_term(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A decision of a meeting names its term.

    Рішення наради має названий строк.
    """
    if record["kind"] != "decision" or record.get("due"):
        return None
    return {"uk": "Назвіть строк рішення.", "en": "Name the term of the decision."}


procedure = Procedure(
    code="joint_task",
    title={"uk": "Спільне завдання", "en": "Joint task"},
    sensitivity="personal",
    steps=(
        Step(
            "send",
            {"uk": "Надіслати", "en": "Send"},
            INTERACTION,
            Task,
            by=POLICE,
            chosen="due",
            extends="report",
            rules=(decision_has_a_term,),
        ),
        Step("accept", {"uk": "Прийняти", "en": "Accept"}, INTERACTION, Accepted, by=POLICE, after="send"),
        Step(
            "send_back",
            {"uk": "Повернути", "en": "Send back"},
            INTERACTION,
            SentBack,
            by=POLICE,
            after="send",
            closes=True,
        ),
        Step(
            "extend",
            {"uk": "Продовжити строк", "en": "Put the term off"},
            INTERACTION,
            Extension,
            by=("head",),
            after="send",
            extends="report",
            once=False,
        ),
        Step(
            "report",
            {"uk": "Доповісти про результат", "en": "Report the result"},
            INTERACTION,
            Result,
            by=POLICE,
            after="accept",
            since="send",
            within=(term("2017-07-07", days=10),),
        ),
        Step(
            "appraise",
            {"uk": "Оцінити і закрити", "en": "Appraise and close"},
            INTERACTION,
            Appraisal,
            by=POLICE,
            after="report",
            closes=True,
        ),
    ),
)
