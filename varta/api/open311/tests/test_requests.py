"""What becomes of a request, what is refused, and that nothing of a person is published."""

from unittest import mock

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varta.api.models import Use
from varta.api.open311.services import SERVICES
from varta.api.open311.tests.conftest import NOISE, read
from varta.cases.models import Case, Entry
from varta.law import discover
from varta.people.demo import HROMADA, SECTOR
from varta.people.models import Look, Person
from varta.people.scope import Reader, reading
from varta.procedures._appeal_records import KIND as APPEALS
from varta.procedures._appeal_records import SUBJECT
from varta.procedures.call import CATEGORY, KIND

pytestmark = pytest.mark.django_db

PERSONAL = (
    "Ганна",
    "Вигаданенко",
    "000000009",
    "000 00 09",
    "Садова",
    "Гучна музика",
    "48.549",
    "34.854",
    "щоночі",
)
WISH = {
    "service_code": "patrol_wish",
    "description": "Просимо патруль біля школи ввечері",
    "email": "hanna@example.org",
    "attribute[repeated]": None,
    "attribute[residence]": "Обухівка, вул. Садова, 5",
}


def entries() -> list[Entry]:
    with reading(Reader.system()):
        return list(Entry.objects.order_by("received_at"))


def refused(answer, words: str) -> int:
    """Return the status after the reason was read."""
    assert any(words in one["description"] for one in answer.json()), answer.json()
    assert entries() == []
    return answer.status_code


def test_every_service_leads_to_a_kind_that_exists():
    for one in SERVICES.values():
        assert (one.call is None) != (one.appeal is None)
        if one.call:
            assert one.call[0] in KIND and one.call[1] in CATEGORY
            assert one.call[1] in ("gamma", "delta")
        else:
            assert one.appeal[0] in APPEALS and one.appeal[1] in SUBJECT
    assert "appeal" in discover()


def test_a_request_becomes_a_call_with_its_sender(post):
    key = post().json()[0]["service_request_id"]

    [entry] = entries()
    with reading(Reader.system()):
        person = Person.objects.get()
    assert (str(entry.case_key), entry.place, entry.unit) == (key, "UA12020170010095010", SECTOR)
    record = entry.data
    assert (record["channel"], record["kind"], record["category"]) == ("app", "noise", "gamma")
    assert record["about"] == "Порушення тиші.\nГучна музика щоночі\nЧи повторюється це?: Часто"
    assert (record["address"], record["lat"]) == ("вул. Садова, 5, Обухівка", 48.549123)
    assert (person.surname, person.given, person.phone_digits) == ("Вигаданенко", "Ганна", "380000000009")


def test_a_wish_becomes_an_appeal_with_what_the_law_asks(post):
    answer = post(**WISH)

    [entry] = entries()
    with reading(Reader.system()):
        person = Person.objects.get()
    assert answer.status_code == 201
    assert (entry.procedure, entry.step, entry.data["kind"]) == ("appeal", "receive", "proposal")
    assert (entry.data["form"], entry.data["email"], entry.data["defect"]) == (
        "electronic",
        "hanna@example.org",
        "none",
    )
    assert (person.residence, entry.people[0]["part"]) == ("Обухівка, вул. Садова, 5", "applicant")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"first_name": None}, "first_name"),
        ({"email": None}, "email"),
        ({"description": None}, "Опишіть"),
        ({"attribute[residence]": None}, "residence"),
    ],
)
def test_an_appeal_without_what_the_law_asks_is_refused_with_the_part_it_lacks(post, changed, words):
    assert refused(post(**WISH | changed), words) == 400


@pytest.mark.parametrize(
    "words",
    ["Чоловік б’є дружину", "Горить будинок", "У нього ніж, пограбували", "Людина лежить без свідомості"],
)
def test_what_is_urgent_is_sent_to_102_and_not_registered(post, words):
    assert refused(post(description=words), "102") == 400


@pytest.mark.parametrize("code", ["street_light", "pothole", "garbage"])
def test_what_is_not_the_polices_is_referred(post, code):
    assert refused(post(service_code=code), "не справа поліції") == 404


def test_an_address_that_exists_twice_is_refused_with_both_places(post):
    answer = post(lat=None, long=None, address_string="вул. Шевченка, 1, Миколаївка")

    assert refused(answer, "UA12020170020084150") == 400


def test_an_address_that_names_no_place_is_refused(post):
    assert refused(post(lat=None, long=None, address_string="біля магазину"), "address_id") == 400


def test_a_place_beyond_the_area_is_refused(post):
    assert refused(post(lat="50.45", long="30.52"), "поза територією") == 400


def test_the_same_request_sent_again_is_one(post):
    first, again = post(), post()

    assert first.json()[0]["service_request_id"] == again.json()[0]["service_request_id"]
    assert len(entries()) == 1


def test_other_words_are_another_request(post):
    post()
    post(description="Гучна музика сьогодні")

    assert len(entries()) == 2


def test_a_media_address_is_kept_and_nobody_fetches_it(post, monkeypatch):
    nobody = mock.Mock(side_effect=AssertionError("fetched"))
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", nobody)
    monkeypatch.setattr("socket.create_connection", nobody)

    answer = post(media_url="http://169.254.169.254/latest/meta-data")

    assert answer.status_code == 201
    assert "Файл: http://169.254.169.254/latest/meta-data" in entries()[0].data["about"]
    assert not nobody.called


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "http://", "x", "http://[", "http://a b"]
)
def test_a_media_address_is_one_of_the_web(post, address):
    assert refused(post(media_url=address), "media_url") == 400


def test_nothing_of_the_person_is_published(post, get, client):
    key = post().json()[0]["service_request_id"]
    post(**WISH)

    for form in ("json", "xml"):
        for path in ("v2/requests", f"v2/requests/{key}", f"v2/tokens/{key}"):
            text = get(path, form).content.decode()
            assert [word for word in PERSONAL if word in text] == []


def test_the_place_is_told_as_the_hromada_and_a_square_kilometre(post, get):
    post()

    [found] = get("v2/requests").json()
    assert (found["address"], found["address_id"]) == ("Обухівська громада", HROMADA)
    assert (found["lat"], found["long"], found["description"], found["media_url"]) == (
        48.55,
        34.85,
        None,
        None,
    )


def test_how_it_ended_is_told_and_not_what_the_officer_wrote(post, get, close):
    key = post().json()[0]["service_request_id"]
    close(key, "administrative")

    [found] = get(f"v2/requests/{key}").json()
    assert (found["status"], found["status_notes"]) == ("closed", "Розглянуто")


def test_calls_that_came_otherwise_are_never_published(get, let_in, client, post):
    from varta.api.tests.test_calls import call

    _, key = let_in()
    sent = client.post(
        "/api/calls", call(), content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )
    assert sent.status_code == 201

    assert get("v2/requests").json() == []
    assert get(f"v2/requests/{sent.json()['key']}").status_code == 404


def test_maria_sees_nothing_of_it_and_andrii_does(post, andrii, maria):
    post()

    seen = []
    for officer in (andrii, maria):
        with reading(Reader.of(officer, on=entries()[0].received_at.date())):
            seen.append(Case.objects.count())
    assert seen == [1, 0]


def test_what_was_taken_stands_in_the_access_log(post):
    post()

    with reading(Reader.system()):
        [look] = Look.objects.filter(action="received")
    assert look.detail == {"door": "open311"}


def test_too_many_requests_are_told_when_to_come_again(post, let_in):
    _, key = let_in("pranks", rights=("open311",), per_minute=2)

    answers = [post("xml", key=key, description=f"шум {nth}") for nth in range(8)]

    stopped = [answer for answer in answers if answer.status_code == 429]
    assert stopped and all(int(answer["Retry-After"]) >= 1 for answer in stopped)
    assert read(stopped[0])[0]["code"] == "429"
    assert len(entries()) + len(stopped) == 8


def test_a_key_in_the_address_of_a_post_is_not_looked_at(client, app_key):
    answer = client.post(
        f"/open311/v2/requests.json?api_key={app_key}",
        "service_code=noise",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 403


def test_a_body_that_is_too_large_is_refused(post):
    assert post(description="x" * 70_000).status_code == 400


@pytest.mark.parametrize("body", [b"a=%ff", b"\xff\xfe", b"a=%ED%A0%80", b"&".join([b"a=1"] * 300)])
def test_a_body_that_is_no_form_in_utf_8_is_refused(client, body):
    answer = client.post("/open311/v2/requests.json", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*NOISE, "address_id", "email", "media_url", "jurisdiction_id"]) | TEXT, TEXT
    )
)
def test_no_form_makes_the_server_fail(post, changed):
    with reading(Reader.system()):
        Use.objects.all().delete()

    assert post(
        "xml", **{k: v for k, v in changed.items() if k not in ("form", "key", "headers")}
    ).status_code in (
        201,
        400,
        404,
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["service_request_id", "service_code", "start_date", "end_date", "status", "jurisdiction_id"]
        ),
        TEXT,
    ),
    st.sampled_from(["json", "xml"]),
)
def test_no_question_makes_the_server_fail(client, query, form):
    assert client.get(f"/open311/v2/requests.{form}", query).status_code in (200, 400, 404)
