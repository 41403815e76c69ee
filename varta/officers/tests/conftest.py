"""Kateryna coordinates the programme, Halyna is the head in Dnipropetrovsk oblast, Lesia coordinates in Lviv oblast."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from varta.cases import actions
from varta.cases.canon import Involved, Written
from varta.lib.uuid7 import uuid7
from varta.officers.models import Cohort
from varta.people import actions as people
from varta.people.demo import HROMADA, MAIN_DIRECTORATE, OBLAST, OTHER_HROMADA, SECTOR
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

NOW = datetime(2020, 6, 1, 9, tzinfo=UTC)
LVIV, LVIV_DIRECTORATE = "UA46000000000026241", "NPU-46"
UNIVERSITY = "NPU-PS-DDUVS"


@pytest.fixture
def lviv_hromada(db) -> str:
    """Return the code of a hromada in Lviv oblast."""
    return Territory.objects.filter(oblast=LVIV, level=3, valid_to=None).order_by("code").first().code


def officer_at(login: str, role: str, place: str, unit: str) -> Officer:
    with reading(Reader.system()):
        officer = Officer.objects.create(
            login=login, name=f"{login.title()} Вигадана", sort_key=login, created_at=NOW, is_active=True
        )
        Appointment.objects.create(
            officer=officer,
            role=role,
            place=Territory.objects.get(code=place),
            unit=Unit.objects.get(code=unit),
            since=date(2018, 1, 1),
        )
    return officer


def reader_at(login: str, role: str, place: str, unit: str) -> Reader:
    return Reader.of(officer_at(login, role, place, unit), on=date(2020, 6, 1))


@pytest.fixture
def kateryna(db) -> Reader:
    return reader_at("kateryna", "coordinator", "UA", "NPU")


@pytest.fixture
def halyna(db) -> Reader:
    return reader_at("halyna", "head", OBLAST, MAIN_DIRECTORATE)


@pytest.fixture
def lesia(db) -> Reader:
    return reader_at("lesia", "coordinator", LVIV, LVIV_DIRECTORATE)


@pytest.fixture
def cohort(db) -> Cohort:
    return make_cohort()


def make_cohort(code: str = "D-1", **changes: Any) -> Cohort:
    values = {
        "university_id": UNIVERSITY,
        "course_uk": "Поліцейський офіцер громади",
        "course_en": "Hromada police officer",
        "begins": date(2019, 8, 1),
        "ends": date(2019, 10, 15),
        "capacity": 30,
        "curriculum": [{"code": "tactics", "uk": "Тактика", "en": "Tactics", "hours": 40}],
        "created_at": NOW,
    }
    with reading(Reader.system()):
        return Cohort.objects.create(code=code, **values | changes)


# Each step of the usual way: its record, and the day it is entered.
USUAL: dict[str, dict[str, Any]] = {
    "apply": {"hromada": HROMADA, "on": "2019-06-03", "origin": "police", "education": "higher"},
    "requirements": {"result": "passed", "on": "2019-06-10"},
    "testing": {"result": "passed", "on": "2019-06-17"},
    "interview": {"result": "passed", "on": "2019-06-20"},
    "polygraph": {"result": "passed", "on": "2019-06-27"},
    "enrol": {"cohort": "D-1", "since": "2019-08-01"},
    "graduate": {"result": "passed", "on": "2019-10-15"},
    "begin_internship": {"hromada": HROMADA, "since": "2019-10-16", "mentor": "Іван Наставниченко"},
    "finish_internship": {"result": "passed", "on": "2019-11-15"},
    "appoint": {"hromada": HROMADA, "since": "2019-11-20"},
}


class Person:
    """A candidate on the way: `does` takes a step by kateryna's hand, `corrects` puts one right."""

    def __init__(self, by: Reader) -> None:
        self.by = by
        self.case: UUID | None = None
        self.entries: dict[str, Written] = {}
        with reading(by):
            self.key = people.register_person(by=by, at=NOW, surname="Кандидатенко", given="Ігор").key

    def does(
        self,
        step: str,
        *,
        by: Reader | None = None,
        corrects: str | None = None,
        entered: str = "",
        **changes: Any,
    ) -> Written:
        by = by or self.by
        data = USUAL.get(step, {}) | changes
        day = date.fromisoformat(entered or data.get("on") or data["since"])
        opening = self.case is None
        with reading(by):
            entry = actions.take(
                key=uuid7(NOW),
                procedure="officer_training",
                step=step,
                data=data,
                by=by,
                at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
                received_at=NOW,
                case=self.case,
                place=data.get("hromada") if opening else None,
                unit=MAIN_DIRECTORATE if opening else SECTOR if step == "appoint" else None,
                people=[Involved(self.key, "candidate")] if opening else [],
                corrects=self.entries[corrects].key if corrects else None,
            )
        self.case = self.case or entry.key
        self.entries.setdefault(step, entry)
        return entry

    def comes_to(self, last: str) -> "Person":
        """Take the usual steps from the first that is missing to this one."""
        for step in USUAL:
            if step not in self.entries:
                self.does(step)
            if step == last:
                break
        return self


@pytest.fixture
def candidate(kateryna: Reader, cohort: Cohort) -> Callable[[], Person]:
    """Return a maker of candidates."""
    return lambda: Person(kateryna)


__all__ = ["HROMADA", "OTHER_HROMADA"]


@pytest.fixture
def memorandum(kateryna: Reader) -> Callable[..., UUID]:
    """Return a maker of memoranda: applied, signed, with two duties, a station and a car; gives the key."""

    def made(hromada: str = HROMADA, settlement: str = "") -> UUID:
        case: UUID | None = None
        with reading(kateryna):
            seat = settlement or Territory.objects.filter(parent=hromada).order_by("code").first().code
            for step, data in (
                ("apply", {"hromada": hromada, "on": "2019-03-01", "officers": 2}),
                ("sign", {"on": "2019-04-01", "officers": 2}),
                ("promise", {"number": 1, "side": "hromada", "what": "premises", "due": "2019-06-01"}),
                ("promise", {"number": 2, "side": "police", "what": "car", "due": "2019-09-01"}),
                ("station", {"number": 1, "on": "2019-06-01", "settlement": seat}),
                ("vehicle", {"side": "police", "model": "Renault Duster", "on": "2019-12-06"}),
            ):
                day = date.fromisoformat(data.get("on", "2019-04-02"))
                entry = actions.take(
                    key=uuid7(NOW),
                    procedure="hromada_memorandum",
                    step=step,
                    data=data,
                    by=kateryna,
                    at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
                    received_at=NOW,
                    case=case,
                    place=None if case else hromada,
                    unit=None if case else MAIN_DIRECTORATE,
                )
                case = case or entry.key
        return entry.case_key

    return made
