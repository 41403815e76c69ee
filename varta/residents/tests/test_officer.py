"""Who is my officer: name, rank, unit and hours, and nothing else about anybody."""

import pytest

from varta.people import demo
from varta.people.scope import Reader, reading

HERE = f"/public/officer/{demo.HROMADA}/"


@pytest.fixture
def officers(andrii, maria, olena):
    return andrii, maria, olena


def test_a_place_shows_the_officer_who_serves_there_and_no_other(resident, officers):
    page = resident.get(HERE).content.decode()

    assert "Андрій Громаденко" in page
    assert "Марія Сусіденко" not in page
    assert "Олена Черговенко" not in page, "the duty desk is not the hromada's officer"


def test_of_an_officer_only_name_rank_and_unit_are_shown(resident, officers):
    with reading(Reader.system()):
        officers[0].email = "andrii@police.example"
        officers[0].save()

    page = resident.get(HERE).content.decode()

    assert "andrii" not in page
    assert "@police" not in page


def test_a_locked_officer_is_not_shown(resident, officers):
    with reading(Reader.system()):
        officers[0].is_active = False
        officers[0].save()

    assert "Громаденко" not in resident.get(HERE).content.decode()


def test_officers_of_the_demonstration_are_shown_in_demonstration_only(resident, officers, settings):
    with reading(Reader.system()):
        officers[0].is_demo = True
        officers[0].save()

    assert "Громаденко" not in resident.get(HERE).content.decode()
    settings.DEMO = True
    assert "Громаденко" in resident.get(HERE).content.decode()


def test_a_village_leads_to_the_officer_of_its_hromada(resident, officers):
    found = resident.get("/public/officer/", {"q": "Обухівка"}).context["found"]
    ours = next(one for one in found if "Дніпропетровська" in one.path)

    assert "Андрій Громаденко" in resident.get(f"/public/officer/{ours.code}/").content.decode()


def test_where_nobody_is_named_the_unit_answers(resident, db):
    page = resident.get(HERE)

    assert page.context["officers"] == []
    assert page.context["unit"].code.startswith(demo.SECTOR)
    assert 'href="tel:102"' in page.content.decode()


@pytest.mark.parametrize("code", ["UA", "nowhere", demo.OBLAST])
def test_what_is_no_hromada_has_no_officer(resident, db, code):
    assert resident.get(f"/public/officer/{code}/").status_code == 404


def test_hours_of_reception_are_shown(resident, officers):
    from datetime import time

    from varta.appeals.models import Office, ReceptionHours

    with reading(Reader.system()):
        unit = resident.get(HERE).context["unit"]
        ReceptionHours.objects.create(
            unit=unit, weekday=3, since=time(10), until=time(12), place="Сільрада", who="Дільничний"
        )
        Office.objects.create(unit=unit, phone="056 000 00 00", address="вул. Вигадана, 1")

    page = resident.get(HERE).content.decode()

    assert "Середа" in page
    assert "10:00–12:00" in page
    assert "056 000 00 00" in page


@pytest.mark.parametrize(("language", "name"), [("uk", "Андрій Громаденко"), ("en", "Andrii Hromadenko")])
def test_the_card_may_stand_in_another_page_and_runs_nothing(resident, officers, language, name):
    response = resident.get(f"{HERE}card/{language}/")

    page = response.content.decode()
    assert name in page
    assert f'lang="{language}"' in page
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "<script" not in page
    assert "csrftoken" not in response.cookies
    assert "max-age=900" in response["Cache-Control"]


def test_other_pages_may_not_be_framed(resident, officers):
    assert resident.get(HERE)["X-Frame-Options"] == "DENY"


def test_places_are_suggested_by_the_beginning_of_a_name(resident, db):
    found = resident.get("/public/places", {"q": "Обухівс"}).json()["found"]

    assert demo.HROMADA in {one["code"] for one in found}
    assert resident.get("/public/places").json() == {"found": []}
