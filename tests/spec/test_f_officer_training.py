"""The way of a hromada police officer

Шлях поліцейського офіцера громади
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from varta.law import StepClosed, Taken, read_record, record_json
from varta.officers import errors
from varta.officers.way import Way, way_of
from varta.procedures.officer_training import procedure

HROMADA, OTHER = "UA12020170000068526", "UA12020250000010438"
USUAL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("apply", {"hromada": HROMADA, "on": "2019-06-03", "origin": "police", "education": "higher"}),
    ("requirements", {"result": "passed", "on": "2019-06-10"}),
    ("testing", {"result": "passed", "on": "2019-06-17"}),
    ("interview", {"result": "passed", "on": "2019-06-20"}),
    ("polygraph", {"result": "passed", "on": "2019-06-27"}),
    ("enrol", {"cohort": "D-1", "since": "2019-08-01"}),
    ("graduate", {"result": "passed", "on": "2019-10-15"}),
    ("begin_internship", {"hromada": HROMADA, "since": "2019-10-16", "mentor": "Наставник"}),
    ("finish_internship", {"result": "passed", "on": "2019-11-15"}),
    ("appoint", {"hromada": HROMADA, "since": "2019-11-20"}),
)


@dataclass
class Entry:
    step: str
    data: dict[str, Any]
    unit: str = field(default="NPU-12")


def entry(step: str, **data: Any) -> Entry:
    return Entry(step, record_json(read_record(procedure.step(step).record, data)))


def until(last: str) -> list[Entry]:
    codes = [step for step, _ in USUAL]
    return [entry(step, **data) for step, data in USUAL[: codes.index(last) + 1]]


def stages(way: Way) -> list[tuple[str, date]]:
    return [(one.stage, one.began) for one in way.stages]


def test_the_way_has_one_stage_at_a_time():
    """A stage lasts until the next begins: candidate, in training, on internship, serving.

    Етап триває, доки не почнеться наступний: кандидат, навчання, стажування, служба.
    """
    way = way_of(until("appoint"))

    assert stages(way) == [
        ("candidate", date(2019, 6, 3)),
        ("training", date(2019, 8, 1)),
        ("internship", date(2019, 10, 16)),
        ("serving", date(2019, 11, 20)),
    ]
    assert [one.ended for one in way.stages] == [
        date(2019, 8, 1),
        date(2019, 10, 16),
        date(2019, 11, 20),
        None,
    ]


def test_somebody_is_enrolled_after_every_check_alone():
    """Requirements, tests, interview and polygraph are passed before enrolment. Practice of 2019 to 2023, unverified.

    До зарахування пройдено перевірку вимог, тестування, співбесіду і поліграф. Практика 2019–2023 років, не звірено.
    """
    without = [one for one in until("enrol") if one.step != "polygraph"]

    with pytest.raises(errors.NotPassed):
        way_of(without)


def test_nobody_graduates_before_the_training_began():
    """The end of the course cannot lie before its beginning.

    Закінчення курсу не може бути раніше його початку.
    """
    with pytest.raises(errors.TooEarly):
        way_of([*until("enrol"), entry("graduate", result="passed", on="2019-07-20")])


def test_the_internship_needs_a_course_that_was_passed():
    """Who did not pass the course does not begin the internship.

    Хто не закінчив курс, не починає стажування.
    """
    failed = entry("graduate", result="failed", on="2019-10-15")

    with pytest.raises(errors.NotPassed):
        way_of([*until("enrol"), failed, *until("begin_internship")[-1:]])


def test_a_leave_is_not_service():
    """From the first day of a leave until the day before the return the officer does not count as serving.

    Від першого дня відпустки до дня перед поверненням офіцер не рахується на службі.
    """
    away = entry("leave", kind="annual", since="2020-01-10")
    back = entry("return", since="2020-02-01")

    assert stages(way_of([*until("appoint"), away, back]))[-3:] == [
        ("serving", date(2019, 11, 20)),
        ("leave", date(2020, 1, 10)),
        ("serving", date(2020, 2, 1)),
    ]


def test_a_transfer_leads_to_another_hromada():
    """A transfer to the hromada that the officer serves already is refused.

    Переведення до громади, в якій офіцер уже служить, не приймається.
    """
    with pytest.raises(errors.SameHromada):
        way_of([*until("appoint"), entry("transfer", hromada=HROMADA, since="2020-03-01")])

    way = way_of([*until("appoint"), entry("transfer", hromada=OTHER, since="2020-03-01")])
    assert (way.now.hromada, way.now.began) == (OTHER, date(2020, 3, 1))


def test_who_serves_is_dismissed_and_does_not_withdraw():
    """A candidate, trainee or intern withdraws; who serves or is on leave is dismissed.

    Кандидат, слухач і стажист вибуває; того, хто служить або у відпустці, звільняють.
    """
    with pytest.raises(errors.NotNow):
        way_of([*until("appoint"), entry("withdraw", reason="own_wish", on="2020-03-01")])

    left = way_of([*until("appoint"), entry("dismiss", reason="own_wish", on="2020-03-01")])
    assert (left.now.stage, left.now.why) == ("left", "own_wish")


def test_nothing_is_entered_after_the_way_has_ended():
    """A dismissal ends the case; a new questionnaire opens a new one.

    Звільнення завершує справу; нова анкета відкриває нову.
    """
    at = datetime(2020, 1, 1, 9, tzinfo=UTC)
    history = [Taken(one.step, at, one.data) for one in until("appoint")]
    history.append(Taken("dismiss", at, {}))

    with pytest.raises(StepClosed):
        procedure.check(history, Taken("transfer", at, {}))
