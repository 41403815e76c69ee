"""Loading codifiers: what is new, gone, renamed, moved and back, and that nothing is ever half done."""

from datetime import date

import pytest
from django.db import OperationalError, connection

from varta.places import codifier, queries, territory
from varta.places.errors import CodeTaken, LostTooMuch, OlderThanLoaded, OrphanParent
from varta.places.models import Edition, Territory, TerritoryChange
from varta.places.tests.conftest import FIRST, LAND


def row(code: str) -> Territory:
    return Territory.objects.get(code=code)


def everything() -> list[tuple]:
    return list(Territory.objects.order_by("code").values_list())


def test_the_country_is_whole(db):
    ukraine = row("UA")

    assert queries.counts_below(ukraine) == {1: 27, 2: 136, 3: 1772, 4: 29701, 5: 108}
    assert ukraine.title in ("Україна", "Ukraine")


def test_a_place_knows_its_oblast_raion_and_hromada(db):
    apostolove = queries.by_name("Апостолове")[0]

    assert (apostolove.level, apostolove.category, apostolove.name_en) == (4, "M", "Apostolove")
    assert [step.name for step in queries.path(apostolove)] == [
        "Україна", "Дніпропетровська", "Криворізький", "Апостолівська",
    ]  # fmt: skip
    assert [row(code).level for code in (apostolove.oblast, apostolove.raion, apostolove.hromada)] == [
        1,
        2,
        3,
    ]


def test_inside_the_interval_means_below_in_the_tree(db):
    rows = {place.code: place for place in Territory.objects.all()}

    for place in rows.values():
        assert place.parent_id is None or rows[place.parent_id].holds(place)
        assert place.oblast is None or rows[place.oblast].holds(place)


def test_districts_of_kyiv_lie_in_kyiv_which_has_no_raion(db):
    kyiv = queries.by_name("Київ")[0]

    assert kyiv.category == "K"
    assert queries.children(kyiv).count() == 10
    assert row(queries.children(kyiv)[0].code).raion is None


def test_the_first_list_says_nothing_of_when_its_places_began(load):
    load(FIRST)

    assert row("N-1").valid_from is None
    assert queries.territory_at("N-1", date(1999, 1, 1)) is not None


def test_levels_of_another_country_are_its_depths(load):
    load(FIRST)

    harbour = row("N-1-a")
    assert (harbour.level, harbour.oblast, harbour.raion, harbour.hromada) == (3, "N", "N-1", "N-1-a")
    assert harbour.name_en == "Prystan"
    assert (row("N-1").population, row("N-1").population_on) == (1200, date(2020, 1, 1))


def test_two_countries_share_no_number(load):
    load(FIRST)

    ukraine, land = row("UA"), row("XX")
    assert land.pre > ukraine.pre_end
    assert queries.by_name("Берег", within="XX") == [row("N-1")]
    assert row("N-1") not in queries.by_name("Берег", within="UA")


def test_the_same_file_again_changes_nothing(load):
    load(FIRST)
    before = everything()

    outcome = load(FIRST)
    later = load(FIRST, as_of="2025-01-01")

    assert (outcome.added, outcome.closed, outcome.changed) == ([], [], 0)
    assert (later.added, later.closed, later.changed) == ([], [], 0)
    assert everything() == before
    assert Edition.objects.filter(root="XX").count() == 1


def test_the_packaged_codifier_again_changes_nothing(db):
    before = everything()

    outcome = territory.load(codifier.packaged(), root=territory.ROOT_OF_UKRAINE)

    assert (outcome.added, outcome.closed, outcome.changed) == ([], [], 0)
    assert everything() == before


def test_a_place_that_is_gone_is_closed_and_not_deleted(load):
    load(FIRST)

    outcome = load(FIRST.replace("S-1,S,Степ,county,40.0,10.0,,\n", ""), as_of="2025-03-01")

    assert outcome.closed == ["S-1"]
    assert row("S-1").valid_to == date(2025, 3, 1)
    assert queries.territory_at("S-1", date(2025, 2, 28)) is not None
    assert queries.territory_at("S-1", date(2025, 3, 1)) is None


def test_a_new_place_is_valid_from_its_list_and_renumbers_nobody(load):
    load(FIRST)
    numbers = dict(Territory.objects.values_list("code", "pre"))

    load(FIRST + "N-2,N,Гора,county,,,,\n", as_of="2025-03-01")

    assert row("N-2").valid_from == date(2025, 3, 1)
    assert row("N").holds(row("N-2"))
    assert dict(Territory.objects.exclude(code="N-2").values_list("code", "pre")) == numbers


def test_a_renamed_place_keeps_its_former_name(load):
    load(FIRST)

    outcome = load(FIRST.replace("Пристань", "Гавань"), as_of="2025-03-01")

    assert outcome.renamed == ["N-1-a"]
    assert row("N-1-a").name == "Гавань"
    assert queries.by_name("Гавань") == [row("N-1-a")]
    [change] = TerritoryChange.objects.filter(territory="N-1-a")
    assert (change.what, change.was, change.until) == ("name", "Пристань", date(2025, 3, 1))


def test_a_moved_place_takes_what_lies_in_it_along(load):
    load(FIRST)

    outcome = load(FIRST.replace("N-1,N,", "N-1,S,"), as_of="2025-03-01")

    assert outcome.moved == ["N-1"]
    assert row("S").holds(row("N-1")) and row("S").holds(row("N-1-a"))
    assert not row("N").holds(row("N-1-a"))
    assert row("N-1-a").oblast == "S"
    assert TerritoryChange.objects.get(territory="N-1").was == "N"


def test_a_place_may_come_back(load):
    load(FIRST)
    load(FIRST.replace("S-1,S,Степ,county,40.0,10.0,,\n", ""), as_of="2025-03-01")

    outcome = load(FIRST, as_of="2026-03-01")

    assert outcome.returned == ["S-1"]
    assert row("S-1").valid_to is None
    assert TerritoryChange.objects.get(territory="S-1").what == "absence"


def test_a_closed_place_points_to_its_only_namesake(load):
    load(FIRST)

    load(FIRST.replace("S-1,S,Степ", "S-9,S,Степ"), as_of="2025-03-01")

    assert row("S-1").became == "S-9"


def test_an_older_list_cannot_replace_a_newer_one(load):
    load(FIRST, as_of="2025-01-01")

    with pytest.raises(OlderThanLoaded):
        load(FIRST.replace("Степ", "Лан"), as_of="2024-01-01")


def test_half_a_country_is_refused_unless_it_is_meant(load):
    rows = "".join(f"T-{number},N,Місто {number},town,,,,\n" for number in range(60))
    load(FIRST + rows)

    with pytest.raises(LostTooMuch):
        load(FIRST, as_of="2025-03-01", allow_loss=False)

    assert row("T-1").valid_to is None


def test_a_refused_file_leaves_everything_as_it_was(load):
    load(FIRST)
    before = everything()

    with pytest.raises(OrphanParent):
        load(FIRST + "X-1,nowhere,Ніде,county,,,,\n", as_of="2025-03-01")

    assert everything() == before


def test_a_lost_connection_leaves_everything_as_it_was(committed_db, as_superuser, file_of):
    read = codifier.read(file_of(FIRST), root="XX", as_of=date(2024, 1, 1))

    def cut(stage: str) -> None:
        if stage == "writing":
            as_superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'varta_app' AND datname = current_database()"
            )

    with pytest.raises(OperationalError):
        territory.load(read, root=LAND, tell=cut)

    connection.close()
    assert not Territory.objects.filter(code="XX").exists()
    assert not Edition.objects.filter(root="XX").exists()


def test_a_code_of_another_country_is_refused_with_advice(load):
    kyiv = "UA80000000000093317"

    with pytest.raises(CodeTaken) as refused:
        load(FIRST + f"{kyiv},N,Чужий,county,,,,\n")

    assert f"XX-{kyiv}" in refused.value.text("uk")
    assert not Territory.objects.filter(code=LAND.code).exists()
