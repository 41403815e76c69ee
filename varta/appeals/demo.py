"""The office of appeals in the demonstration: letterheads, hours, letters, receptions, a repeated appeal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from varta.appeals import actions, composing, queries
from varta.appeals.models import Letter, Office, ReceptionHours
from varta.cases.actions import take
from varta.cases.canon import Involved, Written
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.lib.clock import KYIV, kyiv_day
from varta.lib.uuid7 import uuid7_from
from varta.people import demo
from varta.people.models import Person
from varta.people.scope import Reader, reading
from varta.places.models import Unit

STORY = "varta office demo 1"
UNITS = (demo.DIRECTORATE, demo.SECTOR, demo.OTHER_SECTOR)
SYSTEM = Reader.system()
HOURS = (  # unit, day of the week, from, to, where, who
    (demo.DIRECTORATE, 2, time(9), time(12), "кабінет 101", "Начальник управління"),
    (demo.DIRECTORATE, 4, time(15), time(18), "кабінет 101", "Заступник начальника управління"),
    (demo.SECTOR, 1, time(10), time(12), "поліцейська станція", "Андрій Громаденко"),
    (demo.SECTOR, 6, time(9), time(11), "старостат", "Андрій Громаденко"),
    (demo.OTHER_SECTOR, 3, time(14), time(17), "поліцейська станція", "Марія Сусіденко"),
)
VISITS = (  # days ago, subject, matter, outcome, what was said
    (24, "neighbours", "Просить вплинути на сусіда, який паркує авто на газоні.", "settled", ""),
    (
        17,
        "weapons",
        "Запитує, як продовжити дозвіл на рушницю.",
        "explained",
        "Роз’яснено перелік документів.",
    ),
    (10, "traffic", "Пропонує обмежити швидкість біля школи.", "appeal", ""),
    (
        3,
        "other",
        "Просить допомогти з довідкою про склад сім’ї.",
        "referred",
        "Рекомендовано звернутися до ЦНАП.",
    ),
    (2, "public_order", "Скаржиться на галас біля кав’ярні після двадцять третьої.", "", ""),
)
REPEATED = (
    "Біля будинку № 7 щовечора паркують автомобілі на дитячому майданчику, прошу вжити заходів.",
    "Знову прошу вжити заходів: автомобілі щовечора паркують на дитячому майданчику біля будинку № 7.",
)
KIND_OF = {
    "reply": "answer",
    "extend": "extension",
    "return_defective": "return_defective",
    "return_for_data": "return_for_data",
    "leave_unconsidered": "unconsidered",
}


def make(*, now: datetime) -> int:
    """Add what the office of the demo accounts lacks, and return how many letters and visits were added."""
    with reading(SYSTEM):
        if not Unit.objects.filter(code__in=UNITS).exists():
            return 0
        _letterheads(now)
        _hours()
    return sum(_alone(work) for work in (*_visits(now), *_repeated(now), *_letters(now)))


def _alone(work: Any) -> int:
    """Do one thing in a transaction of its own; what the law refuses, as in an old demonstration, is left out."""
    try:
        with reading(SYSTEM):
            return int(work())
    except StepRefused:
        return 0


def _letterheads(now: datetime) -> None:
    told = {
        "address": "вул. Вигадана, 1, м. Дніпро, 49000",
        "phone": "+380 00 000 00 01",
        "email": "office@example.org",
        "signatory_post": "Начальник управління",
        "signatory_name": "Галина Керівна",
    }
    for unit in Unit.objects.filter(code__in=UNITS).exclude(code__in=Office.objects.values("unit")):
        actions.write_office(unit=unit, by=SYSTEM, at=now, **told)


def _hours() -> None:
    if ReceptionHours.objects.filter(unit__in=UNITS).exists():
        return
    for code, weekday, since, until, place, who in HOURS:
        unit = Unit.objects.get(code=code)
        actions.add_hours(
            unit=unit, weekday=weekday, since=since, until=until, place=place, who=who, by=SYSTEM
        )


def _visits(now: datetime) -> Iterator[Any]:
    for nth, (days, subject, about, outcome, said) in enumerate(VISITS):
        at = datetime.combine(kyiv_day(now) - timedelta(days=days), time(10, 15), tzinfo=KYIV)
        yield lambda at=at, nth=nth, subject=subject, about=about, outcome=outcome, said=said: _visit(
            at, nth, subject, about, outcome, said
        )


def _visit(at: datetime, nth: int, subject: str, about: str, outcome: str, said: str) -> bool:
    person = _somebody(nth)
    key = uuid7_from(at, STORY, "visit", nth, kyiv_day(at))
    if Case.objects.filter(key=key).exists():
        return False
    visit = {"subject": subject, "about": about, "received_by": "Андрій Громаденко"}
    _take(key, "personal_reception", "receive", at, visit, person=person)
    if outcome:
        done = at + timedelta(minutes=20)
        told = {"outcome": outcome, "note": said}
        _take(uuid7_from(done, STORY, "outcome", key), "personal_reception", "conclude", done, told, case=key)
    return True


def _repeated(now: datetime) -> Iterator[Any]:
    """Yield an appeal that was decided, and one of the same sender about the same matter that waits."""
    day = kyiv_day(now).replace(day=1)
    first = datetime.combine(day - timedelta(days=40), time(11), tzinfo=KYIV)
    again = datetime.combine(day, time(0, 30), tzinfo=KYIV)
    yield lambda: _appeal(first, REPEATED[0], decided=True)
    yield lambda: again <= now and _appeal(again, REPEATED[1], decided=False)


def _appeal(at: datetime, about: str, *, decided: bool) -> bool:
    key = uuid7_from(at, STORY, "repeated", at)
    if Case.objects.filter(key=key).exists():
        return False
    data = {"kind": "request", "subject": "traffic", "about": about, "document_on": kyiv_day(at).isoformat()}
    _take(key, "appeal", "receive", at, data, person=_somebody(0))
    if decided:
        done = at + timedelta(days=12)
        text = "Проведено бесіду з водіями, складено два протоколи за порушення правил стоянки."
        reply = {"result": "satisfied", "text": text, "appeal_explained": True}
        _take(uuid7_from(done, STORY, "reply", key), "appeal", "reply", done, reply, case=key)
    return True


def _letters(now: datetime) -> Iterator[Any]:
    """Yield the letters that the steps of appeals near the accounts call for, in the order of their days."""
    with reading(SYSTEM):
        recent = now - timedelta(days=60)
        near = queries.visible_to(SYSTEM).filter(unit__in=UNITS, opened_at__gte=recent)
        wanted = []
        for case in near.select_related("place", "unit"):
            sent = [one.kind for one in queries.letters_of(case)]
            for step in queries.steps_of(case):
                kind = KIND_OF.get(step.step)
                at = step.at + timedelta(minutes=40)
                if kind and kind not in sent and at <= now and _chance(case, kind).random() < 0.9:
                    wanted.append((at, case, kind))
        wanted.sort(key=lambda one: (one[0], one[1].key))
    for at, case, kind in wanted:
        yield lambda at=at, case=case, kind=kind: _letter(at, case, kind)


def _letter(at: datetime, case: Case, kind: str) -> bool:
    key = uuid7_from(at, STORY, "letter", case.key, kind)
    if Letter.objects.filter(key=key).exists():
        return False
    proposal = composing.propose(kind, case, SYSTEM, on=kyiv_day(at))
    content = replace(proposal.content, signatory_post="Начальник управління")
    actions.send_letter(
        key=key, case=case, content=content, address=proposal.address, by=SYSTEM, at=at, received_at=at
    )
    return True


def _take(
    key: UUID,
    procedure: str,
    step: str,
    at: datetime,
    data: dict[str, Any],
    *,
    case: UUID | None = None,
    person: Person | None = None,
) -> Written:
    spot = {} if case else {"place": demo.HROMADA, "unit": demo.SECTOR}
    return take(
        key=key,
        case=case,
        procedure=procedure,
        step=step,
        data=data,
        by=SYSTEM,
        at=at,
        received_at=at,
        people=(Involved(person.key, "applicant"),) if person else (),
        **spot,
    )


def _somebody(nth: int) -> Person | None:
    """Return one of the invented people who turned to Andrii's hromada."""
    known = queries.visible_to(SYSTEM).filter(unit=demo.SECTOR).order_by("opened_at", "key")
    case = known[nth : nth + 1].first()
    return queries.applicant(case, SYSTEM) if case else None


def _chance(case: Case, kind: str) -> Random:
    return Random(f"{STORY} {case.key} {kind}")  # noqa: S311
