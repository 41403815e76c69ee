"""The way of each invented candidate, step by step, from the questionnaire to today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from varta.cases.bulk import Row
from varta.cases.canon import Involved
from varta.lib.uuid7 import uuid7_from
from varta.officers.demo import people, plan
from varta.officers.demo.plan import Someone

HORIZON = date(2028, 1, 1)
LEAVING = 0.055  # of those who serve, a year
MOVING = 0.02
CHECKS = ("requirements", "testing", "interview", "polygraph")
GAPS = {"requirements": 6, "testing": 12, "interview": 17, "polygraph": 23}  # days after the questionnaire
MENTORS = ("Степан Наставний", "Ольга Порадна", "Микола Досвідченко", "Тамара Старша")
REASONS = ("own_wish", "own_wish", "other_post", "health", "age")
SUBJECTS = ("law", "tactics", "driving", "first_aid", "communication", "juvenile")
CLASS_DAYS = 6  # of each course, told as examples

Told = tuple[str, date, dict[str, Any]]


@dataclass(frozen=True)
class Days:
    """The days of a course for those who take it."""

    interns: date
    finish: date
    serves: date


def rows(someone: Someone, *, until: date) -> list[Row]:
    """Return the steps of a candidate up to a day, inclusive."""
    first = None
    found = []
    seen: dict[str, int] = {}
    units = plan.units()
    unit, place = units[someone.oblast], someone.hromada
    for step, day, data in sorted(_told(someone), key=lambda one: one[1]):
        if day > until:
            break
        at = datetime(day.year, day.month, day.day, 7, tzinfo=UTC) + timedelta(minutes=someone.in_course)
        seen[step] = seen.get(step, 0) + 1
        key = uuid7_from(at, "demo-officer", someone.nth, step, seen[step])
        first = first or key
        if "hromada" in data:
            place = data["hromada"]
        if step in ("appoint", "transfer"):
            unit = units.get(place, unit)
        involved = (Involved(people.key_of(someone.nth), "candidate"),) if step == "apply" else ()
        found.append(Row(key, first, "officer_training", step, at, at, data, place, unit, involved))
    return found


def _told(someone: Someone) -> Iterator[Told]:
    chance = Random(f"way {someone.nth}")  # noqa: S311
    course = someone.course
    applied = _applied(someone, chance)
    yield "apply", applied, {
        "hromada": someone.hromada,
        "on": f"{applied}",
        "origin": "police" if chance.random() < 0.7 else "civilian",
        "education": "higher" if chance.random() < 0.9 else "vocational",
        "service_months": chance.randrange(18, 160),
        "driving_years": chance.randrange(1, 15),
    }  # fmt: skip
    fails = None if someone.taken else chance.choice(CHECKS)
    for check in CHECKS:
        day = applied + timedelta(days=GAPS[check])
        more = {"points": chance.randrange(62, 98) if check != fails else chance.randrange(20, 59)}
        yield check, day, {
            "result": "failed" if check == fails else "passed",
            "on": f"{day}",
            **(more if check == "testing" else {}),
        }  # fmt: skip
        if check == fails:
            gone = day + timedelta(days=5)
            yield "withdraw", gone, {"reason": check, "on": f"{gone}"}
            return
    yield "enrol", course.begins, {"cohort": course.code, "since": f"{course.begins}"}
    yield from _course(someone, chance)


def _applied(someone: Someone, chance: Random) -> date:
    """Return the day of the questionnaire: the first selection began in November 2018, the others two months before."""
    begins = someone.course.begins
    if someone.course.code.endswith("Д-2019-1"):
        return date(2018, 11, 12) + timedelta(days=chance.randrange(45))
    if begins == date(2020, 1, 20):  # of the seven regions: candidates already in October
        return date(2019, 10, 14) + timedelta(days=chance.randrange(8))
    return begins - timedelta(days=32 + chance.randrange(30))


def _course(someone: Someone, chance: Random) -> Iterator[Told]:
    course, nth = someone.course, someone.in_course
    yield from _classes(someone, chance)
    if nth < course.expelled:
        day = course.expelled_on or course.begins + timedelta(days=40)
        yield "withdraw", day, {"reason": "course", "on": f"{day}"}
        return
    days = Days(
        course.interns_from or course.ends + timedelta(days=7),
        course.interns_until or course.ends + timedelta(days=38),
        course.serves_from or course.ends + timedelta(days=45),
    )
    yield "graduate", course.ends, {"result": "passed", "on": f"{course.ends}"}
    mentor = chance.choice(MENTORS)
    yield "begin_internship", days.interns, {
        "hromada": someone.hromada, "since": f"{days.interns}", "mentor": mentor,
    }  # fmt: skip
    if nth < course.expelled + course.failed:
        day = course.failed_on or days.finish
        yield "withdraw", day, {"reason": "internship", "on": f"{day}"}
        return
    yield "finish_internship", days.finish, {"result": "passed", "on": f"{days.finish}"}
    yield "appoint", days.serves, {
        "hromada": someone.hromada,
        "since": f"{days.serves}",
        "order": f"№ {100 + someone.nth} о/с від {days.serves:%d.%m.%Y}",
        "login": someone.login,
    }  # fmt: skip
    yield from _service(someone, days.serves, chance)


def _classes(someone: Someone, chance: Random) -> Iterator[Told]:
    """Tell some classes and marks of the courses of this and the last year, for pages to show."""
    if someone.course.begins.year < 2026:
        return
    for nth in range(CLASS_DAYS):
        day = someone.course.begins + timedelta(days=7 * nth + 1)
        presence = chance.choices(("present", "absent", "excused"), (92, 3, 5))[0]
        yield "attend", day, {"on": f"{day}", "presence": presence, "subject": SUBJECTS[nth % len(SUBJECTS)]}
    for subject in SUBJECTS[:2]:
        day = someone.course.begins + timedelta(days=39)
        yield "mark", day, {"subject": subject, "on": f"{day}", "points": chance.randrange(60, 100)}


def _service(someone: Someone, since: date, chance: Random) -> Iterator[Told]:
    left = _leaves(someone, since, chance)
    moved = since + timedelta(days=int(chance.expovariate(MOVING / 365)))
    if moved < min(left, HORIZON) and not someone.login and moved > since + timedelta(days=200):
        others = [
            one.hromada for one in plan.plan().people[someone.course.code] if one.oblast == someone.oblast
        ]
        target = next((code for code in others if code != someone.hromada), None)
        if target:
            yield "transfer", moved, {"hromada": target, "since": f"{moved}"}
    yield from _away(someone, since, left, chance)
    if left < HORIZON:
        yield "dismiss", left, {"reason": chance.choice(REASONS), "on": f"{left}"}


def _leaves(someone: Someone, since: date, chance: Random) -> date:
    """Return the day on which the officer serves no more; in the autumn of 2019 only those of the story leave."""
    course = someone.course
    rank = someone.in_course - course.expelled - course.failed
    if rank < len(course.gone):
        return course.gone[rank]
    drawn = since + timedelta(days=60 + int(chance.expovariate(LEAVING / 365)))
    if someone.login or drawn < date(2020, 1, 15):
        return HORIZON
    return drawn


def _away(someone: Someone, since: date, left: date, chance: Random) -> Iterator[Told]:
    """Tell an annual leave of 2026 for every third officer."""
    began = date(2026, 1, 12) + timedelta(days=chance.randrange(340))
    back = began + timedelta(days=24)
    if someone.nth % 3 or someone.login or began < since + timedelta(days=5) or back >= left:
        return
    yield "leave", began, {"kind": "annual", "since": f"{began}", "until": f"{back}"}
    yield "return", back, {"since": f"{back}"}
