"""Personal reception, the office, and every page at once."""

import re

import pytest

from varta.appeals.models import ReceptionHours
from varta.appeals.tests.browsing import SYSTEM, filled, registered, signed_in, text_of, typed
from varta.cases.models import Case
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_a_visit_grows_into_an_appeal_with_the_visitor_and_the_matter(at_desk):
    visit = {
        "r-subject": "neighbours",
        "r-about": "Просить допомогти із сусідами",
        "r-received_by": "Начальник",
        "surname": "Вигаданенко",
        "given": "Ганна",
        "part": "applicant",
        "place": "Обухівська громада",
        "place_code": demo.HROMADA,
        "unit": "x",
        "unit_code": demo.SECTOR,
    }
    opened = at_desk.post("/cases/new/personal_reception/", typed(**visit))
    key = opened.url.split("/")[-2]
    journal = text_of(at_desk.get("/appeals/reception/"))
    form = at_desk.get(f"/appeals/new/?parent={key}").content.decode()

    appeal = registered(at_desk, parent=key, **{"r-form": "oral"})

    assert "Просить допомогти із сусідами" in journal
    assert "Вигаданенко Ганна" in journal
    assert "Просить допомогти із сусідами" in form
    assert re.search(r'<input type="radio" name="r-form" value="oral"[^>]* checked', form)
    assert re.search(r'<input type="hidden" name="known" value="[0-9a-f-]{36}">', form)
    with reading(SYSTEM):
        assert str(Case.objects.get(key=appeal).parent) == key
    assert f"/appeals/{appeal}/" in at_desk.get("/appeals/reception/").content.decode()


def test_the_office_sets_hours_and_takes_them_out(at_desk, sector):
    hours = {"weekday": "1", "since": "09:00", "until": "13:00", "place": "каб. 12", "who": "Начальник"}

    added = at_desk.post("/appeals/office/", {"unit": sector.code, "part": "hours"} | hours)
    wrong = at_desk.post(
        "/appeals/office/", {"unit": sector.code, "part": "hours"} | hours | {"until": "08:00"}
    )

    assert added.status_code == 302
    assert wrong.status_code == 422
    [kept] = ReceptionHours.objects.all()
    assert "понеділок 09:00–13:00 · каб. 12" in text_of(at_desk.get(f"/appeals/office/?unit={sector.code}"))
    at_desk.post("/appeals/office/", {"unit": sector.code, "part": "remove", "hours": str(kept.pk)})
    assert not ReceptionHours.objects.exists()


def test_an_office_keeps_its_own_units_only(at_desk, andrii):
    assert at_desk.get("/appeals/office/?unit=NPU-12-1204-005").status_code == 404
    assert signed_in(andrii).get("/appeals/office/").status_code == 404


def test_nothing_and_nonsense_are_shown_back(three, at_desk, sector):
    draft = f"/appeals/{three[1]}/letter/acknowledgement/"
    nonsense = {
        "known": "x",
        "parent": "x",
        "r-about": "a\x00b",
        "looked": "1",
        "at": "31.02",
        "surname": "\x00",
    }

    for address in ("/appeals/new/", draft, f"/appeals/{three[1]}/assign/", f"/appeals/{three[1]}/reply/"):
        assert at_desk.post(address, {}).status_code in (200, 422)
    assert at_desk.post("/appeals/new/", filled(**nonsense)).status_code == 422
    assert at_desk.post("/appeals/new/check/", nonsense).status_code == 200
    assert at_desk.post(f"{draft}draft.pdf", {}).status_code == 200
    assert at_desk.get("/appeals/?q=%00&executor=%00&mark=x&since=x&page=-1&sort=x").status_code == 200
    assert at_desk.get("/appeals/office/?unit=%00").status_code == 200
    assert at_desk.get("/appeals/letters/?year=%D9%A1%D9%A2%D9%A3%D9%A4").status_code == 200
    assert at_desk.get("/appeals/new/?parent=x").status_code == 200
    assert at_desk.post("/appeals/office/", {"part": "remove", "hours": "x"}).status_code == 404


def test_every_page_is_whole_in_english(three, at_desk, olena):
    with reading(SYSTEM):
        Officer.objects.filter(pk=olena.pk).update(language="en")
    client = signed_in(Officer.objects.get(pk=olena.pk))

    for address in ("", "new/", "mine/", "letters/", "reception/", "office/", "journal/", f"{three[0]}/"):
        page = client.get(f"/appeals/{address}")
        assert page.status_code == 200
        assert re.search(r"<h1>[^<]*[A-Za-z]", page.content.decode()), address


def test_the_register_asks_the_database_few_questions(three, at_desk, django_assert_max_num_queries):
    at_desk.get("/appeals/")
    with django_assert_max_num_queries(40):
        at_desk.get("/appeals/?state=all")
