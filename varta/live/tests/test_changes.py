"""What a board hears: every change that its reader may see, soon, once, and nothing else."""

from datetime import timedelta

from varta.calls import actions
from varta.cases.actions import take
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.live.tests.conftest import wait_until
from varta.people import demo
from varta.people.scope import Reader, reading


def stepping():
    moment = now()
    return {"key": uuid7(moment), "at": moment, "received_at": moment}


def begin(by, call_sign="Явір-1", **other):
    record = {"crew": call_sign, "force": "response", "officers": "olena", "lat": 48.55, "lon": 34.9}
    spot = {"place": demo.HROMADA, "unit": demo.SECTOR}
    return actions.begin_shift(**stepping() | spot | {"by": by, "record": record} | other).case_key


def test_a_new_call_is_heard_of(board, register, olena_there):
    listener = board(olena_there)

    call = register(olena_there)

    row = listener.hears_of(call.case_key)
    assert (row["kind"], row["gone"]) == ("call", False)
    assert f'data-key="{call.case_key}"' in row["html"]


def test_maria_hears_nothing_of_andriis_calls(board, register, olena_there, andrii_there, maria_there):
    maria, andrii = board(maria_there), board(andrii_there)

    his = register(olena_there)
    hers = register(olena_there, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)

    andrii.hears_of(his.case_key)
    maria.hears_of(hers.case_key)
    assert maria.row(his.case_key) is None
    assert andrii.row(hers.case_key) is None


def test_a_row_is_told_in_the_language_of_the_officer(board, register, olena_there, andrii_there):
    with reading(Reader.system()):
        type(andrii_there).objects.filter(pk=andrii_there.pk).update(language="en")
    ukrainian, english = board(olena_there), board(andrii_there)

    call = register(olena_there)

    assert "тому" in ukrainian.hears_of(call.case_key)["html"]
    assert "ago" in english.hears_of(call.case_key)["html"]


def test_a_closed_call_leaves_the_board(board, register, reader_of, olena_there):
    listener, call = board(olena_there), register(olena_there)
    listener.hears_of(call.case_key)

    with reading(reader_of(olena_there)) as by:
        actions.close(**stepping(), by=by, call=call.case_key, record={"outcome": "resolved"})

    row = wait_for(listener, call.case_key, gone=True)
    assert row["html"] == ""


def test_a_crew_that_is_sent_changes_with_the_call(board, register, reader_of, olena_there):
    call = register(olena_there)
    with reading(reader_of(olena_there)) as by:
        crew = begin(by)
    listener = board(olena_there)

    with reading(reader_of(olena_there)) as by:
        actions.assign(**stepping(), by=by, call=call.case_key, crew=crew)

    assert "Явір-1" in listener.hears_of(call.case_key)["html"]
    assert 'data-state="sent"' in listener.hears_of(crew)["html"]


def test_a_crew_that_moves_is_heard_of(board, reader_of, olena_there):
    with reading(reader_of(olena_there)) as by:
        crew = begin(by)
    listener = board(olena_there)

    with reading(reader_of(olena_there)) as by:
        actions.move(crew=crew, by=by, at=now(), lat=48.61, lon=34.97, accuracy_m=None)

    assert "48.61" in listener.hears_of(crew)["html"]


def test_a_call_that_goes_to_another_hromada_leaves_the_first_board_and_comes_to_the_other(
    board, register, reader_of, olena_there, andrii_there, maria_there
):
    andrii, maria, call = board(andrii_there), board(maria_there), register(olena_there)
    andrii.hears_of(call.case_key)

    with reading(reader_of(olena_there)) as by:
        take(
            **stepping(),
            by=by,
            procedure="call",
            step="report_shortage",
            case=call.case_key,
            data={"reason": "Передано сусідам"},
            place=demo.OTHER_HROMADA,
            unit=demo.OTHER_SECTOR,
        )

    assert wait_for(andrii, call.case_key, gone=True)["html"] == ""
    assert maria.hears_of(call.case_key)["gone"] is False


def test_what_happens_after_a_call_went_away_is_not_told_where_it_was(
    board, register, reader_of, olena_there, andrii_there, maria_there
):
    call = register(olena_there)
    with reading(reader_of(olena_there)) as by:
        there = {"place": demo.OTHER_HROMADA, "unit": demo.OTHER_SECTOR}
        shortage = {"procedure": "call", "step": "report_shortage", "data": {"reason": "Немає сил"}}
        take(**stepping(), by=by, case=call.case_key, **shortage, **there)
    andrii, maria = board(andrii_there), board(maria_there)

    with reading(reader_of(olena_there)) as by:
        take(**stepping(), by=by, case=call.case_key, **shortage)

    maria.hears_of(call.case_key)
    own = register(olena_there)
    andrii.hears_of(own.case_key)
    assert andrii.row(call.case_key) is None


def test_a_step_of_last_week_that_comes_now_changes_no_board(board, register, olena_there):
    listener, moment = board(olena_there), now() - timedelta(days=7)

    old = register(olena_there, key=uuid7(moment), at=moment)
    new = register(olena_there)

    listener.hears_of(new.case_key)
    assert listener.row(old.case_key) is None


def test_an_appeal_is_not_the_boards_matter(board, register, reader_of, olena_there):
    listener = board(olena_there)

    with reading(reader_of(olena_there)) as by:
        data = {"kind": "proposal", "subject": "other", "about": "Прошу ліхтар"}
        appeal = take(
            **stepping(),
            by=by,
            procedure="appeal",
            step="receive",
            data=data,
            place=demo.HROMADA,
            unit=demo.SECTOR,
        )
    call = register(olena_there)

    listener.hears_of(call.case_key)
    assert listener.row(appeal.case_key) is None


def wait_for(listener, key, *, gone):
    return wait_until(lambda: (row := listener.row(key)) and row["gone"] is gone and row)
