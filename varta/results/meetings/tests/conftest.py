"""Orest is the head of the National Police, Kateryna its coordinator; Halyna and Lesia are heads of two oblasts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from varta.cases.actions import take
from varta.lib.uuid7 import uuid7
from varta.people.demo import HEADQUARTERS, MAIN_DIRECTORATE, OBLAST, UKRAINE
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit
from varta.results.meetings import actions
from varta.results.meetings.models import Meeting
from varta.results.models import FrozenReport
from varta.results.pack import Chapter, Figure, Head, Line, Pack, Table, as_plain

CALLED_AT = datetime(2019, 10, 21, 8, tzinfo=UTC)
BEGAN_AT = datetime(2019, 10, 31, 8, tzinfo=UTC)
LVIV, LVIV_DIRECTORATE = "UA46000000000026241", "NPU-46"
REPORT = "nine-months-2019"
CALL = {
    "title": "Підсумки дев’яти місяців 2019 року",
    "title_en": "Results of nine months of 2019",
    "on": "2019-10-31",
    "hour": "10:00",
    "chair": "Орест Головний",
    "where": "Київ",
    "report": REPORT,
}
DECISION = {"text": "Провести навчання", "owner": MAIN_DIRECTORATE, "due": "2019-12-20", "item": 1}


def officer_at(login: str, role: str, place: str, unit: str) -> Officer:
    with reading(Reader.system()):
        officer = Officer.objects.create(
            login=login, name=f"{login.title()} Вигадана", sort_key=login, created_at=CALLED_AT, is_active=True,
            email=f"{login}@example.org",
        )  # fmt: skip
        Appointment.objects.create(
            officer=officer,
            role=role,
            place=Territory.objects.get(code=place),
            unit=Unit.objects.get(code=unit),
            since=date(2018, 1, 1),
        )
    return officer


def reader_at(login: str, role: str, place: str, unit: str) -> Reader:
    return Reader.of(officer_at(login, role, place, unit), on=date(2019, 10, 31))


@pytest.fixture
def orest(db: None) -> Reader:
    return reader_at("orest", "head", UKRAINE, HEADQUARTERS)


@pytest.fixture
def kateryna(db: None) -> Reader:
    return reader_at("kateryna", "coordinator", UKRAINE, HEADQUARTERS)


@pytest.fixture
def halyna(db: None) -> Reader:
    return reader_at("halyna", "head", OBLAST, MAIN_DIRECTORATE)


@pytest.fixture
def lesia(db: None) -> Reader:
    return reader_at("lesia", "head", LVIV, LVIV_DIRECTORATE)


def told(uk: str, en: str) -> dict[str, str]:
    return {"uk": uk, "en": en}


def column(code: str, title: str, **more: Any) -> Head:
    given = {"direction": "less", "decimals": 0, "percent": False, "additive": True} | more
    return Head(code, told(title, f"{code} in English"), told("одиниць", "units"), told("", ""), **given)


def figure(now: float, before: float, notable: str | None = None) -> Figure:
    return Figure(now, "known", before=before, before_state="known", change=now - before,
                  change_share=(now - before) / before, notable=notable)  # fmt: skip


def chapter(code: str, title: str, indicator: str, now: float, before: float, notable: str | None) -> Chapter:
    whole = figure(now, before, notable)
    lines = tuple(
        Line(place, told(name, name), None, {indicator: figure(now * part, before * part)})
        for place, name, part in ((OBLAST, "Дніпропетровська", 0.6), (LVIV, "Львівська", 0.4))
    )
    total = Line("", told("Україна", "Ukraine"), None, {indicator: whole})
    return Chapter(code, told(title, title), (Table("oblast", (column(indicator, title),), lines, total),))


def pack() -> Pack:
    """Return a report whose calls hardly change and whose violence rises more than chance explains."""
    return Pack(
        name=REPORT, title=told("Звіт", "Report"), edition=1,
        first=date(2019, 1, 1), last=date(2019, 9, 30), before_first=date(2018, 1, 1), before_last=date(2018, 9, 30),
        place=None, unit=None,
        chapters=(
            chapter("calls", "Виклики", "C01", 1000, 990, None),
            chapter("violence", "Домашнє насильство", "D01", 1200, 1000, "up"),
        ),
        made_at=CALLED_AT, counted_at=CALLED_AT.isoformat(), watermark=1, version="1", law="0", files={},
    )  # fmt: skip


@pytest.fixture
def frozen(db: None) -> FrozenReport:
    """Return the report of nine months, frozen."""
    with reading(Reader.system()):
        ends = Territory.objects.get(code=UKRAINE), Unit.objects.get(code=HEADQUARTERS)
        return FrozenReport.objects.create(
            name=REPORT, made_at=CALLED_AT, asked={"from": "2019-01-01", "to": "2019-09-30", "by": "oblast"},
            rows=as_plain(pack()), files={}, watermark=1, version="1", law="0", of=REPORT,
            place_from=ends[0].pre, place_to=ends[0].pre_end, unit_from=ends[1].pre, unit_to=ends[1].pre_end,
        )  # fmt: skip


class Held:
    """A meeting and what is done to it, step by step, in Orest's name unless another is given."""

    def __init__(self, by: Reader) -> None:
        self.by, self.key, self.at = by, UUID(int=0), BEGAN_AT

    def does(self, act: Callable[..., Any], *, by: Reader | None = None, **more: Any) -> Any:
        """Do something a minute after the last thing."""
        by, self.at = by or self.by, self.at + timedelta(minutes=1)
        given = {"key": uuid7(self.at), "meeting": self.key, "at": self.at, "received_at": self.at} | more
        with reading(by):
            return act(by=by, **given)

    def row(self) -> Meeting:
        """Return the meeting as it stands."""
        with reading(Reader.system()):
            return Meeting.objects.get(key=self.key)

    def opens(self, **more: Any) -> "Held":
        self.does(actions.begin, record={}, **more)
        return self

    def minutes(self, **more: Any) -> Any:
        record = {"heard": "Про домашнє насильство"} | more.pop("record", {})
        return self.does(actions.write_minutes, number=1, record=record, **more)

    def decides(self, **changes: Any) -> UUID:
        """Decide, and return the key of the owner's task."""
        by = changes.pop("by", None)
        written = self.does(actions.decide, by=by, record=DECISION | changes)
        return UUID(written.data["task"])


@pytest.fixture
def meeting(orest: Reader, halyna: Reader, lesia: Reader) -> Held:
    """Return a called meeting with two items, to which two oblasts are invited."""
    return called(orest)


def called(by: Reader, **changes: Any) -> Held:
    held = Held(by)
    with reading(by):
        written = actions.call(
            key=uuid7(CALLED_AT), record=CALL | changes, place=UKRAINE, unit=HEADQUARTERS, by=by, at=CALLED_AT,
            received_at=CALLED_AT, answer_by=date(2019, 10, 29), units=[MAIN_DIRECTORATE, LVIV_DIRECTORATE],
            items=[{"title": "Домашнє насильство", "chapter": "violence", "notes": "Спершу Дніпро"},
                   {"title": "Рішення", "chapter": "decisions"}],
        )  # fmt: skip
    held.key = written.case_key
    return held


def task(case: UUID, step: str, *, by: Reader, at: datetime, **data: Any) -> Any:
    """Take a step in the task of a decision."""
    with reading(by):
        return take(key=uuid7(at), procedure="joint_task", step=step, data=data, by=by, at=at, received_at=at,
                    case=case)  # fmt: skip
