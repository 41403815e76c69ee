"""A safety project of a hromada (безпековий проєкт): what officer and hromada do together so that fewer come to harm.

Practice of hromada police officers, told by directorates in their reports. No act that was read sets its form or
a term; order 650/2017 is named as the act on their work, and its inner points are unread. The day by which a
project is meant to be done is the officer's own plan and no term of law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Choices, Facts, Law, Procedure, Step, Text, asked
from varta.procedures.call import RADA

PARTNERSHIP = Law("580-VIII", "11", RADA + "580-19", "2015-11-07")

WHO = ("hromada_officer", "head")

TOPIC = Choices(
    children=("безпека дітей", "safety of children"),
    roads=("безпека дорожнього руху", "road safety"),
    violence=("запобігання домашньому насильству", "preventing domestic violence"),
    fraud=("захист від шахраїв", "protection from fraud"),
    lighting=("освітлення і відеонагляд", "lighting and cameras"),
    neighbours=("сусідська варта", "neighbourhood watch"),
    older=("безпека літніх людей", "safety of older people"),
    mines=("мінна безпека", "safety from mines"),
    other=("інше", "other"),
)
RESULT = Choices(
    done=("виконано", "done"),
    partly=("виконано частково", "done in part"),
    stopped=("припинено", "stopped"),
)


@dataclass(frozen=True, kw_only=True)
class Project:
    """What is to become safer, how, and by when; the hromada is the place of the case."""

    name: str = asked("Назва", "Name", personal=False, max_length=200, listed=True)
    topic: str = asked("Напрям", "Topic", choices=TOPIC, listed=True)
    aim: str = asked(
        "Мета",
        "Aim",
        long=True,
        personal=False,
        help=("Що зміниться і як це буде видно.", "What will change, and how that will be seen."),
    )
    partners: str = asked("Хто долучається", "Who takes part", default="", long=True, personal=False)
    planned_to: date | None = asked("Планують завершити", "Planned to be done by", default=None)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What was done meanwhile."""

    text: str = asked("Що зроблено", "What was done", long=True, personal=False)
    reached: int = asked("Скільки людей охоплено", "People reached", default=0, least=0, most=1_000_000)


@dataclass(frozen=True, kw_only=True)
class Finish:
    """How the project ended."""

    result: str = asked("Результат", "Result", choices=RESULT, listed=True)
    text: str = asked("Підсумок", "Outcome", default="", long=True, personal=False)
    reached: int = asked("Скільки людей охоплено", "People reached", default=0, least=0, most=1_000_000)


def says_why_it_is_not_whole(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A project that was stopped or done in part says why.

    Якщо проєкт припинено або виконано частково, пояснюють чому.
    """
    if record["result"] == "done" or record.get("text"):
        return None
    return {
        "uk": "Напишіть, чому проєкт не виконано повністю.",
        "en": "Write why the project was not done in full.",
    }


procedure = Procedure(
    code="safety_project",
    title={"uk": "Безпековий проєкт", "en": "Safety project"},
    sensitivity="ordinary",
    steps=(
        Step("begin", {"uk": "Почати проєкт", "en": "Begin the project"}, PARTNERSHIP, Project, by=WHO),
        Step(
            "progress",
            {"uk": "Записати, що зроблено", "en": "Enter what was done"},
            PARTNERSHIP,
            Progress,
            by=WHO,
            after="begin",
            once=False,
        ),
        Step(
            "finish",
            {"uk": "Завершити проєкт", "en": "Finish the project"},
            PARTNERSHIP,
            Finish,
            by=WHO,
            after="begin",
            rules=(says_why_it_is_not_whole,),
            closes=True,
        ),
    ),
)
