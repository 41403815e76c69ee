"""An invented register of any size: residents with Ukrainian names, and calls in which they have a part.

Names are put together from roots and endings, as often as names are in a country: the most common
surname is one of 400, most are rare. Rows go by COPY from text that is rendered here, straight
into the tables of residents, cases and involvements: no entries, no deadlines, no triggers; indexes are made
afterwards. What people are found by is then written by the statement that a migration uses.
"""

import json
import time
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

import psycopg

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
WITH_PHONE, WITH_BIRTH, WITH_PATRONYMIC, DOUBLE = 0.9, 0.85, 0.92, 0.012  # shares of residents
AT_HOME, WITH_VICTIM, WITH_ADDRESS = (
    0.9,
    0.15,
    0.6,
)  # shares of calls: from where one lives; with a second person
STREETS = 4000  # names of streets

SEARCHED = (
    "people_person",
    "people_findable",
    "people_word",
    "cases_case",
    "cases_involvement",
    "cases_addressed",
)
SPOTS = 200_000  # places that are drawn, some of them many times

ROOTS = (
    "Мельн Шевч Ковал Бондар Бойк Ткач Кравч Олійн Поліщ Лис Марч Савч Руд Петр Мороз Гаврил Левч Карп Влас Клим Павл "
    "Васил Харч Панч Тимош Гонч Романі Сидор Литв Яремч Дем’ян Кост Прокоп Шаповал Юрч Ґудз Єрем Їжак В’юн Назар Кул "
    "Іван Федорч Захарч Швец Ярош Тарас Степан Микол Онищ Остап Довг Дзюб Жук Заєць Зінч Кириле Коз Колом Король Куш "
    "Лук’ян Мазур Максим Матвій Найд Науменк Нест Оліф Осад Пилип Пономар Радч Семен Скоропад Соловй Сорок Стец Терещ "
    "Усик Філ Хом Цимбал Чорн Щерб Юхим Яков Білоус Вовк Галич Грищ Гнат Денис Дорош Євтуш Журав Зозул Ільч Калин "
    "Кучер Лазар Мисник Нечай Овчар Палій Рибак Саєнк Ткал Удови Фран Хар Циган Чуб Шульг Яцен Березов Вишнев Горбат "
    "Домбров Залев Кам’янц Левиц Малинов Нагір Островер Підгір Рудниц Садов Тополь Хмельн Чернив Яворів П’ят Мар’ян"
).split()
STARTS = "б в г ґ д ж з к л м н п р с т х ц ч ш бр гл гр др кл кр пл пр ск сл ст тр хл шк шп зв дв".split()
VOWELS = "а е и і о у я ю".split()
MIDDLES = "б в г д ж з к л м н п р с т х ц ч ш лк нд рт ст рк вч йк мб лп рд".split()
ENDINGS = (
    "енко", "чук", "юк", "ук", "ський", "ко", "ак", "ик", "ець", "ич", "ів", "ишин", "ченко", "ова", "ов", "ін", "аренко",
    "ун", "ило", "айло", "ан", "ар", "унь", "янко", "евич", "иський", "цький", "ей", "ило", "ура",
)  # fmt: skip
WOMEN = (
    "Олена Наталія Тетяна Оксана Ірина Людмила Світлана Ганна Марія Юлія Вікторія Катерина Галина Надія Любов Валентина "
    "Ольга Анастасія Лариса Ніна Дарина Софія Віра Інна Алла Христина Яна Аліна Анна Лідія Раїса Соломія Зоряна Уляна "
    "Богдана Валерія Діана Євгенія Жанна Злата Іванна Карина Леся Мар’яна Неля Поліна Роксолана Таміла Ярослава Ніка"
).split()
MEN = (
    "Олександр Сергій Андрій Володимир Микола Юрій Іван Василь Віктор Михайло Дмитро Олег Петро Роман Максим Богдан Ігор "
    "Анатолій Віталій Євген Ярослав Тарас Павло Артем Денис Вадим Валерій Назар Степан Руслан Владислав В’ячеслав "
    "Григорій Костянтин Леонід Олексій Станіслав Борис Ілля Данило Едуард Захар Кирило Любомир Матвій Остап Пилип Радим "
    "Святослав Тимофій"
).split()
FATHERS = tuple(
    (name + one, name + other)
    for one, other, names in (
        (
            "ович",
            "івна",
            "Іван Олександр Віктор Петр Степан Роман Богдан Павл Максим Владислав Федор Семен Борис Захар",
        ),
        ("йович", "ївна", "Сергі Андрі Микола Олексі Анатолі Юрі Григорі Валері Віталі Євгені Тимофі Матві"),
        (
            "ович",
            "івна",
            "Володимир Михайл Дмитр Олег Ярослав Тарас Леонід Руслан Вадим Артем Данил Кирил Назар Денис",
        ),
        ("ильович", "илівна", "Вас"),
    )
    for name in names.split()
)


class Known(NamedTuple):
    """A resident of the invented register, as far as a search may need."""

    key: str
    surname: str
    given: str
    patronymic: str
    born: int | None
    digits: str
    spot: int
    rank: int  # of the surname: 0 is the most common


class Drawn:
    """Values that are drawn as often as their weights say."""

    def __init__(self, values: Sequence[Any], weights: Iterable[float]) -> None:
        self.values, self._sums = values, list(accumulate(weights))

    def place(self, chance: Random) -> int:
        """Return the place of a drawn value."""
        return bisect(self._sums, chance.random() * self._sums[-1])


def surnames(many: int) -> list[str]:
    """Return different surnames, those of known roots first: they are drawn the most."""
    chance, known = Random(7), {}
    for ending in ENDINGS[:8]:
        for root in ROOTS:
            known[_surname(root, ending)] = None
    first = list(known)
    chance.shuffle(first)
    known = dict.fromkeys(first)
    while len(known) < many:
        root = chance.choice(STARTS) + chance.choice(VOWELS) + chance.choice(MIDDLES)
        if chance.random() < 0.6:
            root += chance.choice(VOWELS) + chance.choice(MIDDLES)
        known[_surname(root.capitalize(), chance.choice(ENDINGS))] = None
    return list(known)


def _streets() -> list[str]:
    """Return names of streets; the first are in every town."""
    known = dict.fromkeys(
        ("Шевченка", "Центральна", "Садова", "Шкільна", "Миру", "Лесі Українки", "Зелена", "Польова")
    )
    for surname in surnames(STREETS * 3):
        known[surname.removesuffix("ко") + "ка" if surname.endswith("ко") else surname + "а"] = None
    return list(known)[:STREETS]


def _surname(root: str, ending: str) -> str:
    return root[:-1] + ending if root[-1] == ending[0] else root + ending


def of_a_woman(surname: str) -> str:
    """Return the form of a surname that a woman bears."""
    for his, hers in (("ський", "ська"), ("цький", "цька"), ("ов", "ова"), ("ін", "іна"), ("ишин", "ишина")):
        if surname.endswith(his):
            return surname.removesuffix(his) + hers
    return surname


def residents(many: int, spots: int) -> Iterator[Known]:
    """Yield the residents, the same for the same numbers."""
    chance = Random(11)
    listed = surnames(max(2000, min(250_000, many // 12)))
    family = Drawn(listed, ((rank + 25) ** -0.9 for rank in range(len(listed))))
    women, men = (Drawn(names, (1 / (rank + 6) for rank in range(len(names)))) for names in (WOMEN, MEN))
    for nth in range(many):
        rank, woman, father = family.place(chance), chance.random() < 0.53, chance.choice(FATHERS)
        surname = listed[rank]
        if chance.random() < DOUBLE:
            surname += "-" + listed[family.place(chance)]
        yield Known(
            key=f"{0x018C_0000_0000 + nth:012x}7{chance.getrandbits(12):03x}8{chance.getrandbits(60):015x}",
            surname=of_a_woman(surname) if woman else surname,
            given=women.values[women.place(chance)] if woman else men.values[men.place(chance)],
            patronymic=father[woman] if chance.random() < WITH_PATRONYMIC else "",
            born=1938 + int(70 * chance.random() ** 0.9) if chance.random() < WITH_BIRTH else None,
            digits=f"38000{chance.randrange(10**7):07d}" if chance.random() < WITH_PHONE else "",
            spot=int(spots * chance.random()),
            rank=rank,
        )


class Spot(NamedTuple):
    """Where a call comes from and who answers."""

    place: str
    place_pre: int
    unit: str
    unit_pre: int


def spots() -> list[Spot]:
    """Return places drawn by their people, each with its unit."""
    from varta.calls.demo import ground
    from varta.places.models import Territory, Unit

    chance, country = Random(3), ground.country(wartime=False)
    places = dict(Territory.objects.values_list("code", "pre"))
    units = dict(Unit.objects.values_list("code", "pre"))
    drawn = (country.draw(chance) for _ in range(SPOTS))
    return [Spot(one.code, places[one.code], one.unit, units[one.unit]) for one in drawn]


def load(server: psycopg.Connection[Any], persons: int, calls: int, *, tell: Callable[[str], None]) -> int:
    """Fill the tables; return how many involvements there are. `server` is the superuser's connection."""
    places = spots()
    indexes = _drop_indexes(server)
    server.execute(
        "SET session_replication_role = replica; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'"
    )
    started = time.perf_counter()
    keys, homes = [], []

    def lines() -> Iterator[str]:
        cached = _words()
        for one in residents(persons, len(places)):
            keys.append(one.key)
            homes.append(one.spot)
            yield _person_line(one, cached)

    columns = "key, surname, given, patronymic, birth_on, sex, phone, phone_digits, tax_number_sealed, "
    columns += "residence_sealed, note, sort_key, words, created_at"
    _copy(server, "people_person", columns, lines())
    tell(f"{persons:,} residents, {time.perf_counter() - started:.0f} s")
    server.execute("CREATE TEMP TABLE part (case_key uuid, person uuid, part text)")
    from varta.cases.journal import CASE_COLUMNS

    parts: list[str] = []
    _copy(server, "cases_case", ", ".join(CASE_COLUMNS), _case_lines(calls, keys, homes, places, parts))
    _copy(server, "cases_involvement", "case_key, person, part, entry_key", parts)
    tell(f"{calls:,} calls, {time.perf_counter() - started:.0f} s")
    for index in indexes:
        server.execute(index)
    server.execute("ANALYZE people_person, cases_case, cases_involvement")
    tell(f"indexes, {time.perf_counter() - started:.0f} s")
    return len(parts)


def make_findable(server: psycopg.Connection[Any], *, tell: Callable[[str], None]) -> None:
    """Write what the residents are found by, as the migration does for a register that exists."""
    from varta.cases.sql import ADDRESSED_INDEX, FILL, FILL_ADDRESSED
    from varta.people import sql

    started = time.perf_counter()
    ours = (
        "people_findable_by_part",
        "people_word_by_slip",
        "people_findable_person",
        "people_word_in_order",
    )
    for index in (*ours, "cases_addressed_by_part", "cases_addressed_case"):
        server.execute(f"DROP INDEX IF EXISTS {index}")
    server.execute(FILL)
    server.execute(FILL_ADDRESSED)
    tell(f"findable, {time.perf_counter() - started:.0f} s")
    server.execute(sql.ORDER)
    server.execute("CREATE INDEX cases_addressed_case ON cases_addressed (case_key)")
    for index in (*sql.INDEXES, ADDRESSED_INDEX):
        server.execute(index.replace("CONCURRENTLY ", ""))
    tell(f"its indexes, {time.perf_counter() - started:.0f} s")
    for table in SEARCHED:
        server.execute(f"VACUUM (ANALYZE) {table}")
    tell(f"vacuum, {time.perf_counter() - started:.0f} s")


def _drop_indexes(server: psycopg.Connection[Any]) -> list[str]:
    """Drop what is no constraint's index on the loaded tables, and return how to make it again."""
    rows = server.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = ANY (ARRAY['people_person', 'cases_case', 'cases_involvement']::regclass[]) "
        "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
    ).fetchall()
    for name, _ in rows:
        server.execute(f"DROP INDEX {name}")
    return [made for _, made in rows]


def _copy(server: psycopg.Connection[Any], table: str, columns: str, lines: Iterable[str]) -> None:
    with server.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        some: list[str] = []
        for line in lines:
            some.append(line)
            if len(some) == 2000:
                copy.write("".join(some))
                some.clear()
        copy.write("".join(some))


def _words() -> Callable[[str], tuple[str, ...]]:
    from functools import cache

    from varta.people.naming import name_words

    return cache(lambda part: tuple(name_words(part)))


def _person_line(one: Known, words_of: Callable[[str], tuple[str, ...]]) -> str:
    words = {*words_of(one.surname), *words_of(one.given), *words_of(one.patronymic)}
    born = f"{one.born}-{1 + int(one.key[20], 16) % 12:02d}-17" if one.born else "\\N"
    digits = one.digits
    phone = f"+380 00 {digits[5:8]} {digits[8:10]} {digits[10:]}" if digits else ""
    whole = f"{one.surname} {one.given} {one.patronymic}".strip()
    return (
        f"{one.key}\t{one.surname}\t{one.given}\t{one.patronymic}\t{born}\t\t{phone}\t{digits}\t\t\t\t"
        f"{whole.lower()}\t{{{','.join(sorted(words))}}}\t2024-01-01\n"
    )


def _case_lines(
    many: int, keys: Sequence[str], homes: Sequence[int], places: Sequence[Spot], parts: list[str]
) -> Iterator[str]:
    chance, journals = Random(13), {}
    span = int((LAST - FIRST).total_seconds()) * 1000
    start, persons = int(FIRST.timestamp() * 1000), len(keys)
    years = [(date(year, 1, 1) - date(1970, 1, 1)).days * 86_400_000 for year in (2025, 2026)]
    streets = Drawn(_streets(), ((rank + 3) ** -0.8 for rank in range(STREETS)))
    hashed = "\\\\x" + "00" * 32
    for nth in range(many):
        ms = start + span * nth // many
        who = nth if nth < persons else int(persons * chance.random() ** 1.6)
        who = (who * 7919) % persons  # those who call often live everywhere
        spot = places[homes[who] if chance.random() < AT_HOME else int(len(places) * chance.random())]
        year = 2024 + bisect(years, ms)
        number = journals[spot.unit, year] = journals.get((spot.unit, year), 0) + 1
        key = f"{ms:012x}7{chance.getrandbits(12):03x}8{chance.getrandbits(60):015x}"
        at = (FIRST + timedelta(milliseconds=ms - start)).isoformat()
        parts.append(f"{key}\t{keys[who]}\tcaller\t{key}\n")
        if chance.random() < WITH_VICTIM:
            other = keys[int(persons * chance.random())]
            if other != keys[who]:
                parts.append(f"{key}\t{other}\tvictim\t{key}\n")
        facts = {"category": "gamma", "kind": "noise"}
        if chance.random() < WITH_ADDRESS:
            street = streets.values[streets.place(chance)]
            facts["address"] = f"вул. {street}, {1 + int(150 * chance.random() ** 2)}"
        told = json.dumps(facts, ensure_ascii=False)
        yield (
            f"{key}\tcall\t{spot.place}\t{spot.unit}\t{number}\t{year}\t{spot.unit}\t{at}\t{at}\treceive\t{at}\t\\N\t\\N\t\\N\t\\N\t"
            f"{told}\t1\t{hashed}\t{key}\t{key}\t{spot.place_pre}\t{spot.unit_pre}\n"
        )
