"""A resident's file: who finds it, what it asks before it opens, and what opening leaves."""

import pytest
from django.db import DatabaseError

from tests.access.conftest import RESIDENCE, call_of, looks, resident
from tests.matrix.answers import comparable
from varta.people import demo
from varta.people import looks as log
from varta.people.middleware import ACTING
from varta.people.models import Appointment
from varta.people.scope import Reader, reading
from varta.people.tests.story import SINCE, officer_at
from varta.places.models import Territory, Unit

PURPOSE = {"code": "call", "reason": "Уточнити обставини виклику", "case_number": "1/2026"}


def page(client, path: str, **posted: str) -> str:
    answer = client.post(path, posted) if posted else client.get(path)
    return answer.content.decode()


def opened(client, person) -> str:
    return client.post(f"/people/{person.key}/", PURPOSE, follow=True).content.decode()


@pytest.mark.parametrize(
    "words",
    ["Маряненко", "мар’яненко", "Ганна", "Мараненко", "Maryanenko", "Vfh'zytyrj", "765 43 21", "4321"],
)
def test_a_resident_is_found_however_the_name_is_typed(olena, hanna, signed_in, words):
    assert f"/people/{hanna.key}/" in page(signed_in(olena), "/people/", q=words)


def test_search_finds_nobody_of_another_hromada(maria, hanna, signed_in):
    assert str(hanna.key) not in page(signed_in(maria), "/people/", q="Мар'яненко")


def test_search_does_not_find_whom_nothing_resembles(olena, hanna, signed_in):
    assert str(hanna.key) not in page(signed_in(olena), "/people/", q="Квітослав")


def test_each_search_is_in_the_log(olena, hanna, signed_in):
    page(signed_in(olena), "/people/", q="Мар'яненко")

    [look] = looks(action="search")
    assert (look.officer_id, look.detail) == (olena.pk, {"asked": "Мар'яненко"})


def test_before_the_purpose_nothing_of_the_person_is_said(olena, hanna, signed_in):
    gate = page(signed_in(olena), f"/people/{hanna.key}/")

    assert hanna.surname not in gate and "765" not in gate
    assert looks(action="open") == []


@pytest.mark.parametrize(
    "wrong", [{"code": ""}, {"code": "curiosity"}, {"reason": ""}, {"reason": "....."}, {"reason": "12345"}]
)
def test_an_empty_or_wordless_purpose_opens_nothing(olena, hanna, signed_in, wrong):
    gate = page(signed_in(olena), f"/people/{hanna.key}/", **PURPOSE | wrong)

    assert hanna.surname not in gate
    assert looks(action="open") == []


def test_a_stated_purpose_opens_the_file_and_stands_in_the_log(olena, hanna, signed_in):
    file = opened(signed_in(olena), hanna)

    assert "Мар&#x27;яненко" in file
    [look] = looks(action="open")
    assert (look.subject_key, look.purpose, look.case_number) == (str(hanna.key), "call", "1/2026")
    assert look.reason == PURPOSE["reason"]


def test_each_opening_leaves_a_line_of_its_own(olena, hanna, signed_in):
    client = signed_in(olena)
    opened(client, hanna)

    client.get(f"/people/{hanna.key}/")

    assert len(looks(action="open")) == 2


def test_the_purpose_lapses_after_fifteen_minutes(olena, hanna, signed_in):
    client = signed_in(olena)
    opened(client, hanna)
    session = client.session
    for one in session["varta.purpose"].values():
        one["until"] -= 15 * 60
    session.save()

    assert hanna.given not in page(client, f"/people/{hanna.key}/")


def test_a_purpose_for_one_person_does_not_open_another(olena, hanna, signed_in):
    other = resident(surname="Сусідко", given="Остап")
    call_of(other)
    client = signed_in(olena)
    opened(client, hanna)

    assert "Остап" not in page(client, f"/people/{other.key}/")


def test_the_residence_is_hidden_until_asked_for_and_the_asking_is_logged(olena, hanna, signed_in):
    client = signed_in(olena)

    assert RESIDENCE not in opened(client, hanna)
    revealed = client.post(f"/people/{hanna.key}/residence/").content.decode()

    assert RESIDENCE in revealed
    assert len(looks(action="reveal")) == 1
    assert RESIDENCE not in page(client, f"/people/{hanna.key}/")


def test_the_residence_is_not_revealed_without_a_purpose(olena, hanna, signed_in):
    answer = signed_in(olena).post(f"/people/{hanna.key}/residence/")

    assert answer.status_code == 302
    assert looks(action="reveal") == []


def test_what_cannot_be_logged_is_not_shown(olena, hanna, signed_in, monkeypatch):
    client = signed_in(olena)
    opened(client, hanna)
    client.raise_request_exception = False

    def full_disk(**given: object) -> None:
        raise DatabaseError("no space left on device")

    monkeypatch.setattr(log, "note", full_disk)
    answer = client.get(f"/people/{hanna.key}/")

    assert answer.status_code == 500
    assert hanna.surname not in answer.content.decode()


def test_absent_and_forbidden_look_the_same(maria, hanna, signed_in):
    client = signed_in(maria)
    absent = "0190b6f0-0000-7000-8000-000000000001"

    for path in ("/people/{}/", "/people/{}/residence/", "/people/{}/looks/"):
        forbidden, missing = (client.get(path.format(key)) for key in (hanna.key, absent))
        assert comparable(forbidden) == comparable(missing)


def test_a_denied_look_is_logged_with_its_address(maria, hanna, signed_in):
    signed_in(maria).get(f"/people/{hanna.key}/")

    [look] = looks(action="denied")
    assert (look.officer_id, look.subject_key) == (maria.pk, f"/people/{hanna.key}/")


def test_a_head_sees_who_of_the_unit_looked(andrii, halyna, hanna, signed_in):
    opened(signed_in(andrii), hanna)

    shown = page(signed_in(halyna), f"/people/{hanna.key}/looks/")

    assert "Андрій Громаденко" in shown and PURPOSE["reason"] in shown


def test_an_officer_sees_own_looks_on_the_own_page(olena, hanna, signed_in):
    client = signed_in(olena)
    opened(client, hanna)

    assert PURPOSE["reason"] in page(client, "/people/me/")


@pytest.mark.parametrize("role", ["analyst", "editor", "auditor", "administrator"])
def test_roles_without_matters_of_people_find_no_page_of_residents(hanna, signed_in, role):
    officer = officer_at("other", "Інша Посада", role, demo.UKRAINE, demo.HEADQUARTERS)
    client = signed_in(officer)

    assert client.get("/people/").status_code == 404
    assert client.get(f"/people/{hanna.key}/").status_code == 404


def test_acting_under_another_appointment_changes_what_is_seen(maria, hanna, signed_in):
    with reading(Reader.system()):
        second = Appointment.objects.create(
            officer=maria,
            role="duty",
            place=Territory.objects.get(code=demo.RAION),
            unit=Unit.objects.get(code=demo.DIRECTORATE),
            since=SINCE,
        )
    client = signed_in(maria)
    assert client.get(f"/people/{hanna.key}/").status_code == 404

    client.post("/people/me/acting/", {"appointment": second.pk})

    assert client.get(f"/people/{hanna.key}/").status_code == 200
    assert client.session[ACTING] == second.pk


def test_nobody_acts_under_an_appointment_of_another(andrii, maria, signed_in):
    client = signed_in(andrii)

    client.post("/people/me/acting/", {"appointment": maria.appointments.get().pk})

    assert ACTING not in client.session
