"""What is known about hromadas: kind, centre, point, population, and the sums that follow."""

from datetime import date

import pytest

from varta.places import hromadas, population
from varta.places.errors import BadValue, MissingColumns, UnknownCodes
from varta.places.models import Territory

HEADER = "code,type,center_code,center_lat,center_lon,minutes_to_oblast_center,population_2022\n"
RAION = "UA12060000000022633"  # Криворізький


@pytest.fixture
def parts(db) -> list[tuple[str, str]]:
    """Hromadas of a raion, each with a settlement that may be its centre."""
    found = Territory.objects.filter(parent=RAION).order_by("code")
    return [(row.code, row.children.order_by("code")[0].code) for row in found]


def line(hromada: str, centre: str, people: object = 1000, minutes: float = 30) -> str:
    return f"{hromada},сільська,{centre},47.5,33.5,{minutes},{people}\n"


def test_a_line_tells_of_the_hromada_and_of_its_centre(parts, file_of):
    hromada, centre = parts[0]

    outcome = hromadas.load(file_of(HEADER + line(hromada, centre), "known.csv"), source="Держстат")

    row = Territory.objects.get(code=hromada)
    assert (row.kind, row.centre, row.lat, row.lon) == ("rural", centre, 47.5, 33.5)
    assert (row.population, row.population_on, row.population_source) == (1000, date(2022, 1, 1), "Держстат")
    assert Territory.objects.get(code=centre).point_source == "known.csv"
    assert (outcome.read, outcome.changed) == (1, 2)


def test_the_same_file_again_changes_nothing(parts, file_of):
    file = file_of(HEADER + "".join(line(*pair) for pair in parts))
    hromadas.load(file)

    assert hromadas.load(file) == hromadas.Outcome(read=len(parts), changed=0, summed=0)


def test_the_population_of_a_raion_is_known_when_all_its_hromadas_are(parts, file_of):
    hromadas.load(file_of(HEADER + "".join(line(*pair) for pair in parts[:-1])))
    assert Territory.objects.get(code=RAION).population is None

    hromadas.load(file_of(HEADER + "".join(line(*pair) for pair in parts)))

    raion = Territory.objects.get(code=RAION)
    assert (raion.population, raion.population_on) == (1000 * len(parts), date(2022, 1, 1))
    assert raion.population_source.startswith(hromadas.SUM)
    assert Territory.objects.get(code=raion.oblast).population_source == population.SOURCE  # as it was


def test_an_unknown_population_stays_unknown_and_is_not_zero(parts, file_of):
    hromadas.load(file_of(HEADER + line(*parts[0], people="") + line(*parts[1], people=0)))

    assert Territory.objects.get(code=parts[0][0]).population is None
    assert Territory.objects.get(code=parts[1][0]).population == 0


def test_the_hromada_without_a_way_to_the_centre_holds_the_centre_of_the_oblast(parts, file_of):
    hromadas.load(file_of(HEADER + line(*parts[0], minutes=0)))

    oblast = Territory.objects.get(code="UA12000000000090473")
    assert (oblast.centre, oblast.lat) == (parts[0][1], 47.5)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (("сільська", "хутірська"), BadValue),
        (("47.5", "147.5"), BadValue),
        (("1000", "тисяча"), BadValue),
        (("1000", "-1"), BadValue),
        (("UA12", "UA99"), UnknownCodes),
        (("population_2022", "people"), MissingColumns),
        (("center_code", "centre"), MissingColumns),
    ],
)
def test_a_wrong_line_stops_the_whole_file(parts, file_of, change, error):
    text = HEADER + line(*parts[0]) + line(*parts[1]).replace(*change)
    if "_" in change[0]:
        text = text.replace(*change)

    with pytest.raises(error):
        hromadas.load(file_of(text))

    assert Territory.objects.get(code=parts[0][0]).kind == ""
