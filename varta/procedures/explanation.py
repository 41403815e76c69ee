"""What a unit says to a figure of a report (пояснення до показника): a child case of it, at the unit that is asked.

No act sets how a unit explains its figures: the steps and the ceiling of sixty days are practice.
"""

from dataclasses import dataclass
from datetime import date

from varta.law import Procedure, Step, asked, term
from varta.procedures.period_report import ART_86, COMPOSES, LEVEL

ASKED = ("head", "hromada_officer", "juvenile_officer", "criminal_block", "coordinator", "duty")
FIRST_DAY = "2015-11-07"


@dataclass(frozen=True)
class Question:
    """Which figure is to be explained, and by when."""

    report: str = asked("Звіт", "Report", personal=False)
    indicator: str = asked("Показник", "Indicator", coded=True, listed=True)
    level: str = asked("Рівень", "Level", choices=LEVEL)
    row: str = asked("Рядок", "Row", coded=True)
    first: date = asked("Перший день періоду", "First day of the period", countable=False)
    last: date = asked("Останній день періоду", "Last day of the period", countable=False)
    until: date = asked("Відповісти до", "Answer by", countable=False)
    figure: str = asked(
        "Показник на час запиту", "The figure when it was asked about", default="", personal=False
    )
    question: str = asked("Що пояснити", "What to explain", default="", long=True, personal=False)


@dataclass(frozen=True)
class Answer:
    """Why the figure is what it is; it stands beside the figure in the report."""

    text: str = asked(
        "Пояснення", "Explanation", long=True, max_length=2000, personal=False,
        help=("Без імен: його читатимуть поруч із показником.", "Without names: it is read beside the figure."),
    )  # fmt: skip
    text_en: str = asked(
        "Пояснення англійською",
        "Explanation in English",
        default="",
        long=True,
        max_length=2000,
        personal=False,
    )


@dataclass(frozen=True)
class Accepted:
    """That the explanation goes into the report."""

    note: str = asked("Примітка", "Note", default="", personal=False)


@dataclass(frozen=True)
class Returned:
    """What the explanation does not say yet, and by when it should."""

    reason: str = asked("Чого бракує", "What is missing", long=True, personal=False)
    until: date | None = asked("Відповісти до", "Answer by", default=None, countable=False)


procedure = Procedure(
    code="explanation",
    title={"uk": "Пояснення до показника", "en": "Explanation of a figure"},
    sensitivity="ordinary",
    steps=(
        Step("ask", {"uk": "Попросити пояснення", "en": "Ask for an explanation"}, ART_86, Question,
             by=(*COMPOSES, "coordinator"), at_most=(term(FIRST_DAY, days=60),), shortens="explain"),
        Step("explain", {"uk": "Пояснити", "en": "Explain"}, ART_86, Answer, by=ASKED, after="ask",
             within=(term(FIRST_DAY, days=60),)),
        Step("accept", {"uk": "Прийняти пояснення", "en": "Accept the explanation"}, ART_86, Accepted,
             by=(*COMPOSES, "coordinator"), after="explain", closes=True),
        Step("return", {"uk": "Повернути на доповнення", "en": "Return it"}, ART_86, Returned,
             by=(*COMPOSES, "coordinator"), after="explain", at_most=(term(FIRST_DAY, days=60),),
             shortens="add"),
        Step("add", {"uk": "Доповнити пояснення", "en": "Complete the explanation"}, ART_86, Answer, by=ASKED,
             after="return", within=(term(FIRST_DAY, days=60),)),
        Step("drop", {"uk": "Зняти запит", "en": "Withdraw the question"}, ART_86, Accepted,
             by=(*COMPOSES, "coordinator"), after="ask", closes=True),
    ),
)  # fmt: skip
