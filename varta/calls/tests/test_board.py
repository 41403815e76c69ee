"""The board's rows: order, state, clock, what a row does not say, and what changed."""

import pytest
from django.urls import reverse

from varta.calls import actions, board
from varta.calls.models import Crew
from varta.calls.tests.conftest import CALL, minutes, step
from varta.calls.views import board as views
from varta.people import demo
from varta.people.scope import Reader, reading


def shown(reader: Reader, *, after: float = 5, **asked) -> board.Board:
    return board.rows(reader, now=minutes(after), asked=board.Asked(**asked))


def test_calls_stand_by_urgency_and_then_by_age(desk, andrii, call):
    for after, category in enumerate(("gamma", "beta", "alpha", "delta", "beta")):
        call(desk, after=after, record=CALL | {"category": category})

    found = [(row.category, row.case.opened_at) for row in shown(desk).calls]

    assert found == [
        ("alpha", minutes(2)),
        ("beta", minutes(1)),
        ("beta", minutes(4)),
        ("gamma", minutes(0)),
        ("delta", minutes(3)),
    ]


def test_rows_sort_as_text_in_the_order_of_the_board(desk, andrii, call):
    for after, category in enumerate(("gamma", "beta", "alpha", "unknown", "beta")):
        call(desk, after=after, record=CALL | {"category": category})

    orders = [row.order for row in shown(desk).calls]

    assert orders == sorted(orders)


def test_the_clock_counts_down_and_then_how_late_it_is(desk, andrii, call):
    call(desk)  # beta in a city outside the operational zone: ten minutes

    clocks = [shown(desk, after=after).calls[0].clock for after in (4, 13)]

    assert [(one.kind, one.text) for one in clocks] == [("left", "6:00"), ("late", "3:00")]


def test_the_clock_says_when_a_crew_came(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    actions.arrive(**step(minutes(8)), call=case, crew=key, by=desk)

    [row] = shown(desk, after=20).calls

    assert (row.clock.kind, row.clock.text, row.state) == ("met", "8:00", "on_scene")


def test_an_unverified_norm_is_marked(desk, andrii, call):
    call(desk, record=CALL | {"category": "gamma"})

    assert not shown(desk).calls[0].clock.verified


def test_a_crew_that_vanished_puts_the_call_back_and_says_so(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    before = shown(desk, after=20).calls[0].crews[0]["silent"]
    actions.release(**step(minutes(20)), call=case, crew=key, reason="vanished", by=desk)

    [row] = shown(desk, after=21).calls

    assert (before, row.state, row.lost) == (True, "waiting", "наряд не відповідає")


def test_forces_are_short_until_the_head_decides(desk, andrii, call, reader_of, olena):
    case = call(desk).case_key
    actions.report_shortage(**step(minutes(2)), call=case, reason="Усі на виїздах", by=desk)
    asked = shown(desk).counts["short"]
    with reading(Reader.system()) as system:
        actions.decide_shortage(**step(minutes(4)), call=case, record={"decision": "reserve"}, by=system)

    assert (asked, shown(desk).counts["short"]) == (1, 0)


def test_the_address_of_violence_is_not_on_the_board(desk, andrii, call):
    record = {"address": "вул. Садова, 5", "lat": 48.5512, "lon": 34.9023}
    call(desk, record=CALL | record | {"kind": "domestic_violence"})
    call(desk, after=1, record=CALL | record)

    guarded, plain = shown(desk).calls

    assert (guarded.where, guarded.point) == ("", (48.55, 34.9))
    assert (plain.where, plain.point) == ("вул. Садова, 5", (48.5512, 34.9023))


def test_an_old_open_call_is_counted_and_not_shown(desk, andrii, call):
    call(desk)

    found = shown(desk, after=49 * 60)

    assert (found.calls, found.older) == ([], 1)


def test_a_stranger_sees_an_empty_board(desk, andrii, maria, reader_of, call, crew):
    call(desk)
    crew(desk)

    with reading(reader_of(maria)) as by:
        found = shown(by)

    assert (found.calls, found.crews, found.older) == ([], [], 0)


def test_a_call_is_seen_served_though_its_crew_is_of_elsewhere(desk, andrii, call, crew, reader_of):
    elsewhere = crew(desk, unit=demo.OTHER_SECTOR, place=demo.OTHER_HROMADA)
    case = call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=elsewhere, by=desk)

    with reading(reader_of(andrii)) as by:
        [row] = shown(by).calls
        crews = shown(by).crews

    assert ([one["call_sign"] for one in row.crews], crews) == (["Явір-1"], [])


@pytest.mark.parametrize(("asked", "expected"), [({"category": "beta"}, 1), ({"category": "alpha"}, 0)])
def test_a_board_is_narrowed_by_category(desk, andrii, call, asked, expected):
    call(desk)

    assert len(shown(desk, **asked).calls) == expected


def test_a_board_is_narrowed_to_the_calls_of_a_crew(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    call(desk, after=1)
    actions.assign(**step(minutes(2)), call=case, crew=key, by=desk)

    assert [row.key for row in shown(desk, crew=key).calls] == [case]


def test_an_assignment_changes_the_rows_of_the_call_and_of_the_crew(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)

    with reading(Reader.system()):
        found = {one.kind: one for one in board.changed([case], now=minutes(2))}

    assert {kind: (one.key, one.gone) for kind, one in found.items()} == {
        "call": (case, False),
        "crew": (key, False),
    }
    assert "направлено" in found["call"].html["uk"] and "sent" in found["call"].html["en"]


def test_a_closed_call_leaves_the_board_and_its_crew_is_free(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    actions.close(**step(minutes(9)), call=case, record={"outcome": "resolved"}, by=desk)

    with reading(Reader.system()):
        found = {one.kind: one for one in board.changed([case], now=minutes(10))}

    assert (found["call"].gone, found["call"].html, found["crew"].gone) == (True, {}, False)
    assert 'data-state="free"' in found["crew"].html["en"]


def test_a_row_names_no_person(desk, andrii, call):
    caller = {"surname": "Вигаданенко", "given": "Іван", "phone": "+380 00 123 45 67"}
    case = call(desk, caller=caller).case_key

    with reading(Reader.system()):
        [found] = board.changed([case], now=minutes(1))

    assert "Вигаданенко" not in found.html["uk"] and "123" not in found.html["uk"].replace("data-order", "")


def test_the_row_that_is_pushed_is_the_row_of_the_page(
    client, olena, andrii, call, reader_of, monkeypatch, settings
):
    settings.DEMO = True  # no second factor is asked for

    with reading(reader_of(olena)) as by:
        case = call(by).case_key
    monkeypatch.setattr(views, "now", lambda: minutes(3))
    client.force_login(olena)

    page = client.get("/calls/").content.decode()
    with reading(Reader.system()):
        [found] = board.changed([case], now=minutes(3))

    assert found.html["uk"] in page


def test_a_board_of_many_rows_asks_few_questions(desk, andrii, call, crew, django_assert_max_num_queries):
    crews = [crew(desk, f"Явір-{number}") for number in range(1, 6)]
    for number in range(8):
        case = call(desk, after=number / 10).case_key
        if number < len(crews):
            actions.assign(**step(minutes(1)), call=case, crew=crews[number], by=desk)
    assert Crew.objects.count() == 5

    with django_assert_max_num_queries(8):
        found = shown(desk)
        assert [row.where for row in found.calls] == [""] * 8


def test_a_row_leads_to_its_page(desk, andrii, call, crew):
    crew(desk)
    call(desk)

    found = shown(desk)

    assert found.calls[0].address == reverse("calls:call", args=[found.calls[0].key])
    assert found.crews[0].address == reverse("cases:case", args=[found.crews[0].key])


def test_what_somebody_typed_cannot_leave_its_attribute(desk, andrii, call, crew):
    crew(desk, '"><script>')

    with reading(Reader.system()):
        [row] = board.changed([Crew.objects.get().key], now=minutes(1))

    assert "<script" not in row.html["uk"] and 'data-sign="&quot;&gt;&lt;script&gt;"' in row.html["uk"]
