"""The demonstration: lawful to the last step, invented to the last person, and told once."""

from datetime import UTC, date, datetime, timedelta

from varta.calls import board
from varta.calls.demo import making, watch
from varta.calls.demo.making import Chapter
from varta.calls.models import Crew
from varta.cases.models import Case
from varta.cases.rebuild import differences
from varta.people import demo
from varta.people.models import Officer, Person
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_three_days_of_2018_are_written_once_and_no_step_is_refused(db):
    chapter = Chapter(date(2018, 1, 1), date(2018, 1, 3), recent=False, now=NOW)
    assert chapter.first in {one.first for one in making.chapters(NOW)}

    first, again = making.write(chapter), making.write(chapter)

    assert first.refused == []
    assert 200 < first.cases < 600
    assert (again.cases, again.written) == (0, 0)
    assert chapter.first not in {one.first for one in making.chapters(NOW)}


def test_the_last_days_leave_matters_open_on_the_desks_of_the_demo_accounts(db):
    chapter = Chapter(date(2026, 11, 22), date(2026, 11, 23), recent=True, now=NOW)

    made = making.write(chapter)

    assert made.refused == []
    with reading(Reader.system()):
        assert not Case.objects.filter(last_at__gt=NOW).exists()
        for hromada in (demo.HROMADA, demo.OTHER_HROMADA):
            near = Case.objects.filter(
                closed_at=None, unit__code__startswith=demo.DIRECTORATE, place__hromada=hromada
            )
            assert near.exists(), hromada


def test_the_story_goes_on_later_and_tells_nothing_twice(db):
    days = (date(2026, 11, 22), date(2026, 11, 23))
    earlier = making.write(Chapter(*days, recent=True, now=datetime(2026, 11, 23, 9, tzinfo=UTC)))
    later = making.write(Chapter(*days, recent=True, now=NOW))

    assert later.refused == []
    assert later.repeated == earlier.written
    assert later.written > 0


def test_telephones_have_an_operator_that_does_not_exist(db):
    making.write(Chapter(date(2019, 3, 4), date(2019, 3, 4), recent=False, now=NOW))
    with reading(Reader.system()):
        phones = list(Person.objects.values_list("phone", flat=True))
    assert phones
    assert all(phone.startswith("+380 00 ") for phone in phones)


def test_nothing_happens_on_occupied_territory(db):
    from varta.calls.demo import ground

    with reading(Reader.system()):
        places = {spot.code[:6] for spot in ground.country(wartime=True).spots}
    assert not places & {"UA0102", "UA8500", "UA4402", "UA1414", "UA2308"}
    assert {"UA1202", "UA8000", "UA6310"} <= places


def test_appeals_near_the_demo_accounts_have_executors_where_the_accounts_are_made(db):
    chapter = Chapter(date(2026, 10, 20), date(2026, 10, 21), recent=True, now=NOW)
    made_up = {"andrii": (demo.HROMADA, demo.SECTOR), "maria": (demo.OTHER_HROMADA, demo.OTHER_SECTOR)}
    for login, (place, unit) in made_up.items():
        officer_at(login, f"Ім’я {login}", "hromada_officer", place, unit)
    with reading(Reader.system()):
        Officer.objects.filter(login__in=made_up).update(is_demo=True)

    made = making.write(chapter)

    assert made.refused == []
    with reading(Reader.system()):
        given = Case.objects.filter(procedure="appeal", facts__has_key="executor")
        assert {case.facts["executor"] for case in given} == set(made_up)


def test_a_watch_stands_on_duty_once_for_a_turn_and_is_relieved_by_the_next(olena, andrii, maria):
    officer_at("yuliia", "Юлія Підліткова", "juvenile_officer", demo.RAION, demo.DIRECTORATE)
    next_turn = NOW + timedelta(hours=12)

    first, again, later = (watch.stand(at=at) for at in (NOW, NOW + timedelta(hours=1), next_turn))

    with reading(Reader.system()):
        on_duty = Crew.objects.filter(ended_at=None)
        found = board.rows(Reader.system(), now=next_turn)
        assert list(differences()) == []
        assert {crew.began_at for crew in on_duty} == {next_turn - timedelta(hours=3)}
    assert (first, again) == (watch.Stood(12, 13), watch.Stood())
    assert later == first
    assert {row.state for row in found.calls} == {"waiting", "sent", "on_the_way", "on_scene"}
    assert {row.state for row in found.crews} == {"free", "sent", "on_the_way", "on_scene", "paused"}
