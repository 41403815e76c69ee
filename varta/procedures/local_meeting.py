"""Open meetings with local self-government (відкриті зустрічі), law 580-VIII, article 88: once every two months.

The two months were read in the article's text; its first day stands from memory. How a meeting is planned, what its
minutes hold and how a missed one is explained is practice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Check, Choices, Facts, Law, Procedure, Step, Text, asked, term
from varta.procedures.call import RADA

ART_88 = Law("580-VIII", "88", RADA + "580-19", "2015-11-07")
FIRST_DAY = "2015-11-07"
READ_88 = Check("Varta, from the text of the article", "2026-11-25", "kodeksy-88")

WHO = ("hromada_officer", "head")

LEVEL = Choices(
    hromada=("громада", "hromada"),
    city=("місто", "city"),
    village=("село, селище", "village, settlement"),
    raion=("район", "raion"),
    oblast=("область", "oblast"),
)
MISSED = Choices(
    alarm=("повітряна тривога чи обстріл", "air alert or shelling"),
    other_side=("не прийшла інша сторона", "the other side did not come"),
    call=("офіцера викликали", "the officer was called away"),
    illness=("хвороба", "illness"),
    postponed=("перенесено за згодою", "postponed by both sides"),
    other=("інше", "other"),
)
END = Choices(
    transferred=("обов’язок перейшов до іншого", "the duty passed to another"),
    ceased=("громада припинила існувати", "the hromada ceased to exist"),
    other=("інше", "other"),
)


@dataclass(frozen=True)
class Duty:
    """With whom the meetings are held; the place is that of the case."""

    level: str = asked("Рівень", "Level", choices=LEVEL, listed=True)
    with_whom: str = asked("З ким", "With whom", default="", personal=False)


@dataclass(frozen=True)
class Plan:
    """When and where the next meeting is to be."""

    on: date = asked("Дата зустрічі", "Day of the meeting", countable=False)
    hour: str = asked("Година", "Hour", default="", personal=False, max_length=5)
    where: str = asked("Місце", "Place", default="", personal=False)
    agenda: str = asked("Порядок денний", "Agenda", default="", long=True, personal=False)


@dataclass(frozen=True)
class Meeting:
    """Minutes of a meeting that was held; it was held when the step was taken."""

    participants: str = asked("Хто був", "Who took part", long=True, max_length=2000)
    decided: str = asked(
        "Що вирішили",
        "What was decided",
        long=True,
        help=("Кожне рішення з нового рядка.", "Each decision on a line of its own."),
    )
    present: int = asked("Скільки людей було", "How many came", default=0, least=0, most=100_000)
    talked_of: str = asked("Про що говорили", "What was talked of", default="", long=True)
    next_on: date | None = asked("Наступна зустріч", "Next meeting", default=None, countable=False)


@dataclass(frozen=True)
class Missed:
    """Why a meeting was not held; the duty to hold one stays."""

    reason: str = asked("Причина", "Reason", choices=MISSED)
    note: str = asked("Пояснення", "Explanation", default="", personal=False)
    next_on: date | None = asked("Нова дата", "New day", default=None, countable=False)


@dataclass(frozen=True)
class End:
    """Why the meetings are no longer this duty's."""

    reason: str = asked("Причина", "Reason", choices=END)
    note: str = asked("Пояснення", "Explanation", default="", personal=False)


def says_why(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A meeting missed for another reason is explained in words.

    Якщо зустріч не відбулася з іншої причини, її називають словами.
    """
    if record["reason"] != "other" or record.get("note"):
        return None
    return {"uk": "Напишіть, чому зустріч не відбулася.", "en": "Write why the meeting was not held."}


procedure = Procedure(
    code="local_meeting",
    title={"uk": "Зустрічі з місцевою владою", "en": "Meetings with local self-government"},
    sensitivity="ordinary",
    steps=(
        Step("begin", {"uk": "Взяти на контроль", "en": "Begin"}, ART_88, Duty, by=("head",)),
        Step(
            "plan",
            {"uk": "Запланувати зустріч", "en": "Plan a meeting"},
            ART_88,
            Plan,
            by=WHO,
            after="begin",
            once=False,
        ),
        Step(
            "hold",
            {"uk": "Записати зустріч", "en": "Enter a meeting"},
            ART_88,
            Meeting,
            by=WHO,
            after="begin",
            repeats=(term(FIRST_DAY, months=2, verified=READ_88),),
        ),
        Step(
            "miss",
            {"uk": "Зустріч не відбулася", "en": "A meeting was not held"},
            ART_88,
            Missed,
            by=WHO,
            after="begin",
            once=False,
            rules=(says_why,),
        ),
        Step(
            "end",
            {"uk": "Зняти з контролю", "en": "End"},
            ART_88,
            End,
            by=("head",),
            after="begin",
            closes=True,
        ),
    ),
)
