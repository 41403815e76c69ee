"""CAP over HTTP: what a partner's system meets, message by message and in floods."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varta.api.cap.message import Alert, Area, Circle, Info
from varta.api.cap.writing import write
from varta.api.models import Message, Use
from varta.api.partners import limits
from varta.cases.models import Case, Entry
from varta.lib.clock import kyiv_day, now
from varta.people.models import Look
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db

INFO = Info(
    categories=("Security",),
    event="Бійка",
    urgency="Immediate",
    severity="Severe",
    certainty="Observed",
    language="uk",
    areas=(Area("Обухівка", circles=(Circle((48.5491, 34.8542), 0.1),)),),
)


def fresh(identifier="112-1", **other) -> Alert:
    sent = (now() - timedelta(minutes=1)).replace(microsecond=0)
    return replace(Alert(identifier, "112@x", sent, "Actual", "Alert", "Public", infos=(INFO,)), **other)


@pytest.fixture
def post(client, key):
    def send(body, *, with_key=key, content_type="application/cap+xml"):
        body = write(body) if isinstance(body, Alert) else body
        headers = {"Authorization": f"Bearer {with_key}"} if with_key else {}
        return client.post("/api/cap", body, content_type=content_type, headers=headers)

    return send


def counted() -> tuple[int, int, int]:
    """Return how many cases, entries and messages there are."""
    with reading(Reader.system()):
        return Case.objects.count(), Entry.objects.count(), Message.objects.count()


def test_an_alert_is_registered_and_again_is_a_duplicate(post):
    alert = fresh()

    first, again = post(alert), post(alert)

    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["result"], again.json()["result"]) == ("registered", "duplicate")
    assert first.json()["case"] == again.json()["case"]
    assert counted() == (1, 1, 1)


def test_what_was_taken_stands_in_the_access_log_once(post, partner):
    alert = fresh()
    post(alert)
    post(alert)

    with reading(Reader.system()):
        [look] = Look.objects.filter(action="received")
    assert (look.officer_id, look.subject_kind, look.detail) == (
        partner.pk,
        "case",
        {"door": "cap", "result": "registered"},
    )


@pytest.mark.parametrize(
    "content_type", ["application/cap+xml", "application/xml; charset=utf-8", "text/xml"]
)
def test_the_types_of_xml_are_taken(post, content_type):
    assert post(fresh(), content_type=content_type).status_code == 201


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_another_type_is_refused(post, content_type):
    refused = post(fresh(), content_type=content_type)

    assert (refused.status_code, refused.json()["code"]) == (415, "content-type")


@pytest.mark.parametrize("given", ["", "wrong", "varta_aaaaaaaaaa_" + "A" * 43])
def test_without_a_key_that_holds_nothing_is_read(post, given):
    refused = post(fresh(), with_key=given)

    assert (refused.status_code, refused.json()["code"], counted()) == (401, "key-unknown", (0, 0, 0))


def test_a_key_without_the_right_is_refused(post, let_in):
    _, other = let_in("reader", rights=("cap_out",))

    refused = post(fresh(), with_key=other)

    assert (refused.status_code, refused.json()["code"], counted()) == (403, "no-right", (0, 0, 0))


def test_an_officers_session_opens_nothing_here(client, olena, settings):
    settings.DEMO = True
    client.force_login(olena)

    assert client.post("/api/cap", write(fresh()), content_type="application/xml").status_code == 401


def test_a_key_in_the_address_is_not_looked_at(client, key):
    answer = client.post(f"/api/cap?api_key={key}", write(fresh()), content_type="application/xml")

    assert answer.status_code == 401


def test_broken_xml_and_broken_rules_are_told_apart(post):
    broken, wrong = post(b"<alert>"), post(fresh(scope="Private"))

    assert (broken.status_code, wrong.status_code) == (400, 422)
    assert wrong.json()["errors"] == [
        {
            "code": "addresses-missing",
            "at": "/alert",
            "uk": "Для scope Private потрібен елемент addresses.",
            "en": "The scope Private needs the element addresses.",
        }
    ]


def test_a_body_that_is_too_large_is_refused_unread(post):
    refused = post(b"<" + b"a" * 600_000)

    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")


def test_a_refusal_after_the_message_was_kept_leaves_nothing(post):
    foreign = replace(INFO, areas=(Area("x", circles=(Circle((50.45, 30.52), 0.1),)),))

    assert post(fresh(infos=(foreign,))).status_code == 422
    assert counted() == (0, 0, 0)


def test_a_flood_of_broken_and_repeated_messages_leaves_one_call_and_no_failure(post, let_in):
    _, key = let_in("flooding", per_minute=2000)
    alert = fresh()
    bodies = [
        b"<",
        b" ",
        b"<alert/>",
        write(fresh(sender="a,b")),
        write(replace(alert, note="інше")),
        write(alert),
    ]
    post(alert, with_key=key)

    statuses = {post(bodies[nth % len(bodies)], with_key=key).status_code for nth in range(1000)}

    assert statuses == {200, 400, 409, 422}
    assert counted() == (1, 1, 1)
    with reading(Reader.system()):
        assert Look.objects.count() < 10
        assert Use.objects.count() <= limits.SLOTS * 10


def test_a_flood_of_pranks_is_stopped_and_shown_to_the_desk(post, let_in, olena):
    _, key = let_in("pranking", name="Пустуни", per_minute=5)

    answers = [post(fresh(f"prank-{nth}"), with_key=key) for nth in range(30)]

    stopped = [answer for answer in answers if answer.status_code == 429]
    taken = counted()[0]
    assert taken + len(stopped) == 30
    assert 5 <= taken <= 10  # a new minute may have begun on the way
    assert all(1 <= int(answer["Retry-After"]) <= 60 for answer in stopped)
    reader = Reader.of(olena, on=kyiv_day(now()))
    with reading(reader):
        assert [(one.partner, one.over) for one in limits.floods(reader, now=now())] == [
            ("Пустуни", len(stopped))
        ]


MARKUP = re.compile(rb"<[^>]*>|[^<]+")


@st.composite
def mutations(draw) -> bytes:
    """A good message with some of its pieces lost, doubled, swapped or replaced."""
    pieces = MARKUP.findall(write(fresh(uuid4().hex)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(pieces) - 1))
        way = draw(st.sampled_from(["lose", "double", "swap", "text", "bytes", "cut"]))
        if way == "lose" and len(pieces) > 1:
            pieces.pop(place)
        elif way == "double":
            pieces.insert(place, pieces[place])
        elif way == "swap":
            other = draw(st.integers(0, len(pieces) - 1))
            pieces[place], pieces[other] = pieces[other], pieces[place]
        elif way == "text":
            pieces[place] = draw(st.text(max_size=40)).encode("utf-8", "surrogatepass")
        elif way == "bytes":
            pieces[place] = draw(st.binary(max_size=40))
        else:
            pieces[place] = pieces[place][: draw(st.integers(0, len(pieces[place])))]
    return b"".join(pieces)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations())
def test_no_mutation_of_a_message_makes_the_server_fail(post, let_in, body):
    with reading(Reader.system()):
        Use.objects.all().delete()

    answer = post(body)

    assert answer.status_code in (200, 201, 400, 409, 422)
    assert answer.headers["Content-Type"] == "application/json"
    json.loads(answer.content)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["event", "headline", "description", "instruction", "contact"]),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=200),
    )
)
def test_no_text_of_a_message_makes_the_server_fail(post, texts):
    with reading(Reader.system()):
        Use.objects.all().delete()
    document = write(fresh(uuid4().hex, infos=(replace(INFO, **texts),)))

    assert post(document).status_code in (201, 400, 422)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_there(client, method):
    assert getattr(client, method)("/api/cap").status_code == 405


def test_absent_and_foreign_calls_look_alike(client, key, let_in, post):
    _, mine = let_in("small", place="UA12020250000010438", unit="NPU-12-1202-025")
    foreign = post(fresh()).json()["case"]

    answers = [
        client.get(f"/api/cap/{one}.xml", headers={"Authorization": f"Bearer {mine}"})
        for one in (foreign, uuid4())
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
