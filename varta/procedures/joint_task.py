"""A joint task of prevention and the criminal block (спільне завдання), order 575/2017.

The order's inner points are unread. Ten days are the ordinary practice of a written assignment
(Criminal Procedure Code, article 40): unverified.
"""

from dataclasses import dataclass

from varta.law import Choices, Law, Procedure, Step, asked, term
from varta.procedures.call import POLICE, RADA

INTERACTION = Law("575/2017", "*", RADA + "z0937-17")

KIND = Choices(
    handover=("передання матеріалів", "handover of materials"),
    assignment=("доручення слідчого", "investigator's assignment"),
    orientation=("орієнтування", "orientation"),
    request=("запит", "request"),
    raid=("спільний рейд", "joint raid"),
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


@dataclass(frozen=True)
class Accepted:
    """Who took the task."""

    note: str = asked("Примітка", "Note", default="")


@dataclass(frozen=True)
class SentBack:
    """Why the task went back."""

    reason: str = asked("Причина", "Reason", long=True)


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


procedure = Procedure(
    code="joint_task",
    title={"uk": "Спільне завдання", "en": "Joint task"},
    sensitivity="personal",
    steps=(
        Step("send", {"uk": "Надіслати", "en": "Send"}, INTERACTION, Task, by=POLICE),
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
