"""An invitation to a meeting (запрошення на нараду): the invited unit says who comes, by a day that people choose.

A case of its own at the invited unit, grown out of the meeting, so that its head finds it among the unit's matters.
"""

from dataclasses import dataclass
from datetime import date

from varta.law import Choices, Procedure, Step, asked, term
from varta.procedures.meeting import FIRST_DAY, POLICE, PREPARE

ANSWER = Choices(
    head=("буде керівник", "the head will come"),
    deputy=("буде заступник", "a deputy will come"),
    video=("буде на відеозв’язку", "by video link"),
    nobody=("ніхто не зможе", "nobody can come"),
)
WITHDRAWN = Choices(
    cancelled=("нараду скасовано", "the meeting was cancelled"),
    mistaken=("запрошено помилково", "invited by mistake"),
    held=("нарада відбулася", "the meeting was held"),
)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """To which meeting, when and where, and by which day the unit answers."""

    title: str = asked("Нарада", "Meeting", personal=False)
    on: date = asked("Дата", "Day", countable=False, listed=True)
    hour: str = asked("Година", "Hour", default="", personal=False, max_length=5)
    title_en: str = asked("Назва англійською", "Title in English", default="", personal=False)
    where: str = asked("Місце", "Place", default="", personal=False)
    video: str = asked("Відеозв’язок", "Video link", default="", personal=False)
    answer_by: date | None = asked("Відповісти до", "Answer by", default=None, countable=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Who comes for the unit."""

    answer: str = asked("Відповідь", "Answer", choices=ANSWER, listed=True)
    who: str = asked("Хто буде", "Who comes", default="")
    note: str = asked("Примітка", "Note", default="", personal=False)


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Why the unit need not answer any more."""

    reason: str = asked("Причина", "Reason", choices=WITHDRAWN)


procedure = Procedure(
    code="meeting_invitation",
    title={"uk": "Запрошення на нараду", "en": "Invitation to a meeting"},
    sensitivity="restricted",
    steps=(
        Step("send", {"uk": "Надіслати запрошення", "en": "Send the invitation"}, POLICE, Invitation, by=PREPARE,
             chosen="answer_by", extends="answer"),
        Step("answer", {"uk": "Відповісти", "en": "Answer"}, POLICE, Answer, by=PREPARE, after="send",
             within=(term(FIRST_DAY, days=3),), closes=True),
        Step("withdraw", {"uk": "Відкликати", "en": "Withdraw"}, POLICE, Withdrawal, by=PREPARE, after="send",
             closes=True),
    ),
)  # fmt: skip
