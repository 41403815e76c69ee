"""Where a person is on a day follows from entries, and from nothing else."""

from datetime import date

import pytest

from varta.cases import errors as refusals
from varta.cases import rebuild
from varta.officers import errors, queries
from varta.officers.models import Stay
from varta.officers.tests.conftest import HROMADA, OTHER_HROMADA, Person, make_cohort
from varta.people.scope import Reader, reading


def stages(reader: Reader, day: str) -> dict[str, int]:
    with reading(reader):
        found = queries.counts(reader, date.fromisoformat(day), by=("stage",))
    return {stage: many for (stage,), many in found.items()}


def test_a_person_is_in_one_stage_on_each_day(candidate, kateryna):
    candidate().comes_to("appoint")

    assert stages(kateryna, "2019-06-02") == {}
    assert stages(kateryna, "2019-06-03") == {"candidate": 1}
    assert stages(kateryna, "2019-07-31") == {"candidate": 1}
    assert stages(kateryna, "2019-08-01") == {"training": 1}
    assert stages(kateryna, "2019-10-16") == {"internship": 1}
    assert stages(kateryna, "2019-11-19") == {"internship": 1}
    assert stages(kateryna, "2019-11-20") == {"serving": 1}


def test_who_is_on_leave_does_not_serve(candidate, kateryna):
    person = candidate().comes_to("appoint")
    person.does("leave", kind="annual", since="2020-01-10")
    person.does("return", since="2020-02-01")

    with reading(kateryna):
        assert queries.serving(kateryna, date(2020, 1, 9)) == {HROMADA: 1}
        assert queries.serving(kateryna, date(2020, 1, 10)) == {}
        assert queries.serving(kateryna, date(2020, 2, 1)) == {HROMADA: 1}


def test_a_transfer_moves_the_officer_to_another_hromada(candidate, kateryna):
    candidate().comes_to("appoint").does("transfer", hromada=OTHER_HROMADA, since="2020-03-01")

    with reading(kateryna):
        assert queries.serving(kateryna, date(2020, 2, 29)) == {HROMADA: 1}
        assert queries.serving(kateryna, date(2020, 3, 1)) == {OTHER_HROMADA: 1}


def test_counts_name_the_university(candidate, kateryna):
    candidate().comes_to("enrol")
    candidate().comes_to("apply")

    with reading(kateryna):
        found = queries.counts(kateryna, date(2019, 9, 1), by=("university", "stage"))

    assert found == {("NPU-PS-DDUVS", "training"): 1, (None, "candidate"): 1}


def test_an_undone_appointment_leaves_no_trace(candidate, kateryna):
    person = candidate().comes_to("appoint")
    person.does("appoint", corrects="appoint", undone=True)

    assert stages(kateryna, "2019-12-01") == {"internship": 1}
    person.does("appoint", since="2019-12-05")
    assert stages(kateryna, "2019-12-04") == {"internship": 1}
    assert stages(kateryna, "2019-12-05") == {"serving": 1}


def test_a_corrected_day_moves_the_count(candidate, kateryna):
    person = candidate().comes_to("appoint")
    person.does("appoint", corrects="appoint", since="2019-11-25")

    assert stages(kateryna, "2019-11-24") == {"internship": 1}


def test_what_others_follow_from_cannot_be_undone(candidate):
    person = candidate().comes_to("appoint")
    person.does("transfer", hromada=OTHER_HROMADA, since="2020-03-01")

    with pytest.raises(errors.NotNow, match="is on internship"):
        person.does("appoint", corrects="appoint", undone=True)


def test_the_opening_cannot_be_undone(candidate):
    person = candidate().comes_to("apply")

    with pytest.raises(refusals.OpeningStands):
        person.does("apply", corrects="apply", undone=True)


def test_an_undone_dismissal_lets_the_way_go_on(candidate, kateryna):
    person = candidate().comes_to("appoint")
    person.does("dismiss", on="2020-02-01", reason="own_wish")
    assert stages(kateryna, "2020-02-01") == {"left": 1}
    person.does("dismiss", corrects="dismiss", on="2020-02-01", reason="own_wish", undone=True)

    person.does("leave", kind="sick", since="2020-03-01")

    assert stages(kateryna, "2020-02-15") == {"serving": 1}
    assert stages(kateryna, "2020-03-02") == {"leave": 1}


def test_nobody_graduates_before_the_course_began(candidate):
    person = candidate().comes_to("enrol")

    with pytest.raises(errors.TooEarly, match="2019-07-20 is before the training began"):
        person.does("graduate", on="2019-07-20", entered="2019-10-01")


def test_nobody_is_enrolled_before_every_check_is_passed(candidate):
    person = candidate().comes_to("interview")

    with pytest.raises(errors.NotPassed, match="the polygraph is not passed"):
        person.does("enrol")


def test_a_failed_check_stops_the_way(candidate):
    person = candidate().comes_to("interview")
    person.does("polygraph", result="failed")

    with pytest.raises(errors.NotPassed):
        person.does("enrol")
    person.does("withdraw", on="2019-07-01", reason="polygraph")


def test_a_full_cohort_takes_nobody(candidate):
    make_cohort("SMALL", capacity=1)
    candidate().comes_to("polygraph").does("enrol", cohort="SMALL")

    with pytest.raises(errors.CohortFull, match="1 places"):
        candidate().comes_to("polygraph").does("enrol", cohort="SMALL")


def test_a_cohort_trains_on_its_own_days(candidate):
    with pytest.raises(errors.CohortClosed, match="from 2019-08-01 to 2019-10-15"):
        candidate().comes_to("polygraph").does("enrol", since="2019-12-01")


def test_a_cohort_that_is_not_there(candidate):
    with pytest.raises(errors.NoCohort):
        candidate().comes_to("polygraph").does("enrol", cohort="NONE")


def test_one_person_is_not_in_two_places_at_once(candidate, kateryna):
    first = candidate().comes_to("appoint")
    second = Person(kateryna)
    second.key = first.key

    with pytest.raises(errors.ServesAlready, match="Obukhivska hromada"):
        second.does("apply", on="2020-01-01")

    assert stages(kateryna, "2020-01-01") == {"serving": 1}


def test_who_left_may_apply_again(candidate, kateryna):
    first = candidate().comes_to("appoint")
    first.does("dismiss", on="2020-02-01", reason="own_wish")
    second = Person(kateryna)
    second.key = first.key

    second.does("apply", on="2020-03-01")

    assert stages(kateryna, "2020-03-02") == {"left": 1, "candidate": 1}


def test_rebuilding_gives_the_same_rows(candidate, kateryna):
    person = candidate().comes_to("appoint")
    person.does("appoint", corrects="appoint", since="2019-11-25")
    with reading(Reader.system()):
        before = list(Stay.objects.order_by("case", "nth").values())
        assert list(rebuild.differences()) == []
        Stay.objects.filter(nth=2).delete()
        assert [one.what for one in rebuild.differences()] == ["what its room keeps beside it differs"]

    rebuild.rebuild()

    with reading(Reader.system()):
        assert list(Stay.objects.order_by("case", "nth").values()) == before


def test_a_coordinator_of_another_oblast_sees_nothing(candidate, lesia):
    candidate().comes_to("appoint")

    with reading(lesia):
        assert queries.stays_on(lesia, date(2020, 1, 1)).count() == 0
        assert Stay.objects.count() == 0


def test_the_head_of_the_main_directorate_counts_too(candidate, halyna):
    candidate().comes_to("appoint")

    assert stages(halyna, "2020-01-01") == {"serving": 1}


def test_a_hromada_officer_sees_service_in_the_own_hromada(candidate, andrii, maria, reading_as):
    candidate().comes_to("appoint")
    candidate().comes_to("enrol")

    with reading_as(andrii) as reader:
        assert queries.serving(reader, date(2020, 1, 1)) == {HROMADA: 1}
        assert set(Stay.objects.values_list("stage", flat=True)) == {"serving"}
    with reading_as(maria):
        assert Stay.objects.count() == 0
