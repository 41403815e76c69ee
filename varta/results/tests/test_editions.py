"""What was frozen stays; two who freeze at once; late entries and the edition that tells of them."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests import databases
from varta.cases.actions import take
from varta.cases.tests.conftest import CALL
from varta.lake import dimensions
from varta.lake.refresh import refresh
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.results import actions, freezing, queries
from varta.results.errors import Unmade
from varta.results.models import FrozenReport
from varta.results.pack import of_frozen
from varta.results.report import Asked
from varta.results.tests.conftest import NOW, PERIOD
from varta.results.tests.test_way import client_of

SYSTEM = Reader.system()
COMPOSED = {"name": "twice", "first": "2026-09-01", "last": "2026-09-30", "levels": ["hromada"]}
LATE = datetime(2026, 9, 29, 20, tzinfo=UTC)


def reader(login, name, role="analyst", place=demo.RAION, unit=demo.DIRECTORATE):
    return Reader.of(officer_at(login, name, role, place, unit), on=NOW.date())


def agreed(by, head):
    with reading(by):
        actions.compose(key=uuid7(NOW), data=COMPOSED, by=by, at=NOW)
        actions.step(draft=queries.draft(by, "twice"), code="submit", key=uuid7(NOW), data={}, by=by, at=NOW)
    with reading(head):
        actions.step(
            draft=queries.draft(head, "twice"), code="agree", key=uuid7(NOW), data={}, by=head, at=NOW
        )


def test_of_two_who_freeze_at_once_one_wins_and_the_other_is_told_who_and_when(
    committed_db, tmp_path, monkeypatch
):
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    dimensions.write()
    both = [reader("anton", "Антон Показник"), reader("halyna", "Галина Керівна", "head")]
    agreed(both[0], reader("nadiia", "Надія Превентивна", "head"))
    together, told = Barrier(2), []

    def freeze(by):
        with reading(by):
            draft = queries.draft(by, "twice")
            together.wait(60)
            try:
                told.append(actions.freeze(draft=draft, key=uuid7(NOW), by=by, at=NOW).made_by)
            except Unmade as refused:
                told.append(refused.text("uk"))
        connection.close()

    threads = [Thread(target=freeze, args=[by]) for by in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    [winner] = [one for one in told if isinstance(one, int)]
    [refusal] = [one for one in told if isinstance(one, str)]
    name = "Антон Показник" if winner == both[0].officer_id else "Галина Керівна"
    assert name in refusal and "01.11.2026 10:00" in refusal
    with reading(SYSTEM):
        assert FrozenReport.objects.count() == 1


@pytest.fixture
def late(written):
    """Freeze, and let a call of the period come afterwards."""
    with reading(SYSTEM):
        kept = freezing.freeze(Asked(PERIOD, "hromada"), name="kept", by=SYSTEM, at=NOW)
    with reading(SYSTEM):
        take(key=uuid7(NOW), procedure="call", step="receive", data=CALL, by=SYSTEM, at=LATE, received_at=NOW,
             place=demo.HROMADA, unit=demo.SECTOR)  # fmt: skip
    databases.settle()
    refresh(NOW)
    return kept


def test_a_late_entry_leaves_the_frozen_rows_and_a_revision_lists_what_it_changed(late, settings):
    settings.DEMO = True
    officer = officer_at("oksana", "Оксана Перевірко", "auditor", demo.UKRAINE, demo.HEADQUARTERS)
    number = of_frozen(late).chapters[0].tables[0].total.figures["C01"].now

    with reading(SYSTEM):
        since = freezing.since(late, by=SYSTEM, at=NOW)
        second, changes = freezing.revise(late, reason="Паперовий журнал", by=SYSTEM, at=NOW)
        first = FrozenReport.objects.get(name="kept")
        recounted = [list(freezing.differences(one)) for one in (first, second)]

    assert ("*", "C01", (number, number + 1)) in [
        (one.line.code, one.head.code, one.values) for one in changes
    ]
    assert {one.line.code for one in changes} == {demo.HROMADA, "*"}
    assert [(one.head.code, one.values) for one in since] == [(one.head.code, one.values) for one in changes]
    assert (second.name, second.edition, second.of, second.reason) == (
        "kept-2",
        2,
        "kept",
        "Паперовий журнал",
    )
    assert (first.rows, recounted) == (late.rows, [[], []])
    assert "/results/reports/kept-2/" in client_of(officer).get("/results/reports/kept/").content.decode()
    told = client_of(officer).get("/results/reports/kept-2/changed/").content.decode()
    assert "Паперовий журнал" in told and "changed/entries" not in told  # an auditor sees no cases
