"""What an alert of a partner becomes: a call once, its correction, its end; and what is refused."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from varta.api.cap import inbound
from varta.api.cap.message import Alert, Area, Circle, Info, Pair, Reference, Resource
from varta.api.conftest import NOW
from varta.api.models import Message
from varta.api.partners import gate
from varta.api.partners.refusals import Refused
from varta.cases.actions import take
from varta.cases.models import Case, Entry
from varta.lib.uuid7 import uuid7
from varta.people.demo import OTHER_HROMADA, OTHER_SECTOR, RAION, SECTOR
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db

OBUKHIVKA = "UA12020170010095010"
SENT = NOW - timedelta(minutes=1)
AREA = Area("вул. Садова, 5, Обухівка", circles=(Circle((48.5491, 34.8542), 0.1),))
INFO = Info(
    categories=("Security",),
    event="Подія біля магазину",
    urgency="Immediate",
    severity="Moderate",
    certainty="Observed",
    language="uk",
    description="Зібралося четверо",
    areas=(AREA,),
)
ALERT = Alert("112-1", "112@dp.example", SENT, "Actual", "Alert", "Public", infos=(INFO,))
REFERENCE = Reference(ALERT.sender, ALERT.identifier, ALERT.sent)


def later(minutes: int, kind="Update", **other) -> Alert:
    """Return a message of the same sender about the first, some minutes after it."""
    given = {"identifier": f"112-1-{minutes}", "sent": SENT + timedelta(minutes=minutes), "msg_type": kind}
    return replace(ALERT, **{"references": (REFERENCE,), **given, **other})


@pytest.fixture
def send(partner):
    def one(alert, *, at=NOW, sender=None):
        sender = sender or partner
        by = gate.reader_of(sender, "cap_in")
        with reading(by):
            return inbound.take_in(alert, partner=sender, by=by, now=at)

    return one


@pytest.fixture
def refused(send):
    def one(alert, **more):
        before = entries()
        with pytest.raises(Refused) as refusal:
            send(alert, **more)
        assert entries() == before
        return refusal.value.status, refusal.value.faults[0].code, refusal.value.faults[0].at

    return one


@pytest.fixture
def duty(olena):
    """Take a step as Olena in the one call that there is."""

    def step(name, data, *, minutes, **other):
        by = Reader.of(olena, on=NOW.date())
        at = SENT + timedelta(minutes=minutes)
        with reading(by):
            case = Case.objects.get()
            given = {"key": uuid7(at), "case": case.key, "procedure": "call", "step": name, "data": data}
            return take(**{**given, "by": by, "at": at, "received_at": at, **other})

    return step


def case() -> Case:
    with reading(Reader.system()):
        return Case.objects.get()


def entries() -> int:
    with reading(Reader.system()):
        return Entry.objects.count()


def record() -> dict:
    """Return the record of the call as it now stands."""
    with reading(Reader.system()):
        return Entry.objects.filter(step="receive").order_by("-position").first().data


def test_an_alert_becomes_a_call(send):
    outcome = send(ALERT)

    found = case()
    assert (outcome.result, outcome.case, outcome.notices) == ("registered", found, [])
    assert (found.place_id, found.unit_id, found.opened_at) == (OBUKHIVKA, SECTOR, SENT)
    told = record()
    assert (told["channel"], told["category"], told["proposed"], told["kind"]) == (
        "line_112",
        "beta",
        "beta",
        "public_order",
    )
    assert (told["reference"], told["address"]) == ("112-1", "вул. Садова, 5, Обухівка")
    assert (told["lat"], told["lon"]) == (48.5491, 34.8542)
    assert told["about"] == "Подія біля магазину\nЗібралося четверо"


def test_the_answer_names_the_call_and_where_to_follow_it(send):
    plain = send(ALERT).as_json()

    assert plain["number"] == f"{case().number}/2026"
    assert plain["follow"] == f"/api/calls/{case().key}"


def test_the_entry_is_signed_by_the_partner(send, partner):
    send(ALERT)

    with reading(Reader.system()):
        entry = Entry.objects.get()
    assert (entry.officer_id, entry.role) == (partner.pk, "exchange")


def test_the_same_message_twice_is_one_call(send):
    send(ALERT)

    again = send(ALERT, at=NOW + timedelta(days=3))

    assert (again.result, again.case, entries()) == ("duplicate", case(), 1)


def test_the_same_identifier_with_other_content_is_a_conflict(send, refused):
    send(ALERT)

    assert refused(replace(ALERT, note="інше"))[:2] == (409, "identifier-reused")


def test_two_partners_may_use_the_same_identifier(send, let_in):
    send(ALERT)
    other, _ = let_in("other-112")

    assert send(ALERT, sender=other).result == "registered"
    assert entries() == 2


@pytest.mark.parametrize("status", ["Exercise", "System", "Test", "Draft"])
def test_what_is_not_actual_creates_nothing(send, status):
    outcome = send(replace(ALERT, status=status))

    assert (outcome.result, outcome.notices[0]["code"], entries()) == ("ignored", "not-actual", 0)


@pytest.mark.parametrize("kind", ["Ack", "Error"])
def test_acknowledgements_are_noted_and_create_nothing(send, kind):
    outcome = send(replace(ALERT, msg_type=kind, references=(REFERENCE,)))

    assert (outcome.result, entries()) == ("noted", 0)


@pytest.mark.parametrize(
    ("urgency", "severity", "category"),
    [
        ("Immediate", "Extreme", "alpha"),
        ("Immediate", "Minor", "gamma"),
        ("Expected", "Severe", "beta"),
        ("Future", "Extreme", "gamma"),
        ("Past", "Minor", "delta"),
        ("Unknown", "Unknown", "gamma"),
    ],
)
def test_the_category_follows_from_urgency_and_severity(send, urgency, severity, category):
    send(replace(ALERT, infos=(replace(INFO, urgency=urgency, severity=severity),)))

    assert record()["category"] == category


def test_the_most_urgent_block_decides(send):
    send(replace(ALERT, infos=(INFO, replace(INFO, severity="Extreme"))))

    assert record()["category"] == "alpha"


def test_our_own_code_names_the_kind_of_event(send):
    send(replace(ALERT, infos=(replace(INFO, event_codes=(Pair("VARTA", "traffic_injury"),)),)))

    assert record()["kind"] == "traffic_injury"


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("Горить склад", "fire"),
        ("Чоловік б’є дружину", "domestic_violence"),
        ("ДТП з травмованими", "traffic_injury"),
    ],
)
def test_the_words_of_the_event_tell_the_kind_where_no_code_does(send, event, kind):
    send(replace(ALERT, infos=(replace(INFO, event=event, description=""),)))

    assert record()["kind"] == kind


@pytest.mark.parametrize(
    ("categories", "kind"), [(("Fire",), "fire"), (("Health", "Fire"), "medical"), (("Other",), "other")]
)
def test_a_category_of_cap_names_the_kind_otherwise(send, categories, kind):
    send(replace(ALERT, infos=(replace(INFO, categories=categories),)))

    assert record()["kind"] == kind


def test_ukrainian_words_come_first_and_the_others_below(send):
    english = replace(INFO, language="en-US", event="A fight", description="Four men")
    send(replace(ALERT, infos=(english, INFO)))

    assert record()["about"] == "[uk] Подія біля магазину\nЗібралося четверо\n\n[en-US] A fight\nFour men"


def test_an_alert_in_another_language_only_is_taken_as_it_is(send):
    send(replace(ALERT, infos=(replace(INFO, language="pl", event="Bójka", description=""),)))

    assert record()["about"] == "Bójka"


def test_a_code_of_the_codifier_is_stronger_than_a_shape(send):
    area = replace(AREA, geocodes=(Pair("КАТОТТГ", OTHER_HROMADA),))
    send(replace(ALERT, infos=(replace(INFO, areas=(area,)),)))

    assert (case().place_id, case().unit_id) == (OTHER_HROMADA, OTHER_SECTOR)


def test_a_wide_polygon_tells_the_place_and_no_point(send):
    corners = ((48.6, 34.8), (48.6, 34.9), (48.5, 34.9), (48.5, 34.8), (48.6, 34.8))
    send(replace(ALERT, infos=(replace(INFO, areas=(Area("поле", polygons=(corners,)),)),)))

    assert (case().place_id, record()["lat"], record()["lon"]) == (OBUKHIVKA, None, None)


def test_an_alert_without_area_is_registered_for_the_whole_area_and_says_so(send):
    outcome = send(replace(ALERT, infos=(replace(INFO, areas=()),)))

    assert (case().place_id, [one["code"] for one in outcome.notices]) == (RAION, ["place-unsure"])


def test_an_address_that_exists_twice_is_registered_and_both_places_are_named(send):
    outcome = send(replace(ALERT, infos=(replace(INFO, areas=(Area("Миколаївка"),)),)))

    assert (case().place_id, outcome.notices[0]["code"]) == (RAION, "place-ambiguous")
    assert outcome.notices[0]["uk"].count("с-ще Миколаївка") == 1


def test_files_are_named_in_the_record_and_never_fetched(send):
    resource = Resource("Фото", "image/jpeg", uri="http://169.254.169.254/latest/meta-data")
    send(replace(ALERT, infos=(replace(INFO, resources=(resource,)),)))

    assert "Файл: Фото http://169.254.169.254/latest/meta-data" in record()["about"]


def test_words_that_a_record_may_not_hold_are_taken_out(send):
    send(replace(ALERT, infos=(replace(INFO, event="а\u202eб\u0085в", description="x" * 20_000),)))

    assert record()["about"].startswith("абв\nxxx")
    assert len(record()["about"]) == 10_000


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"sent": NOW + timedelta(minutes=6)}, (422, "in-the-future", "/alert/sent[1]")),
        ({"sent": NOW - timedelta(hours=25)}, (422, "too-old", "/alert/sent[1]")),
        ({"infos": ()}, (422, "info-missing", "/alert")),
        ({"infos": (replace(INFO, expires=NOW),)}, (422, "expired", "/alert/info[1]/expires[1]")),
        (
            {"msg_type": "Update", "references": (REFERENCE,)},
            (422, "reference-unknown", "/alert/references[1]"),
        ),
        (
            {"msg_type": "Cancel", "references": (REFERENCE,)},
            (422, "reference-unknown", "/alert/references[1]"),
        ),
    ],
)
def test_what_cannot_be_acted_on_is_refused_with_the_reason(refused, changed, refusal):
    assert refused(replace(ALERT, **changed)) == refusal


def test_a_clock_that_runs_four_minutes_ahead_is_let_in(send):
    assert send(replace(ALERT, sent=NOW + timedelta(minutes=4))).case.opened_at == NOW


def test_one_block_that_lasts_keeps_the_alert_alive(send):
    infos = (replace(INFO, expires=NOW), INFO)

    assert send(replace(ALERT, infos=infos)).result == "registered"


@pytest.mark.parametrize(
    "area",
    [
        Area("x", circles=(Circle((50.45, 30.52), 0.1),)),
        Area("x", geocodes=(Pair("KATOTTG", "UA80000000000093317"),)),
    ],
)
def test_a_place_beyond_the_partners_area_is_refused(refused, area):
    alert = replace(ALERT, infos=(replace(INFO, areas=(area,)),))

    assert refused(alert)[:2] == (422, "outside")


def test_an_update_corrects_the_record_and_the_first_entry_stays(send):
    send(ALERT)

    outcome = send(
        later(2, infos=(replace(INFO, severity="Extreme", description="Є ніж"),)),
        at=NOW + timedelta(minutes=3),
    )

    assert (outcome.result, entries()) == ("updated", 2)
    told = record()
    assert (told["category"], told["proposed"]) == ("alpha", "alpha")
    assert told["about"].startswith("Подія біля магазину\nЗібралося четверо\n\nОновлення 02.03.2026 11:16:\n")
    assert told["about"].endswith("Є ніж")
    with reading(Reader.system()):
        first, second = Entry.objects.order_by("position")
    assert (second.corrects, second.at) == (first.key, first.at)


def test_an_update_never_lowers_the_category(send):
    send(ALERT)

    outcome = send(
        later(1, infos=(replace(INFO, urgency="Past", severity="Minor"),)), at=NOW + timedelta(minutes=3)
    )

    assert record()["category"] == "beta"
    assert [one["code"] for one in outcome.notices] == ["category-kept"]


def test_the_polices_own_correction_stands_above_an_update(send, duty):
    send(ALERT)
    mine = record() | {"address": "вул. Садова, 7", "kind": "injury"}
    duty("receive", mine, minutes=1, corrects=case().key, at=SENT)

    outcome = send(
        later(3, infos=(replace(INFO, description="Прийшли ще двоє"),)), at=NOW + timedelta(minutes=3)
    )

    assert (record()["address"], record()["kind"]) == ("вул. Садова, 7", "injury")
    assert "Прийшли ще двоє" in record()["about"]
    assert [one["code"] for one in outcome.notices] == ["words-only"]


def test_an_update_after_a_crew_was_sent_still_reaches_the_record(send, duty):
    send(ALERT)
    duty("assign", {"force": "patrol", "crew": "101"}, minutes=1)

    assert send(later(2), at=NOW + timedelta(minutes=3)).result == "updated"


ELSEWHERE = replace(INFO, areas=(Area("Слобожанське", circles=(Circle((48.532, 35.0715), 0.1),)),))


def test_an_update_moves_a_call_that_nobody_attended(send):
    send(ALERT)

    send(later(2, infos=(ELSEWHERE,)), at=NOW + timedelta(minutes=3))

    assert (case().place_id, case().unit_id) == ("UA12020250010046556", OTHER_SECTOR)
    assert (record()["lat"], record()["address"]) == (48.532, "Слобожанське")


def test_an_update_never_sends_a_crew_elsewhere(send, duty):
    send(ALERT)
    duty("assign", {"force": "patrol", "crew": "101"}, minutes=1)

    outcome = send(later(2, infos=(ELSEWHERE,)), at=NOW + timedelta(minutes=3))

    assert [one["code"] for one in outcome.notices] == ["place-kept"]
    assert (case().place_id, record()["lat"]) == (OBUKHIVKA, 48.5491)


def test_an_update_beyond_the_partners_area_is_refused(send, refused):
    send(ALERT)
    kyiv = replace(INFO, areas=(Area("x", circles=(Circle((50.45, 30.52), 0.1),)),))

    assert refused(later(2, infos=(kyiv,)), at=NOW + timedelta(minutes=3))[:2] == (422, "outside")


def test_an_update_twice_is_one_correction(send):
    send(ALERT)
    send(later(2), at=NOW + timedelta(minutes=3))

    again = send(later(2), at=NOW + timedelta(minutes=4))

    assert (again.result, entries()) == ("duplicate", 2)


def test_an_update_may_refer_to_an_update(send):
    send(ALERT)
    first = later(1)
    send(first, at=NOW + timedelta(minutes=3))
    second = later(2, references=(Reference(first.sender, first.identifier, first.sent),))

    assert send(second, at=NOW + timedelta(minutes=3)).result == "updated"


def test_an_update_that_comes_after_a_later_one_is_refused(send, refused):
    send(ALERT)
    send(later(3), at=NOW + timedelta(minutes=3))

    assert refused(later(2), at=NOW + timedelta(minutes=4)) == (409, "out-of-order", "/alert/sent[1]")


def test_an_update_of_a_closed_call_is_refused(send, refused, duty):
    send(ALERT)
    duty("close", {"outcome": "resolved"}, minutes=1)

    assert refused(later(2), at=NOW + timedelta(minutes=3))[:2] == (409, "case-closed")


def test_another_partner_updates_and_cancels_nothing_of_it(send, refused, let_in):
    send(ALERT)
    other, _ = let_in("other-112")

    for kind in ("Update", "Cancel"):
        assert refused(later(2, kind), sender=other, at=NOW + timedelta(minutes=3))[1] == "reference-unknown"


def test_a_cancellation_closes_a_call_that_nobody_attended(send):
    send(ALERT)

    outcome = send(later(2, "Cancel", infos=(), note="Помилковий дзвінок"), at=NOW + timedelta(minutes=3))

    assert (outcome.result, case().closed_at) == ("cancelled", SENT + timedelta(minutes=2))
    with reading(Reader.system()):
        closed = Entry.objects.get(step="close").data
    assert closed["outcome"] == "other"
    assert "Помилковий дзвінок" in closed["reason"]


def test_a_cancellation_of_an_attended_call_is_noted_only(send, duty):
    send(ALERT)
    duty("assign", {"force": "patrol", "crew": "101"}, minutes=1)

    outcome = send(later(2, "Cancel", note="Не треба"), at=NOW + timedelta(minutes=3))

    assert (outcome.result, case().closed_at) == ("noted", None)
    assert [one["code"] for one in outcome.notices] == ["attended"]
    assert "Відправник скасував повідомлення" in record()["about"] and "Не треба" in record()["about"]


@pytest.mark.parametrize(
    "changed",
    [
        {"severity": "Extreme"},
        {"event_codes": (Pair("VARTA", "domestic_violence"),)},
        {"event_codes": (Pair("VARTA", "child"),)},
    ],
)
def test_nobody_calls_the_police_off_where_a_life_may_be_at_stake(send, changed):
    send(replace(ALERT, infos=(replace(INFO, **changed),)))

    outcome = send(later(2, "Cancel", infos=()), at=NOW + timedelta(minutes=3))

    assert (outcome.result, case().closed_at) == ("noted", None)
    assert [one["code"] for one in outcome.notices] == ["guarded"]


def test_a_cancellation_of_a_closed_call_changes_nothing(send, duty):
    send(ALERT)
    duty("close", {"outcome": "resolved"}, minutes=1)

    outcome = send(later(2, "Cancel"), at=NOW + timedelta(minutes=3))

    assert (outcome.result, [one["code"] for one in outcome.notices]) == ("noted", ["closed-already"])
    assert entries() == 2


def test_an_update_after_a_cancellation_is_refused(send, refused):
    send(ALERT)
    send(later(1, "Cancel"), at=NOW + timedelta(minutes=3))

    assert refused(later(2), at=NOW + timedelta(minutes=3))[:2] == (409, "case-closed")


def test_what_is_kept_of_a_message_holds_no_words_and_no_exact_point(send):
    send(ALERT)

    with reading(Reader.system()):
        kept = Message.objects.get()
    assert (kept.identifier, kept.lat, kept.lon) == ("112-1", 48.55, 34.85)
    assert "Садова" not in str(kept.__dict__)


def test_maria_sees_nothing_of_it_and_andrii_does(send, andrii, maria):
    send(ALERT)

    seen = []
    for officer in (andrii, maria):
        with reading(Reader.of(officer, on=NOW.date())):
            seen.append(Case.objects.count())
    assert seen == [1, 0]


def test_a_partner_of_one_hromada_registers_nothing_in_another(send, refused, neighbour):
    assert refused(ALERT, sender=neighbour[0])[:2] == (422, "outside")


def test_the_moment_is_that_of_the_sender_in_utc(send):
    send(ALERT)

    assert case().opened_at.astimezone(UTC) == SENT
