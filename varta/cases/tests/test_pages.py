"""Pages of cases: opening, steps, corrections, lists, search and files, as the three people see them."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from varta.cases.models import Case, Entry
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Look, Officer
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db
VILLAGE = "Обухівка"
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def demonstration():
    """Ask for no second factor."""
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def at_desk(olena: Officer) -> Client:
    """Return Olena's browser."""
    return signed_in(olena)


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def filled(**other: str) -> dict[str, str]:
    """Return what Olena types about a call; any field can be given otherwise."""
    return (
        {
            "key": str(uuid7(now())),
            "at": "2026-03-02T11:15",
            "place": VILLAGE,
            "place_code": demo.HROMADA,
            "unit": "",
            "unit_code": demo.SECTOR,
            "r-channel": "line_102",
            "r-category": "beta",
            "r-kind": "noise",
            "r-zone": "city",
            "r-about": "Шумлять під вікнами",
            "surname": "Мар'яненко",
            "given": "Ганна",
            "phone": "+380 00 765 43 21",
            "part": "caller",
        }
        | {"unit": "x"}
        | other
    )


def opened(client: Client, **other: str) -> UUID:
    """Open a call through the page and return its key."""
    response = client.post("/cases/new/call/", filled(**other))
    assert response.status_code == 302, text_of(response)
    return UUID(response.url.split("/")[-2])


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def seen(work: Callable):
    with reading(Reader.system()):
        return work()


def test_a_call_is_opened_with_its_caller_and_shown(at_desk):
    key = opened(at_desk)

    page = text_of(at_desk.get(f"/cases/{key}/"))

    assert "Виклик 1/2026" in page
    assert "Шумлять під вікнами" in page
    assert "Мар'яненко Ганна" in page


def test_the_same_form_sent_twice_gives_one_case(at_desk):
    form = filled()

    first = at_desk.post("/cases/new/call/", form)
    second = at_desk.post("/cases/new/call/", form)

    assert first.url == second.url
    assert seen(Case.objects.count) == 1


def test_the_same_key_with_other_content_is_refused_and_nothing_typed_is_lost(at_desk):
    form = filled()
    at_desk.post("/cases/new/call/", form)

    response = at_desk.post("/cases/new/call/", form | {"r-about": "Зовсім інше"})

    assert response.status_code == 422
    assert "Зовсім інше" in response.content.decode()
    assert seen(Entry.objects.count) == 1


def test_what_is_missing_is_named_beside_its_field_and_in_a_summary(at_desk):
    response = at_desk.post("/cases/new/call/", filled(**{"r-kind": ""}))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_r-kind"' in page
    assert 'id="id_r-kind_error"' in page
    assert "Шумлять під вікнами" in page
    assert seen(Case.objects.count) == 0


def test_all_that_is_missing_is_named_at_once(at_desk):
    page = at_desk.post("/cases/new/call/", filled(place="", **{"r-kind": ""})).content.decode()

    assert 'href="#id_place"' in page
    assert 'href="#id_r-kind"' in page


def test_a_time_in_the_future_is_refused_in_the_officers_language(at_desk, olena):
    ukrainian = text_of(at_desk.post("/cases/new/call/", filled(at="2099-01-01T10:00")))
    at_desk.post("/choose/", {"language": "en"})
    english = text_of(at_desk.post("/cases/new/call/", filled(at="2099-01-01T10:00")))

    assert "ще не настав" in ukrainian
    assert "lies in the future" in english


def test_a_name_that_many_places_have_is_asked_about_without_javascript(at_desk):
    response = at_desk.post("/cases/new/call/", filled(place="Мико", place_code=""))

    page = response.content.decode()
    assert response.status_code == 422
    assert '<input type="radio" name="place_code"' in page


def test_a_place_outside_the_scope_is_refused(andrii):
    response = signed_in(andrii).post("/cases/new/call/", filled(place_code=demo.OTHER_HROMADA))

    assert response.status_code == 422
    assert "поза вашою зоною" in text_of(response)


def test_a_step_is_taken_and_its_term_is_met(at_desk):
    key = opened(at_desk)
    step = {"key": str(uuid7(now())), "at": "2026-03-02T11:20", "part": "other", "r-crew": "Сокіл-3"}

    response = at_desk.post(f"/cases/{key}/take/arrive/", step)

    assert response.status_code == 302
    assert "Сокіл-3" in text_of(at_desk.get(f"/cases/{key}/"))
    with reading(Reader.system()):
        assert Case.objects.get(key=key).last_step == "arrive"


def test_a_step_of_another_role_is_not_offered_and_is_refused(at_desk):
    key = opened(at_desk)
    step = {"key": str(uuid7(now())), "at": "2026-03-02T11:20", "part": "other", "r-decision": "reserve"}

    page = at_desk.get(f"/cases/{key}/").content.decode()
    response = at_desk.post(f"/cases/{key}/take/forces_shortage/", step)

    assert f"/cases/{key}/take/forces_shortage/" not in page
    assert response.status_code == 422
    assert "інша посада" in text_of(response)


def test_a_correction_counts_and_the_old_entry_stays_struck_through(at_desk):
    key = opened(at_desk)
    form = filled(**{"r-about": "Тиша, помилка"}) | {"key": str(uuid7(now()))}

    response = at_desk.post(f"/cases/{key}/correct/{key}/", form)

    page = at_desk.get(f"/cases/{key}/").content.decode()
    assert response.status_code == 302
    assert 'class="struck"' in page
    assert "Шумлять під вікнами" in page
    assert "Тиша, помилка" in page


def test_a_correction_keeps_the_caller(at_desk):
    key = opened(at_desk)

    at_desk.post(f"/cases/{key}/correct/{key}/", filled() | {"key": str(uuid7(now()))})

    with reading(Reader.system()):
        assert [len(entry.people) for entry in Entry.objects.order_by("position")] == [1, 1]


def test_a_correction_keeps_the_second_in_which_it_happened(at_desk, register, reader_of, olena):
    with reading(reader_of(olena)) as by:
        entry = register(by, at=datetime(2026, 3, 2, 9, 14, 37, tzinfo=UTC))
    form = filled(at="2026-03-02T11:14")

    response = at_desk.post(f"/cases/{entry.key}/correct/{entry.key}/", form)

    assert response.status_code == 302
    with reading(Reader.system()):
        assert {entry.at.second for entry in Entry.objects.all()} == {37}


def test_a_step_in_the_minute_of_the_opening_is_not_before_it(at_desk, register, reader_of, olena):
    with reading(reader_of(olena)) as by:
        entry = register(by, at=datetime(2026, 3, 2, 9, 14, 37, tzinfo=UTC))
    step = {"key": str(uuid7(now())), "at": "2026-03-02T11:14", "part": "other", "r-crew": "Сокіл-3"}

    assert at_desk.post(f"/cases/{entry.key}/take/arrive/", step).status_code == 302


def test_maria_finds_nothing_of_andriis(at_desk, maria):
    key = opened(at_desk)
    client = signed_in(maria)

    assert client.get(f"/cases/{key}/").status_code == 404
    assert client.get(f"/cases/{key}/take/arrive/").status_code == 404
    assert client.get(f"/cases/{key}/correct/{key}/").status_code == 404
    assert str(key) not in client.get("/cases/?state=all").content.decode()
    assert str(key) not in client.get("/cases/search/?q=1/2026").content.decode()
    assert str(key) not in client.get("/cases/search/?q=Мар'яненко").content.decode()


def test_opening_a_case_and_searching_are_written_into_the_access_log(at_desk):
    key = opened(at_desk)

    at_desk.get(f"/cases/{key}/")
    at_desk.get("/cases/search/?q=Мар'яненко")

    with reading(Reader.system()):
        assert Look.objects.filter(action="open", subject_key=str(key)).exists()
        assert Look.objects.get(action="search").detail == {"asked": "Мар'яненко"}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("1", "номер"),
        ("ЄО 1", "номер"),
        ("Мар’яненко", "особа: Мар'яненко"),
        ("Марьяненко", "(схоже)"),
        ("Marianenko", "латиниця"),
        ("0007654321", "телефон …4321"),
        ("4321", "телефон …4321"),
        ("Обухівська", "місце: Обухівська"),
        ("J,e[sdcmrf", "розкладка клавіатури"),
    ],
)
def test_a_case_is_found_by_what_is_remembered_and_the_page_says_why(at_desk, asked, why):
    key = opened(at_desk)

    page = at_desk.get("/cases/search/", {"q": asked})

    assert str(key) in page.content.decode()
    assert why in text_of(page)


def test_a_number_with_its_year_leads_straight_to_the_case(at_desk):
    key = opened(at_desk)

    assert at_desk.get("/cases/search/?q=1/2026").url == f"/cases/{key}/"
    assert at_desk.get("/cases/search/?q=1/26").url == f"/cases/{key}/"


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("state=late", True),
        ("state=closed", False),
        ("procedure=call&f-category=beta", True),
        ("procedure=call&f-category=alpha", False),
        ("procedure=appeal", False),
        (f"place=x&place_code={demo.HROMADA}", True),
        (f"place=x&place_code={demo.OTHER_HROMADA}", False),
        ("place=Обухівська", True),
        ("unit=x&unit_code=NPU-12-1202", True),
        ("state=all&since=2026-03-02&until=2026-03-02", True),
        ("state=all&since=2026-03-03", False),
        ("since=чепуха&page=-1&sort=чепуха&state=чепуха", True),
        ("place=Чепуховиськище", False),
    ],
)
def test_a_list_is_narrowed_by_its_address(at_desk, query, there):
    key = opened(at_desk)

    response = at_desk.get(f"/cases/?{query}")

    assert response.status_code == 200
    assert (str(key) in response.content.decode()) is there


@pytest.mark.parametrize("address", ["/", "/cases/?state=all", "/cases/search/?q=Виноградна"])
def test_no_list_says_the_address_of_violence(at_desk, address):
    key = opened(at_desk, **{"r-kind": "domestic_violence", "r-address": "вул. Виноградна, 41-Б"})

    page = at_desk.get(address).content.decode()

    assert f"/{key}/" in page, page
    assert "41-Б" not in page


def test_a_list_says_the_address_of_noise(at_desk):
    opened(at_desk, **{"r-address": "вул. Виноградна, 41-Б"})

    assert "41-Б" in at_desk.get("/cases/?state=all").content.decode()


def test_a_list_leaves_as_a_file_only_by_a_role_that_exports_and_is_logged(at_desk, olena):
    opened(at_desk)
    head = demo_head()

    refused = at_desk.get("/cases/export.csv")
    sent = signed_in(head).get("/cases/export.csv?state=all&procedure=call")
    text = b"".join(sent.streaming_content).decode()

    assert refused.status_code == 404
    assert "1/2026" in text and "Бета" in text
    assert "вул." not in text
    with reading(Reader.system()):
        assert Look.objects.filter(action="export", officer=head).count() == 1


def test_the_spreadsheet_has_the_same_columns(at_desk):
    from io import BytesIO

    from openpyxl import load_workbook

    opened(at_desk)
    client = signed_in(demo_head())

    book = load_workbook(BytesIO(client.get("/cases/export.xlsx?state=all").content))
    lines = b"".join(client.get("/cases/export.csv?state=all").streaming_content).decode().splitlines()

    assert [cell.value for cell in book.active[1]] == lines[0].removeprefix("\ufeff").split(",")
    assert book.active.max_row == 2


def test_a_cell_that_begins_like_a_formula_is_made_harmless():
    from varta.cases.exports import csv_pieces

    text = "".join(csv_pieces(["a"], [["=1+1"], ["@x"], ["-2"], ["12/2026"]]))

    assert text.splitlines()[1:] == ["'=1+1", "'@x", "'-2", "12/2026"]


def test_a_case_grows_out_of_another(at_desk):
    parent = opened(at_desk)

    child = opened(at_desk, parent=str(parent))

    assert "1/2026" in text_of(at_desk.get(f"/cases/{child}/"))
    assert f"/cases/{child}/" in at_desk.get(f"/cases/{parent}/").content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/cases/", "/cases/new/call/", "/cases/{key}/", "/cases/search/?q=4321"]
)
def test_a_page_asks_the_database_at_most_twenty_times(at_desk, path):
    key = opened(at_desk)
    at_desk.get("/cases/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = at_desk.get(path.format(key=key))

    assert response.status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:150] for query in asked]


@pytest.mark.parametrize("path", ["/cases/", "/cases/search/", "/cases/new/call/"])
def test_a_stranger_is_led_to_the_door(client, path):
    assert client.get(path).url.startswith("/account/login/")


def demo_head() -> Officer:
    """Return the head of the main directorate, who takes lists out."""
    from varta.people.tests.story import officer_at

    return officer_at("halyna", "Галина Керівна", "head", demo.RAION, demo.DIRECTORATE)


ODD = [
    "\x00",
    "'",
    "%00",
    "\u202e",
    "٣",
    "9" * 400,
    "-1",
    "1/0",
    "12/99999",
    "<script>",
    "🚓",
    "NaN",
    "2019-02-30",
    "a" * 5000,
]


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_value_in_an_address_breaks_a_list_or_a_search(at_desk, odd):
    names = (
        "procedure",
        "state",
        "sort",
        "place",
        "place_code",
        "unit",
        "unit_code",
        "since",
        "until",
        "page",
    )

    lists = [at_desk.get("/cases/", {name: odd}) for name in names]
    searches = [at_desk.get("/cases/search/", {"q": odd}), at_desk.post("/cases/search/", {"q": odd})]
    new = at_desk.get("/cases/new/call/", {"parent": odd})

    assert {page.status_code for page in (*lists, *searches, new)} == {200}


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_value_in_a_form_breaks_it_or_is_written(at_desk, odd):
    for name in ("key", "parent", "at", "place_code", "unit_code", "r-category", "part", "r-lat"):
        response = at_desk.post("/cases/new/call/", filled(**{name: odd}))

        assert response.status_code in (302, 422), name
        assert b"<li>" in response.content or response.status_code == 302
