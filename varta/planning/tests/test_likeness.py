from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from varta.planning.likeness import KIN, Report, likeness, shared_words
from varta.procedures.call import KIND

AT = datetime(2026, 10, 3, 20, tzinfo=UTC)
CALL = Report(
    at=AT,
    place="UA12020170010063521",
    hromada="UA12020170000068526",
    kind="injury",
    about="Бійка біля кафе, є побитий",
    address="вул. Шевченка, 12",
    point=(48.55, 34.9),
    phone="380001112233",
)


def after(minutes: float, **other) -> Report:
    return replace(CALL, at=AT + timedelta(minutes=minutes), **{"phone": "380004445566"} | other)


def test_two_callers_about_one_fight_are_strongly_alike():
    found = likeness(
        CALL, after(6, about="б'ються біля кафе, один у крові", point=(48.551, 34.9005), address="")
    )

    assert found.is_strong
    assert found.why["uk"].startswith("за 120 м, різниця 6 хв, той самий вид події")


def test_the_same_address_counts_where_no_point_is_known():
    found = likeness(CALL, after(10, point=None, address="Шевченка 12", about="побили чоловіка"))

    assert found.is_strong
    assert "та сама адреса" in found.why["uk"]


def test_another_house_of_the_same_street_is_less_alike():
    same, other = (likeness(CALL, after(10, point=None, address=f"Шевченка {number}")) for number in (12, 90))

    assert same.score > other.score


def test_reports_more_than_two_hours_apart_are_not_compared():
    assert likeness(CALL, after(121)).score == 0


def test_reports_two_kilometres_apart_are_two_events_whatever_is_said():
    assert likeness(CALL, after(1, point=(48.57, 34.9), address="")).score == 0


def test_another_hromada_is_another_event():
    assert likeness(CALL, after(1, place="x", hromada="y", point=None)).score == 0


def test_noise_at_the_other_end_of_the_settlement_is_not_offered():
    found = likeness(CALL, after(30, kind="noise", about="гучна музика", point=None, address="Садова 3"))

    assert not found.is_offered


def test_the_same_telephone_makes_a_second_report_likelier():
    other, same = (
        likeness(CALL, after(20, point=None, address="", phone=phone)) for phone in ("1", CALL.phone)
    )

    assert same.score > other.score
    assert "той самий телефон" in same.why["uk"]


def test_a_report_without_a_kind_can_still_be_offered():
    assert likeness(CALL, after(5, kind="")).is_offered


def test_words_are_compared_by_their_beginnings():
    assert shared_words("Бійка біля кафе", "у кафе бійку бачили") == 0.8


def test_kin_kinds_exist():
    assert {kind for kinds, _ in KIN for kind in kinds} <= set(KIND)


POINTS = st.none() | st.tuples(st.floats(48, 49), st.floats(34, 35))
REPORTS = st.builds(
    Report,
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2), timezones=st.just(UTC)),
    place=st.sampled_from("ab"),
    hromada=st.sampled_from("hk"),
    kind=st.sampled_from(["", *KIND]),
    about=st.text(max_size=40),
    address=st.text(max_size=20),
    point=POINTS,
    phone=st.sampled_from(["", "1", "2"]),
)


@given(REPORTS, REPORTS)
def test_likeness_lies_between_0_and_1_and_is_the_same_both_ways(one, other):
    found, back = likeness(one, other), likeness(other, one)

    assert 0 <= found.score <= 1
    assert abs(found.score - back.score) < 1e-9
