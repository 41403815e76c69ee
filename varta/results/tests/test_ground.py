"""Places that merged and were renamed: both periods on today's territory, and the change said on the row."""

from datetime import date

from varta.lake import dimensions, manifest
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.places.models import Territory, TerritoryChange, Unit
from varta.results import ground
from varta.results.recount import TOTAL, Scope, recount
from varta.results.report import Asked, make
from varta.results.tests.conftest import PERIOD

SYSTEM = Reader.system()
ALL = (0, 2**31 - 1)


def test_a_merged_hromada_counts_in_the_one_it_became_and_the_row_says_so(told):
    before = {
        line.code: line.cells["C01"].before.number
        for line in make(Asked(PERIOD, "hromada"), reader=SYSTEM).lines
    }
    both = before[demo.HROMADA] + before[demo.OTHER_HROMADA]
    other = Territory.objects.get(code=demo.OTHER_HROMADA)
    Territory.objects.filter(code=other.code).update(valid_to=date(2026, 3, 1), became=demo.HROMADA)
    TerritoryChange.objects.create(
        territory_id=demo.HROMADA, what="name", was="Стара Назва", until=date(2025, 6, 1)
    )
    dimensions.write()

    lines = {line.code: line for line in make(Asked(PERIOD, "hromada"), reader=SYSTEM).lines}
    again = recount(
        Scope(
            PERIOD.year_before().start,
            PERIOD.year_before().end,
            "hromada",
            manifest.read().watermark,
            ALL,
            ALL,
        )
    )

    assert other.code not in lines
    assert lines[demo.HROMADA].cells["C01"].before.number == both == again["C01"][demo.HROMADA]
    renamed, merged = lines[demo.HROMADA].notes
    assert renamed == {
        "uk": "До 01.06.2025 називалося «Стара Назва».",
        "en": "Until 01.06.2025 it was called “Стара Назва”.",
    }
    assert other.titles["uk"] in merged["uk"]
    assert "today's territory" in merged["en"]
    assert again["C01"][TOTAL] == sum(value or 0 for code, value in again["C01"].items() if code != TOTAL)


def test_a_unit_that_ended_or_began_says_so_on_its_row(db):
    with reading(SYSTEM):
        Unit.objects.filter(code=demo.OTHER_SECTOR).update(valid_to=date(2026, 3, 1))
        Unit.objects.filter(code=demo.SECTOR).update(valid_from=date(2025, 7, 1))

        found = ground.notes("unit", PERIOD)

    assert {code: text["en"][:32] for code, (text,) in found.items()} == {
        demo.OTHER_SECTOR: "It is no more since 01.03.2026: ",
        demo.SECTOR: "It exists since 01.07.2025: befo",
    }
