"""What is recorded on the way of a hromada police officer. Hromadas and cohorts are named by their codes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Choices, asked

HROMADA_HELP = ("Код громади за кодифікатором.", "Code of the hromada in the codifier.")

RESULT = Choices(passed=("пройдено", "passed"), failed=("не пройдено", "not passed"))
ORIGIN = Choices(
    police=("поліцейський", "serving police officer"),
    civilian=("цивільна особа", "civilian"),
)
EDUCATION = Choices(
    higher=("вища", "higher"),
    vocational=("фахова передвища або професійна", "vocational"),
    secondary=("загальна середня", "secondary"),
)
PRESENCE = Choices(
    present=("був", "present"),
    absent=("не був", "absent"),
    excused=("не був із поважної причини", "excused"),
)
LEAVE = Choices(
    annual=("щорічна відпустка", "annual leave"),
    sick=("хвороба", "sickness"),
    child=("догляд за дитиною", "care of a child"),
    study=("навчання", "study"),
    mission=("відрядження", "mission elsewhere"),
    other=("інше", "other"),
)
DISMISSAL = Choices(
    own_wish=("за власним бажанням", "own wish"),
    health=("за станом здоров’я", "health"),
    other_post=("призначено на іншу посаду", "appointed to another post"),
    discipline=("дисциплінарне стягнення", "discipline"),
    age=("вислуга або вік", "length of service or age"),
    death=("смерть", "death"),
    other=("інше", "other"),
)
WITHDRAWAL = Choices(
    own_wish=("за власним бажанням", "own wish"),
    requirements=("не відповідає вимогам", "does not meet the requirements"),
    testing=("не пройдено тестування", "failed the tests"),
    interview=("не пройдено співбесіду", "failed the interview"),
    polygraph=("не пройдено поліграф", "failed the polygraph"),
    course=("не закінчено курс", "did not finish the course"),
    internship=("не пройдено стажування", "failed the internship"),
    other=("інше", "other"),
)


def undoing() -> Any:
    """Return the field by which a correction says that a step did not happen; see cases/projection.py."""
    return asked(
        "Скасовано: цього не було",
        "Undone: it did not happen",
        default=False,
        on_forms=False,
        countable=False,
    )


def hromada() -> Any:
    """Return the field that names a hromada by its code."""
    return asked("Громада", "Hromada", coded=True, listed=True, max_length=64, help=HROMADA_HELP)


def order() -> Any:
    """Return the field for the number and the day of an order."""
    return asked("Наказ", "Order", default="", personal=False, max_length=120)


@dataclass(frozen=True)
class Questionnaire:
    """What the candidate says of himself or herself; the candidate is named as a person of the case."""

    hromada: str = hromada()
    on: date = asked("Дата анкети", "Day of the questionnaire")
    origin: str = asked("Хто подає", "Who applies", choices=ORIGIN, listed=True)
    education: str = asked("Освіта", "Education", choices=EDUCATION)
    service_months: int = asked(
        "Стаж служби, місяців", "Months of service", default=0, least=0, most=600, countable=False
    )
    driving_years: int = asked(
        "Водійський стаж, років", "Years of driving", default=0, least=0, most=60, countable=False
    )
    note: str = asked("Примітка", "Note", default="", long=True)
    undone: bool = undoing()


@dataclass(frozen=True)
class Requirements:
    """Whether the candidate meets the requirements: service, education, driving, fitness."""

    result: str = asked("Висновок", "Conclusion", choices=RESULT)
    on: date = asked("Дата", "Day")
    fit: bool = asked("Фізична підготовка відповідає", "Physically fit", default=True, countable=False)
    note: str = asked("Пояснення", "Explanation", default="")
    undone: bool = undoing()


@dataclass(frozen=True)
class Testing:
    """How the candidate did in the tests."""

    result: str = asked("Результат", "Result", choices=RESULT)
    on: date = asked("Дата", "Day")
    points: int | None = asked("Балів зі 100", "Points of 100", default=None, least=0, most=100)
    note: str = asked("Примітка", "Note", default="")
    undone: bool = undoing()


@dataclass(frozen=True)
class Interview:
    """What the panel, with people of the hromada in it, decided."""

    result: str = asked("Рішення", "Decision", choices=RESULT)
    on: date = asked("Дата", "Day")
    public: bool = asked("Були представники громади", "People of the hromada took part", default=True)
    note: str = asked("Примітка", "Note", default="")
    undone: bool = undoing()


@dataclass(frozen=True)
class Polygraph:
    """That the polygraph was passed or not; what was asked stays with those who asked."""

    result: str = asked("Результат", "Result", choices=RESULT, countable=False)
    on: date = asked("Дата", "Day", countable=False)
    undone: bool = undoing()


@dataclass(frozen=True)
class Enrolment:
    """Which cohort takes the candidate, and from which day."""

    cohort: str = asked(
        "Набір", "Cohort", personal=False, listed=True, max_length=64,
        help=("Код набору.", "Code of the cohort."),
    )  # fmt: skip
    since: date = asked("Навчається з", "Trains from")
    order: str = order()
    undone: bool = undoing()


@dataclass(frozen=True)
class Attendance:
    """Whether the trainee was at a class."""

    on: date = asked("Дата заняття", "Day of the class")
    presence: str = asked("Присутність", "Presence", choices=PRESENCE)
    subject: str = asked("Дисципліна", "Subject", default="", personal=False, max_length=64)
    undone: bool = undoing()


@dataclass(frozen=True)
class Mark:
    """How the trainee did in a subject of the curriculum."""

    subject: str = asked("Дисципліна", "Subject", personal=False, max_length=64)
    on: date = asked("Дата", "Day")
    points: int = asked("Балів зі 100", "Points of 100", least=0, most=100)
    undone: bool = undoing()


@dataclass(frozen=True)
class Graduation:
    """That the course has ended for the trainee, and how."""

    result: str = asked("Результат", "Result", choices=RESULT)
    on: date = asked("Дата закінчення", "Day of the end")
    document: str = asked("Документ", "Certificate", default="", personal=False, max_length=120)
    undone: bool = undoing()


@dataclass(frozen=True)
class Internship:
    """Where the intern works, from which day, and who guides."""

    hromada: str = hromada()
    since: date = asked("Стажується з", "Intern from")
    mentor: str = asked("Наставник", "Mentor", max_length=200)
    undone: bool = undoing()


@dataclass(frozen=True)
class InternshipEnd:
    """How the mentor finds the intern."""

    result: str = asked("Результат", "Result", choices=RESULT)
    on: date = asked("Дата завершення", "Day of the end")
    note: str = asked("Висновок наставника", "The mentor's opinion", default="", long=True)
    undone: bool = undoing()


@dataclass(frozen=True)
class Appointment:
    """Which hromada the officer serves, and from which day."""

    hromada: str = hromada()
    since: date = asked("Служить з", "Serves from")
    order: str = order()
    login: str = asked(
        "Обліковий запис", "Account", default="", personal=False, max_length=64,
        help=("Логін офіцера у «Варті», якщо вже є.", "The officer's login in Varta, if there is one."),
    )  # fmt: skip
    undone: bool = undoing()


@dataclass(frozen=True)
class Transfer:
    """Which hromada the officer serves instead, and from which day."""

    hromada: str = hromada()
    since: date = asked("Служить з", "Serves from")
    order: str = order()
    undone: bool = undoing()


@dataclass(frozen=True)
class Leave:
    """From which day the officer does not serve for a while, and why."""

    kind: str = asked("Причина", "Reason", choices=LEAVE)
    since: date = asked("Відсутній з", "Away from")
    until: date | None = asked("Очікується до", "Expected until", default=None)
    order: str = order()
    undone: bool = undoing()


@dataclass(frozen=True)
class Return:
    """From which day the officer serves again."""

    since: date = asked("Знову служить з", "Serves again from")
    undone: bool = undoing()


@dataclass(frozen=True)
class Dismissal:
    """From which day the officer serves no more, and why."""

    reason: str = asked("Причина", "Reason", choices=DISMISSAL)
    on: date = asked("Не служить з", "Serves no more from")
    order: str = order()
    undone: bool = undoing()


@dataclass(frozen=True)
class Withdrawal:
    """From which day the candidate, trainee or intern goes no further, and why."""

    reason: str = asked("Причина", "Reason", choices=WITHDRAWAL)
    on: date = asked("Вибув з", "Left from")
    note: str = asked("Пояснення", "Explanation", default="")
    undone: bool = undoing()
