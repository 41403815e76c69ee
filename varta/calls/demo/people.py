"""Invented residents. Their telephones have an operator code that does not exist."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from varta.calls.demo.ground import Spot
from varta.lib.uuid7 import uuid7_from
from varta.people.actions import new_person
from varta.people.models import Person
from varta.people.scope import Reader, reading

FIRST_AT = datetime(2018, 1, 1, tzinfo=UTC)
IN_A_PLACE = 40  # who turn to the police from one place, at most

SURNAMES = (
    "Шевчук", "Бондаренко", "Коваленко", "Ткаченко", "Кравчук", "Олійник", "Мельничук", "Поліщук", "Лисенко",
    "Марченко", "Савчук", "Руденко", "Петренко", "Мороз", "Кравець", "Гаврилюк", "Левченко", "Карпенко", "Власюк",
    "Клименко", "Павлюк", "Василенко", "Харченко", "Панченко", "Тимошенко", "Гончар", "Приходько", "Романюк",
    "Сидоренко", "Литвин", "Яремчук", "Дем’яненко", "Костюк", "Прокопенко", "Шаповал", "Юрченко", "Ґудзик",
    "Єременко", "Їжакевич", "В’юнник", "Назаренко", "Кулик", "Іваненко", "Федорчук", "Захарчук", "Швець",
)  # fmt: skip
WOMEN = (
    "Оксана", "Наталія", "Ірина", "Тетяна", "Людмила", "Світлана", "Олена", "Ганна", "Марія", "Юлія", "Вікторія",
    "Катерина", "Надія", "Любов", "Дарина", "Софія", "Соломія", "Зоряна",
)  # fmt: skip
MEN = (
    "Олександр", "Сергій", "Андрій", "Володимир", "Микола", "Іван", "Василь", "Юрій", "Віктор", "Петро", "Богдан",
    "Тарас", "Дмитро", "Олег", "Роман", "Максим", "В’ячеслав", "Назар",
)  # fmt: skip
FATHERS = (
    ("Іванович", "Іванівна"), ("Петрович", "Петрівна"), ("Васильович", "Василівна"), ("Олексійович", "Олексіївна"),
    ("Миколайович", "Миколаївна"), ("Степанович", "Степанівна"), ("Григорович", "Григорівна"),
    ("Андрійович", "Андріївна"), ("Богданович", "Богданівна"), ("Сергійович", "Сергіївна"),
)  # fmt: skip

STREETS = ("Садова", "Шевченка", "Миру", "Зелена", "Шкільна", "Лесі Українки", "Польова", "Козацька")

Known = tuple[str, int]  # a place and the number of the person in it


def somebody(spot: Spot, chance: Random) -> Known:
    """Return who turned to the police from a place; some do it more often than others."""
    return spot.code, int(IN_A_PLACE * chance.random() ** 2)


def key_of(known: Known) -> UUID:
    """Return the key of an invented resident."""
    return uuid7_from(FIRST_AT, "demo-person", *known)


def write(wanted: Iterable[Known]) -> None:
    """Write the residents who are not there yet."""
    by_key = {key_of(known): known for known in wanted}
    with reading(Reader.system()):
        there = set(Person.objects.filter(key__in=list(by_key)).values_list("key", flat=True))
        new = [_made(key, known) for key, known in sorted(by_key.items()) if key not in there]
        Person.objects.bulk_create(new, ignore_conflicts=True)


def _made(key: UUID, known: Known) -> Person:
    chance = Random(f"person {known}")  # noqa: S311
    woman = chance.random() < 0.55
    father = chance.choice(FATHERS)
    return new_person(
        at=FIRST_AT,
        key=key,
        surname=chance.choice(SURNAMES),
        given=chance.choice(WOMEN if woman else MEN),
        patronymic=father[woman],
        phone=f"+380 00 {chance.randrange(10**7):07d}",
        birth_on=date(1940, 1, 1) + timedelta(days=chance.randrange(23_000)),
        sex="f" if woman else "m",
        residence=f"вул. {chance.choice(STREETS)}, {chance.randrange(1, 120)}",
    )
