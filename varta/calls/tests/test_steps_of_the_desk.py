"""Steps taken from the board: each answers with the state as it is then."""

import re
from uuid import UUID

import pytest
from django.test import Client

from varta.calls import actions, advice, asks
from varta.calls.models import Sending, Shortage
from varta.calls.tests.conftest import CALL, minutes, step
from varta.cases import queries as cases
from varta.cases.models import Case
from varta.cases.rebuild import differences
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Look
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(client: Client, olena, andrii, settings) -> Client:
    """Sign Olena in."""
    settings.DEMO = True  # no second factor is asked for
    client.force_login(olena)
    return client


@pytest.fixture
def scene(olena, andrii, reader_of, call, crew) -> tuple[UUID, UUID]:
    """Register a call and let a crew go on duty; return both keys."""
    with reading(reader_of(olena)) as by:
        return call(by, record=CALL | {"lat": 48.55, "lon": 34.87}).case_key, crew(by)


def press(browser: Client, call: UUID, name: str, **data: object):
    return browser.post(f"/calls/{call}/{name}", {"key": str(uuid7(now()))} | data, headers=HTMX)


def test_the_panel_says_what_is_known_and_whom_to_send(browser, scene):
    call, _ = scene

    page = browser.get(f"/calls/{call}/", headers=HTMX).content.decode()

    assert "Шумлять під вікнами" in page
    assert 'data-choice="1"' in page and "Явір-1" in page
    assert "<html" not in page


def test_without_scripts_the_panel_stands_on_the_board(browser, scene):
    page = browser.get(f"/calls/{scene[0]}/").content.decode()

    assert "<html" in page and 'data-panel="' in page and 'data-rows-of="crew"' in page


def test_opening_a_call_is_one_look_however_often_it_is_drawn(browser, scene):
    for _ in range(3):
        browser.get(f"/calls/{scene[0]}/", headers=HTMX)

    with reading(Reader.system()):
        assert Look.objects.filter(action="open", subject_key=str(scene[0])).count() == 1


def test_the_recommended_crew_is_sent_with_the_reason(browser, scene):
    call, crew = scene
    page = browser.get(f"/calls/{call}/", headers=HTMX).content.decode()
    proof = re.search(r'name="proof" value="([^"]+)"', page)[1]

    answer = press(browser, call, "assign", crew=str(crew), proof=proof)

    with reading(Reader.system()):
        sent = Sending.objects.get(call=call)
    assert answer.status_code == 200
    assert sent.why.startswith("Явір-1: прибуде")


def test_a_reason_that_nobody_gave_is_not_recorded(browser, scene):
    call, crew = scene

    press(browser, call, "assign", crew=str(crew), proof="Бо так хочу:підпис")

    with reading(Reader.system()):
        assert Sending.objects.get(call=call).why == ""
    assert advice.sentence("Бо так хочу:підпис", call=call, crew=crew) == ""


@pytest.mark.parametrize("typed", ["Явір-1", "явір 1", "zdsh1", "yavir1"])
def test_a_crew_is_found_by_the_call_sign_as_it_is_typed(browser, scene, typed):
    press(browser, scene[0], "assign", sign=typed)

    with reading(Reader.system()):
        assert Sending.objects.filter(call=scene[0]).count() == 1


def test_a_call_goes_its_way_through_the_buttons(browser, scene):
    call, crew = scene

    for name, data in (
        ("assign", {"crew": str(crew)}),
        ("accept", {"crew": str(crew)}),
        ("arrive", {"crew": str(crew)}),
        ("close", {"r-outcome": "resolved", "r-confirmed": "yes"}),
    ):
        assert press(browser, call, name, **data).status_code == 200, name

    with reading(Reader.system()):
        steps = [entry.step for entry in cases.timeline(Case.objects.get(key=call))]
    assert steps == ["receive", "assign", "accept", "arrive", "close"]


def test_a_button_pressed_twice_writes_once(browser, scene):
    call, crew = scene
    key = str(uuid7(now()))

    answers = [
        browser.post(f"/calls/{call}/assign", {"key": key, "crew": str(crew)}, headers=HTMX) for _ in range(2)
    ]

    with reading(Reader.system()):
        assert len(cases.timeline(Case.objects.get(key=call))) == 2
    assert [answer.status_code for answer in answers] == [200, 200]


def test_who_looked_at_an_old_page_is_told_that_a_crew_was_sent(browser, scene, reader_of, olena, crew):
    call, first = scene
    with reading(reader_of(olena)) as by:
        second = crew(by, "Явір-2")
        actions.assign(**step(minutes(1)), call=call, crew=first, by=by)

    answer = press(browser, call, "assign", crew=str(second), seen="1")
    again = press(browser, call, "assign", crew=str(second), seen="2")

    assert (answer.status_code, again.status_code) == (409, 200)
    assert "вже направили наряд" in answer.content.decode()


def test_of_two_who_close_a_call_the_second_is_told_and_sees_it_closed(browser, scene, reader_of, olena):
    call, _ = scene
    with reading(reader_of(olena)) as by:
        actions.close(**step(minutes(1)), call=call, record={"outcome": "resolved"}, by=by)

    answer = press(browser, call, "close", **{"r-outcome": "no_offence"})

    assert answer.status_code == 422
    assert "закрито" in answer.content.decode()


def test_a_busy_crew_is_diverted_only_when_asked_for(browser, scene, reader_of, olena, call):
    first, crew = scene
    with reading(reader_of(olena)) as by:
        second = call(by, after=2).case_key
    press(browser, first, "assign", crew=str(crew))

    refused = press(browser, second, "assign", crew=str(crew))
    diverted = press(browser, second, "assign", crew=str(crew), divert="1")

    with reading(Reader.system()):
        present = Sending.objects.get(crew=crew, left_at=None)
    assert (refused.status_code, diverted.status_code, present.call) == (409, 200, second)


def test_closing_without_an_outcome_says_what_is_missing(browser, scene):
    answer = press(browser, scene[0], "close")

    assert answer.status_code == 422
    assert "<details" in answer.content.decode() and " open>" in answer.content.decode()


def test_a_report_is_joined_to_the_call_of_the_same_event_by_its_number(
    browser, scene, reader_of, olena, call
):
    with reading(reader_of(olena)) as by:
        other = call(by, after=2)

    answer = press(browser, scene[0], "join", number=f"{other.number}/{other.year}")

    with reading(Reader.system()):
        assert Case.objects.get(key=scene[0]).closed_at is not None
    assert answer.status_code == 200


def test_a_number_that_is_none_is_refused_in_words(browser, scene):
    answer = press(browser, scene[0], "join", number="9999/2026")

    assert answer.status_code == 409 and "немає" in answer.content.decode()


@pytest.fixture
def halyna(db):
    """Head of the raion directorate."""
    return officer_at("halyna", "Галина Керівна", "head", demo.RAION, demo.DIRECTORATE)


def test_short_forces_stay_on_the_heads_board_until_the_decision(browser, scene, halyna, reader_of):
    press(browser, scene[0], "report_shortage", **{"r-reason": "Усі на виїздах"})
    with reading(reader_of(halyna)) as by:
        [ask] = asks.undecided(by, now=now())
    browser.force_login(halyna)
    page = browser.get("/calls/").content.decode()

    answer = press(browser, scene[0], "forces_shortage", **{"r-decision": "reserve"})

    with reading(Reader.system()):
        kept = Shortage.objects.get(call=scene[0])
        assert list(differences()) == []
    assert (ask.reason, ask.heads) == ("Усі на виїздах", ("Галина Керівна",))
    assert "потрібне ваше рішення" in page
    assert (answer.status_code, kept.decision) == (200, "reserve")


def test_a_duty_officer_does_not_decide_for_the_head(browser, scene):
    answer = press(browser, scene[0], "forces_shortage", **{"r-decision": "reserve"})

    assert answer.status_code == 422
    with reading(Reader.system()):
        assert not Shortage.objects.exists()


def test_a_call_is_handed_over_with_the_record_of_the_receiver(browser, scene):
    address = f"/calls/{scene[0]}/hand-over/domestic_violence/"
    assert browser.get(address).status_code == 200

    answer = browser.post(address, {"key": str(uuid7(now())), "r-children": "on", "r-about": "Діти бачили"})

    with reading(Reader.system()):
        child = Case.objects.get(parent=scene[0])
    assert (answer.status_code, child.procedure) == (302, "domestic_violence")


def test_a_stranger_finds_no_call_to_press_at(client, maria, scene, settings):
    settings.DEMO = True
    client.force_login(maria)

    for name in ("assign", "accept", "arrive", "release", "close", "join"):
        assert press(client, scene[0], name, crew=str(scene[1])).status_code == 404
    assert client.get(f"/calls/{scene[0]}/").status_code == 404


def test_rows_that_say_the_same_are_not_sent_twice(browser, scene, reader_of, olena):
    first = browser.get("/calls/board/rows")
    same = browser.get("/calls/board/rows", headers={"If-None-Match": first["ETag"]})
    with reading(reader_of(olena)) as by:
        actions.assign(**step(minutes(1)), call=scene[0], crew=scene[1], by=by)
    other = browser.get("/calls/board/rows", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, same.status_code, other.status_code) == (200, 304, 200)


def test_a_crew_that_has_become_free_nearer_by_takes_over(browser, scene, reader_of, olena, crew):
    call, near = scene
    with reading(reader_of(olena)) as by:
        far = crew(by, "Явір-2", lat=48.2, lon=35.6)
        actions.assign(**step(minutes(1)), call=call, crew=far, by=by)

    page = browser.get("/calls/board/swaps").content.decode()
    proof = re.search(r'name="instead".*?name="proof" value="([^"]+)"', panel_of(browser, call), re.DOTALL)[1]
    answer = press(browser, call, "assign", crew=str(near), instead=str(far), proof=proof)

    with reading(Reader.system()):
        left, came = Sending.objects.filter(call=call).order_by("nth")
    assert "раніше за Явір-2" in page
    assert (answer.status_code, left.left_why, came.crew_id) == (200, "cancelled", near)
    assert "раніше за Явір-2" in came.why


def test_a_swap_with_a_crew_that_is_not_there_changes_nothing(browser, scene, reader_of, olena, crew):
    with reading(reader_of(olena)) as by:
        other = crew(by, "Явір-2")

    answer = press(browser, scene[0], "assign", crew=str(scene[1]), instead=str(other))

    with reading(Reader.system()):
        assert not Sending.objects.exists()
    assert answer.status_code == 409


def panel_of(browser: Client, call: UUID) -> str:
    return browser.get(f"/calls/{call}/", headers=HTMX).content.decode()
