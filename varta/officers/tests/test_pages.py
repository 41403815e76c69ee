"""Pages of the programme: who may open them, and what a coordinator does on them."""

from datetime import date

import pytest
from django.test import Client

from varta.officers.models import Cohort, Duty, Memorandum, Stay
from varta.officers.tests.conftest import HROMADA, LVIV, LVIV_DIRECTORATE, OTHER_HROMADA, officer_at
from varta.people.demo import MAIN_DIRECTORATE, OBLAST
from varta.people.scope import Reader, reading
from varta.places.models import Territory

KEEPERS_ONLY = (
    "/officers/candidates/",
    "/officers/candidates/new/",
    "/officers/cohorts/",
    "/officers/memoranda/new/",
)


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


def client_of(role: str, place: str = "UA", unit: str = "NPU") -> Client:
    client = Client()
    client.force_login(officer_at(f"{role}-{place[-3:]}", role, place, unit))
    return client


@pytest.fixture
def coordinator(db) -> Client:
    return client_of("coordinator")


def stages_of(case) -> list[str]:
    with reading(Reader.system()):
        return list(Stay.objects.filter(case=case).order_by("nth").values_list("stage", flat=True))


def posted(client: Client, address: str, **data: str):
    """Fill in the form of the page as it stands, change what is given, and send it."""
    page = client.get(address)
    form = page.context["form"]
    values = {field.html_name: field.value() or "" for field in form}
    return client.post(address, values | data)


@pytest.mark.parametrize("role", ["analyst", "auditor", "hromada_officer"])
@pytest.mark.parametrize("address", KEEPERS_ONLY)
def test_who_only_counts_does_not_see_people(db, role, address):
    client = client_of(role)

    assert client.get("/officers/").status_code == 200
    assert client.get(address).status_code == 404


def test_another_oblast_sees_nobody(candidate, coordinator):
    person = candidate().comes_to("appoint")
    other = client_of("coordinator", LVIV, LVIV_DIRECTORATE)

    assert "Кандидатенко" in coordinator.get("/officers/candidates/").content.decode()
    assert "Кандидатенко" not in other.get("/officers/candidates/?on=2020-01-01").content.decode()
    assert other.get(f"/officers/candidates/{person.case}/").status_code == 404
    assert other.get(f"/officers/candidates/{person.case}/transfer/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("stage=serving", True),
        ("stage=training", False),
        ("cohort=D-1", True),
        (f"place_code={HROMADA}&place=Обухівська територіальна громада", True),
        ("q=канди", True),
        ("q=Ніхтось", False),
    ],
)
def test_the_register_is_narrowed(candidate, coordinator, asked, found):
    candidate().comes_to("appoint")

    page = coordinator.get(f"/officers/candidates/?on=2020-01-01&{asked}").content.decode()

    assert ("Кандидатенко" in page) is found


def test_the_register_goes_out_as_a_file(candidate, coordinator):
    candidate().comes_to("appoint")

    answer = coordinator.get("/officers/candidates/export.csv?on=2020-01-01")

    assert "Кандидатенко Ігор" in b"".join(answer.streaming_content).decode()


def test_a_candidate_is_entered_by_the_name_of_the_hromada(coordinator):
    data = {
        "place": "Обухівська",
        "place_code": HROMADA,
        "surname": "Нова",
        "given": "Віра",
        "r-origin": "police",
        "r-education": "higher",
    }

    answer = posted(coordinator, "/officers/candidates/new/", **data, **{"r-on": "2026-01-12"})

    key = answer.url.rstrip("/").rsplit("/", 1)[1]
    page = coordinator.get(answer.url)
    assert "Нова Віра" in page.content.decode()
    assert stages_of(key) == ["candidate"]
    assert page.context["steps"][0]["code"] == "requirements"


def test_a_refusal_stands_above_the_form_and_nothing_typed_is_lost(candidate, coordinator):
    person = candidate().comes_to("interview")

    answer = posted(
        coordinator,
        f"/officers/candidates/{person.case}/enrol/",
        **{"r-cohort": "D-1", "r-since": "2019-08-01"},
    )

    assert answer.status_code == 422
    assert "поліграф не пройдено або не записано" in answer.content.decode()
    assert 'value="2019-08-01"' in answer.content.decode()


def test_the_next_step_is_one_click_away(candidate, coordinator):
    person = candidate()
    for last, first_step in (("polygraph", "enrol"), ("enrol", "graduate"), ("graduate", "begin_internship")):
        person.comes_to(last)
        page = coordinator.get(f"/officers/candidates/{person.case}/")
        assert page.context["steps"][0]["code"] == first_step


def test_an_officer_is_transferred_on_a_page(candidate, coordinator):
    person = candidate().comes_to("appoint")

    answer = posted(
        coordinator,
        f"/officers/candidates/{person.case}/transfer/",
        place="Слобожанська селищна територіальна громада",
        place_code=OTHER_HROMADA,
        **{"r-since": "2020-03-01"},
    )

    assert answer.status_code == 302
    with reading(Reader.system()):
        last = Stay.objects.filter(case=person.case).order_by("-nth").first()
    assert (last.hromada_id, last.began, last.unit_id) == (OTHER_HROMADA, date(2020, 3, 1), "NPU-12-1202-025")


def test_an_appointment_is_undone_on_a_page(candidate, coordinator):
    person = candidate().comes_to("appoint")
    address = f"/officers/candidates/{person.case}/appoint/?entry={person.entries['appoint'].key}"

    answer = posted(coordinator, address, undone="1")

    assert answer.status_code == 302
    assert stages_of(person.case) == ["candidate", "training", "internship"]
    page = coordinator.get(f"/officers/candidates/{person.case}/")
    assert page.context["steps"][0]["code"] == "appoint"


def test_a_hromada_that_ceased_to_exist_is_named_with_its_heir(candidate, coordinator):
    person = candidate().comes_to("finish_internship")
    Territory.objects.filter(code=OTHER_HROMADA).update(valid_to=date(2019, 10, 1), became=HROMADA)

    answer = posted(
        coordinator,
        f"/officers/candidates/{person.case}/appoint/",
        place=OTHER_HROMADA,
        place_code="",
        **{"r-since": "2019-11-20"},
    )

    assert answer.status_code == 422
    assert stages_of(person.case)[-1] == "internship"


def test_a_cohort_is_opened_and_its_capacity_holds_those_enrolled(candidate, coordinator):
    candidate().comes_to("enrol")
    candidate().comes_to("enrol")

    refused = posted(coordinator, "/officers/cohorts/D-1/edit/", capacity="1")
    kept = posted(coordinator, "/officers/cohorts/D-1/edit/", capacity="2")

    assert refused.status_code == 422
    assert "вже зараховано 2" in refused.content.decode()
    assert kept.status_code == 302
    assert Cohort.objects.filter(code="D-1").count() == 0  # nobody reads: the wall hides it
    with reading(Reader.system()):
        assert Cohort.objects.get(code="D-1").capacity == 2


def test_a_new_cohort_ends_after_it_begins(coordinator):
    data = {
        "code": "X",
        "university": "NPU-PS-LDUVS",
        "course_uk": "Курс",
        "course_en": "Course",
        "capacity": "20",
    }

    answer = posted(coordinator, "/officers/cohorts/new/", **data, begins="2026-03-01", ends="2026-02-01")

    assert answer.status_code == 422
    assert "Перевірте дати" in answer.content.decode()


def test_attendance_and_marks_are_entered_for_the_whole_group(candidate, coordinator):
    people = [candidate().comes_to("enrol") for _ in range(3)]
    page = coordinator.get("/officers/cohorts/D-1/attend/")
    data = {"key": str(page.context["key"]), "on": "2019-09-02", "subject": "tactics"}

    for _ in range(2):  # a second send writes nothing more
        coordinator.post(
            "/officers/cohorts/D-1/attend/", data | {f"m-{one.case}": "present" for one in people}
        )

    with reading(Reader.system()):
        from varta.cases.models import Entry

        assert Entry.objects.filter(step="attend").count() == 3


def test_a_course_is_closed_for_all_at_once(candidate, coordinator):
    first, second = candidate().comes_to("enrol"), candidate().comes_to("enrol")
    page = coordinator.get("/officers/cohorts/D-1/graduate/")
    given = {f"m-{first.case}": "passed", f"m-{second.case}": "failed"}

    coordinator.post(
        "/officers/cohorts/D-1/graduate/", {"key": str(page.context["key"]), "on": "2019-10-15"} | given
    )

    with reading(Reader.system()):
        finished = Stay.objects.filter(stage="training").values_list("finished", flat=True)
        assert set(finished) == {date(2019, 10, 15)}
    steps = coordinator.get(f"/officers/candidates/{second.case}/").context["steps"]
    assert [one["code"] for one in steps] == ["withdraw"]


def test_who_cannot_be_entered_is_named(candidate, coordinator):
    person = candidate().comes_to("enrol")
    page = coordinator.get("/officers/cohorts/D-1/graduate/")

    answer = coordinator.post(
        "/officers/cohorts/D-1/graduate/",
        {"key": str(page.context["key"]), "on": "2019-07-01", f"m-{person.case}": "passed"},
    )

    assert answer.status_code == 422
    assert "Кандидатенко Ігор" in answer.content.decode()


def test_a_memorandum_goes_from_application_to_a_duty_met(coordinator):
    applied = posted(
        coordinator,
        "/officers/memoranda/new/",
        place="Обухівська",
        place_code=HROMADA,
        **{"r-on": "2026-01-12", "r-officers": "2"},
    )
    key = applied.url.rstrip("/").rsplit("/", 1)[1]

    posted(coordinator, f"{applied.url}sign/", usual="1", **{"r-on": "2026-02-02", "r-officers": "2"})
    posted(coordinator, f"{applied.url}fulfil/?number=1", **{"r-on": "2026-03-01"})

    with reading(Reader.system()):
        memorandum = Memorandum.objects.get(key=key)
        assert (memorandum.signed_on, memorandum.officers) == (date(2026, 2, 2), 2)
        assert Duty.objects.filter(memorandum=key).count() == 6
        assert Duty.objects.get(memorandum=key, nth=1).met_on == date(2026, 3, 1)
    page = coordinator.get(applied.url)
    assert [one["duties"][0]["state"] for one in page.context["sides"]] == ["met", "late"]
    assert "overdue" in coordinator.get("/officers/memoranda/?state=overdue").content.decode()


def test_a_hromada_has_one_memorandum(coordinator):
    data = {"place": "Обухівська", "place_code": HROMADA, "r-on": "2026-01-12", "r-officers": "2"}
    posted(coordinator, "/officers/memoranda/new/", **data)

    answer = posted(coordinator, "/officers/memoranda/new/", **data)

    assert answer.status_code == 422
    assert "вже має меморандум" in answer.content.decode()


def test_a_station_lies_in_its_hromada(coordinator):
    applied = posted(
        coordinator,
        "/officers/memoranda/new/",
        place="Обухівська",
        place_code=HROMADA,
        **{"r-on": "2026-01-12", "r-officers": "2"},
    )
    posted(coordinator, f"{applied.url}sign/", **{"r-on": "2026-02-02", "r-officers": "2"})

    answer = posted(
        coordinator, f"{applied.url}station/", **{"r-on": "2026-03-01", "r-settlement": "UA12020250010036221"}
    )

    assert answer.status_code == 422


def test_a_head_works_within_the_own_oblast(candidate, lviv_hromada):
    person = candidate().comes_to("appoint")
    head = client_of("head", OBLAST, MAIN_DIRECTORATE)
    place = Territory.objects.get(code=lviv_hromada)

    answer = posted(
        head,
        f"/officers/candidates/{person.case}/transfer/",
        place=place.title,
        place_code=lviv_hromada,
        **{"r-since": "2020-03-01"},
    )

    assert answer.status_code == 422
    assert stages_of(person.case)[-1] == "serving"


def test_officers_of_ceased_hromadas_are_named_above_the_register(candidate, coordinator):
    candidate().comes_to("appoint")
    Territory.objects.filter(code=HROMADA).update(valid_to=date(2020, 2, 1))

    page = coordinator.get("/officers/candidates/", {"on": "2020-03-01"})

    assert len(page.context["ceased"]) == 1
