"""The way of one person through the programme: from the entries that count to stages with their days.

Asks no database. What cannot follow is refused here, so that pages, phones, imports and corrections meet one rule.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from varta.law import Text
from varta.officers import errors
from varta.officers.errors import said
from varta.procedures import officer_training

Stages = dict[str, Text]

IS: Stages = {  # what the person is or does, as a clause
    "candidate": {"uk": "є кандидатом", "en": "is a candidate"},
    "training": {"uk": "навчається", "en": "is in training"},
    "internship": {"uk": "стажується", "en": "is on internship"},
    "serving": {"uk": "служить", "en": "is serving"},
    "leave": {"uk": "у відпустці чи відрядженні", "en": "is on leave"},
    "left": {"uk": "вибула з програми", "en": "has left the programme"},
}
BEGAN: Stages = {
    "candidate": {"uk": "подано анкету", "en": "the questionnaire"},
    "training": {"uk": "почалося навчання", "en": "the training began"},
    "internship": {"uk": "почалося стажування", "en": "the internship began"},
    "serving": {"uk": "почалася служба в громаді", "en": "the service in the hromada began"},
    "leave": {"uk": "почалася відпустка", "en": "the leave began"},
    "left": {"uk": "людина вибула", "en": "the person left"},
}
# What must be passed before somebody is enrolled, as a clause.
CHECKS: Stages = {
    "requirements": {"uk": "перевірку вимог", "en": "the check of requirements"},
    "testing": {"uk": "тестування", "en": "the testing"},
    "interview": {"uk": "співбесіду", "en": "the interview"},
    "polygraph": {"uk": "поліграф", "en": "the polygraph"},
}
COURSE: Text = {"uk": "курс", "en": "the course"}
INTERNSHIP: Text = {"uk": "стажування", "en": "the internship"}


class Counted(Protocol):
    """What is needed of an entry."""

    step: str
    unit: str
    data: Mapping[str, Any]


@dataclass(slots=True)
class Stage:
    """One stage of the way; `ended` is the first day that is not in it."""

    stage: str
    hromada: str
    unit: str
    cohort: str
    began: date
    ended: date | None = None
    finished: date | None = None
    why: str = ""


@dataclass
class Way:
    """The stages of a person, in their order, and the checks that were entered."""

    stages: list[Stage] = field(default_factory=list)
    passed: dict[str, bool] = field(default_factory=dict)

    @property
    def now(self) -> Stage:
        """Return the last stage."""
        return self.stages[-1]


def way_of(entries: Iterable[Counted]) -> Way:
    """Return the way that the entries describe; raise StepRefused where one cannot follow those before it."""
    way = Way()
    for entry in entries:
        _STEPS[entry.step](way, entry)
    return way


def _title(entry: Counted) -> Text:
    return officer_training.procedure.step(entry.step).title


def _day(entry: Counted, name: str) -> date:
    return date.fromisoformat(entry.data[name])


def _in(way: Way, entry: Counted, *stages: str) -> None:
    """Refuse a step that does not belong to the stage in which the person is."""
    if way.now.stage not in stages:
        raise errors.NotNow(what=_title(entry), stage=IS[way.now.stage])


def _not_before(way: Way, entry: Counted, day: date) -> None:
    """Refuse a day before the stage, or the end of course or internship, that it follows."""
    now = way.now
    if day < now.began:
        raise errors.TooEarly(
            what=_title(entry), day=said(day), before=BEGAN[now.stage], since=said(now.began)
        )
    if now.finished and day < now.finished:
        before = COURSE if now.stage == "training" else INTERNSHIP
        raise errors.TooEarly(what=_title(entry), day=said(day), before=before, since=said(now.finished))


def _enter(
    way: Way, entry: Counted, stage: str, day: date, *, hromada: str = "", cohort: str = "", why: str = ""
) -> None:
    """Let the present stage end on the day and the next begin.

    A stage that would last no day at all is left out: who returns on the day of the leave was not away.
    """
    _not_before(way, entry, day)
    now = way.now
    if day == now.began:
        way.stages.pop()
    else:
        now.ended = day
    way.stages.append(Stage(stage, hromada or now.hromada, entry.unit, cohort or now.cohort, day, why=why))


def _apply(way: Way, entry: Counted) -> None:
    way.stages.append(Stage("candidate", entry.data["hromada"], entry.unit, "", _day(entry, "on")))


def _check(way: Way, entry: Counted) -> None:
    day = _day(entry, "on")
    if day < way.stages[0].began:
        raise errors.TooEarly(
            what=_title(entry), day=said(day), before=BEGAN["candidate"], since=said(way.stages[0].began)
        )
    _in(way, entry, "candidate")
    way.passed[entry.step] = entry.data["result"] == "passed"


def _enrol(way: Way, entry: Counted) -> None:
    _in(way, entry, "candidate")
    for check, text in CHECKS.items():
        if not way.passed.get(check):
            raise errors.NotPassed(what=_title(entry), check=text)
    _enter(way, entry, "training", _day(entry, "since"), cohort=entry.data["cohort"])


def _class(way: Way, entry: Counted) -> None:
    """Attendance and marks: also entered later, but for a day of the training."""
    training = next((one for one in way.stages if one.stage == "training"), None)
    day = _day(entry, "on")
    if training is None:
        raise errors.NotNow(what=_title(entry), stage=IS[way.now.stage])
    if day < training.began:
        raise errors.TooEarly(
            what=_title(entry), day=said(day), before=BEGAN["training"], since=said(training.began)
        )


def _graduate(way: Way, entry: Counted) -> None:
    _in(way, entry, "training")
    day = _day(entry, "on")
    _not_before(way, entry, day)
    way.passed["course"] = entry.data["result"] == "passed"
    way.now.finished = day


def _begin_internship(way: Way, entry: Counted) -> None:
    _in(way, entry, "training")
    if not way.passed.get("course"):
        raise errors.NotPassed(what=_title(entry), check=COURSE)
    _enter(way, entry, "internship", _day(entry, "since"), hromada=entry.data["hromada"])


def _finish_internship(way: Way, entry: Counted) -> None:
    _in(way, entry, "internship")
    day = _day(entry, "on")
    _not_before(way, entry, day)
    way.passed["internship"] = entry.data["result"] == "passed"
    way.now.finished = day


def _appoint(way: Way, entry: Counted) -> None:
    _in(way, entry, "internship")
    if not way.passed.get("internship"):
        raise errors.NotPassed(what=_title(entry), check=INTERNSHIP)
    _enter(way, entry, "serving", _day(entry, "since"), hromada=entry.data["hromada"])


def _transfer(way: Way, entry: Counted) -> None:
    _in(way, entry, "serving")
    if entry.data["hromada"] == way.now.hromada:
        raise errors.SameHromada(hromada=way.now.hromada)
    _enter(way, entry, "serving", _day(entry, "since"), hromada=entry.data["hromada"])


def _leave(way: Way, entry: Counted) -> None:
    _in(way, entry, "serving")
    _enter(way, entry, "leave", _day(entry, "since"), why=entry.data["kind"])


def _return(way: Way, entry: Counted) -> None:
    _in(way, entry, "leave")
    _enter(way, entry, "serving", _day(entry, "since"))


def _dismiss(way: Way, entry: Counted) -> None:
    _in(way, entry, "serving", "leave")
    _enter(way, entry, "left", _day(entry, "on"), why=entry.data["reason"])


def _withdraw(way: Way, entry: Counted) -> None:
    _in(way, entry, "candidate", "training", "internship")
    _enter(way, entry, "left", _day(entry, "on"), why=entry.data["reason"])


_STEPS: dict[str, Callable[[Way, Counted], None]] = {
    "apply": _apply,
    **dict.fromkeys(CHECKS, _check),
    "enrol": _enrol,
    "attend": _class,
    "mark": _class,
    "graduate": _graduate,
    "begin_internship": _begin_internship,
    "finish_internship": _finish_internship,
    "appoint": _appoint,
    "transfer": _transfer,
    "leave": _leave,
    "return": _return,
    "dismiss": _dismiss,
    "withdraw": _withdraw,
}
