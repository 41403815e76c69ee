"""Invented appeals: of every kind, answered in and out of term, extended, forwarded, returned."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from varta.calls.demo import days, people
from varta.calls.demo.calls import Taken, Told
from varta.cases.bulk import Row
from varta.cases.canon import Involved
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7_from

SUBJECTS = {
    "neighbours": "Сусіди не дають спокою, прошу провести з ними розмову.",
    "public_order": "У парку щовечора збираються п’яні компанії.",
    "safety": "Пропоную встановити камеру біля школи.",
    "traffic": "На нашій вулиці постійно перевищують швидкість.",
    "police_conduct": "Офіцер не приїхав на виклик і не пояснив чому.",
    "domestic_violence": "Прошу захистити мою матір від брата.",
    "weapons": "Прошу продовжити дозвіл на мисливську рушницю.",
    "children": "Підлітки вживають алкоголь біля гуртожитку.",
    "other": "Прошу надати довідку.",
}
GIVEN = 0.85  # share of appeals near the demo accounts that have an executor
KINDS = (("request", 70), ("complaint", 21), ("proposal", 9))
# What becomes of an appeal, and how often.
WAYS = (("reply", 74), ("late", 7), ("extended", 7), ("forward", 6), ("return", 3), ("data", 1), ("aside", 2))


Executor = tuple[str, str]  # login and name of an officer


def appeal(
    told: Told, *, way: str | None = None, executor: Executor | None = None
) -> tuple[list[Row], people.Known]:
    """Return the steps of an invented appeal, and who wrote it.

    `way` fixes what becomes of it; `executor` works on it, unless it is one of the few that wait for one.
    """
    chance, spot = told.chance, told.spot
    at = days.in_office_hours(told.day, chance)
    way = way or chance.choices([name for name, _ in WAYS], [weight for _, weight in WAYS])[0]
    who = people.somebody(spot, chance)
    first = uuid7_from(at, "demo-appeal", told.label, told.day, told.nth, "receive")
    received = _received(way, chance)
    follows = list(_BECOMES[way](at, received["simple"], chance))
    steps: list[Taken] = [("receive", at, received), *follows]
    if executor is not None and chance.random() < GIVEN:
        steps.insert(1, _assigned(at, executor, chance))
    return [
        Row(first if step == "receive" else uuid7_from(at, "demo-appeal", told.label, told.day, told.nth, step),
            first, "appeal", step, moment, moment, data, spot.code, spot.unit,
            (Involved(people.key_of(who), "applicant"),) if step == "receive" else ())
        for step, moment, data in steps
    ], who  # fmt: skip


def _assigned(at: datetime, executor: Executor, chance: Random) -> Taken:
    resolution = chance.choice(
        ("Розглянути, відповісти заявникові.", "Перевірити на місці й доповісти.", "До роботи.")
    )
    data = {
        "executor": executor[0],
        "executor_name": executor[1],
        "resolution": resolution,
        "control": chance.random() < 0.25,
    }
    return "assign", at + timedelta(minutes=30), data


def _received(way: str, chance: Random) -> dict[str, Any]:
    subject = chance.choices(list(SUBJECTS), (20, 18, 12, 14, 10, 6, 9, 4, 7))[0]
    collective = chance.random() < 0.06
    kind = chance.choices([name for name, _ in KINDS], [weight for _, weight in KINDS])[0]
    return {
        "kind": "complaint" if way == "aside" else kind,
        "subject": subject,
        "about": SUBJECTS[subject],
        "form": chance.choices(("written", "electronic", "oral"), (55, 33, 12))[0],
        "sender": "collective" if collective else "individual",
        "signatories": chance.randrange(2, 60) if collective else 1,
        "privileged": chance.random() < 0.05,
        "simple": way in ("reply", "late", "last_day") and chance.random() < 0.3,
        "defect": {"return": chance.choice(("signature", "residence")), "data": "data"}.get(way, "none"),
        "competence": "other" if way == "forward" else "ours",
    }


def _office_day(at: datetime, days_later: int, chance: Random) -> datetime:
    """Return a moment in office hours so many days later, or on the Friday before a weekend."""
    day = kyiv_day(at) + timedelta(days=days_later)
    if day.weekday() >= 5 and days_later > 2:
        day -= timedelta(days=day.weekday() - 4)
    return max(days.in_office_hours(day, chance), at + timedelta(minutes=40))


def _reply(at: datetime, chance: Random) -> Taken:
    result = chance.choices(("satisfied", "partly", "refused", "explained"), (34, 12, 16, 38))[0]
    text = "Ваше звернення розглянуто, про вжиті заходи повідомляємо."
    return "reply", at, {"result": result, "text": text, "appeal_explained": True}


def _in_term(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    yield _reply(
        _office_day(at, min(int(chance.gauss(10 if simple else 19, 4)), 14 if simple else 27), chance), chance
    )


def _late(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    yield _reply(_office_day(at, (20 if simple else 36) + chance.randrange(14), chance), chance)


def _last_day(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    """Nobody answers before the last day of the term, so that desks have what is due."""
    yield _reply(_office_day(at, (16 if simple else 33) + chance.randrange(4), chance), chance)


def _extended(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    told_at = _office_day(at, 20 + chance.randrange(5), chance)
    until = kyiv_day(at) + timedelta(days=43)
    reason = "Потрібно отримати відповідь іншого підрозділу."
    yield "extend", told_at, {"until": until.isoformat(), "reason": reason, "told_on": _day(told_at)}
    yield _reply(_office_day(at, 34 + chance.randrange(7), chance), chance)


def _forwarded(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    sent_at = _office_day(at, 9 if chance.random() < 0.12 else 1 + chance.randrange(4), chance)
    yield "forward", sent_at, {"to": "Виконавчий комітет місцевої ради", "told_on": _day(sent_at)}


def _returned(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    explanation = "Зверніться ще раз, додавши підпис і місце проживання."
    yield "return_defective", _office_day(at, 2 + chance.randrange(6), chance), {"explanation": explanation}


def _for_data(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    explanation = "Додайте, будь ласка, коли і де це сталося."
    yield "return_for_data", _office_day(at, 1 + chance.randrange(4), chance), {"explanation": explanation}


def _aside(at: datetime, simple: bool, chance: Random) -> Iterator[Taken]:
    yield "leave_unconsidered", _office_day(at, 3 + chance.randrange(5), chance), {"ground": "late_complaint"}


def _day(moment: datetime) -> str:
    day: date = kyiv_day(moment)
    return day.isoformat()


_BECOMES: dict[str, Callable[[datetime, bool, Random], Iterator[Taken]]] = {
    "reply": _in_term,
    "late": _late,
    "last_day": _last_day,
    "extended": _extended,
    "forward": _forwarded,
    "return": _returned,
    "data": _for_data,
    "aside": _aside,
}
