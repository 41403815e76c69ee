"""A fact of domestic violence (факт домашнього насильства), law 2229-VIII and resolution 658/2018.

This file holds the fact itself and the notices of the first day. Orders, risk assessment and the
register of offenders are procedures of their own.
"""

from dataclasses import dataclass

from varta.law import Choices, Fact, Law, Procedure, Step, asked, term
from varta.procedures.call import RADA

LAW = Law("2229-VIII", "10", RADA + "2229-19")
NOTICES = Law("658/2018", "*", RADA + "658-2018-п")
FIRST_DAY = "2018-08-22"
WHO = ("duty", "hromada_officer", "juvenile_officer", "head")

FORM = Choices(
    physical=("фізичне", "physical"),
    psychological=("психологічне", "psychological"),
    economic=("економічне", "economic"),
    sexual=("сексуальне", "sexual"),
)
OUTCOME = Choices(
    measures=("вжито заходів", "measures were taken"),
    not_confirmed=("факт не підтвердився", "the fact was not confirmed"),
    criminal=("розпочато кримінальне провадження", "criminal proceedings"),
    other=("інше", "other"),
)


@dataclass(frozen=True)
class Violence:
    """What happened; victim, offender and children are registered as people involved."""

    forms: tuple[str, ...] = asked("Форми насильства", "Forms of violence", choices=FORM, default=())
    children: bool = asked(
        "Є дитина: постраждала, свідок або кривдник",
        "A child is victim, witness or offender",
        default=False,
        help=(
            "Дитина-свідок теж є постраждалою. Службу у справах дітей повідомляють протягом доби.",
            "A child who witnessed it is a victim, too. The children's service is told within a day.",
        ),
    )
    danger: bool = asked("Є безпосередня загроза", "There is an immediate threat", default=False, listed=True)
    about: str = asked("Обставини", "Circumstances", default="", long=True)


@dataclass(frozen=True)
class Notice:
    """To whom the notice went."""

    to: str = asked("Кого повідомлено", "Who was told", default="", personal=False)
    note: str = asked("Примітка", "Note", default="")


@dataclass(frozen=True)
class Close:
    """How the matter ended."""

    outcome: str = asked("Результат", "Outcome", choices=OUTCOME, listed=True)
    note: str = asked("Пояснення", "Explanation", default="", long=True)


procedure = Procedure(
    code="domestic_violence",
    title={"uk": "Домашнє насильство", "en": "Domestic violence"},
    sensitivity="violence",
    steps=(
        Step("register", {"uk": "Зареєструвати факт", "en": "Register the fact"}, LAW, Violence, by=WHO),
        Step(
            "tell_children_service",
            {"uk": "Повідомити службу у справах дітей", "en": "Tell the children's service"},
            NOTICES,
            Notice,
            by=WHO,
            after="register",
            within=(term(FIRST_DAY, hours=24),),
            when=(Fact("register", "children", (True,)),),
            after_closing=True,
        ),
        Step(
            "tell_social_service",
            {"uk": "Повідомити соціальну службу", "en": "Tell the social service"},
            NOTICES,
            Notice,
            by=WHO,
            after="register",
            within=(term(FIRST_DAY, hours=24),),
            after_closing=True,
        ),
        Step("close", {"uk": "Завершити", "en": "Close"}, LAW, Close, by=WHO, after="register", closes=True),
    ),
)
