"""Units: the usual structure over the codifier, and units from a file of one's own."""

from datetime import date

import pytest

from varta.places import police, queries, units
from varta.places.errors import BadValue, Cycle, DuplicateCode, MissingColumns, OrphanParent, UnknownCodes
from varta.places.models import Territory, Unit, UnitPlace

DAY = date(2026, 1, 1)
HEADER = "code,parent,name,kind,branch,places\n"
OWN = (
    HEADER
    + "PD,,Міський департамент,headquarters,headquarters,UA\nPD-1,PD,Дільниця 1,station,patrol,UA12000000000090473\n"
)


def load(file_of, text: str, **more):
    return units.load(units.read(file_of(text)), as_of=DAY, **more)


def test_every_oblast_has_a_main_directorate_with_its_four_branches(db):
    for oblast in Territory.objects.filter(level=1, category="O"):
        main = Unit.objects.get(code=f"NPU-{oblast.code[2:4]}")

        branches = set(main.children.values_list("branch", flat=True))
        assert {"prevention", "criminal", "patrol", "dispatch"} <= branches
        assert oblast in main.places.all()


def test_sevastopol_is_answered_for_by_the_directorate_of_crimea(db):
    answers = queries.units_for(Territory.objects.get(code__startswith="UA85", level=1)).values_list(
        "code", flat=True
    )

    assert "NPU-01" in answers
    assert not Unit.objects.filter(code="NPU-85").exists()


def test_every_raion_of_the_mainland_has_a_directorate(db):
    raions = Territory.objects.filter(level=2, code__startswith="UA").exclude(oblast__startswith="UA01")

    assert not raions.exclude(units__kind="raion_directorate").exists()


def test_every_hromada_of_the_mainland_has_a_sector(db):
    hromadas = Territory.objects.filter(level=3, code__startswith="UA").exclude(oblast__startswith="UA01")

    assert not hromadas.exclude(units__kind="sector").exists()


def test_names_are_formed_as_the_police_forms_them(db):
    name = dict(Unit.objects.values_list("code", "name"))

    assert name["NPU-12"] == "Головне управління Національної поліції в Дніпропетровській області"
    assert name["NPU-46"] == "Головне управління Національної поліції у Львівській області"
    assert name["NPU-80"] == "Головне управління Національної поліції у м. Києві"
    assert name["NPU-12-PD"] == "Управління превентивної діяльності ГУНП в Дніпропетровській області"
    assert name["NPU-12-1206"] == "Криворізьке районне управління поліції"
    assert (
        name["NPU-12-1206-001"] == "Сектор поліцейської діяльності Апостолівської громади Криворізького РУП"
    )


def test_inside_the_interval_means_below_in_the_tree(db):
    rows = {unit.code: unit for unit in Unit.objects.all()}

    assert all(unit.parent_id is None or rows[unit.parent_id].holds(unit) for unit in rows.values())
    assert rows["NPU-12"].holds(rows["NPU-12-1206-001"])
    assert not rows["NPU-46"].holds(rows["NPU-12-1206-001"])


def test_the_usual_structure_again_changes_nothing(db):
    before = list(Unit.objects.order_by("code").values_list())

    outcome = units.load(police.build(), as_of=DAY)

    assert (outcome.added, outcome.changed, outcome.closed, outcome.places) == (0, 0, 0, 0)
    assert list(Unit.objects.order_by("code").values_list()) == before


def test_those_who_answer_for_a_village_stand_from_the_widest_down(db):
    village = queries.by_name("Апостолове")[0]

    codes = list(queries.units_for(village).values_list("code", flat=True))

    assert (
        codes.index("NPU")
        < codes.index("NPU-12")
        < codes.index("NPU-12-1206")
        < codes.index("NPU-12-1206-001")
    )
    assert not any(code.startswith("NPU-46") for code in codes)


def test_units_of_ones_own_stand_beside_the_police(db, file_of):
    outcome = load(file_of, OWN)

    own, police_of_ukraine = Unit.objects.get(code="PD"), Unit.objects.get(code="NPU")
    assert (outcome.added, outcome.places) == (2, 2)
    assert own.holds(Unit.objects.get(code="PD-1"))
    assert not police_of_ukraine.holds(own)
    assert Unit.objects.get(code="PD-1").name_en == "Dilnytsia 1"


def test_a_unit_may_be_added_below_one_that_is_there(db, file_of):
    load(file_of, HEADER + "NPU-12-ST-1,NPU-12,Станція на вокзалі,station,patrol,\n")

    assert Unit.objects.get(code="NPU-12").holds(Unit.objects.get(code="NPU-12-ST-1"))
    assert Unit.objects.get(code="NPU-12-ST-1").valid_from == DAY


def test_units_that_a_file_does_not_name_stay_unless_asked(db, file_of):
    load(file_of, OWN)

    load(file_of, OWN.replace("PD-1,", "PD-2,"))
    assert Unit.objects.get(code="PD-1").valid_to is None

    load(file_of, OWN.replace("PD-1,", "PD-2,"), close_missing=True)
    assert Unit.objects.get(code="PD-1").valid_to == DAY
    assert Unit.objects.get(code="NPU-12").valid_to is None


def test_places_of_a_unit_follow_the_file(db, file_of):
    load(file_of, OWN)

    load(file_of, OWN.replace("UA12000000000090473", "UA46000000000026241 UA07000000000024379"))

    places = UnitPlace.objects.filter(unit="PD-1").values_list("place", flat=True)
    assert set(places) == {"UA46000000000026241", "UA07000000000024379"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (OWN.replace("station", "castle"), BadValue),
        (OWN.replace("patrol", "cavalry"), BadValue),
        (OWN.replace("Дільниця 1", ""), BadValue),
        (OWN.replace("UA12000000000090473", "UA12"), UnknownCodes),
        (OWN.replace("PD-1,PD", "PD,PD"), DuplicateCode),
        (OWN.replace("PD-1,PD", "PD-1,XX"), OrphanParent),
        (OWN.replace("PD,,", "PD,PD-1,"), Cycle),
        (OWN.replace("branch", "arm"), MissingColumns),
    ],
)
def test_a_wrong_file_of_units_changes_nothing(db, file_of, text, error):
    before = Unit.objects.count()

    with pytest.raises(error):
        load(file_of, text)

    assert Unit.objects.count() == before
