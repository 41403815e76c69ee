"""Pages of places and units: open to every officer, in both languages, with unknown told apart from zero."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from varta.places import codifier, territory
from varta.places.models import Territory
from varta.places.tests.conftest import FIRST, LAND

OBLAST = "UA12000000000090473"
KYIV = "UA80000000000093317"


@pytest.fixture(autouse=True)
def demonstration(settings):
    """Ask for no second factor."""
    settings.DEMO = True


@pytest.fixture
def page(client, olena):
    """Return the text of a page as Olena reads it."""
    client.force_login(olena)

    def read(address: str, **headers) -> str:
        answer = client.get(address, headers={"accept-language": "uk", **headers})
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    return read


@pytest.mark.parametrize(
    "address", ["/places/", f"/places/{OBLAST}/", "/places/units/", "/places/suggest?q=Київ"]
)
def test_a_stranger_sees_nothing(client, db, address):
    assert client.get(address).status_code in (302, 401, 403)


def test_the_first_page_lists_the_oblasts(page):
    text = page("/places/")

    assert (
        text.index("Вінницька область")
        < text.index("Дніпропетровська область")
        < text.index("Чернівецька область")
    )
    assert f"/places/{OBLAST}/" in text


def test_a_search_forgives_the_keyboard_layout(page):
    assert "м. Дніпро" in page("/places/?q=lysghj")
    assert "м. Дніпро" in page("/places/?q=lysghj", **{"hx-request": "true"})


def test_a_search_that_finds_nothing_says_what_to_do(page):
    assert "щщщщщ" in page("/places/?q=щщщщщ")


def test_a_place_shows_what_is_unknown_as_unknown(page):
    Territory.objects.filter(code=OBLAST).update(population=None)
    assert "невідомо" in page(f"/places/{OBLAST}/")

    Territory.objects.filter(code=OBLAST).update(population=0, population_source="перепис")
    assert "перепис" in page(f"/places/{OBLAST}/")


def test_a_place_names_the_units_that_answer_for_it(page):
    assert "Головне управління Національної поліції у м. Києві" in page(f"/places/{KYIV}/")


def test_a_closed_place_names_the_day_and_its_heir(page):
    Territory.objects.filter(code=OBLAST).update(valid_to="2025-03-01", became=KYIV)

    text = page(f"/places/{OBLAST}/")

    assert "01.03.2025" in text and f"/places/{KYIV}/" in text


def test_a_unit_names_its_places_and_parts(page):
    text = page("/places/units/NPU-12/")

    assert "Криворізьке районне управління поліції" in text
    assert f"/places/{OBLAST}/" in text


def test_units_are_searched_by_words(page):
    assert "NPU-12-1206" in page("/places/units/?q=криворізьке")
    assert "Черкаси-9" in page("/places/units/?q=Черкаси-9")


def test_what_is_not_there_is_not_found(client, olena):
    client.force_login(olena)

    for address in ("/places/UA99/", "/places/units/NPU-99/", f"/places/{OBLAST}/export.pdf"):
        assert client.get(address).status_code == 404


def test_a_picker_gets_code_name_and_path(client, olena):
    client.force_login(olena)

    found = client.get("/places/suggest", {"q": "Апостолово"}).json()["results"]

    assert found[0] | {"level": 4} == found[0]
    assert found[0]["code"] == "UA12060010010033935"
    assert found[0]["path"].startswith("Дніпропетровська область, Криворізький район")
    assert len(client.get("/places/suggest", {"q": "Михайлівка"}).json()["results"]) == 10


@pytest.mark.parametrize("asked", ["", "%00", "a" * 5000, "😀", "'; DROP TABLE"])
def test_a_picker_withstands_any_words(client, olena, asked):
    client.force_login(olena)

    assert client.get(f"/places/suggest?q={asked}").status_code == 200


def test_a_picker_of_units_gets_code_and_name(client, olena):
    client.force_login(olena)

    found = client.get("/places/units/suggest", {"q": "криворізьке районне"}).json()["results"]

    assert found[0]["code"] == "NPU-12-1206"


def test_a_country_goes_out_as_csv_and_comes_back_in_unchanged(client, olena, load, file_of):
    client.force_login(olena)
    load(FIRST)
    load(FIRST.replace("S-1,S,Степ,county,40.0,10.0,,\n", ""), as_of="2024-06-01")

    out = client.get("/places/XX/export.csv").getvalue()

    read = codifier.read(file_of(out), root="XX", as_of=date(2025, 1, 1))
    outcome = territory.load(read, root=LAND)
    assert (outcome.added, outcome.closed, outcome.changed) == ([], [], 0)


def test_an_oblast_goes_out_as_csv_with_all_that_lies_in_it(client, olena):
    client.force_login(olena)

    answer = client.get(f"/places/{OBLAST}/export.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    inside = Territory.objects.get(code=OBLAST)
    assert len(rows) == Territory.objects.filter(pre__range=(inside.pre, inside.pre_end)).count()
    assert rows[0]["code"] == OBLAST
    assert {"code", "parent", "category", "name"} <= rows[0].keys()


def test_a_territory_goes_out_as_a_spreadsheet(client, olena):
    client.force_login(olena)

    answer = client.get("/places/UA80000000000093317/export.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))

    assert rows[0][0] == "Код"
    assert (rows[1][0], rows[1][4]) == (KYIV, "Київ")
    assert len(rows) == 12


def test_pages_ask_the_database_little(client, olena, django_assert_max_num_queries):
    client.force_login(olena)
    client.get(f"/places/{OBLAST}/")

    for address in (
        "/places/",
        f"/places/{OBLAST}/",
        "/places/units/",
        "/places/units/NPU-12/",
        "/places/?q=Київ",
    ):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200
