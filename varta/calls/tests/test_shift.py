"""The hand-over sheet: figures of a turn, what is open, late, short and owed, and who worked."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from varta.calls import actions, practice, queries
from varta.calls.sheet import sheet
from varta.calls.tests.conftest import CALL, minutes, step
from varta.cases.actions import take
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Look
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

SINCE, UNTIL = minutes(-60), minutes(660)


def shown(by: Reader, *, after: float = 120):
    return sheet(by, since=SINCE, until=UNTIL, now=minutes(after))


@pytest.mark.parametrize(
    ("moment", "begun", "ends"),
    [
        (datetime(2026, 10, 3, 9, 15, tzinfo=UTC), "2026-10-03T08:00", "2026-10-03T20:00"),
        (datetime(2026, 10, 3, 17, 0, tzinfo=UTC), "2026-10-03T20:00", "2026-10-04T08:00"),
        (datetime(2026, 10, 3, 1, 0, tzinfo=UTC), "2026-10-02T20:00", "2026-10-03T08:00"),
        (datetime(2026, 10, 24, 20, 0, tzinfo=UTC), "2026-10-24T20:00", "2026-10-25T08:00"),  # 13 hours
    ],
)
def test_a_turn_runs_from_eight_to_eight_in_kyiv(moment, begun, ends):
    since, until = practice.turn_of(moment)

    assert (since.isoformat()[:16], until.isoformat()[:16]) == (begun, ends)


def test_calls_are_counted_by_category_kind_and_outcome(desk, andrii, call):
    call(desk, record=CALL | {"category": "alpha", "kind": "robbery"})
    closed = call(desk, after=1).case_key
    actions.close(**step(minutes(30)), call=closed, record={"outcome": "resolved"}, by=desk)

    found = shown(desk)

    assert (found.received, found.closed, found.open_now) == (2, 1, 1)
    assert [(one.code, one.count) for one in found.categories] == [("alpha", 1), ("beta", 1)]
    assert {one.code: one.count for one in found.kinds} == {"robbery": 1, "noise": 1}
    assert [(one.code, one.count) for one in found.outcomes] == [("resolved", 1)]
    assert [row.category for row in found.handed_on] == ["alpha"]


def test_late_arrivals_and_missing_ones_are_listed(desk, andrii, call, crew):
    key, came, missing, in_time = crew(desk), call(desk), call(desk, after=1), call(desk, after=100)
    actions.assign(**step(minutes(2)), call=came.case_key, crew=key, by=desk)
    actions.arrive(**step(minutes(25)), call=came.case_key, crew=key, by=desk)

    found = shown(desk, after=105)

    assert [(one.case.number, one.by, one.came) for one in found.late] == [
        (came.number, "15 хв", True),
        (missing.number, "1 год 34 хв", False),
    ]
    assert in_time.number not in {one.case.number for one in found.late}


def test_shortages_stand_with_what_the_head_decided(desk, andrii, call):
    first, second = call(desk).case_key, call(desk, after=1).case_key
    for case in (first, second):
        actions.report_shortage(**step(minutes(5)), call=case, reason="Усі на виїздах", by=desk)
    with reading(Reader.system()) as system:
        actions.decide_shortage(**step(minutes(8)), call=first, record={"decision": "reserve"}, by=system)

    decided = {one["case"].key: one["decision"] for one in shown(desk).shortages}

    assert decided == {first: "задіяти резерв", second: ""}


def test_a_crime_is_owed_to_the_register_after_the_end_until_it_is_entered(desk, andrii, call):
    case = call(desk, record=CALL | {"crime_signs": True}).case_key
    actions.close(**step(minutes(30)), call=case, record={"outcome": "criminal"}, by=desk)
    owed = [one.case_id for one in shown(desk).owed], [one.key for one in queries.owed(desk)]
    number = {"number": "12026041000000001"}
    actions.register_crime(**step(minutes(90)), call=case, record=number, by=desk)

    assert owed == ([case], [case])
    assert (shown(desk).owed, list(queries.owed(desk))) == ([], [])


def test_crews_stand_with_hours_calls_and_what_they_leave(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    actions.arrive(**step(minutes(8)), call=case, crew=key, by=desk)
    actions.close(**step(minutes(30)), call=case, record={"outcome": "resolved"}, by=desk)
    left = {"note": "Ключі в черговій"}
    actions.change_shift(**step(minutes(60)), crew=key, step="end", record=left, by=desk)

    [worked] = shown(desk).crews

    assert (worked.lasted, worked.sent, worked.arrived, worked.note) == (
        "2 год 00 хв",
        1,
        1,
        "Ключі в черговій",
    )


def test_a_stranger_has_an_empty_sheet(desk, andrii, maria, reader_of, call, crew):
    call(desk)
    crew(desk)

    with reading(reader_of(maria)) as by:
        found = shown(by)

    assert (found.received, found.handed_on, found.crews) == (0, [], [])


@pytest.fixture
def head(client: Client, andrii, settings) -> Client:
    """Sign a head of unit in."""
    settings.DEMO = True
    client.force_login(officer_at("halyna", "Галина Керівна", "head", demo.RAION, demo.DIRECTORATE))
    return client


def test_the_page_shows_the_turn_that_runs_and_any_other_period(head, reader_of, olena, call):
    with reading(reader_of(olena)) as by:
        number = call(by).number
    period = "?from=2026-10-03T08:00&to=2026-10-03T20:00"

    page = head.get(f"/calls/shift/{period}").content.decode()

    assert f"{number}/2026" in page and "03.10.2026 08:00" in page
    assert head.get("/calls/shift/?from=x&to=").status_code == 200


def test_the_table_is_taken_out_by_who_may_and_written_down(head, reader_of, olena, call):
    with reading(reader_of(olena)) as by:
        call(by)

    answer = head.get("/calls/shift/export.csv?from=2026-10-03T08:00&to=2026-10-03T20:00")

    content = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    with reading(Reader.system()):
        assert Look.objects.filter(action="export").count() == 1
    assert "порушення тиші" in content and "Шумлять" not in content


def test_who_may_not_export_finds_no_table(client, olena, settings):
    settings.DEMO = True
    client.force_login(olena)

    assert client.get("/calls/shift/export.csv").status_code == 404
    assert client.get("/calls/shift/").status_code == 200


def test_an_assignment_of_a_partner_is_no_sending_and_still_shows(desk, andrii, call):
    case = call(desk).case_key
    given = {"force": "other", "crew": "Варта громади"}
    at = minutes(3)
    take(
        key=uuid7(at), case=case, procedure="call", step="assign", data=given, by=desk, at=at, received_at=at
    )

    [row] = shown(desk).handed_on

    assert [one["call_sign"] for one in row.crews] == ["Варта громади"]
