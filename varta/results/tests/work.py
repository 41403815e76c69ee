"""Work of two hromadas beside calls and appeals: violence, joint tasks, projects, officers on their way, feedback."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from varta.cases.bulk import Row
from varta.cases.canon import Involved
from varta.cases.tests.conftest import CALL
from varta.lib.uuid7 import uuid7_from

Step = tuple[str, float, dict]  # its code, hours after the case began, its record
Homes = tuple[tuple[str, str], ...]  # hromadas with their units


def told_of_work(homes: Homes, now: datetime, *, candidates: Sequence[UUID]) -> list[Row]:
    """Return the rows up to now, in both hromadas and both years."""
    rows: list[Row] = []
    for nth in range(len(candidates)):
        place, unit = homes[nth % 3 == 0]
        begun = datetime(2025 + nth % 2, 1 + 5 * nth % 9, 5 + nth, 9, tzinfo=UTC)
        for procedure, steps in (
            ("domestic_violence", _violence(nth)),
            ("joint_task", _task(nth)),
            ("safety_project", _project(nth)),
            ("officer_training", _way(nth, begun, place, homes)),
            ("call", _answered(nth)),
        ):
            case = uuid7_from(begun, procedure, nth)
            for step, hours, data in steps:
                at = begun + timedelta(hours=hours)
                key = uuid7_from(at, procedure, nth, step) if hours else case
                named = [Involved(candidates[nth], "candidate")] if step == "apply" else []
                rows.append(Row(key, case, procedure, step, at, now, data, place, unit, named))
    return [row for row in rows if row.at < now]


def _violence(nth: int) -> Iterator[Step]:
    yield "register", 0, {"forms": ["physical"], "children": nth // 2 % 2 == 0}
    if nth % 4:
        yield "tell_social_service", 10 * (nth % 4), {}
    if nth // 2 % 2 == 0:
        yield "tell_children_service", 20 if nth % 3 else 30, {}
    yield "close", 50, {"outcome": ("measures", "not_confirmed", "criminal", "other")[nth // 2 % 4]}


def _task(nth: int) -> Iterator[Step]:
    yield "send", 0, {"kind": ("handover", "request")[nth // 2 % 2], "about": "Перевірити"}
    if nth % 5 == 0:
        yield "send_back", 5, {"reason": "Не наша справа"}
    elif nth % 3:
        yield "accept", 6, {}
        yield "report", 24 * (4 + nth % 10), {"result": "done"}


def _project(nth: int) -> Iterator[Step]:
    yield "begin", 0, {"name": "Ліхтарі", "topic": "lighting", "aim": "Освітити зупинки"}
    if nth % 3:
        yield "finish", 900, {"result": ("done", "stopped")[nth // 2 % 2], "text": "Зроблено, що могли"}


def _way(nth: int, begun: datetime, place: str, homes: Homes) -> Iterator[Step]:
    """Yield the way of a candidate, who comes further the larger `nth`, the last to another hromada or away."""

    def day(after: float) -> str:
        return f"{begun + timedelta(hours=after):%Y-%m-%d}"

    other = homes[nth % 2][0]
    passed = {"result": "passed"}
    steps = [
        ("apply", 0, {"hromada": place, "on": day(0), "origin": "police", "education": "higher"}),
        ("requirements", 24, passed | {"on": day(24)}),
        ("testing", 48, passed | {"on": day(48)}),
        ("interview", 72, passed | {"on": day(72)}),
        ("polygraph", 96, passed | {"on": day(96)}),
        ("enrol", 120, {"cohort": "D-1", "since": day(200)}),
        ("graduate", 720, passed | {"on": day(720)}),
        ("begin_internship", 744, {"hromada": other, "since": day(750), "mentor": "Наставник"}),
        ("finish_internship", 1440, passed | {"on": day(1440)}),
        ("appoint", 1464, {"hromada": other, "since": day(1500)}),
        ("transfer", 2000, {"hromada": homes[1 - nth % 2][0], "since": day(2010)}),
        ("leave", 2500, {"kind": "annual", "since": day(2510), "until": day(2900)}),
    ]
    yield from steps[: 1 + nth % len(steps)]


def _answered(nth: int) -> Iterator[Step]:
    yield "receive", 0, CALL | {"category": "beta"}
    yield "assign", 0.1, {"force": "patrol"}
    yield "arrive", 0.4, {}
    yield "close", 1, {"outcome": "resolved", "confirmed": True}
    yield "feedback", 40, {"satisfied": ("yes", "no")[nth // 2 % 2], "treated_well": "yes"}
