"""A crew's turn of duty (наряд на зміні): who is out, with what, and from when to when.

The inner points of order 357/2020 on crews are unread: only the act as a whole is named.
"""

from dataclasses import dataclass

from varta.law import Choices, Law, Procedure, Step, asked
from varta.procedures.call import FORCE, POLICE, RADA

CREWS = Law("357/2020", "*", RADA + "z0443-20")

SKILL = Choices(
    violence=("протидія домашньому насильству", "domestic violence"),
    juvenile=("робота з дітьми", "work with children"),
    investigation=("слідчі дії", "investigation"),
    dialogue=("перемовини", "negotiation"),
    first_aid=("домедична допомога", "first aid"),
    traffic=("безпека руху", "traffic"),
    explosives=("вибухонебезпечні предмети", "explosives"),
    dog=("кінолог", "dog handler"),
    weapon=("посилене озброєння", "heavier armament"),
)
PAUSE = Choices(
    meal=("обід", "meal"),
    fuel=("заправка", "fuel"),
    papers=("оформлення матеріалів", "paperwork"),
    alarm=("повітряна тривога", "air alert"),
    breakdown=("несправність", "breakdown"),
    other=("інше", "other"),
)


@dataclass(frozen=True)
class Begin:
    """The crew as it goes out."""

    crew: str = asked("Позивний", "Call sign", listed=True, personal=False, max_length=40)
    force: str = asked("Сили", "Forces", choices=FORCE, listed=True)
    officers: str = asked(
        "Склад",
        "Officers",
        personal=False,
        max_length=400,
        help=(
            "Логіни через кому: вони побачать виклики наряду.",
            "Logins, with commas: they see the crew's calls.",
        ),
    )
    skills: tuple[str, ...] = asked("Підготовка", "Skills", choices=SKILL, default=(), countable=False)
    vehicle: str = asked("Автомобіль", "Vehicle", default="", personal=False, max_length=80)
    lat: float | None = asked(
        "Широта",
        "Latitude",
        default=None,
        least=-90,
        most=90,
        countable=False,
        personal=False,
        on_forms=False,
    )
    lon: float | None = asked(
        "Довгота",
        "Longitude",
        default=None,
        least=-180,
        most=180,
        countable=False,
        personal=False,
        on_forms=False,
    )


@dataclass(frozen=True)
class Pause:
    """Why the crew takes no calls for a while."""

    reason: str = asked("Причина", "Reason", choices=PAUSE)
    note: str = asked("Пояснення", "Explanation", default="")


@dataclass(frozen=True)
class Resume:
    """That the crew takes calls again."""

    note: str = asked("Примітка", "Note", default="")


@dataclass(frozen=True)
class End:
    """What the crew leaves to the next."""

    note: str = asked("Передано наступній зміні", "Left to the next turn", default="", long=True)


procedure = Procedure(
    code="duty_shift",
    title={"uk": "Наряд на зміні", "en": "Crew on duty"},
    sensitivity="ordinary",
    steps=(
        Step("begin", {"uk": "Заступити", "en": "Begin"}, CREWS, Begin, by=POLICE),
        Step(
            "pause",
            {"uk": "Тимчасово недоступний", "en": "Not available for a while"},
            CREWS,
            Pause,
            by=POLICE,
            after="begin",
            once=False,
        ),
        Step(
            "resume",
            {"uk": "Знову на зв’язку", "en": "Available again"},
            CREWS,
            Resume,
            by=POLICE,
            after="pause",
            once=False,
        ),
        Step("end", {"uk": "Здати зміну", "en": "End"}, CREWS, End, by=POLICE, after="begin", closes=True),
    ),
)
