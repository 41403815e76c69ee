"""Invented calls: what happened, how fast the police came, how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from varta.calls.demo import days, people
from varta.calls.demo.ground import Spot
from varta.cases.bulk import Row
from varta.cases.canon import Involved
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7_from

# kind: (weight, category, share confirmed, share with signs of a crime, what the caller says)
KINDS: dict[str, tuple[float, str, float, float, str]] = {
    "domestic_violence": (9, "alpha", 0.45, 0.04, "Чоловік кричить і б’є дружину, у квартирі діти."),
    "conflict": (14, "gamma", 0.5, 0.01, "Сварка між сусідами у дворі, погрожують одне одному."),
    "noise": (9, "gamma", 0.55, 0.0, "Гучна музика після десятої вечора."),
    "drunk": (8, "gamma", 0.6, 0.0, "Нетвереза людина лежить біля магазину."),
    "public_order": (8, "beta", 0.5, 0.02, "Компанія на майданчику розпиває і чіпляється до перехожих."),
    "theft": (8, "gamma", 0.7, 0.75, "Украли велосипед з під’їзду."),
    "burglary": (2, "beta", 0.65, 0.9, "Двері дачі зламано, зникли інструменти."),
    "robbery": (1.2, "alpha", 0.6, 0.9, "Вирвали сумку на зупинці й утекли."),
    "injury": (4, "alpha", 0.6, 0.5, "Бійка біля кафе, є побитий."),
    "murder": (0.1, "alpha", 0.8, 0.95, "Знайдено людину без ознак життя з ножовим пораненням."),
    "sexual": (0.2, "alpha", 0.5, 0.8, "Жінка повідомляє про напад."),
    "fraud": (4, "delta", 0.5, 0.6, "Перерахував гроші за товар, якого не надіслали."),
    "damage": (3, "gamma", 0.65, 0.25, "Розбите скло в автомобілі."),
    "vehicle_theft": (0.5, "beta", 0.6, 0.9, "Автомобіля немає на стоянці."),
    "drugs": (1, "beta", 0.4, 0.4, "Підлітки щось шукають у кущах за будинком."),
    "traffic": (8, "gamma", 0.8, 0.01, "Два автомобілі зіткнулися, потерпілих немає."),
    "traffic_injury": (1.5, "alpha", 0.9, 0.3, "Автомобіль збив пішохода на переході."),
    "suspicious": (5, "beta", 0.25, 0.01, "Підозріла особа ходить під’їздами."),
    "missing_person": (1, "beta", 0.6, 0.15, "Батько пішов зранку й не повернувся."),
    "child": (1, "alpha", 0.4, 0.03, "Мала дитина сама на вулиці ввечері."),
    "suicide": (0.6, "alpha", 0.6, 0.1, "Людина стоїть на мосту."),
    "death": (2, "gamma", 0.95, 0.02, "Померла літня сусідка."),
    "fire": (1, "alpha", 0.7, 0.05, "Горить суха трава поруч із будинками."),
    "mine_threat": (0.15, "alpha", 0.03, 0.9, "Повідомили про вибухівку у вокзалі."),
    "animals": (1.5, "delta", 0.4, 0.0, "Бездомні собаки не дають пройти до школи."),
    "alarm": (2, "beta", 0.08, 0.0, "Спрацювала сигналізація в магазині."),
    "assistance": (3, "gamma", 0.7, 0.0, "Літня людина не може відчинити двері."),
    "other": (4, "delta", 0.35, 0.0, "Просить пояснити, куди звернутися."),
}
CURFEW = (2.5, "beta", 0.6, 0.0, "Двоє на вулиці під час комендантської години.")
CHANNELS = (("line_102", 84), ("in_person", 6), ("own_finding", 4), ("app", 3), ("other_body", 2), ("web", 1))
# Median minutes from the sending of a crew to its arrival.
TRAVEL = {("alpha", "city_zone"): 4.2, ("alpha", "city"): 5.5, ("alpha", "rural"): 13.0,
          ("beta", "city_zone"): 4.6, ("beta", "city"): 6.0, ("beta", "rural"): 14.0,
          ("gamma", "city_zone"): 15.0, ("gamma", "city"): 16.0, ("gamma", "rural"): 24.0}  # fmt: skip
QUEUE = {"alpha": 1.1, "beta": 1.5, "gamma": 7.0}  # median minutes until a crew is sent
STREETS = ("Шевченка", "Центральна", "Соборна", "Садова", "Миру", "Лесі Українки", "Набережна", "Зелена", "Шкільна",
           "Незалежності", "Франка", "Козацька", "Вишнева", "Польова")  # fmt: skip
FALSE_SHARE = 0.011


@dataclass(frozen=True, slots=True)
class Told:
    """One invented call on its way through the duty desk."""

    day: date
    nth: int
    spot: Spot
    chance: Random
    label: str  # which part of the story it belongs to

    def key(self, step: str, at: datetime) -> UUID:
        """Return the key of a step: the same for the same story."""
        return uuid7_from(at, "demo-call", self.label, self.day, self.nth, step)


def call(told: Told, *, lazy: float) -> tuple[list[Row], people.Known | None]:
    """Return the steps of an invented call, and who reported it; `lazy` is the share left open."""
    chance, spot = told.chance, told.spot
    at = days.at_some_hour(told.day, chance)
    kind, (_, category, confirmed, crime, about) = _kind(told.day, chance)
    who = people.somebody(spot, chance) if chance.random() < 0.07 else None
    first = told.key("receive", at)
    signs = chance.random() < crime
    steps = [("receive", at, _received(spot, kind, category, about, signs, chance))]
    if chance.random() >= lazy:
        steps += _answered(steps[0], category, spot.zone, confirmed, told)
    involved = (Involved(people.key_of(who), "caller"),) if who else ()
    return [
        Row(first if step == "receive" else told.key(step, at), first, "call", step, moment, moment, data,
            spot.code, spot.unit, involved if step == "receive" else ())
        for step, moment, data in steps
    ], who  # fmt: skip


Taken = tuple[str, datetime, dict[str, Any]]


def _received(
    spot: Spot, kind: str, category: str, about: str, signs: bool, chance: Random
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "channel": _weighted(CHANNELS, chance),
        "category": category,
        "kind": kind,
        "zone": spot.zone,
        "about": about,
        "address": f"вул. {chance.choice(STREETS)}, {chance.randrange(1, 120)}",
        "crime_signs": signs,
    }
    if spot.lat is not None and spot.lon is not None:
        data |= {
            "lat": round(spot.lat + chance.gauss(0, 0.008), 5),
            "lon": round(spot.lon + chance.gauss(0, 0.012), 5),
        }
    return data


def _answered(received: Taken, category: str, zone: str, confirmed: float, told: Told) -> Iterator[Taken]:
    """Yield what the police did, in the order in which it happened."""
    chance = told.chance
    _, at, report = received
    signs = report["crime_signs"]
    if category == "delta":
        closed_at = at + days.minutes(50, chance, spread=0.7)
        outcome = "criminal" if signs else chance.choice(("explained", "explained", "referred"))
        steps = [("close", closed_at, {"outcome": outcome})]
    else:
        steps = list(_attended(at, category, zone, confirmed, signs, told))
        outcome = steps[-1][2]["outcome"]
    if signs or outcome == "criminal":
        late = chance.random() < 0.03
        entered_at = at + (timedelta(hours=26) if late else days.minutes(320, chance, spread=0.5))
        steps.append(("register_crime", entered_at, {"number": _number(told, "1")}))
    if outcome == "false_call":
        drawn_at = steps[-1][1] + timedelta(hours=2)
        data = {"number": f"АА {_number(told, '')[-6:]}", "drawn_on": kyiv_day(drawn_at).isoformat()}
        steps.append(("false_call", drawn_at, data))
    yield from sorted(steps, key=lambda step: step[1])


def _attended(
    at: datetime, category: str, zone: str, confirmed: float, signs: bool, told: Told
) -> Iterator[Taken]:
    """Yield the sending, the arrival and the end of a call to which a crew went."""
    chance = told.chance
    pace = 0.93 if told.day.year >= 2019 else 1.0
    crew = f"{chance.choice(('Явір', 'Грім', 'Луна', 'Омега'))}-{chance.randrange(1, 40)}"
    sent_at = at + days.minutes(QUEUE[category], chance, spread=0.6)
    yield "assign", sent_at, {"force": "patrol" if zone != "rural" else "response", "crew": crew}
    came_at = sent_at + days.minutes(TRAVEL[category, zone] * pace, chance, spread=0.55)
    yield "arrive", came_at, {"crew": crew}
    really = signs or chance.random() < 0.7 * confirmed  # the rest of the half are crimes
    yield "close", came_at + days.minutes(34, chance, spread=0.6), _ended(really, signs, chance)


def _ended(really: bool, signs: bool, chance: Random) -> dict[str, Any]:
    if signs:
        return {"outcome": "criminal", "confirmed": True}
    if really:
        outcome = _weighted(
            (("resolved", 46), ("administrative", 34), ("referred", 12), ("other", 8)), chance
        )
        return {"outcome": outcome, "confirmed": True}
    if chance.random() < 2 * FALSE_SHARE:
        return {"outcome": "false_call", "confirmed": False}
    outcome = _weighted((("no_offence", 52), ("not_found", 28), ("explained", 17), ("duplicate", 3)), chance)
    return {"outcome": outcome, "confirmed": False}


def _kind(day: date, chance: Random) -> tuple[str, tuple[float, str, float, float, str]]:
    kinds = KINDS | ({"curfew": CURFEW} if day.year >= 2022 else {})
    kind = chance.choices(list(kinds), [one[0] for one in kinds.values()])[0]
    return kind, kinds[kind]


def _weighted(choices: tuple[tuple[str, int], ...], chance: Random) -> str:
    return chance.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def _number(told: Told, first: str) -> str:
    return f"{first}{told.day:%Y%m%d}{told.chance.randrange(10**7):07d}"
