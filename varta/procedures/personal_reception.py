"""Personal reception of residents (особистий прийом громадян), law 393/96-ВР, article 22.

The article stands here from memory: a lawyer has to compare it with the text. When and where residents are
received is data of each unit (`ReceptionHours`), not of the law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varta.law import Choices, Facts, Law, Procedure, Step, Text, asked
from varta.procedures._appeal_records import SUBJECT

URL = "https://zakon.rada.gov.ua/laws/show/393/96-вр"
ART_22 = Law("393/96-ВР", "22", URL, "1996-10-12")  # the first day is a placeholder, as in appeal.py

POLICE = ("duty", "hromada_officer", "juvenile_officer", "criminal_block", "head")

OUTCOME = Choices(
    settled=("вирішено на прийомі", "settled at the reception"),
    explained=("надано роз’яснення", "explained"),
    appeal=("прийнято звернення", "an appeal was taken"),
    referred=("рекомендовано звернутися до іншого органу", "referred to another body"),
    other=("інше", "other"),
)


@dataclass(frozen=True)
class Visit:
    """Who was received, by whom and on what; the visitor is named as a person of the case."""

    subject: str = asked("Тема", "Subject", choices=SUBJECT, listed=True)
    about: str = asked("З яким питанням", "On what matter", long=True)
    received_by: str = asked("Хто приймав", "Received by", personal=False, listed=True)
    privileged: bool = asked("Має пільги", "Has privileges", default=False, countable=False)
    repeated: bool = asked("Приходить повторно", "Comes again", default=False, countable=False)


@dataclass(frozen=True)
class Outcome:
    """What came of the visit."""

    outcome: str = asked("Результат", "Outcome", choices=OUTCOME, listed=True)
    note: str = asked("Що сказано заявникові", "What the visitor was told", default="", long=True)


def told_where_explained(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """What was explained, or where the visitor was sent, is written down.

    Що роз’яснено або куди рекомендовано звернутися, записують.
    """
    if record["outcome"] not in ("explained", "referred") or record.get("note"):
        return None
    return {
        "uk": "Запишіть, що саме роз’яснено або куди рекомендовано звернутися.",
        "en": "Write down what was explained, or where the visitor was sent.",
    }


procedure = Procedure(
    code="personal_reception",
    title={"uk": "Особистий прийом", "en": "Personal reception"},
    sensitivity="personal",
    steps=(
        Step("receive", {"uk": "Записати відвідувача", "en": "Enter a visitor"}, ART_22, Visit, by=POLICE),
        Step(
            "conclude",
            {"uk": "Записати результат", "en": "Enter the outcome"},
            ART_22,
            Outcome,
            by=POLICE,
            after="receive",
            rules=(told_where_explained,),
            closes=True,
        ),
    ),
)
