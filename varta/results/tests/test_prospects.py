"""Forecasts made from the lake: what they learn from, whom they are shown to, and which a frozen report keeps."""

from datetime import UTC, date, datetime

import pytest

from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.results.ahead import chapter, making, months, targets
from varta.results.ahead.models import EarlierMonth, Prospect, ProspectRow
from varta.results.ahead.targets import Wanted
from varta.results.freezing import freeze
from varta.results.pack import of_frozen
from varta.results.report import Asked
from varta.results.tests.conftest import NOW, PERIOD

AS_OF = date(2026, 9, 30)
SYSTEM = Reader.system()


@pytest.fixture
def made(told):
    """Make forecasts of calls and complaints as of 30.09.2026; of calls an earlier system told five years."""
    for number in range(2021 * 12, 2025 * 12):
        EarlierMonth.objects.create(
            indicator="C01", place_id=demo.OBLAST, month=number, value=10 + number % 12, source="вигадано",
            is_invented=True, loaded_at=NOW,
        )  # fmt: skip
    for number in (2025 * 12 + 10, 2025 * 12 + 11):  # the story has no entries from November on
        EarlierMonth.objects.create(
            indicator="C01", place_id=demo.OBLAST, month=number, value=15, source="вигадано", loaded_at=NOW
        )
    asked = making.ask(as_of=AS_OF, by=SYSTEM, at=NOW)
    making.make(asked.key, now=lambda: NOW, codes=("C01", "C09-COMPLAINT"))
    return Prospect.objects.get(key=asked.key)


def test_months_come_from_entries_first_and_a_frozen_report_keeps_its_forecasts_and_targets(made):
    row = ProspectRow.objects.get(prospect=made, indicator="C01", place=demo.OBLAST)
    held = months.from_plain(row.months)
    short = ProspectRow.objects.get(prospect=made, indicator="C09-COMPLAINT", place=demo.OBLAST)
    wanted = Wanted("C01", "nine_months", PERIOD.first, 90, "decision", "Протокол", "UA", sense="at_most")
    targets.set_target(wanted, by=SYSTEM, at=datetime(2026, 1, 20, tzinfo=UTC))

    frozen = freeze(Asked(PERIOD), name="nine-months", by=SYSTEM, at=NOW)

    assert (held[2024 * 12].source, held[2026 * 12].source) == ("e", "r")
    assert row.outcome["known"] == sum(held[number].value for number in range(2026 * 12, 2026 * 12 + 9))
    assert short.outcome["reason"] in ("too_short", "unknown_months")
    assert (made.state, made.watermark > 0, bool(made.files)) == ("ready", True, True)
    assert chapter.kept_for(frozen.name).prospect == made
    [table] = chapter.of_report(frozen, reader=SYSTEM).tables
    [line] = [one for one in table.lines if one.code == demo.OBLAST]
    assert line.figures["C01"].low < line.figures["C01"].now < line.figures["C01"].high
    totals = [
        one.total for part in of_frozen(frozen).chapters for one in part.tables if "C01" in one.total.figures
    ]
    assert totals[0].figures["C01"].target == 90


def test_only_who_answers_for_all_of_a_place_sees_its_forecast(made):
    head = officer_at("head", "Варта Вигадана", "head", demo.OBLAST, demo.MAIN_DIRECTORATE)
    andrii = officer_at("andrii", "Варта Вигадана", "hromada_officer", demo.HROMADA, demo.SECTOR)

    seen = {}
    for officer in (head, andrii):
        with reading(Reader.of(officer, on=NOW.date())):
            seen[officer.login] = {row.place_id for row in ProspectRow.objects.all()}

    assert seen == {"head": {demo.OBLAST}, "andrii": set()}


def test_a_month_that_is_not_over_is_refused(db):
    with reading(SYSTEM), pytest.raises(making.ProspectRefused) as refused:
        making.ask(as_of=date(2026, 11, 30), by=SYSTEM, at=NOW)

    assert set(refused.value.texts) == {"uk", "en"}
