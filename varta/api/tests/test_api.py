"""Programs see what the officer sees, and write through the same door."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from varta.cases.models import Entry
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings, tmp_path, monkeypatch):
    """Ask for no second factor, and count over an empty lake."""
    settings.DEMO = True
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path))


@pytest.fixture
def client_of():
    def signed_in(officer, **more):
        client = Client(**more)
        client.force_login(officer)
        return client

    return signed_in


@pytest.fixture
def step(andrii):
    """The opening step of a call in Andrii's hromada, as a program sends it."""
    home = andrii.appointments.get()
    return {
        "key": str(uuid7(RECEIVED)),
        "procedure": "call",
        "step": "receive",
        "data": CALL,
        "at": RECEIVED.isoformat(),
        "place": home.place_id,
        "unit": home.unit_id,
    }


def send(client, step, **other):
    return client.post("/api/take", json.dumps(step | other), content_type="application/json")


def entries():
    with reading(Reader.system()):
        return Entry.objects.count()


def test_a_step_is_taken_once_however_often_it_is_sent(client_of, olena, step):
    client = client_of(olena)

    first, again = send(client, step), send(client, step)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert entries() == 1


def test_the_same_key_with_other_content_is_refused_in_both_languages(client_of, olena, step):
    client = client_of(olena)
    send(client, step)

    refused = send(client, step, data=CALL | {"category": "alpha"})

    assert refused.status_code == 422
    assert refused.json()["code"] == "key-reused"
    assert refused.json()["uk"] != refused.json()["en"]


def test_a_wrong_field_is_named(client_of, olena, step):
    refused = send(client_of(olena), step, data=CALL | {"category": "omega"})

    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["category"])


@pytest.mark.parametrize("broken", ["{", "[]", '{"key": "x"}', '"\\u0000"'])
def test_a_broken_body_is_refused_and_nothing_falls(client_of, olena, broken):
    answer = client_of(olena).post("/api/take", broken, content_type="application/json")

    assert answer.status_code in (400, 422)
    assert entries() == 0


def test_a_moment_without_zone_is_refused(client_of, olena, step):
    answer = send(client_of(olena), step, at="2026-03-02T09:15:00")

    assert (answer.status_code, entries()) == (422, 0)


def test_without_the_token_nothing_is_written(client_of, olena, step):
    answer = send(client_of(olena, enforce_csrf_checks=True), step)

    assert (answer.status_code, entries()) == (403, 0)


def test_maria_finds_nothing_of_olenas_case(client_of, olena, maria, step):
    key = send(client_of(olena), step).json()["case_key"]
    client = client_of(maria)
    arrival = step | {"case": key, "key": str(uuid7(RECEIVED)), "step": "arrive", "data": {}}

    there, absent = send(client, arrival), send(client, arrival | {"case": str(uuid7(RECEIVED))})

    assert client.get(f"/api/cases/{key}").status_code == 404
    assert client.get("/api/cases").json()["cases"] == []
    assert (there.status_code, absent.status_code, entries()) == (404, 404, 1)


def test_maria_registers_nothing_in_andriis_hromada(client_of, maria, step):
    refused = send(client_of(maria), step)

    assert (refused.status_code, entries()) == (422, 0)


def test_a_case_comes_with_its_entries_and_deadlines(client_of, olena, step):
    client = client_of(olena)
    key = send(client, step).json()["case_key"]
    at = RECEIVED + timedelta(minutes=6)
    later = {"key": str(uuid7(at)), "case": key, "procedure": "call", "step": "arrive", "at": at.isoformat()}
    assert send(client, later).status_code == 201

    case = client.get(f"/api/cases/{key}").json()

    assert [entry["step"] for entry in case["entries"]] == ["receive", "arrive"]
    assert [due["met_at"] is not None for due in case["deadlines"] if due["step"] == "arrive"] == [True]
    assert [one["key"] for one in client.get("/api/cases").json()["cases"]] == [key]


def test_a_procedure_is_told_whole(client_of, olena):
    client = client_of(olena)

    assert {"call", "appeal"} <= {one["code"] for one in client.get("/api/procedures").json()}
    assert client.get("/api/procedures/call").json()["code"] == "call"
    assert client.get("/api/procedures/none").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "from=2019-09-30&to=2019-01-01",
        "from=2019-01-01",
        "from=2019-01-01&to=2019-09-30&indicators=C99",
        "from=2019-01-01&to=2019-09-30&place=UA00000000000000000",
        "from=2019-01-01&to=2019-09-30&by=galaxy",
        "from=0001-01-01&to=0001-02-01",
    ],
)
def test_an_impossible_report_is_refused(client_of, olena, asked):
    assert client_of(olena).get(f"/api/report?{asked}").status_code == 422


def test_each_indicator_says_how_it_is_counted(client_of, olena):
    listed = client_of(olena).get("/api/indicators").json()

    assert all(one["definition"]["uk"] and one["source"] for one in listed)
    assert "C01" in {one["code"] for one in listed}


@pytest.mark.parametrize("address", ["cases", "report?from=2019-01-01&to=2019-09-30", "procedures"])
def test_strangers_learn_nothing(client, address):
    answer = client.get(f"/api/{address}")

    assert (answer.status_code, answer.json()) == (401, {"code": "not-signed-in"})


def test_a_stranger_writes_nothing(client, step):
    assert (send(client, step).status_code, entries()) == (401, 0)


def test_the_description_names_every_address(client):
    paths = client.get("/api/openapi.json").json()["paths"]

    assert {"/api/take", "/api/cases", "/api/cases/{key}", "/api/report", "/api/procedures"} <= set(paths)
