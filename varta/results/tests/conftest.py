"""A small year of two hromadas, in PostgreSQL and in the lake."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests import databases
from varta.cases.bulk import Row, take_many
from varta.cases.tests.conftest import CALL
from varta.figures import Period
from varta.lake import dimensions
from varta.lake.refresh import refresh
from varta.lib.uuid7 import uuid7_from
from varta.officers.tests.conftest import make_cohort
from varta.people import demo
from varta.people.actions import register_person
from varta.people.scope import Reader, reading
from varta.places.models import Beat, Territory
from varta.results.tests.work import told_of_work

SYSTEM = Reader.system()
NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
PERIOD = Period(date(2026, 1, 1), date(2026, 9, 30))
HOMES = ((demo.HROMADA, demo.SECTOR), (demo.OTHER_HROMADA, demo.OTHER_SECTOR))
APPEAL = {"kind": "complaint", "subject": "public_order", "about": "=1+1"}


def story(calls: int = 240, appeals: int = 30) -> list[Row]:
    """Return steps of calls and appeals of 2025 and 2026, some late, some unfinished, some beyond the period."""
    dice = random.Random(2026)
    rows: list[Row] = []
    for nth in range(calls):
        start = datetime(dice.choice((2025, 2026)), 1, 1, tzinfo=UTC) + timedelta(
            hours=dice.randrange(24 * 300)
        )
        place, unit = HOMES[dice.random() < 0.3]
        case = uuid7_from(start, "story", nth)
        steps = [("receive", 0.0, CALL | {"category": dice.choice(("alpha", "beta", "gamma"))})]
        if dice.random() < 0.9:
            assigned = dice.uniform(0.5, 6)
            arrived = assigned + dice.uniform(2, 40)
            steps += [("assign", assigned, {"force": "patrol"}), ("arrive", arrived, {})]
            if dice.random() < 0.8:
                confirmed = dice.choice((True, False, None))
                steps.append(("close", arrived + 20, {"outcome": "resolved", "confirmed": confirmed}))
        for step, minutes, data in steps:
            at = start + timedelta(minutes=minutes)
            key = case if step == "receive" else uuid7_from(at, "story", nth, step)
            rows.append(Row(key, case, "call", step, at, NOW, data, place, unit))
    for nth in range(appeals):
        at = datetime(2026, 1, 10, 9, tzinfo=UTC) + timedelta(days=8 * nth)
        case = uuid7_from(at, "appeal", nth)
        place, unit = HOMES[nth % 2]
        rows.append(Row(case, case, "appeal", "receive", at, NOW, APPEAL, place, unit))
        if nth % 3:
            reply = at + timedelta(days=dice.randrange(5, 45))
            for more in range(nth % 4):  # of those with any, one is extended once, one twice, one three times
                told = {"until": f"{at + timedelta(days=42 + more):%Y-%m-%d}", "reason": "Перевірка"}
                moment = at + timedelta(days=2 + more)
                key = uuid7_from(moment, "extend", nth, more)
                rows.append(Row(key, case, "appeal", "extend", moment, NOW, told, place, unit))
            if reply < NOW:
                data = {"result": "satisfied", "text": "Так"}
                rows.append(
                    Row(
                        uuid7_from(reply, "reply", nth),
                        case,
                        "appeal",
                        "reply",
                        reply,
                        NOW,
                        data,
                        place,
                        unit,
                    )
                )
    return rows + told_to_hromadas()


def told_to_hromadas() -> list[Row]:
    """Return reports in term, late and never, meetings, and visitors, of both hromadas, up to now."""
    return [row for row in _told_to_hromadas() if row.at < NOW]


def _told_to_hromadas() -> Iterator[Row]:
    for nth, (place, unit) in enumerate(HOMES):
        yield from _memorandum(nth, place, unit)
    for nth in range(12):
        begun = datetime(2025 + nth % 2, 1 + nth, 20, 9, tzinfo=UTC)
        place, unit = HOMES[nth % 3 == 0]
        yield from _report(nth, begun, place, unit)
        case = uuid7_from(begun, "meetings", nth)
        yield Row(case, case, "local_meeting", "begin", begun, NOW, {"level": "hromada"}, place, unit)
        for more in range(1, nth % 4):
            at = begun + timedelta(days=50 * more)
            minutes = {"participants": "Староста", "decided": "Освітити зупинку"}
            yield Row(
                uuid7_from(at, "hold", nth), case, "local_meeting", "hold", at, NOW, minutes, place, unit
            )
        visit = {"subject": "public_order", "about": "Сусіди", "received_by": "Начальник"}
        seen = uuid7_from(begun, "visit", nth)
        yield Row(seen, seen, "personal_reception", "receive", begun, NOW, visit, place, unit)


def _memorandum(nth: int, place: str, unit: str) -> Iterator[Row]:
    """Yield a memorandum whose duties are met early, on the last day, a day late, and never."""
    begun = datetime(2026, 1, 8 + nth, 9, tzinfo=UTC)
    case = uuid7_from(begun, "memorandum", nth)
    steps = [("apply", {"hromada": place, "on": "2026-01-08", "officers": 1})]
    steps.append(("sign", {"on": "2026-01-20", "officers": 1}))
    for number, side in enumerate(("police", "hromada") * 3, start=1):
        due = {"number": number, "side": side, "what": "car", "due": f"2026-0{2 + number}-15"}
        steps.append(("promise", due))
    for number, day in ((1, 10), (2, 15), (3, 16), (4, 14)):
        steps.append(("fulfil", {"number": number, "on": f"2026-0{2 + number}-{day}"}))
    for more, (step, data) in enumerate(steps):
        at = begun + timedelta(days=12 + 12 * more if more else 0)
        key = case if step == "apply" else uuid7_from(at, "memorandum", nth, more)
        yield Row(key, case, "hromada_memorandum", step, at, NOW, data, place, unit)


def _beats() -> None:
    """Write beats above the norm and not, one of unknown people, one that ended, in both hromadas."""
    told = ((6001, "rural", None), (6000, "rural", None), (7001, "urban", None), (None, "rural", None))
    told += ((9000, "rural", "2025-12-31"),)
    for nth, (people, kind, until) in enumerate(told):
        for place, _unit in HOMES[: 2 - nth % 2]:
            Beat.objects.create(
                code=f"{place[-5:]}-{nth}",
                name=f"Дільниця {nth}",
                hromada_id=place,
                kind=kind,
                population=people,
                since="2019-01-01",
                until=until,
                source="вигадано",
            )


def _report(nth: int, begun: datetime, place: str, unit: str) -> Iterator[Row]:
    case = uuid7_from(begun, "report", nth)
    count = uuid7_from(begun + timedelta(days=90), "report", nth, "count")
    steps = [("begin", 0, {"officer": "andrii"})]
    if nth % 4 == 3:
        steps.append(("end", 40, {"reason": "transferred"}))
    elif nth % 4:
        day = f"{begun:%Y-%m-%d}"
        figures = json.dumps({"first": day, "last": day, "rows": []})
        told = {"first": day, "last": day, "figures": figures}
        held = {"held_on": f"{begun:%Y-%m-%d}", "held_at": "Клуб", "body": "council", "done": "Багато"}
        steps += [("count", 90, told), ("publish", 100 * (nth % 4), held | {"counted": str(count)})]
    for step, days, data in steps:
        at = begun + timedelta(days=days)
        key = case if step == "begin" else uuid7_from(at, "report", nth, step)
        yield Row(key, case, "hromada_report", step, at, NOW, data, place, unit)


@pytest.fixture(scope="session")
def story_told(django_db_setup, django_db_blocker, tmp_path_factory):
    """Tell the story once, into a database and a lake that tests copy; give the name and the folder."""
    name, lake = (
        databases.unused_name(os.environ["VARTA_DATABASE"]),
        tmp_path_factory.mktemp("story") / "lake",
    )
    databases.clone(name)
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        databases.django_uses(name),
    ):
        patch.setenv("VARTA_LAKE", str(lake))
        with reading(SYSTEM):
            candidates = [
                register_person(by=SYSTEM, at=NOW, surname="Кандидатенко", given=f"Ігор-{letter}").key
                for letter in "абвгдежзийклмн"
            ]
        make_cohort(begins=date(2025, 1, 1), ends=date(2026, 12, 31), capacity=100)
        done = take_many(story() + told_of_work(HOMES, NOW, candidates=candidates), by=SYSTEM)
        assert not done.refused, done.refused[0].error
        with reading(SYSTEM):
            _beats()
            Territory.objects.filter(code__in=[place for place, _ in HOMES]).update(population=40_000)
            dimensions.write()
        databases.settle()
        refresh(NOW)
    yield name, lake
    databases.drop(name)


@pytest.fixture
def written(story_told, django_db_blocker, tmp_path, monkeypatch):
    """Give the test the journal and the lake of the story, to change with commits of its own."""
    story_name, lake = story_told
    name = databases.unused_name(os.environ["VARTA_DATABASE"])
    databases.clone(name, of=story_name)
    shutil.copytree(lake, tmp_path / "lake")
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("VARTA_DATABASE", name)
    with django_db_blocker.unblock(), databases.django_uses(name):
        yield
    databases.drop(name)


@pytest.fixture
def told(written):
    """Give the test the journal and the lake of the story, to read as the system and to change."""
    with reading(SYSTEM):
        yield
