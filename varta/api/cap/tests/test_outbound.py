"""What leaves as CAP: open urgent calls of the partner's area, and nothing that a person said or is."""

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest

from varta.api.cap.reading import read
from varta.api.cap.tests.schema import problems
from varta.cases.actions import take
from varta.cases.canon import Involved
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people.actions import register_person
from varta.people.demo import HROMADA, OTHER_HROMADA, OTHER_SECTOR, SECTOR
from varta.people.models import Look
from varta.people.scope import Reader, reading
from varta.procedures.call import KIND

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 15, 20, 123456, tzinfo=UTC)
OBUKHIVKA = "UA12020170010095010"
SECRETS = ("Вигаданенко", "Ганна", "000000009", "Кричать", "Садова", "квартира")
RECORD = {
    "channel": "line_102",
    "category": "alpha",
    "kind": "injury",
    "about": "Кричать у дворі, квартира 5",
    "address": "вул. Садова, 5",
    "place_words": "Садова, п’ята квартира",
    "lat": 48.5491234,
    "lon": 34.8542345,
}


@pytest.fixture
def call(olena):
    """Register a call as Olena; any field of its record can be given otherwise."""

    def register(*, place=OBUKHIVKA, unit=SECTOR, minutes=0, **other):
        at = AT + timedelta(minutes=minutes)
        by = Reader.of(olena, on=kyiv_day(at))
        with reading(by):
            caller = register_person(
                by=by, at=at, surname="Вигаданенко", given="Ганна", phone="+380 00 000 00 09"
            )
            written = take(
                key=uuid7(at),
                procedure="call",
                step="receive",
                data=RECORD | other,
                by=by,
                at=at,
                received_at=at,
                place=place,
                unit=unit,
                people=[Involved(caller.key, "caller")],
            )
        return written.case_key

    return register


@pytest.fixture
def step(olena):
    def next_step(case, name, data, *, minutes=5, **other):
        at = other.pop("at", AT + timedelta(minutes=minutes))
        by = Reader.of(olena, on=kyiv_day(at))
        with reading(by):
            given = {
                "key": uuid7(AT + timedelta(minutes=minutes)),
                "case": case,
                "procedure": "call",
                "step": name,
            }
            received_at = AT + timedelta(minutes=minutes)
            take(**given, data=data, by=by, at=at, received_at=received_at, **other)

    return next_step


@pytest.fixture
def get(client, key):
    def ask(path, *, with_key=key):
        return client.get(path, headers={"X-Api-Key": with_key})

    return ask


def listed(answer) -> list[str]:
    return [
        node.text.removeprefix("urn:uuid:")
        for node in fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}id")
    ][1:]


def test_an_urgent_call_is_a_message_that_our_own_reader_and_the_schema_accept(get, call):
    answer = get(f"/api/cap/{call()}.xml")

    alert = read(answer.content)
    assert problems(answer.content) == []
    assert answer.headers["Content-Type"] == "application/cap+xml; charset=utf-8"
    assert (alert.status, alert.msg_type, alert.scope) == ("Actual", "Alert", "Restricted")
    assert alert.restriction
    assert [info.language for info in alert.infos] == ["uk", "en-US"]
    assert (alert.infos[0].urgency, alert.infos[0].severity) == ("Immediate", "Severe")
    assert (alert.infos[0].event, alert.infos[1].event) == (KIND["injury"]["uk"], KIND["injury"]["en"])
    assert alert.sent == AT.replace(microsecond=0)


@pytest.mark.parametrize("kind", sorted(KIND))
def test_nothing_that_a_person_said_or_is_leaves(get, call, kind):
    key = call(kind=kind)

    document = get(f"/api/cap/{key}.xml").content.decode()
    feed = get("/api/cap").content.decode()

    assert [secret for secret in SECRETS if secret in document or secret in feed] == []
    assert problems(document.encode()) == []
    read(document.encode())


def test_a_house_is_told_where_a_crew_needs_it(get, call):
    [circle] = read(get(f"/api/cap/{call()}.xml").content).infos[0].areas[0].circles

    assert (circle.centre, circle.radius_km) == ((48.5491, 34.8542), 0.1)


@pytest.mark.parametrize("kind", ["domestic_violence", "sexual", "child", "suicide"])
def test_where_it_could_point_at_somebody_only_the_hromada_is_told(get, call, kind):
    alert = read(get(f"/api/cap/{call(kind=kind)}.xml").content)

    for info in alert.infos:
        [area] = info.areas
        assert area.geocodes[0].value == HROMADA
        assert all(circle.radius_km >= 5 for circle in area.circles)
        assert "48.5491" not in str(area) and info.event not in (KIND[kind]["uk"], KIND[kind]["en"])


def test_what_was_once_guarded_stays_so_after_a_correction(get, call, step):
    key = call(kind="domestic_violence")
    step(key, "receive", RECORD | {"kind": "conflict"}, corrects=key, at=AT)

    assert read(get(f"/api/cap/{key}.xml").content).infos[0].areas[0].geocodes[0].value == HROMADA


def test_what_the_words_tell_of_violence_is_guarded_under_any_kind(get, call):
    key = call(kind="conflict", about="Чоловік б’є дружину, діти плачуть")

    assert read(get(f"/api/cap/{key}.xml").content).infos[0].areas[0].geocodes[0].value == HROMADA


def test_a_call_that_was_handed_over_as_violence_is_guarded(get, call, step):
    key = call(kind="conflict")
    step(key, "hand_over", {"to": "domestic_violence"})

    assert read(get(f"/api/cap/{key}.xml").content).infos[0].areas[0].geocodes[0].value == HROMADA


def test_a_correction_is_an_update_that_refers_to_the_first_version(get, call, step):
    key = call()
    first = read(get(f"/api/cap/{key}.xml").content)
    step(key, "receive", RECORD | {"kind": "weapons"}, corrects=key, at=AT)

    second = read(get(f"/api/cap/{key}.xml").content)

    assert (second.msg_type, second.identifier) == ("Update", f"{key}.2")
    assert [(one.sender, one.identifier, one.sent) for one in second.references] == [
        (first.sender, first.identifier, first.sent)
    ]
    assert second.infos[0].categories == ("CBRNE",)


def test_what_a_crew_saw_is_observed(get, call, step):
    key = call()
    before = read(get(f"/api/cap/{key}.xml").content).infos[0].certainty
    step(key, "arrive", {"found": "Кричать"})

    assert (before, read(get(f"/api/cap/{key}.xml").content).infos[0].certainty) == ("Unknown", "Observed")


@pytest.mark.parametrize("category", ["gamma", "delta", "unknown"])
def test_a_call_that_is_not_urgent_is_not_told(get, call, category):
    key = call(category=category)

    assert (get(f"/api/cap/{key}.xml").status_code, listed(get("/api/cap"))) == (404, [])


def test_a_closed_call_is_not_told_any_more(get, call, step):
    key = call()
    step(key, "close", {"outcome": "resolved"})

    assert (get(f"/api/cap/{key}.xml").status_code, listed(get("/api/cap"))) == (404, [])


def test_the_feed_lists_the_newest_first_with_addresses_of_the_messages(get, call, client, key):
    older, newer = call(), call(minutes=1, category="beta", place=OTHER_HROMADA, unit=OTHER_SECTOR)

    answer = get("/api/cap")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert listed(answer) == [str(newer), str(older)]
    links = [
        node.get("href") for node in fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}link")
    ]
    assert f"http://testserver/api/cap/{older}.xml" in links


def test_a_partner_is_told_of_its_own_area_only(get, call, neighbour):
    mine, foreign = call(place=OTHER_HROMADA, unit=OTHER_SECTOR, minutes=1), call()

    assert listed(get("/api/cap", with_key=neighbour[1])) == [str(mine)]
    assert get(f"/api/cap/{foreign}.xml", with_key=neighbour[1]).status_code == 404


def test_a_key_without_the_right_is_told_nothing(get, call, let_in):
    _, key = let_in("writer", rights=("cap_in", "calls"))

    assert get(f"/api/cap/{call()}.xml", with_key=key).status_code == 403
    assert get("/api/cap", with_key=key).status_code == 403


def test_each_telling_is_written_to_the_access_log(get, call, partner):
    key = call()
    get(f"/api/cap/{key}.xml")
    get("/api/cap")

    with reading(Reader.system()):
        looks = Look.objects.filter(officer=partner.pk, action="export").order_by("at")
        told = [(look.subject_kind, look.subject_key, look.purpose) for look in looks]
    assert told == [("case", str(key), "call"), ("cases", "", "call")]


def test_a_feed_of_nothing_is_a_feed(get):
    answer = get("/api/cap")

    assert (answer.status_code, listed(answer)) == (200, [])
