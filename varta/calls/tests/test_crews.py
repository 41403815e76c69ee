"""A crew goes out, is sent, accepts, arrives, is freed; and what is refused on the way."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection

from varta.calls import actions, errors, queries
from varta.calls.models import Crew, Sending
from varta.calls.tests.conftest import minutes, step
from varta.cases.errors import CaseNotFound, LawRefused, StepRefused
from varta.cases.rebuild import differences, rebuild
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at


def state(crew: object) -> str:
    found = Crew.objects.get(key=crew)
    return queries.crew_state(found, queries.present_sendings([found]).get(found.key))


def test_a_crew_goes_through_all_its_states(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    seen = [state(key)]

    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    seen.append(state(key))
    actions.accept(**step(minutes(2)), call=case, crew=key, by=desk)
    seen.append(state(key))
    actions.arrive(**step(minutes(8)), call=case, crew=key, by=desk)
    seen.append(state(key))
    actions.close(**step(minutes(30)), call=case, record={"outcome": "resolved"}, by=desk)
    seen.append(state(key))
    actions.change_shift(**step(minutes(31)), crew=key, step="pause", record={"reason": "meal"}, by=desk)
    seen.append(state(key))
    actions.change_shift(**step(minutes(60)), crew=key, step="end", record={}, by=desk)
    seen.append(state(key))

    assert seen == ["free", "sent", "on_the_way", "on_scene", "free", "paused", "off"]


def test_the_second_crew_arrives_in_addition_to_the_first(desk, andrii, call, crew):
    first, second, case = crew(desk), crew(desk, "Явір-2"), call(desk).case_key
    for key in (first, second):
        actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)

    steps = [actions.arrive(**step(minutes(5)), call=case, crew=key, by=desk).step for key in (first, second)]

    assert steps == ["arrive", "arrive_also"]
    assert state(first) == state(second) == "on_scene"


def test_an_arrival_that_is_sent_twice_is_one(desk, andrii, call, crew):
    key, case, sent = crew(desk), call(desk).case_key, step(minutes(5))
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)

    once = actions.arrive(**sent, call=case, crew=key, by=desk)
    again = actions.arrive(**sent, call=case, crew=key, by=desk)

    assert once.key == again.key


def test_a_crew_at_a_call_is_not_sent_to_another(desk, andrii, call, crew):
    key, first, second = crew(desk), call(desk).case_key, call(desk, after=3).case_key
    actions.assign(**step(minutes(4)), call=first, crew=key, by=desk)

    with pytest.raises(errors.CrewIsBusy, match="Явір-1"):
        actions.assign(**step(minutes(5)), call=second, crew=key, by=desk)

    assert Sending.objects.filter(call=second).count() == 0


def test_a_crew_is_not_sent_to_the_same_call_twice(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)

    with pytest.raises(errors.CrewIsThere):
        actions.assign(**step(minutes(2)), call=case, crew=key, by=desk)


def test_a_diversion_frees_the_crew_there_and_sends_it_here(desk, andrii, call, crew):
    key, first, second = crew(desk), call(desk).case_key, call(desk, after=3).case_key
    actions.assign(**step(minutes(4)), call=first, crew=key, by=desk)

    actions.divert(**step(minutes(5)), call=second, crew=key, by=desk)

    left = Sending.objects.get(call=first)
    assert (left.left_why, Sending.objects.get(call=second).state) == ("diverted", "sent")


def test_a_crew_that_vanished_is_released_and_the_call_waits_again(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    actions.accept(**step(minutes(2)), call=case, crew=key, by=desk)

    actions.release(**step(minutes(20)), call=case, crew=key, reason="vanished", by=desk)

    assert state(key) == "free"
    assert [sending.state for sending in queries.sendings_to([case])[case]] == ["left"]


def test_a_crew_that_is_not_at_the_call_cannot_arrive_there(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=crew(desk, "Явір-2"), by=desk)

    with pytest.raises(errors.CrewNotSent):
        actions.accept(**step(minutes(2)), call=case, crew=key, by=desk)


def test_a_crew_does_not_end_its_turn_at_a_call(desk, andrii, call, crew):
    key, opened = crew(desk), call(desk)
    actions.assign(**step(minutes(1)), call=opened.case_key, crew=key, by=desk)

    with pytest.raises(errors.StillSent, match=f"{opened.number}/2026"):
        actions.change_shift(**step(minutes(2)), crew=key, step="end", record={}, by=desk)


def test_a_call_sign_is_on_duty_once_in_a_unit(desk, andrii, crew):
    crew(desk, "Явір-1")

    with pytest.raises(errors.CallSignTaken):
        crew(desk, "явір-1")


def test_a_crew_of_nobody_known_does_not_go_out(desk, andrii, crew):
    with pytest.raises(errors.UnknownOfficers, match="nobody"):
        crew(desk, officers="andrii, nobody")


def test_a_crew_that_went_home_is_not_sent(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.change_shift(**step(minutes(1)), crew=key, step="end", record={}, by=desk)

    with pytest.raises(errors.CrewOffDuty):
        actions.assign(**step(minutes(2)), call=case, crew=key, by=desk)


def test_a_time_before_the_call_is_refused(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key

    with pytest.raises(StepRefused, match="opened later"):
        actions.assign(**step(minutes(-5)), call=case, crew=key, by=desk)

    assert state(key) == "free"


def test_of_two_officers_who_send_one_crew_at_once_one_is_told(committed_db, reader_of, call, crew):
    """Both see it free; the database lets one through, and the other reads why."""
    olena = officer_at("olena", "Олена Черговенко", "duty", demo.RAION, demo.DIRECTORATE)
    with reading(reader_of(olena)) as by:
        key, cases = crew(by, officers="olena"), [call(by).case_key, call(by, after=1).case_key]
    answers: list[str] = []
    together = Barrier(2)

    def send(case: UUID) -> None:
        together.wait()
        try:
            with reading(reader_of(olena)) as by:
                actions.assign(**step(minutes(2)), call=case, crew=key, by=by)
            answers.append("sent")
        except StepRefused as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=send, args=[case]) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(answers) == ["crew-is-busy", "sent"]


def test_a_stranger_finds_neither_crew_nor_call(desk, andrii, maria, reader_of, call, crew):
    key, case = crew(desk), call(desk).case_key

    with reading(reader_of(maria)) as by:
        with pytest.raises(errors.CrewNotFound):
            actions.assign(**step(minutes(1)), call=case, crew=key, by=by)
        with pytest.raises(errors.CrewNotFound):
            actions.move(crew=key, lat=48.5, lon=35, accuracy_m=None, by=by, at=minutes(1))
        with pytest.raises(CaseNotFound):
            actions.join(**step(minutes(1)), call=case, to=uuid7(minutes(0)), by=by)
        assert list(Crew.objects.all()) == list(Sending.objects.all()) == []


def test_without_a_reader_no_crew_is_seen(olena, andrii, reader_of, call, crew):
    with reading(reader_of(olena)) as by:
        key, case = crew(by), call(by).case_key
        actions.assign(**step(minutes(1)), call=case, crew=key, by=by)
        actions.move(crew=key, lat=48.5, lon=35, accuracy_m=None, by=by, at=minutes(1))

    with connection.cursor() as cursor:
        for table in ("calls_crew", "calls_sending", "calls_position"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def test_an_older_position_does_not_replace_a_newer_one(desk, andrii, crew):
    key = crew(desk)
    actions.move(crew=key, lat=48.5, lon=35, accuracy_m=10, by=desk, at=minutes(5))

    kept = actions.move(crew=key, lat=49, lon=36, accuracy_m=10, by=desk, at=minutes(4))

    assert (kept.lat, kept.seen_at) == (48.5, minutes(5))


def test_what_was_changed_behind_the_entries_is_found_and_rebuilt(desk, andrii, call, crew):
    key, case = crew(desk), call(desk).case_key
    actions.assign(**step(minutes(1)), call=case, crew=key, by=desk)
    with reading(Reader.system()):
        assert list(differences()) == []
        Sending.objects.filter(call=case).update(left_at=minutes(2))
        Crew.objects.filter(key=key).update(call_sign="Інший")

        assert {one.case for one in differences()} == {key, case}
        rebuild()
        assert list(differences()) == []
    assert (state(key), Crew.objects.get(key=key).call_sign) == ("sent", "Явір-1")


def test_a_report_joins_the_call_of_the_same_event_and_ends(desk, andrii, call):
    first, second = call(desk), call(desk, after=2)

    joined = actions.join(**step(minutes(3)), call=second.case_key, to=first.case_key, by=desk)

    assert joined.data["number"] == f"{first.number}/2026"
    assert [case.key for case in queries.open_calls(desk)] == [first.case_key]


def test_a_report_joins_neither_itself_nor_what_is_joined(desk, andrii, call):
    first, second, third = (call(desk, after=nth).case_key for nth in range(3))
    actions.join(**step(minutes(3)), call=second, to=first, by=desk)

    for call_key, to in ((first, first), (third, second)):
        with pytest.raises(errors.JoinedToItself):
            actions.join(**step(minutes(4)), call=call_key, to=to, by=desk)


def test_a_call_that_shows_violence_opens_a_case_with_its_people(desk, andrii, call):
    case = call(desk, caller={"surname": "Вигаданенко", "given": "Ганна"}).case_key
    record = {"forms": ["physical"], "children": True, "danger": True}

    entry, child = actions.hand_over(
        **step(minutes(9)), call=case, to="domestic_violence", record=record, by=desk
    )

    assert (child.parent, entry.data["number"]) == (case, f"{child.number}/{child.year}")
    assert [one.part for one in child.people] == ["caller"]


def test_a_lower_category_than_proposed_needs_a_reason(desk, andrii, call):
    record = {"channel": "line_102", "category": "gamma", "proposed": "alpha", "kind": "noise"}

    with pytest.raises(LawRefused) as refused:
        call(desk, record=record)

    assert "Альфа" in refused.value.text("uk")
    assert call(desk, record=record | {"category_reason": "Голос спокійний, загрози немає"}).number
    assert call(desk, record=record | {"category": "alpha", "proposed": "gamma"}).number


def test_another_hromada_is_out_of_reach_for_its_neighbour(desk, andrii, maria, reader_of, crew):
    crew(desk, "Сокіл-1", place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR, officers="maria")

    with reading(reader_of(andrii)) as by:
        assert list(queries.on_duty(by)) == []
    with reading(reader_of(maria)) as by:
        assert queries.crew_of(by, "MARIA").call_sign == "Сокіл-1"
