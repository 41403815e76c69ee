"""Proof of work, and what comes without it: floods reach nobody's desk."""

import base64
import json

import altcha
import pytest

from varta.cases.models import Case
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.notices.models import Notice
from varta.residents import limits, work
from varta.residents.models import Subscription, Waiting
from varta.residents.tests.conftest import REPORT, seen, solved

HERE = "127.0.0.1"


def test_without_work_a_report_waits_for_a_call_back(send):
    response = send(work="", phone="050 123 45 67")

    assert response.status_code == 200
    assert response.context["given"].waits
    assert seen(Case) == []
    assert len(seen(Waiting)) == 1


def test_without_work_and_telephone_nothing_is_taken_in(send):
    response = send(work="")

    assert response.status_code == 422
    assert "phone" in response.context["form"].errors
    assert seen(Waiting) == []


def test_work_counts_once(send, resident):
    answer = solved(resident)

    assert send(work=answer).status_code == 200
    assert send(work=answer).status_code == 422, "used: so it came without work, and without a telephone"
    assert len(seen(Case)) == 1


def test_a_form_with_mistakes_does_not_use_the_work_up(send, resident):
    answer = solved(resident)

    assert send(work=answer, about="").status_code == 422
    assert send(work=answer).status_code == 200


@pytest.mark.parametrize("answer", ["x", "e30=", base64.b64encode(b"[" * 900).decode(), "A" * 5000, "{}"])
def test_no_answer_breaks_the_page(send, answer):
    assert send(work=answer).status_code == 422


def test_work_for_an_easier_challenge_is_refused(resident):
    challenge = resident.get("/public/work").json()
    challenge["parameters"]["keyPrefix"] = ""
    easier = altcha.Challenge.from_dict(challenge)
    answer = altcha.Payload(easier, altcha.solve_challenge(easier)).to_base64()

    assert not work.is_done(answer, at=now())


def test_work_that_was_not_done_is_refused(resident):
    challenge = resident.get("/public/work").json()
    made_up = {"challenge": challenge, "solution": {"counter": 1, "derivedKey": "00" * 32, "time": 1}}

    assert not work.is_done(base64.b64encode(json.dumps(made_up).encode()).decode(), at=now())


def test_work_lasts_half_an_hour(resident, monkeypatch):
    monkeypatch.setattr(work, "LASTS", -work.LASTS)

    assert not work.is_done(solved(resident), at=now())


def test_work_grows_with_what_came_from_an_address_and_from_everywhere(db):
    at = now()
    assert work.rounds("here", at=at) == work.EASY

    limits.SENT.count("here", at=at)
    assert (work.rounds("here", at=at), work.rounds("there", at=at)) == (2 * work.EASY, work.EASY)

    for _ in range(2 * work.BUSY):
        limits.ALL_SENT.count("", at=at)
    assert work.rounds("there", at=at) == 4 * work.EASY
    assert work.rounds("here", at=at) <= work.HARDEST


def test_a_flood_without_work_from_one_address_stops_after_two(send, resident):
    answers = [send(work="", phone="050 123 45 67").status_code for _ in range(60)]

    assert answers.count(200) == limits.SENT_WITHOUT_WORK.most
    assert set(answers[limits.SENT_WITHOUT_WORK.most :]) == {429}
    assert seen(Case) == []


def test_a_flood_without_work_from_everywhere_registers_nothing_and_fills_no_desk(resident, olena):
    answers = []
    for nth in range(500):
        form = {**REPORT, "key": str(uuid7(now())), "phone": "050 123 45 67", "about": f"Флуд {nth}"}
        where = f"10.{nth // 250}.{nth % 250}.1"
        answers.append(resident.post("/public/report/", form, REMOTE_ADDR=where).status_code)

    assert seen(Case) == []
    assert (seen(Notice), seen(Subscription)) == ([], [])
    assert len(seen(Waiting)) == limits.WAITING_MOST == answers.count(200)
    assert set(answers) == {200, 503}


def test_people_with_javascript_get_through_such_a_flood(send, resident, monkeypatch):
    monkeypatch.setattr(limits, "WAITING_MOST", 0)
    assert send(work="", phone="050 123 45 67").status_code == 503

    assert send().status_code == 200
