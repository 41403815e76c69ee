"""Reminders of what is due: on which days, to whom, and once however often the job runs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from croniter import croniter
from django.db import connection
from procrastinate.contrib.django import app

from varta.appeals import jobs, reminding
from varta.appeals.models import Reminder
from varta.appeals.tests.conftest import CAME, register, send, step
from varta.lib.clock import KYIV
from varta.notices.models import Notice
from varta.people.models import Officer
from varta.people.scope import Reader, reading

SYSTEM = Reader.system()
# An appeal of 2 March 2026 is answered by 2 April.
LAST = datetime(2026, 4, 2, 6, tzinfo=KYIV).astimezone(UTC)


def reminded(days_before: int) -> set[tuple[str, int, bool]]:
    """Run the job on the morning so many days before the last one; return who was reminded then."""
    at = LAST - timedelta(days=days_before)
    reminding.remind(at)
    with reading(SYSTEM):
        rows = Reminder.objects.filter(at=at).select_related("officer")
        return {(row.officer.login, row.days_left, row.as_head) for row in rows}


@pytest.fixture
def given(desk, andrii, halyna):
    """An appeal given to Andrii, with a head over him."""
    case = register(desk).case_key
    step(desk, case, "assign", executor="andrii")
    return case


@pytest.mark.parametrize("days", [7, 3, 1, 0])
def test_the_executor_is_reminded_seven_three_and_one_day_before_and_on_the_last(given, days):
    assert reminded(days) == {("andrii", days, False)}


@pytest.mark.parametrize("days", [30, 8, 6, 5, 4, 2])
def test_on_other_days_nobody_is_reminded(given, days):
    assert reminded(days) == set()


@pytest.mark.parametrize("days", [1, 2, 40])
def test_when_it_is_late_the_head_is_reminded_too_every_day(given, days):
    assert reminded(-days) == {("andrii", -days, False), ("halyna", -days, True)}


def test_the_job_run_again_on_the_same_day_reminds_nobody_twice(given):
    with reading(SYSTEM):
        Officer.objects.filter(login="andrii").update(email="andrii@example.org")

    first = reminding.remind(LAST)
    again = reminding.remind(LAST + timedelta(hours=3))

    assert (first, again) == (1, 0)
    with reading(SYSTEM):
        assert Reminder.objects.count() == 1
        assert Notice.objects.count() == 1


def test_an_appeal_without_an_executor_is_brought_to_the_head(desk, halyna):
    register(desk)

    assert reminded(3) == {("halyna", 3, True)}


def test_a_locked_executor_is_nobody(given):
    with reading(SYSTEM):
        Officer.objects.filter(login="andrii").update(is_active=False)

    assert reminded(3) == {("halyna", 3, True)}


def test_an_answered_appeal_is_not_reminded_of(given, desk):
    step(desk, given, "reply", days=5, result="satisfied", text="Провели бесіду")
    send(desk, given, days=6, kind="answer")

    assert reminded(3) == set()
    assert reminded(-1) == set()


def test_an_extension_moves_the_reminders(given, halyna, reader_of):
    with reading(reader_of(halyna)) as head:
        step(head, given, "extend", days=3, until="2026-04-16", reason="Перевірка")

    assert reminded(3) == set()
    assert reminded(-11) == {("andrii", 3, False)}  # 13 April


def test_the_day_that_the_head_set_comes_before_the_term(desk, andrii, halyna):
    case = register(desk).case_key
    step(desk, case, "assign", executor="andrii", answer_by="2026-03-20")

    assert reminded(14) == {("andrii", 1, False)}  # 19 March
    assert reminded(12) == {("andrii", -1, False), ("halyna", -1, True)}


def test_a_notice_bears_numbers_and_days_and_nothing_about_people(given, desk, andrii):
    case = register(desk, at=CAME + timedelta(hours=1)).case_key
    step(desk, case, "assign", days=2, executor="andrii")
    with reading(SYSTEM):
        Officer.objects.filter(login="andrii").update(email="andrii@example.org")

    reminding.remind(LAST - timedelta(days=3))

    with reading(SYSTEM):
        [notice] = Notice.objects.all()
    assert notice.context == {"count": 2, "lines": "1/2026: до 02.04.2026\n2/2026: до 02.04.2026"}
    assert (notice.template, notice.to, notice.language) == ("appeals_due", "andrii@example.org", "uk")


def test_two_workers_at_one_moment_remind_once(committed_db):
    from varta.people import demo
    from varta.people.tests.story import officer_at

    officer_at("andrii", "Андрій Громаденко", "hromada_officer", demo.HROMADA, demo.SECTOR)
    with reading(SYSTEM):
        case = register(SYSTEM).case_key
        step(SYSTEM, case, "assign", executor="andrii")

    def work() -> int:
        try:
            return reminding.remind(LAST)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = sorted(one.result(60) for one in [pool.submit(work) for _ in range(2)])

    assert done == [0, 1]


def test_the_worker_reminds_every_morning():
    tasks = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}
    times = croniter(tasks[jobs.remind.name].cron, datetime(2026, 11, 23, tzinfo=UTC))

    found = [times.get_next(datetime) for _ in range(6)]

    assert all(later - earlier < timedelta(hours=24) for earlier, later in pairwise(found))
    assert {moment.astimezone(KYIV).hour for moment in found} == {6, 9}
