"""Memoranda follow from their entries: who is willing, what is due, what was met."""

from datetime import date, timedelta

import pytest

from varta.cases import actions, rebuild
from varta.cases import queries as cases
from varta.lib.uuid7 import uuid7
from varta.officers import errors, queries
from varta.officers.models import Asset, Duty, Memorandum, Station
from varta.officers.tests.conftest import HROMADA, NOW, OTHER_HROMADA
from varta.people.scope import Reader, reading


def take(by, case, step, corrects=None, **data):
    with reading(by):
        return actions.take(
            key=uuid7(NOW),
            procedure="hromada_memorandum",
            step=step,
            data=data,
            by=by,
            at=NOW,
            received_at=NOW,
            case=case,
            corrects=corrects,
        )


def test_a_hromada_is_willing_from_the_signing_until_the_end(memorandum, kateryna):
    key = memorandum()
    take(kateryna, key, "end", on="2020-05-01", reason="agreed")

    with reading(kateryna):
        assert queries.willing(kateryna, date(2019, 3, 31)) == {}
        assert list(queries.willing(kateryna, date(2019, 4, 1))) == [HROMADA]
        assert queries.willing(kateryna, date(2020, 5, 1)) == {}


def test_an_amendment_changes_the_upper_limit(memorandum, kateryna):
    key = memorandum()
    take(kateryna, key, "amend", on="2019-10-01", officers=4)

    with reading(kateryna):
        assert queries.willing(kateryna, date(2020, 1, 1))[HROMADA].officers == 4


def test_a_duty_is_overdue_until_it_is_met(memorandum, kateryna):
    key = memorandum()

    def overdue(day: date) -> int:
        with reading(kateryna):
            return queries.unmet_duties(kateryna, day, within=timedelta(14))["overdue"]

    assert (overdue(date(2019, 6, 1)), overdue(date(2019, 6, 2))) == (0, 1)
    take(kateryna, key, "fulfil", number=1, on="2019-06-10")
    assert overdue(date(2019, 6, 11)) == 0


def test_a_fulfilment_that_did_not_happen_leaves_no_trace(memorandum, kateryna):
    key = memorandum()
    entry = take(kateryna, key, "fulfil", number=1, on="2019-06-10")
    take(kateryna, key, "fulfil", corrects=entry.key, number=1, on="2019-06-10", undone=True)

    with reading(kateryna):
        assert Duty.objects.get(memorandum=key, nth=1).met_on is None


def test_a_duty_is_met_once(memorandum, kateryna):
    key = memorandum()
    take(kateryna, key, "fulfil", number=1, on="2019-06-10")

    with pytest.raises(errors.NoSuchNumber):
        take(kateryna, key, "fulfil", number=1, on="2019-06-11")


def test_two_duties_do_not_share_a_number(memorandum, kateryna):
    with pytest.raises(errors.NumberTaken):
        take(kateryna, memorandum(), "promise", number=1, side="police", what="car", due="2019-09-01")


def test_nothing_is_met_before_the_signing(memorandum, kateryna):
    with pytest.raises(errors.NotSigned):
        take(kateryna, memorandum(), "equipment", side="police", what="Тонометр", on="2019-03-15")


def test_a_station_outside_the_hromada_is_refused(memorandum, kateryna):
    with pytest.raises(errors.OutsideHromada):
        take(kateryna, memorandum(), "station", number=2, on="2019-07-01", settlement=OTHER_HROMADA)


def test_a_station_is_closed_after_it_was_opened(memorandum, kateryna):
    key = memorandum()

    with pytest.raises(errors.TooEarly):
        take(kateryna, key, "close_station", number=1, on="2019-05-15")
    take(kateryna, key, "close_station", number=1, on="2019-12-01")
    with reading(kateryna):
        assert Station.objects.get(memorandum=key).closed_on == date(2019, 12, 1)


def test_what_was_given_is_counted_with_the_memorandum(memorandum, kateryna):
    key = memorandum()
    take(kateryna, key, "equipment", side="police", what="Бронежилет", count=2, on="2019-12-06")

    with reading(kateryna):
        given = list(
            Asset.objects.filter(memorandum=key).order_by("nth").values_list("kind", "what", "count")
        )
    assert given == [("vehicle", "Renault Duster", 1), ("equipment", "Бронежилет", 2)]


def test_rebuilding_gives_the_same_memoranda(memorandum):
    key = memorandum()
    with reading(Reader.system()):
        assert list(rebuild.differences()) == []
        before = list(Duty.objects.order_by("memorandum", "nth").values())
        Duty.objects.filter(memorandum=key, nth=2).delete()
        Memorandum.objects.filter(key=key).update(officers=9)
        assert [one.case for one in rebuild.differences()] == [key]

    rebuild.rebuild()

    with reading(Reader.system()):
        assert list(Duty.objects.order_by("memorandum", "nth").values()) == before
        assert Memorandum.objects.get(key=key).officers == 2


def test_a_memorandum_is_not_a_case_of_the_duty_desk(memorandum, olena, reading_as):
    key = memorandum()

    with reading_as(olena) as reader:
        assert not cases.visible_to(reader).filter(key=key).exists()
