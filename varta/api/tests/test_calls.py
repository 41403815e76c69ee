"""Calls that 112 passes on as JSON: registered once, followed by their sender, refused with reasons."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varta.api.models import Message, Use
from varta.cases.actions import take
from varta.cases.models import Case, Entry, Involvement
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.people.demo import RAION, SECTOR
from varta.people.models import Person
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db
OBUKHIVKA = "UA12020170010095010"


def call(**other) -> dict:
    at = now() - timedelta(minutes=1)
    return {
        "key": str(uuid7(at)),
        "at": at.isoformat(),
        "kind": "robbery",
        "about": "Вирвали сумку",
        "place": {"code": OBUKHIVKA, "address": "вул. Садова, 5", "lat": 48.5491, "lon": 34.8542},
        "caller": {"surname": "Вигаданенко", "given": "Ганна", "phone": "+380 00 000 00 09"},
        "reference": "112/77",
        **other,
    }


@pytest.fixture
def send(client, key):
    def one(given, *, with_key=key):
        body = given if isinstance(given, str | bytes) else json.dumps(given)
        headers = {"Authorization": f"Bearer {with_key}"}
        return client.post("/api/calls", body, content_type="application/json", headers=headers)

    return one


@pytest.fixture
def follow(client, key):
    def one(address, *, with_key=key):
        return client.get(address, headers={"Authorization": f"Bearer {with_key}"})

    return one


def counted() -> tuple[int, int, int]:
    with reading(Reader.system()):
        return Case.objects.count(), Message.objects.count(), Person.objects.count()


def record() -> dict:
    with reading(Reader.system()):
        return Entry.objects.get().data


def test_a_call_is_registered_with_its_caller(send, partner):
    answer = send(call())

    assert answer.status_code == 201
    assert answer.json()["number"] == f"1/{now().year}"
    with reading(Reader.system()):
        entry, involved = Entry.objects.get(), Involvement.objects.get()
        person = Person.objects.get()
    assert (entry.place, entry.unit, entry.officer_id) == (OBUKHIVKA, SECTOR, partner.pk)
    assert (involved.part, person.surname, person.phone_digits) == ("caller", "Вигаданенко", "380000000009")
    told = record()
    assert (told["channel"], told["reference"], told["address"]) == ("line_112", "112/77", "вул. Садова, 5")


def test_the_question_tree_proposes_the_category_where_the_sender_says_none(send):
    send(call(kind="noise"))

    assert record()["category"] == record()["proposed"] in ("gamma", "delta")


def test_the_senders_category_is_kept(send):
    send(call(kind="noise", category="alpha"))

    assert (record()["category"], record()["proposed"]) == ("alpha", "alpha")


def test_the_same_key_twice_is_one_call_and_one_caller(send):
    given = call()

    first, again = send(given), send(given)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert counted() == (1, 1, 1)


def test_the_same_key_with_other_content_is_a_conflict(send):
    given = call()
    send(given)

    refused = send(given | {"about": "Інше"})

    assert (refused.status_code, refused.json()["code"], counted()) == (409, "identifier-reused", (1, 1, 1))


def test_the_key_of_somebody_elses_case_opens_nothing(send, let_in):
    _, other = let_in("other-112")
    given = call()
    send(given)

    refused = send(given, with_key=other)

    assert (refused.status_code, refused.json()["code"], counted()) == (409, "identifier-reused", (1, 1, 1))


def test_the_sender_follows_its_call(send, follow, olena):
    address = send(call()).json()["follow"]
    assert follow(address).json()["state"] == "received"

    case = UUID(address.rsplit("/", 1)[1])
    states = []
    steps = (
        ("assign", {"force": "patrol", "crew": "101"}),
        ("arrive", {"found": "Ніж"}),
        ("close", {"outcome": "resolved"}),
    )
    for step, data in steps:
        by, at = Reader.of(olena, on=kyiv_day(now())), now()
        with reading(by):
            take(
                key=uuid7(at), case=case, procedure="call", step=step, data=data, by=by, at=at, received_at=at
            )
        states.append(follow(address).json()["state"])

    assert states == ["assigned", "on_scene", "closed"]


def test_what_is_followed_is_the_state_and_nothing_else(send, follow):
    answer = follow(send(call()).json()["follow"])

    assert set(answer.json()) == {"key", "number", "state", "received_at", "changed_at", "closed_at"}


def test_nobody_else_follows_it(send, follow, let_in, client, olena, settings):
    settings.DEMO = True
    _, other = let_in("other-112")
    address = send(call()).json()["follow"]

    foreign, absent = follow(address, with_key=other), follow(f"/api/calls/{uuid4()}", with_key=other)
    client.force_login(olena)

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.json() == absent.json()
    assert client.get(address).status_code == 401


@pytest.mark.parametrize("given", ["", "wrong"])
def test_without_a_key_nothing_is_registered(send, given):
    assert (send(call(), with_key=given).status_code, counted()) == (401, (0, 0, 0))


def test_a_key_without_the_right_registers_nothing(send, let_in):
    _, reader = let_in("reader", rights=("cap_out",))

    assert (send(call(), with_key=reader).status_code, counted()) == (403, (0, 0, 0))


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"at": (now() + timedelta(hours=1)).isoformat()}, 422, "in-the-future"),
        ({"at": (now() - timedelta(days=2)).isoformat()}, 422, "too-old"),
        ({"at": "2026-03-02T09:15:00"}, 422, "field-invalid"),
        ({"at": "yesterday"}, 422, "field-invalid"),
        ({"key": str(uuid4())}, 422, "key-refused"),
        ({"key": "x"}, 422, "field-invalid"),
        ({"kind": "miracle"}, 422, "field-invalid"),
        ({"category": "omega"}, 422, "field-invalid"),
        ({"about": "x" * 10_001}, 422, "field-invalid"),
        ({"place": {"code": "UA99999999999999999"}}, 422, "unknown-place"),
        ({"place": {"lat": 50.45, "lon": 30.52}}, 422, "outside"),
        ({"place": {"lat": 48.5}}, 422, "field-invalid"),
        ({"place": {"lat": 91, "lon": 0}}, 422, "field-invalid"),
        ({"caller": {"phone": "x" * 41}}, 422, "field-invalid"),
    ],
)
def test_what_is_wrong_is_told_and_leaves_nothing(send, changed, status, code):
    refused = send(call(**changed))

    assert (refused.status_code, refused.json()["code"], counted()) == (status, code, (0, 0, 0))
    assert all(error["uk"] and error["en"] for error in refused.json()["errors"])


def test_the_place_of_the_fault_is_named(send):
    refused = send(call(place={"lat": 91, "lon": 0}))

    assert [error["at"] for error in refused.json()["errors"]] == ["/place/lat"]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', '{"key": 1}', b"\xff", '{"a": NaN}', "[" * 5000]
)
def test_a_body_that_is_no_call_is_refused(send, body):
    refused = send(body)

    assert refused.status_code in (400, 422)
    assert refused.json()["errors"]


def test_a_body_that_is_too_large_is_refused(send):
    assert send(call(about="x" * 70_000)).status_code == 413


def test_a_place_in_words_only_leaves_the_call_with_the_desk_of_the_area(send):
    answer = send(call(place={"words": "біля ставка"}))

    assert answer.json()["notices"][0]["code"] == "place-unsure"
    with reading(Reader.system()):
        assert Case.objects.get().place_id == RAION


def test_the_openapi_description_tells_partners_how(client):
    described = client.get("/api/openapi.json").json()

    post = described["paths"]["/api/calls"]["post"]
    assert {"201", "200", "401", "409", "422", "429"} <= set(post["responses"])
    assert post["security"] == [{"Keyed": []}]
    assert described["components"]["securitySchemes"]["Keyed"] == {"type": "http", "scheme": "bearer"}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("key", "at", "kind", "category", "about", "place", "caller", "crime_signs", "reference")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3))
def test_no_json_makes_the_server_fail(send, changed):
    with reading(Reader.system()):
        Use.objects.all().delete()

    assert send(call(**changed)).status_code in (201, 400, 422)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=40))
def test_no_text_makes_the_server_fail(send, about, surname, phone):
    with reading(Reader.system()):
        Use.objects.all().delete()
    caller = {"surname": surname, "phone": phone}

    answer = send(
        call(about=about, caller=caller, reference=surname, place={"words": about, "address": about})
    )

    assert answer.status_code in (201, 400, 422)
