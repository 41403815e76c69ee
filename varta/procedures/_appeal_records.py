"""What the steps of an appeal record; the steps themselves, with their law, are in appeal.py."""

from dataclasses import dataclass
from datetime import date

from varta.law import Choices, asked

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
    contact=("немає адреси для електронної відповіді", "no address for an electronic reply"),
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
OPINION = Choices(approved=("погоджено", "approved"), rework=("на доопрацювання", "to be reworked"))
LETTER = Choices(
    acknowledgement=("повідомлення про реєстрацію", "acknowledgement"),
    return_defective=("повернення для дооформлення", "return for its form"),
    return_for_data=("повернення через брак даних", "return for missing data"),
    forward_notice=("повідомлення про пересилання", "notice of forwarding"),
    forward_cover=("супровідний лист", "cover letter"),
    extension=("повідомлення про продовження строку", "notice of extension"),
    shortening=("повідомлення про скорочення строку", "notice of shortening"),
    answer=("відповідь", "answer"),
    unconsidered=("повідомлення про залишення без розгляду", "notice that it is left unconsidered"),
)


@dataclass(frozen=True)
class Appeal:
    """What came, and whether it meets the form."""

    kind: str = asked("Вид звернення", "Kind of appeal", choices=KIND, listed=True)
    subject: str = asked("Тема", "Subject", choices=SUBJECT, listed=True)
    form: str = asked("Форма", "Form", choices=FORM, default="written", listed=True)
    sender: str = asked("Від кого", "From", choices=SENDER, default="individual", listed=True)
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
    against_officer: str = asked(
        "Логін посадовця, на якого скарга", "Login of the officer complained of", default="", personal=False
    )
    decided_on: date | None = asked(
        "День оскарженого рішення", "Day of the contested decision", default=None, countable=False
    )
    learned_on: date | None = asked(
        "Коли заявник про нього дізнався", "When the sender learned of it", default=None, countable=False
    )
    excused: bool = asked(
        "Строк оскарження поновлено", "The term to complain was restored", default=False, countable=False
    )
    privilege: str = asked("Яка пільга", "Which privilege", default="")
    document_on: date | None = asked(
        "Дата на зверненні", "Date on the document", default=None, countable=False
    )
    pages: int = asked("Аркушів", "Sheets", default=0, least=0, most=10_000, countable=False)
    email: str = asked("Електронна адреса для відповіді", "E-mail address for the reply", default="")
    through: str = asked(
        "Через який орган надійшло", "Through which body it came", default="", personal=False
    )
    anonymous: bool = asked("Анонімне", "Anonymous", default=False, listed=True, countable=False)
    repeated: bool = asked("Схоже на повторне", "Seems repeated", default=False, listed=True, countable=False)
    repeats: str = asked(
        "Номер попереднього звернення", "Number of the earlier appeal", default="", personal=False
    )
    crime_signs: bool = asked(
        "Є повідомлення про злочин або насильство",
        "It reports a crime or violence",
        default=False,
        listed=True,
        countable=False,
    )


@dataclass(frozen=True)
class Assignment:
    """Who works on the appeal, and what the head's resolution (резолюція) says."""

    executor: str = asked(
        "Логін виконавця", "Login of the executor", listed=True, personal=False, on_forms=False
    )
    executor_name: str = asked(
        "Виконавець", "Executor", default="", listed=True, personal=False, on_forms=False
    )
    resolution: str = asked("Резолюція", "Resolution", default="", long=True)
    signed_by: str = asked("Чия резолюція", "Whose resolution", default="", personal=False)
    answer_by: date | None = asked(
        "Підготувати відповідь до", "Prepare the answer by", default=None, listed=True, countable=False
    )
    control: bool = asked("На контролі", "Under control", default=False, listed=True, countable=False)


@dataclass(frozen=True)
class Return:
    """What the sender is told when the appeal goes back."""

    explanation: str = asked("Роз’яснення заявникові", "Explanation to the sender", long=True)
    call: str = asked("Номер виклику", "Number of the call", default="", personal=False)


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
    call: str = asked("Номер виклику", "Number of the call", default="", personal=False)


@dataclass(frozen=True)
class Extension:
    """Until when the head extended the term, and why."""

    until: date = asked("Продовжено до", "Extended until", listed=True)
    reason: str = asked("Причина", "Reason", long=True)
    told_on: date | None = asked("Заявника повідомлено", "The sender was told on", default=None)


@dataclass(frozen=True)
class Shortening:
    """Until when the head shortened the term, on whose justified request."""

    until: date = asked("Скорочено до", "Shortened to", countable=False)
    reason: str = asked("Чим обґрунтовано", "How the request was justified", long=True)
    requested_on: date | None = asked(
        "День письмової вимоги", "Day of the written request", default=None, countable=False
    )


@dataclass(frozen=True)
class Draft:
    """The answer as the executor proposes it to the head."""

    result: str = asked("Рішення", "Decision", choices=RESULT, countable=False)
    text: str = asked("Текст відповіді", "Text of the reply", long=True)


@dataclass(frozen=True)
class Approval:
    """What the head says of the proposed answer."""

    opinion: str = asked("Рішення керівника", "Decision of the head", choices=OPINION, countable=False)
    remark: str = asked("Зауваження", "Remark", default="", long=True)


@dataclass(frozen=True)
class Reply:
    """What the resident receives."""

    result: str = asked("Рішення", "Decision", choices=RESULT, listed=True)
    text: str = asked("Текст відповіді", "Text of the reply", long=True)
    appeal_explained: bool = asked(
        "Порядок оскарження роз’яснено", "The way to contest it is explained", default=False
    )


@dataclass(frozen=True)
class ControlLifted:
    """That the matter is done and its control ends."""

    note: str = asked("Примітка", "Note", default="", long=True)
    control: bool = asked(
        "На контролі", "Under control", default=False, listed=True, countable=False, on_forms=False
    )


@dataclass(frozen=True)
class Letter:
    """A letter that went out; its text is kept beside, bound to this record by the fingerprint."""

    kind: str = asked("Вид листа", "Kind of letter", choices=LETTER, countable=False, on_forms=False)
    number: str = asked("Вихідний номер", "Outgoing number", personal=False, on_forms=False)
    sent_on: date = asked("День", "Day", countable=False, on_forms=False)
    to: str = asked("Кому", "To", on_forms=False)
    fingerprint: str = asked("Відбиток тексту", "Fingerprint of the text", personal=False, on_forms=False)
