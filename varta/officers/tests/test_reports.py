"""The report to the hromada: figures that nobody types, publishing once, revisions, the next term."""

from datetime import date, timedelta

import pytest

from varta.cases import errors as refusals
from varta.cases import queries as cases
from varta.cases.actions import take
from varta.cases.models import Case
from varta.lib.clock import day_start
from varta.lib.uuid7 import uuid7
from varta.officers.demo import hromadas
from varta.officers.hromada import actions, duties, errors, queries
from varta.officers.hromada.projection import Reports
from varta.officers.models import HromadaOpinion, HromadaReport, ReportDraft
from varta.officers.tests.reporting import (
    BEGAN,
    FIRST,
    LAST,
    NOW,
    WORDS,
    begun,
    counted,
    fill_lake,
    home,
    published,
)
from varta.people.demo import OTHER_HROMADA
from varta.people.models import Appointment
from varta.people.scope import Reader, reading
from varta.places.models import Territory


@pytest.fixture(autouse=True)
def lake(db, tmp_path, monkeypatch):
    fill_lake(tmp_path, monkeypatch)


@pytest.fixture
def officer(andrii) -> Reader:
    return Reader.of(andrii, on=NOW.date())


def test_figures_are_counted_by_the_system_in_nobodys_name(andrii, officer):
    case = begun(andrii)

    with reading(officer):
        entry = counted(case, officer)

    assert (entry.role, entry.officer_id, entry.data["for_officer"]) == ("system", None, "andrii")


def test_an_officer_may_not_write_figures(andrii, officer):
    case = begun(andrii)
    figures = {"first": FIRST, "last": LAST, "figures": '{"rows": []}'}

    with reading(officer), pytest.raises(refusals.WrongRole):
        take(
            key=uuid7(NOW),
            case=case.key,
            procedure="hromada_report",
            step="count",
            data=figures,
            by=officer,
            at=NOW,
            received_at=NOW,
        )


def test_a_published_report_is_read_by_a_stranger(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        entry = published(case, officer)

    found = queries.published(entry.key)

    assert found is not None
    assert (found.revision, found.first, found.last) == (1, FIRST, LAST)
    assert found.content["signed"].startswith("Андрій Громаденко")
    assert [row["code"] for row in found.figures["rows"]][:2] == ["C01", "C03"]


def test_what_is_published_leaves_no_draft(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        published(case, officer)

        assert not ReportDraft.objects.exists()


def test_the_next_term_begins_with_the_publishing(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        entry = published(case, officer)
        following = queries.due_report(officer, "andrii", case.place)

    assert following is not None
    assert (following.parent, following.opened_at, following.due_step) == (case.key, entry.at, "publish")


def test_who_publishes_twice_at_once_publishes_once(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        count = counted(case, officer)
        draft = actions.save_draft(case=case, content=WORDS, by=officer, at=NOW)
        seen = {"case": case, "counted": str(count.key), "seen_at": draft.saved_at.isoformat()}
        first = actions.publish(key=uuid7(NOW), **seen, by=officer, at=NOW)
        again = actions.publish(key=first.key, **seen, by=officer, at=NOW)

        assert again.key == first.key
        with pytest.raises(errors.DraftChanged):  # the other window, under a key of its own
            actions.publish(key=uuid7(NOW), **seen, by=officer, at=NOW)
    assert HromadaReport.objects.count() == 1


def test_a_draft_that_changed_after_the_preview_is_not_published(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        count = counted(case, officer)
        seen = actions.save_draft(case=case, content=WORDS, by=officer, at=NOW).saved_at.isoformat()
        actions.save_draft(
            case=case, content=WORDS | {"plans": "Ще"}, by=officer, at=NOW + timedelta(seconds=9)
        )

        with pytest.raises(errors.DraftChanged):
            actions.publish(
                key=uuid7(NOW), case=case, counted=str(count.key), seen_at=seen, by=officer, at=NOW
            )


def test_figures_that_were_counted_again_are_looked_at_again(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        old = counted(case, officer)
        counted(case, officer, last=date(2026, 5, 31), at=NOW + timedelta(minutes=1))
        draft = actions.save_draft(case=case, content=WORDS, by=officer, at=NOW)

        with pytest.raises(errors.FiguresUnknown):
            actions.publish(
                key=uuid7(NOW),
                case=case,
                counted=str(old.key),
                seen_at=draft.saved_at.isoformat(),
                by=officer,
                at=NOW + timedelta(minutes=2),
            )


def test_figures_of_nowhere_are_refused(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)

        with pytest.raises(errors.FiguresUnknown):
            take(
                key=uuid7(NOW),
                case=case.key,
                procedure="hromada_report",
                step="publish",
                data=WORDS | {"counted": str(uuid7(NOW))},
                by=officer,
                at=NOW,
                received_at=NOW,
            )


def test_a_revision_stands_beside_the_old_edition_under_the_same_address(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        first = published(case, officer)
        published(case, officer, at=NOW + timedelta(days=2), done="Те саме, точніше.", why="Уточнено")

    editions = queries.editions(case.key)
    assert [(one.address, one.revision) for one in editions] == [(first.key, 1), (first.key, 2)]
    assert editions[0].content["done"] == WORDS["done"]
    assert queries.published(first.key).content["done"] == "Те саме, точніше."
    assert [one.revision for one in queries.published_in(case.place)] == [2]


def test_a_published_edition_is_neither_changed_nor_taken_away(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        published(case, officer)

        assert HromadaReport.objects.all().delete()[0] == 0
        with pytest.raises(Exception, match="permission denied"):
            HromadaReport.objects.update(revision=9)


def test_rebuilding_finds_the_rows_as_they_are(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        published(case, officer)
        case.refresh_from_db()

        assert not Reports().differs(cases.journal(case))
    with reading(Reader.system()):
        HromadaReport.objects.all().delete()
        assert Reports().differs(cases.journal(case))
        Reports().write(cases.journal(case))
        assert not Reports().differs(cases.journal(case))


def test_the_hromadas_evaluation_is_kept_and_ends_the_matter(andrii, officer):
    case = begun(andrii)
    with reading(officer):
        counted(case, officer)
        published(case, officer)
        take(
            key=uuid7(NOW),
            case=case.key,
            procedure="hromada_report",
            step="evaluate",
            data={"mark": "good", "decision": "Рішення № 7"},
            by=officer,
            at=NOW + timedelta(hours=1),
            received_at=NOW + timedelta(hours=1),
        )
        case.refresh_from_db()

    assert case.closed_at is not None
    assert HromadaOpinion.objects.get().mark == "good"


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2026, 6, 30), date(2026, 1, 1), errors.PeriodReversed),
        (date(2026, 1, 1), NOW.date(), errors.PeriodAhead),
        (date(2026, 1, 1), date(2027, 6, 30), errors.PeriodTooLong),
        (date(2025, 6, 1), date(2026, 6, 30), errors.PeriodTooLong),
    ],
)
def test_a_period_that_cannot_be_is_refused(andrii, officer, first, last, refused):
    case = begun(andrii)

    with reading(officer), pytest.raises(refused):
        counted(case, officer, first=first, last=last)


def test_the_last_day_that_is_over_can_be_counted(andrii, officer):
    case = begun(andrii)

    with reading(officer):
        assert counted(case, officer, last=NOW.date() - timedelta(days=1)).data["last"] == "2026-07-09"


def test_who_came_in_the_middle_reports_from_then_on(andrii, officer):
    case = begun(andrii)
    moved(andrii, since=date(2026, 3, 16))

    with reading(officer):
        with pytest.raises(errors.BeforeService, match="16"):
            counted(case, officer)
        assert counted(case, officer, first=date(2026, 3, 16)).data["first"] == "2026-03-16"


def test_of_who_left_in_the_middle_the_days_after_are_not_reported(andrii, halyna):
    case = begun(andrii)
    moved(andrii, since=date(2018, 1, 1), until=date(2026, 3, 15))

    with reading(halyna):
        with pytest.raises(errors.AfterService):
            counted(case, halyna)
        assert counted(case, halyna, last=date(2026, 3, 15)).data["last"] == "2026-03-15"


def test_after_the_report_of_who_left_no_new_term_begins(andrii, halyna):
    case = begun(andrii)
    moved(andrii, since=date(2018, 1, 1), until=date(2026, 3, 15))
    with reading(halyna):
        counted(case, halyna, last=date(2026, 3, 15))
        published(case, halyna)

        assert queries.due_report(halyna, "andrii", case.place) is None


def moved(officer, *, since: date, until: date | None = None) -> None:
    """Give the officer other days of service."""
    with reading(Reader.system()):
        appointment = home(officer)
        appointment.since, appointment.until = since, until
        appointment.save(update_fields=["since", "until"])


def test_the_report_of_another_is_not_published(andrii, maria, officer):
    case = begun(andrii)
    with reading(Reader.system()):
        colleague = Appointment.objects.create(
            officer=maria, role="hromada_officer", place=case.place, unit=case.unit, since=date(2018, 1, 1)
        )
    other = Reader.of(maria, on=NOW.date(), appointment=colleague.pk)
    with reading(officer):
        count = counted(case, officer)

    with reading(other), pytest.raises(errors.ReportOfAnother):
        take(
            key=uuid7(NOW),
            case=case.key,
            procedure="hromada_report",
            step="publish",
            data=WORDS | {"counted": str(count.key)},
            by=other,
            at=NOW,
            received_at=NOW,
        )


def test_maria_sees_nothing_of_andriis_report(andrii, maria):
    case = begun(andrii)
    stranger = Reader.of(maria, on=NOW.date())

    with reading(stranger):
        assert not queries.reports(stranger).exists()
        assert not Case.objects.filter(key=case.key).exists()
        assert not ReportDraft.objects.exists()


def test_a_period_that_the_lake_has_not_reached_is_not_counted(andrii, officer, tmp_path, monkeypatch):
    fill_lake(tmp_path / "old", monkeypatch, at=day_start(LAST))
    case = begun(andrii)

    with reading(officer), pytest.raises(errors.NotCountedYet):
        counted(case, officer)


def test_each_serving_officer_owes_a_report_and_a_meeting_once(andrii, maria, monkeypatch, settings):
    assert duties.begin_missing(at=NOW) == 4
    assert duties.begin_missing(at=NOW + timedelta(days=1)) == 0

    with reading(Reader.system()):
        place = Territory.objects.get(code=OTHER_HROMADA)
        assert queries.due_report(Reader.system(), "maria", place).opened_at == NOW


def test_a_fresh_appointment_counts_from_its_first_day(andrii):
    moved(andrii, since=date(2026, 7, 6))

    duties.begin_missing(at=NOW)

    with reading(Reader.system()):
        [case] = Case.objects.filter(procedure="hromada_report")
        assert case.opened_at == day_start(date(2026, 7, 6))


def test_the_term_runs_half_a_year_from_its_beginning(andrii):
    case = begun(andrii)

    assert case.late_from == day_start(date(2026, 7, 21))
    assert case.opened_at == BEGAN


def test_the_demonstration_tells_its_report_once(andrii):
    for _ in range(2):
        hromadas.make(at=NOW)

    [report] = HromadaReport.objects.all()
    assert (report.first, report.last) == (date(2019, 1, 1), date(2019, 6, 30))
    with reading(Reader.system()):
        due = queries.due_report(Reader.system(), "andrii", report.hromada)
        found = queries.meetings_of(queries.due_meeting(Reader.system(), report.hromada))
        assert due.opened_at == NOW
        assert (len(found.held), found.planned_on) == (2, date(2026, 7, 13))
