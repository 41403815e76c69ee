"""Citizen's appeal (звернення громадянина): proposal, request or complaint, law 393/96-ВР.

Days of article 20 include weekends and holidays, and the last day does not move to a working day: so
an office of the state explained it (dobropol-rayon-rada.blogspot.com, 2017).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Check, Choices, Fact, Facts, Law, Procedure, Step, TermsBy, Text, asked, term

# The first day of the law is a placeholder: the day of its official publication has not been confirmed.
FIRST_DAY = "1996-10-12"
URL = "https://zakon.rada.gov.ua/laws/show/393/96-вр"
ART_5, ART_7, ART_8, ART_20 = (Law("393/96-ВР", article, URL, FIRST_DAY) for article in ("5", "7", "8", "20"))
READER, DAY = "Varta, from secondary texts of the law", "2026-11-23"

MONTH = term(FIRST_DAY, months=1, verified=Check(READER, DAY, "urst-20"))
FIFTEEN_DAYS = term(FIRST_DAY, days=15, verified=Check(READER, DAY, "urst-20"))
IN_TOTAL = term(FIRST_DAY, days=45, verified=Check(READER, DAY, "urst-20"))
TEN_DAYS = term(FIRST_DAY, days=10, verified=Check(READER, DAY, "ndar-5"))
FIVE_DAYS = term(FIRST_DAY, days=5, verified=Check(READER, DAY, "propodatki-7"))

POLICE = ("duty", "hromada_officer", "juvenile_officer", "criminal_block", "head")
OFFICE = ("duty", "head")

KIND = Choices(
    proposal=("пропозиція (зауваження)", "proposal (remark)"),
    request=("заява (клопотання)", "request (petition)"),
    complaint=("скарга", "complaint"),
)
FORM = Choices(
    written=("письмове", "written"), oral=("усне", "oral"), electronic=("електронне", "electronic")
)
SENDER = Choices(individual=("індивідуальне", "individual"), collective=("колективне", "collective"))
SUBJECT = Choices(
    public_order=("громадський порядок", "public order"),
    police_conduct=("дії або бездіяльність поліції", "conduct of the police"),
    domestic_violence=("домашнє насильство", "domestic violence"),
    neighbours=("конфлікт із сусідами", "dispute with neighbours"),
    traffic=("дорожній рух", "road traffic"),
    safety=("безпека в громаді", "safety in the hromada"),
    weapons=("дозвільна система", "permits and weapons"),
    children=("захист дітей", "protection of children"),
    other=("інше", "other"),
)
DEFECT = Choices(
    none=("немає", "none"),
    name=("немає прізвища, імені", "no name"),
    residence=("немає місця проживання", "no place of residence"),
    substance=("не викладено суті", "the matter is not stated"),
    signature=("немає підпису або дати", "no signature or date"),
    data=("бракує даних для рішення", "data needed to decide are missing"),
)
COMPETENCE = Choices(
    ours=("наша", "ours"),
    other=("іншого органу", "another body's"),
    unknown=("з’ясовується", "being established"),
)
GROUND = Choices(
    anonymous=("анонімне", "anonymous"),
    repeated=(
        "повторне з того самого питання, вже вирішеного по суті",
        "repeated, already decided in substance",
    ),
    late_complaint=("строк оскарження минув", "the term for complaints has passed"),
    incapable=("подала недієздатна особа", "from a person whom a court found incapable"),
)
RESULT = Choices(
    satisfied=("задоволено", "satisfied"),
    partly=("задоволено частково", "satisfied in part"),
    refused=("відмовлено", "refused"),
    explained=("надано роз’яснення", "explained"),
)


@dataclass(frozen=True)
class Appeal:
    """What came, and whether it meets the form."""

    kind: str = asked("Вид звернення", "Kind of appeal", choices=KIND, listed=True)
    subject: str = asked("Тема", "Subject", choices=SUBJECT, listed=True)
    form: str = asked("Форма", "Form", choices=FORM, default="written")
    sender: str = asked("Від кого", "From", choices=SENDER, default="individual")
    signatories: int = asked("Скільки людей підписали", "How many signed", default=1, least=1, most=1_000_000)
    about: str = asked("Суть звернення", "What it is about", default="", long=True)
    against: str = asked(
        "На чиї дії скарга",
        "Whose conduct is complained of",
        default="",
        help=(
            "Назва органу або посада. Їм скаргу пересилати не можна.",
            "The body or the post. The complaint may not be forwarded to them.",
        ),
    )
    privileged: bool = asked(
        "Заявник має пільги: розгляд першочерговий",
        "The sender has privileges: considered first",
        default=False,
        listed=True,
    )
    simple: bool = asked(
        "Не потребує додаткового вивчення", "Needs no further study", default=False, listed=True
    )
    defect: str = asked("Вада оформлення", "Defect of form", choices=DEFECT, default="none")
    competence: str = asked("Чия компетенція", "Whose competence", choices=COMPETENCE, default="ours")


@dataclass(frozen=True)
class Return:
    """What the sender is told when the appeal goes back."""

    explanation: str = asked("Роз’яснення заявникові", "Explanation to the sender", long=True)


@dataclass(frozen=True)
class Forward:
    """Where the appeal went."""

    to: str = asked("Кому переслано", "Forwarded to", personal=False)
    told_on: date | None = asked("Заявника повідомлено", "The sender was told on", default=None)


@dataclass(frozen=True)
class Unconsidered:
    """Why the appeal is not considered."""

    ground: str = asked("Підстава", "Ground", choices=GROUND)
    earlier: str = asked(
        "Номер попереднього звернення", "Number of the earlier appeal", default="", personal=False
    )
    explanation: str = asked("Пояснення", "Explanation", default="", long=True)


@dataclass(frozen=True)
class Extension:
    """Until when the head extended the term, and why."""

    until: date = asked("Продовжено до", "Extended until", listed=True)
    reason: str = asked("Причина", "Reason", long=True)
    told_on: date | None = asked("Заявника повідомлено", "The sender was told on", default=None)


@dataclass(frozen=True)
class Reply:
    """What the resident receives."""

    result: str = asked("Рішення", "Decision", choices=RESULT, listed=True)
    text: str = asked("Текст відповіді", "Text of the reply", long=True)
    appeal_explained: bool = asked(
        "Порядок оскарження роз’яснено", "The way to contest it is explained", default=False
    )


def not_to_the_one_complained_of(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Forbid forwarding a complaint to those whose conduct is complained of (article 7, unverified).

    Забороняє пересилати скаргу тим, чиї дії оскаржують (стаття 7, не перевірено).
    """
    received = facts["receive"]
    against = _bare(received.get("against", ""))
    if received.get("kind") != "complaint" or not against or against != _bare(record.get("to", "")):
        return None
    return {
        "uk": "Скаргу не можна пересилати тим, чиї дії оскаржують. Оберіть вищий або інший орган.",
        "en": "A complaint may not be forwarded to those complained of. Choose a higher or another body.",
    }


def _bare(name: str) -> str:
    """Return a name's letters and digits only, in one case, so that spelling does not hide sameness."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


procedure = Procedure(
    code="appeal",
    title={"uk": "Звернення громадянина", "en": "Citizen's appeal"},
    sensitivity="personal",
    steps=(
        Step("receive", {"uk": "Зареєструвати", "en": "Register"}, ART_5, Appeal, by=POLICE),
        Step(
            "return_defective",
            {"uk": "Повернути для дооформлення", "en": "Return for its form"},
            ART_5,
            Return,
            by=OFFICE,
            after="receive",
            within=(TEN_DAYS,),
            when=(Fact("receive", "defect", ("name", "residence", "substance", "signature")),),
            closes=True,
        ),
        Step(
            "return_for_data",
            {"uk": "Повернути через брак даних", "en": "Return for missing data"},
            ART_7,
            Return,
            by=OFFICE,
            after="receive",
            within=(FIVE_DAYS,),
            when=(Fact("receive", "defect", ("data",)),),
            closes=True,
        ),
        Step(
            "forward",
            {"uk": "Переслати за належністю", "en": "Forward to the competent body"},
            ART_7,
            Forward,
            by=OFFICE,
            after="receive",
            within=(FIVE_DAYS,),
            when=(Fact("receive", "competence", ("other",)),),
            rules=(not_to_the_one_complained_of,),
            closes=True,
        ),
        Step(
            "leave_unconsidered",
            {"uk": "Залишити без розгляду", "en": "Leave unconsidered"},
            ART_8,
            Unconsidered,
            by="head",
            after="receive",
            closes=True,
        ),
        Step(
            "extend",
            {"uk": "Продовжити строк", "en": "Extend the term"},
            ART_20,
            Extension,
            by="head",
            after="receive",
            at_most=(IN_TOTAL,),
            since="receive",
            extends="reply",
            once=False,
        ),
        Step(
            "reply",
            {"uk": "Відповісти", "en": "Reply"},
            ART_20,
            Reply,
            by=POLICE,
            after="receive",
            within=TermsBy("receive", ("simple",), {(True,): (FIFTEEN_DAYS,)}, otherwise=(MONTH,)),
            closes=True,
        ),
    ),
)
