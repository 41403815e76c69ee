"""Reports that wait: the desk of their place calls back, confirms or puts aside, once."""

import pytest
from django.test import Client

from varta.cases.models import Case, Entry
from varta.people.models import Look, Person
from varta.residents.models import Waiting
from varta.residents.tests.conftest import receipt_of, seen

PAGE = "/public/waiting/"


@pytest.fixture
def sent(send):
    return send(
        work="", phone="050 123 45 67", surname="Вигаданенко", notify="email", notify_to="m@mail.example"
    )


@pytest.fixture
def at_desk(settings):
    settings.DEMO = True

    def as_officer(officer) -> Client:
        client = Client()
        client.force_login(officer)
        return client

    return as_officer


def test_the_desk_sees_what_waits_and_the_look_is_logged(sent, olena, at_desk):
    page = at_desk(olena).get(PAGE).content.decode()

    assert "Вигаданенко" in page
    assert "+380501234567" in page
    assert [look.detail["what"] for look in seen(Look, action="open")] == ["residents.waiting"]


def test_maria_sees_nothing_of_it_and_decides_nothing(sent, maria, at_desk):
    [waiting] = seen(Waiting)
    client = at_desk(maria)

    assert "Вигаданенко" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{waiting.key}/confirm/").status_code == 404
    assert client.post(f"{PAGE}{waiting.key}/dismiss/", {"why": "denied"}).status_code == 404
    assert seen(Waiting)[0].state == "waiting"


def test_a_stranger_is_sent_to_sign_in(sent, resident):
    assert resident.get(PAGE).status_code == 302


def test_what_is_confirmed_becomes_a_call_in_the_officers_name(sent, olena, at_desk, resident):
    [waiting] = seen(Waiting)

    response = at_desk(olena).post(f"{PAGE}{waiting.key}/confirm/")

    [entry] = seen(Entry)
    assert response["Location"].endswith(f"/cases/{entry.case_key}/")
    assert (entry.officer_id, entry.data["channel"]) == (olena.pk, "web")
    assert [person.surname for person in seen(Person)] == ["Вигаданенко"]
    number, code = receipt_of(sent)
    assert (
        resident.post("/public/follow/", {"number": number, "code": code}).context["matter"].state == "open"
    )


def test_of_two_officers_who_decide_the_second_is_told(sent, olena, andrii, at_desk):
    [waiting] = seen(Waiting)

    assert at_desk(olena).post(f"{PAGE}{waiting.key}/confirm/").status_code == 302
    assert at_desk(andrii).post(f"{PAGE}{waiting.key}/confirm/").status_code == 404
    assert len(seen(Case)) == 1


def test_what_is_put_aside_is_kept_with_the_reason_and_the_resident_sees_it(sent, olena, at_desk, resident):
    [waiting] = seen(Waiting)

    at_desk(olena).post(f"{PAGE}{waiting.key}/dismiss/", {"why": "not_reached"})

    [kept] = seen(Waiting)
    assert (kept.state, kept.why, kept.decided_by_id) == ("dismissed", "not_reached", olena.pk)
    number, code = receipt_of(sent)
    page = resident.post("/public/follow/", {"number": number, "code": code})
    assert page.context["matter"].state == "dismissed"


def test_a_reason_is_needed_to_put_it_aside(sent, olena, at_desk):
    [waiting] = seen(Waiting)

    at_desk(olena).post(f"{PAGE}{waiting.key}/dismiss/", {"why": "tired"})

    assert seen(Waiting)[0].state == "waiting"


def test_what_waits_is_sealed_in_the_database(sent):
    [waiting] = seen(Waiting)

    assert "Вигаданенко" not in waiting.content_sealed


def test_the_start_page_says_that_somebody_waits(sent, olena, at_desk):
    assert PAGE in at_desk(olena).get("/").content.decode()


def test_a_flood_with_work_is_seen_by_the_head(send, at_desk, db):
    from varta.people.tests.story import officer_at

    head = officer_at("halyna", "Галина Керівна", "head", "UA12000000000090473", "NPU-12")
    for _ in range(3):
        send()

    [flood] = at_desk(head).get(PAGE).context["floods"]

    assert flood.count == 3
    assert {case.key for case in flood.cases} == {case.key for case in seen(Case)}


def test_a_number_named_on_the_telephone_opens_the_case_for_its_desk_only(send, olena, maria, at_desk):
    number, _ = receipt_of(send())
    [case] = seen(Case)

    assert str(case.key) in at_desk(olena).post(f"{PAGE}receipt/", {"number": number})["Location"]
    assert at_desk(maria).post(f"{PAGE}receipt/", {"number": number})["Location"] == PAGE
    assert at_desk(olena).post(f"{PAGE}receipt/", {"number": "000000000"})["Location"] == PAGE
