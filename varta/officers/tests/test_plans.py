"""Plans of placement: asked, solved by the worker's job, stopped, outdated, proposed; and who sees them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from varta.officers import planground, plans, solving
from varta.officers.jobs import solve_plan
from varta.officers.models import Plan, Proposal
from varta.officers.plans import PlanRefused
from varta.officers.tests.conftest import NOW
from varta.people.demo import OBLAST
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.places import bulk
from varta.places.models import Territory

DAY = date(2020, 6, 1)
ASKED: dict[str, Any] = {
    "on": DAY,
    "officers": 2,
    "goal": "cover",
    "minutes": 20.0,
    "weighed_by": "people",
    "each": 1,
    "only_willing": False,
    "fair": None,
    "ready_by": None,
    "pinned": [],
    "forbidden": [],
}


@pytest.fixture
def hromadas(db) -> list[str]:
    """Let people live in six hromadas alone, far from one another and from all others: 600, 500, 400, … in each."""
    Territory.objects.filter(population__isnull=False).update(population=None)
    found = list(
        Territory.objects.filter(oblast=OBLAST, level=3, valid_to=None)
        .order_by("pre")
        .values_list("code", flat=True)
    )[:6]
    rows = []
    for nth, code in enumerate(found):
        place = Territory.objects.filter(hromada=code, level=4).order_by("pre").first()
        rows.append((place.code, 40.0 + nth, 5.0, 600 - 100 * nth))
    bulk.update_from(Territory, ("code", "lat", "lon", "population"), rows)
    return found


def ask(by: Reader, **changes: Any) -> Plan:
    with reading(by):
        return plans.ask(asked=ASKED | changes, by=by, at=NOW)


def solved(by: Reader, **changes: Any) -> Plan:
    plan = ask(by, **changes)
    solving.solve(plan.key, now=lambda: NOW, seconds=20)
    with reading(by):
        return Plan.objects.get(key=plan.key)


def test_a_plan_reaches_the_most_people_and_says_why(kateryna, hromadas):
    plan = solved(kateryna)

    assert (plan.state, plan.outcome["value"], plan.outcome["bound"]) == ("ready", 1100, 1100)
    assert plan.outcome["placed"] == {hromadas[0]: 1, hromadas[1]: 1}
    assert "600 people" in plan.outcome["reasons"][hromadas[0]]["en"]
    assert "600 людей" in plan.outcome["reasons"][hromadas[0]]["uk"]


def test_pinned_and_forbidden_hromadas_are_kept_and_priced(kateryna, hromadas):
    plan = solved(kateryna, pinned=[hromadas[5]], forbidden=[hromadas[0]])

    assert set(plan.outcome["placed"]) == {hromadas[1], hromadas[5]}
    assert {one["kind"]: one["most"] for one in plan.outcome["prices"]} == {
        "pinned": 300,
        "forbidden": 100,
        "each": 0,
    }


def test_who_serves_already_stays_and_counts(kateryna, hromadas, candidate):
    person = candidate().comes_to("finish_internship")
    person.does("appoint", hromada=hromadas[0])

    plan = solved(kateryna, officers=1)

    assert plan.outcome["placed"] == {hromadas[1]: 1}
    assert (plan.outcome["present"], plan.outcome["before"]) == ({hromadas[0]: 1}, 600)


def test_conditions_that_cannot_be_kept_are_named(kateryna, hromadas):
    plan = solved(kateryna, only_willing=True)

    assert plan.state == "impossible"
    assert (
        "memorandum" in plan.outcome["conflict"][0]["en"]
        and "меморандум" in plan.outcome["conflict"][0]["uk"]
    )


def test_more_officers_than_finish_their_course_is_refused_with_both_numbers(kateryna, hromadas, candidate):
    candidate().comes_to("enrol")

    plan = solved(kateryna, on=date(2019, 9, 1), ready_by="2019-12-31")

    assert plan.outcome["conflict"][0]["en"] == "By this day 1 finish the course, and 2 are to be placed."


def test_more_officers_than_there_are_hromadas_is_impossible(kateryna, hromadas):
    plan = solved(kateryna, officers=5_000)

    assert plan.state == "impossible" and "At most 1 in a hromada" in plan.outcome["conflict"][0]["en"]


def test_without_any_known_settlement_the_plan_says_what_to_load(kateryna, db):
    Territory.objects.filter(population__isnull=False).update(population=None)

    plan = solved(kateryna)

    assert plan.state == "impossible" and "load populations" in plan.outcome["conflict"][0]["en"]


def test_calls_nobody_knows_of_are_said_too(kateryna, hromadas, home):
    assert solved(kateryna, weighed_by="violence").state == "impossible"


def test_a_plan_cancelled_before_its_turn_is_not_solved(kateryna, hromadas):
    plan = ask(kateryna)
    with reading(kateryna):
        plans.cancel(plan=plan, by=kateryna, at=NOW)

    solving.solve(plan.key, now=lambda: NOW)

    with reading(kateryna):
        found = Plan.objects.get(key=plan.key)
    assert (found.state, found.outcome) == ("cancelled", None)


def test_a_plan_cancelled_while_it_is_solved_keeps_what_was_found(kateryna, hromadas, monkeypatch):
    plan = ask(kateryna)
    ground_of = solving.ground_of

    def read_and_stop(reader, of_plan):
        Plan.objects.filter(key=of_plan.key).update(cancelled_at=NOW)
        return ground_of(reader, of_plan)

    monkeypatch.setattr(solving, "ground_of", read_and_stop)  # the moment between question and answer
    solving.solve(plan.key, now=lambda: NOW)

    with reading(kateryna):
        found = Plan.objects.get(key=plan.key)
    assert found.state in ("cancelled", "ready") and len(found.outcome["placed"]) == 2


def test_a_plan_that_is_done_is_not_solved_again(kateryna, hromadas):
    plan = solved(kateryna)

    solving.solve(plan.key, now=lambda: NOW + timedelta(days=1))

    with reading(kateryna):
        assert Plan.objects.get(key=plan.key).solved_at == NOW


def test_two_plans_asked_at_once_wait_for_each_other(kateryna, hromadas):
    ask(kateryna)
    ask(kateryna)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lock, queueing_lock, status FROM procrastinate_jobs WHERE task_name = %s",
            [solve_plan.name],
        )
        assert cursor.fetchall() == [("officers.plans", None, "todo")] * 2


def test_the_digest_changes_with_people_and_officers_and_with_nothing_else(kateryna, hromadas):
    with reading(kateryna):
        before = planground.of(kateryna, DAY).digest
        again = planground.of(kateryna, DAY).digest
        Territory.objects.filter(hromada=hromadas[0], level=4, population=600).update(population=601)
        after = planground.of(kateryna, DAY).digest

    assert before == again != after


def page(by: Reader, address: str) -> Any:
    with reading(Reader.system()):
        Officer.objects.filter(pk=by.officer_id).update(language="en")
    client = Client()
    client.force_login(Officer.objects.get(pk=by.officer_id))
    return client.get(address)


def test_a_plan_on_data_that_have_changed_says_so_and_offers_to_solve_again(kateryna, hromadas, settings):
    settings.DEMO = True
    plan = solved(kateryna)
    address = f"/officers/placement/{plan.key}/"
    fresh = page(kateryna, address).content.decode()

    Territory.objects.filter(hromada=hromadas[0], level=4, population=600).update(population=6)
    stale = page(kateryna, address).content.decode()

    assert "have changed since" not in fresh
    assert "have changed since" in stale and "Solve again" in stale


def test_proposals_are_made_decided_and_undone(kateryna, hromadas):
    plan = solved(kateryna)

    with reading(kateryna):
        made = plans.propose(plan=plan, hromadas=[hromadas[0]], by=kateryna, at=NOW)
        [one] = plans.proposals_of(kateryna)
        plans.decide(proposals=[one.pk], state="accepted", by=kateryna, at=NOW)
        accepted = plans.proposals_of(kateryna).get()
        plans.decide(proposals=[one.pk], state="proposed", by=kateryna, at=NOW)
        undone = plans.proposals_of(kateryna).get()

    assert (made, one.officers, accepted.state, accepted.decided_by_id) == (
        1,
        1,
        "accepted",
        kateryna.officer_id,
    )
    assert (undone.state, undone.decided_at) == ("proposed", None)


def test_what_is_proposed_already_is_not_proposed_twice(kateryna, hromadas):
    plan = solved(kateryna)

    with reading(kateryna):
        first = plans.propose(plan=plan, hromadas=hromadas, by=kateryna, at=NOW)
        second = plans.propose(plan=plan, hromadas=hromadas, by=kateryna, at=NOW)

    assert (first, second) == (2, 0)


def test_a_place_that_the_plan_does_not_have_is_not_proposed(kateryna, hromadas):
    plan = solved(kateryna)

    with reading(kateryna), pytest.raises(PlanRefused, match="no places"):
        plans.propose(plan=plan, hromadas=[hromadas[3]], by=kateryna, at=NOW)


def test_an_analyst_reads_plans_and_asks_for_none(kateryna, hromadas):
    solved(kateryna)
    analyst = replace(kateryna, role="analyst")

    with reading(analyst):
        assert plans.visible_to(analyst).count() == 1
        with pytest.raises(PlanRefused):
            plans.ask(asked=ASKED, by=analyst, at=NOW)


def test_a_plan_of_the_country_is_not_seen_from_one_oblast(kateryna, halyna, lesia, hromadas):
    mine = solved(halyna, officers=1)
    solved(kateryna)

    with reading(halyna):
        assert [one.key for one in plans.visible_to(halyna)] == [mine.key]
    with reading(lesia):
        assert not plans.visible_to(lesia).exists()
    with reading(kateryna):
        assert plans.visible_to(kateryna).count() == 2


def test_the_database_shows_a_plan_to_nobody_elsewhere_and_lets_nobody_delete_it(halyna, lesia, hromadas):
    plan = solved(halyna, officers=1)
    with reading(halyna):
        plans.propose(plan=plan, hromadas=hromadas, by=halyna, at=NOW)

    with reading(lesia), connection.cursor() as cursor:
        for table in ("officers_plan", "officers_proposal"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE officers_plan SET state = 'failed'")
        assert cursor.rowcount == 0
    for table in ("officers_plan", "officers_proposal"):
        with (
            reading(halyna),
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError),
            transaction.atomic(),
        ):
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("role", ["analyst", "auditor", "hromada_officer"])
def test_the_database_takes_a_plan_of_nobody_who_only_reads(halyna, hromadas, role):
    plan = solved(halyna, officers=1)
    reader: Callable[[], Reader] = lambda: replace(halyna, role=role)  # noqa: E731

    with reading(reader()), connection.cursor() as cursor:
        cursor.execute("UPDATE officers_plan SET state = 'failed' WHERE key = %s", [plan.key])
        assert cursor.rowcount == 0


def test_proposals_stay_one_for_a_hromada_in_the_database(halyna, hromadas):
    plan = solved(halyna, officers=1)

    with reading(halyna):
        plans.propose(plan=plan, hromadas=hromadas, by=halyna, at=NOW)
        [one] = Proposal.objects.all()
        one.pk = None
        with pytest.raises(Exception, match="officers_proposal_is_one_for_a_hromada"), transaction.atomic():
            one.save()
