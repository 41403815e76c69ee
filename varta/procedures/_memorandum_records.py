"""What is recorded of a memorandum with a hromada. Duties and stations have numbers within their memorandum."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.law import Choices, asked
from varta.procedures._officer_records import hromada, undoing

SIDE = Choices(hromada=("громада", "the hromada"), police=("поліція", "the police"))
DUTY = Choices(
    premises=("приміщення станції", "premises of the station"),
    office=("оргтехніка", "office equipment"),
    furniture=("меблі", "furniture"),
    fuel=("пальне", "fuel"),
    upkeep=("утримання автомобіля", "upkeep of the car"),
    housing=("житло офіцеру", "housing for the officer"),
    car=("службовий автомобіль", "service car"),
    means=("спеціальні засоби", "special means"),
    equipment=("обладнання", "equipment"),
    officer=("офіцер, який служить лише тут", "an officer who serves here alone"),
    other=("інше", "other"),
)
END = Choices(
    term=("строк закінчився", "the term ran out"),
    agreed=("за згодою сторін", "both sides agreed"),
    breach=("умови не виконано", "conditions not met"),
    merged=("громаду приєднано до іншої", "the hromada was joined to another"),
    other=("інше", "other"),
)


def number(uk: str, en: str) -> Any:
    """Return the field that numbers a duty or a station within its memorandum."""
    return asked(uk, en, least=1, most=999)


@dataclass(frozen=True, kw_only=True)
class Application:
    """What the hromada asks for and offers."""

    hromada: str = hromada()
    on: date = asked("Дата заявки", "Day of the application")
    officers: int = asked("Скільки офіцерів просять", "Officers asked for", least=1, most=50, listed=True)
    contact: str = asked("Контакт громади", "Contact in the hromada", default="")
    note: str = asked("Що пропонує громада", "What the hromada offers", default="", long=True)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why no memorandum comes of the application."""

    on: date = asked("Дата", "Day")
    reason: str = asked("Причина", "Reason", long=True)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Signing:
    """From which day the memorandum holds, until when, and for how many officers at most."""

    on: date = asked("Підписано", "Signed on")
    officers: int = asked("Офіцерів, щонайбільше", "Officers, at most", least=1, most=50, listed=True)
    until: date | None = asked("Діє до", "In force until", default=None)
    signed_by: str = asked("Хто підписав", "Who signed", default="")
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one side promised, and by which day."""

    number: int = number("№ обов’язку", "Number of the duty")
    side: str = asked("Сторона", "Side", choices=SIDE)
    what: str = asked("Що", "What", choices=DUTY)
    due: date = asked("Строк", "Due")
    about: str = asked("Докладно", "In detail", default="", personal=False)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Fulfilment:
    """That a duty was met, and when."""

    number: int = number("№ обов’язку", "Number of the duty")
    on: date = asked("Виконано", "Met on")
    note: str = asked("Примітка", "Note", default="")
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Station:
    """A police station: where, and from which day."""

    number: int = number("№ станції", "Number of the station")
    on: date = asked("Відкрито", "Opened on")
    settlement: str = asked(
        "Населений пункт", "Settlement", personal=False, max_length=64,
        help=("Код населеного пункту.", "Code of the settlement."),
    )  # fmt: skip
    address: str = asked("Адреса", "Address", default="", personal=False)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class StationClosed:
    """From which day a station is no more."""

    number: int = number("№ станції", "Number of the station")
    on: date = asked("Закрито", "Closed on")
    note: str = asked("Примітка", "Note", default="")
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """A vehicle that one side gave."""

    side: str = asked("Хто дав", "Who gave it", choices=SIDE)
    model: str = asked("Марка", "Model", personal=False, max_length=80)
    on: date = asked("Передано", "Given on")
    plate: str = asked("Номерний знак", "Plate", default="", personal=False, max_length=20)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Equipment:
    """Equipment that one side gave."""

    side: str = asked("Хто дав", "Who gave it", choices=SIDE)
    what: str = asked("Що", "What", personal=False, max_length=120)
    on: date = asked("Передано", "Given on")
    count: int = asked("Кількість", "Count", default=1, least=1, most=10_000)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """What holds instead, from which day."""

    on: date = asked("Змінено з", "Changed from")
    officers: int = asked("Офіцерів, щонайбільше", "Officers, at most", least=1, most=50, listed=True)
    until: date | None = asked("Діє до", "In force until", default=None)
    note: str = asked("Що змінено", "What was changed", default="", long=True, personal=False)
    undone: bool = undoing()


@dataclass(frozen=True, kw_only=True)
class End:
    """From which day the memorandum holds no more, and why."""

    on: date = asked("Не діє з", "In force no more from")
    reason: str = asked("Причина", "Reason", choices=END)
    undone: bool = undoing()
