"""Invented candidates. Their telephones have an operator code that does not exist."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from varta.lib.uuid7 import uuid7_from
from varta.people.actions import new_person
from varta.people.models import Person
from varta.people.scope import Reader, reading

FIRST_AT = datetime(2018, 11, 1, tzinfo=UTC)
SURNAMES = (
    "Громадський", "Дозорець", "Стійкий", "Вартовий", "Полинський", "Озерний", "Калинюк", "Степовий", "Гайовий",
    "Вербицький", "Криничний", "Лугова", "Берегова", "Яровий", "Сонячний", "Тополя", "Ковильний", "Джерельний",
    "Дубравний", "Левадний", "Чумацький", "Хуторний", "Надбузький", "Придніпровий", "Подільчук", "Волинець",
    "Карпатський", "Поліський", "Слобідський", "Таврійський", "Бугаєць", "Роменець", "Сулимчук", "Ясенівський",
)  # fmt: skip
WOMEN = ("Ірина", "Олена", "Юлія", "Марина", "Оксана", "Алла", "Зоя", "Ліна", "Віра", "Нонна")
MEN = ("Олег", "Ігор", "Петро", "Роман", "Денис", "Артем", "Борис", "Гліб", "Захар", "Лев", "Марко", "Юрій")
FATHERS = (
    ("Олегович", "Олегівна"), ("Ігорович", "Ігорівна"), ("Романович", "Романівна"), ("Борисович", "Борисівна"),
    ("Маркович", "Марківна"), ("Захарович", "Захарівна"), ("Денисович", "Денисівна"), ("Юрійович", "Юріївна"),
)  # fmt: skip
ACCOUNTS = {
    "andrii": ("Громаденко", "Андрій", "Іванович", "m"),
    "maria": ("Сусіденко", "Марія", "Петрівна", "f"),
}


def key_of(nth: int) -> UUID:
    """Return the key of an invented candidate by the number in the story."""
    return uuid7_from(FIRST_AT, "demo-candidate", nth)


def write(wanted: Iterable[tuple[int, str]]) -> None:
    """Write the candidates who are not there yet: their number, and their login if they have a demo account."""
    by_key = {key_of(nth): (nth, login) for nth, login in wanted}
    with reading(Reader.system()):
        there = set(Person.objects.filter(key__in=list(by_key)).values_list("key", flat=True))
        new = [_made(key, *known) for key, known in by_key.items() if key not in there]
        Person.objects.bulk_create(new, ignore_conflicts=True)


def _made(key: UUID, nth: int, login: str) -> Person:
    chance = Random(f"candidate {nth}")  # noqa: S311
    surname, given, patronymic, sex = ACCOUNTS.get(login) or _name(chance)
    return new_person(
        at=FIRST_AT,
        key=key,
        surname=surname,
        given=given,
        patronymic=patronymic,
        phone=f"+380 00 {chance.randrange(10**7):07d}",
        birth_on=date(1980, 1, 1) + timedelta(days=chance.randrange(7000)),
        sex=sex,
    )


def _name(chance: Random) -> tuple[str, str, str, str]:
    woman = chance.random() < 0.3
    surname = chance.choice(SURNAMES)
    if woman and surname.endswith(("ий", "ій")):
        surname = surname[:-2] + "а"
    elif not woman and surname.endswith("ова"):
        surname = surname[:-1] + "ий"
    return (
        surname,
        chance.choice(WOMEN if woman else MEN),
        chance.choice(FATHERS)[woman],
        "f" if woman else "m",
    )
