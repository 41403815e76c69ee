"""The crew's page: its turn of duty, its call, and what it presses."""

from uuid import UUID

import pytest
from django.test import Client

from varta.calls import actions, queries
from varta.calls.models import Crew, Position, Sending
from varta.calls.tests.conftest import CALL, minutes, step
from varta.cases import queries as cases
from varta.cases.models import Case
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Look
from varta.people.scope import Reader, reading

CALLER = {"surname": "Вигаданенко", "given": "Ганна", "phone": "+380 00 214 36 58"}


@pytest.fixture
def phone(client: Client, andrii, settings) -> Client:
    """Sign Andrii in on his telephone."""
    settings.DEMO = True  # no second factor is asked for
    client.force_login(andrii)
    return client


@pytest.fixture
def sent(olena, andrii, reader_of, call, crew) -> tuple[UUID, UUID]:
    """Send Andrii's crew to a call; return the keys of both."""
    with reading(reader_of(olena)) as by:
        record = CALL | {"address": "вул. Садова, 5", "lat": 48.55, "lon": 34.87}
        case, mine = call(by, caller=CALLER, record=record).case_key, crew(by)
        actions.assign(**step(minutes(1)), call=case, crew=mine, by=by)
    return case, mine


def press(phone: Client, address: str, **data: object):
    return phone.post(address, {"key": str(uuid7(now())), "from": "crew"} | data)


def test_without_a_turn_the_page_asks_for_one(phone):
    page = phone.get("/calls/crew/").content.decode()

    assert "Заступити на зміну" in page and 'value="andrii"' in page


def test_a_turn_begins_with_the_officers_unit_and_place(phone, andrii):
    answer = press(
        phone,
        "/calls/crew/begin",
        **{
            "r-crew": "Обухівка-1",
            "r-force": "hromada_officer",
            "r-officers": "andrii",
            "r-skills": ["first_aid"],
            "place": "Обухівська громада",
            "place_code": demo.HROMADA,
            "unit": "Сектор",
            "unit_code": demo.SECTOR,
        },
    )

    with reading(Reader.system()):
        crew = Crew.objects.get()
    assert (answer.status_code, crew.call_sign, crew.officers, crew.skills) == (
        302,
        "Обухівка-1",
        ["andrii"],
        ["first_aid"],
    )


def test_a_turn_of_nobody_known_is_refused_and_nothing_typed_is_lost(phone):
    given = {"r-crew": "Обухівка-1", "r-force": "response", "r-officers": "nobody"}
    where = {"place": "x", "place_code": demo.HROMADA, "unit": "x", "unit_code": demo.SECTOR}

    answer = press(phone, "/calls/crew/begin", **given, **where)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nobody" in page and "Обухівка-1" in page


def test_the_page_shows_the_call_with_address_route_and_telephone(phone, sent):
    page = phone.get("/calls/crew/").content.decode()

    assert "вул. Садова, 5" in page
    assert 'href="geo:48.55,34.87' in page
    assert 'href="tel:+380002143658"' in page


def test_the_telephone_is_shown_for_this_call_and_the_look_is_written_once(phone, sent):
    phone.get("/calls/crew/")
    phone.get("/calls/crew/now")

    with reading(Reader.system()):
        [look] = Look.objects.filter(subject_kind="person")
        number = Case.objects.get(key=sent[0]).number
    assert (look.action, look.purpose, look.case_number) == ("open", "call", f"{number}/2026")


def test_a_crew_presses_its_way_through_a_call(phone, sent):
    call, crew = sent

    for name, data in (
        ("accept", {}),
        ("arrive", {}),
        ("close", {"r-outcome": "resolved", "r-confirmed": "yes"}),
    ):
        answer = press(phone, f"/calls/{call}/{name}", crew=str(crew), **data)
        assert (answer.status_code, answer["Location"]) == (302, "/calls/crew/"), name

    with reading(Reader.system()):
        steps = [entry.step for entry in cases.timeline(Case.objects.get(key=call))]
    assert steps == ["receive", "assign", "accept", "arrive", "close"]


def test_a_crew_that_cannot_go_says_why_and_is_free(phone, sent):
    call, crew = sent

    press(phone, f"/calls/{call}/release", crew=str(crew), reason="broken_down", note="Колесо")

    with reading(Reader.system()):
        assert Sending.objects.get(call=call).left_why == "broken_down"


def test_closing_without_an_outcome_comes_back_to_the_crews_page_with_the_reason(phone, sent):
    call, _ = sent

    answer = press(phone, f"/calls/{call}/close")
    page = phone.get("/calls/crew/").content.decode()

    assert answer["Location"] == "/calls/crew/"
    assert "Результат" in page
    with reading(Reader.system()):
        assert Case.objects.get(key=call).closed_at is None


def test_a_press_happened_when_it_was_pressed_and_not_when_it_came(phone, sent):
    call, crew = sent

    press(phone, f"/calls/{call}/accept", crew=str(crew), pressed_at=minutes(3).isoformat())

    with reading(Reader.system()):
        assert Sending.objects.get(call=call).accepted_at == minutes(3)


def test_a_break_and_its_end(phone, sent, andrii, reader_of):
    crew = sent[1]
    press(phone, f"/calls/crew/{crew}/pause", reason="meal")
    with reading(reader_of(andrii)) as by:
        paused = queries.crew_of(by, "andrii").state
    press(phone, f"/calls/crew/{crew}/resume")

    with reading(reader_of(andrii)) as by:
        assert (paused, queries.crew_of(by, "andrii").state) == ("paused", "on")


def test_a_turn_does_not_end_at_a_call(phone, sent):
    press(phone, f"/calls/crew/{sent[1]}/end")

    with reading(Reader.system()):
        assert Crew.objects.get(key=sent[1]).ended_at is None
    assert "ще на виклику" in phone.get("/calls/crew/").content.decode()


def test_a_call_outside_the_officers_area_is_told_by_the_desk(phone, olena, reader_of, call, crew, andrii):
    with reading(reader_of(olena)) as by:
        case = call(by, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR).case_key
        actions.assign(**step(minutes(1)), call=case, crew=crew(by), by=by)

    page = phone.get("/calls/crew/").content.decode()

    assert "поза вашою територією" in page and "Шумлять" not in page


def test_the_place_of_a_crew_is_kept_while_it_is_on_duty(phone, sent):
    crew = sent[1]
    address = f"/calls/crew/{crew}/position"

    kept = phone.post(address, {"lat": "48.56", "lon": "34.9", "accuracy_m": "8"})
    wrong = [phone.post(address, {"lat": lat, "lon": "34.9"}).status_code for lat in ("", "nan", "91", "x")]

    with reading(Reader.system()):
        position = Position.objects.get(crew=crew)
    assert (kept.status_code, position.lat, position.accuracy_m) == (200, 48.56, 8.0)
    assert wrong == [422] * 4


def test_a_stranger_moves_no_crew(client, maria, sent, settings):
    settings.DEMO = True
    client.force_login(maria)

    answer = client.post(f"/calls/crew/{sent[1]}/position", {"lat": "48.56", "lon": "34.9"})

    assert answer.status_code == 409 and answer.json() == {"code": "crew-not-found"}
    with reading(Reader.system()):
        assert not Position.objects.exists()


def test_the_part_is_not_sent_twice_while_it_says_the_same(phone, sent):
    first = phone.get("/calls/crew/now")
    same = phone.get("/calls/crew/now", headers={"If-None-Match": first["ETag"]})
    press(phone, f"/calls/{sent[0]}/accept", crew=str(sent[1]))
    other = phone.get("/calls/crew/now", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, same.status_code, other.status_code) == (200, 304, 200)


def test_without_a_turn_there_is_no_part(phone):
    assert phone.get("/calls/crew/now").status_code == 204
