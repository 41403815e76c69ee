"""Pages of placement: who asks, what a wrong question says, files, comparison, proposals."""

from typing import Any

import pytest
from django.test import Client

from varta.officers import plans, solving
from varta.officers.models import Plan, Proposal
from varta.officers.tests.conftest import NOW
from varta.officers.tests.test_plans import hromadas, solved
from varta.people.models import Officer
from varta.people.scope import Reader, reading

__all__ = ["hromadas"]
HERE = "/officers/placement/"
FILLED = {
    "on": "2020-06-01",
    "officers": "2",
    "goal": "cover",
    "minutes": "20",
    "weighed_by": "people",
    "each": "1",
}


@pytest.fixture
def client(kateryna: Reader, settings) -> Client:
    settings.DEMO = True  # without the second factor
    with reading(Reader.system()):
        Officer.objects.filter(pk=kateryna.officer_id).update(language="en")
    found = Client()
    found.force_login(Officer.objects.get(pk=kateryna.officer_id))
    return found


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def only(by: Reader) -> Plan:
    with reading(by):
        return plans.visible_to(by).get()


def test_a_question_becomes_a_plan_that_waits_and_then_answers(client, kateryna, hromadas):
    assert "No plan was asked for yet" in text(client, HERE)

    asked = client.post(HERE, FILLED | {"pin": [hromadas[5]]})
    waiting = text(client, asked["Location"])
    plan = only(kateryna)
    solving.solve(plan.key, now=lambda: NOW, seconds=20)
    ready = text(client, asked["Location"])

    assert "waits for its turn" in waiting and "Stop solving" in waiting
    assert "700 people" in ready and "proven: no plan is better" in ready
    assert "Pinned by the coordinator." in ready and "What each condition costs" in ready
    assert "ready" in text(client, HERE)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"officers": "0"}, "greater than or equal to 1"),
        ({"officers": "багато"}, "whole number"),
        ({"goal": "median", "fair": "50"}, "does not know this condition"),
        ({"on": "1900-01-01"}, "Choose a later day"),
        ({"minutes": ""}, "required"),
    ],
)
def test_a_wrong_question_says_what_is_wrong_and_asks_nothing(client, kateryna, changed, said):
    answer = client.post(HERE, FILLED | changed)

    assert answer.status_code == 400 and said in answer.content.decode()
    with reading(kateryna):
        assert not plans.visible_to(kateryna).exists()


def test_a_plan_that_cannot_be_kept_names_the_conditions(client, kateryna, hromadas):
    plan = solved(kateryna, only_willing=True)

    shown = text(client, f"{HERE}{plan.key}/")

    assert "without any one of them there would be a plan" in shown
    assert "New officers only where a memorandum is in force" in shown


def test_progress_is_a_part_that_loads_the_page_anew_when_all_is_done(client, kateryna, hromadas):
    client.post(HERE, FILLED)
    plan = only(kateryna)
    with reading(kateryna):
        Plan.objects.update(
            state="solving", progress={"seconds": 3.2, "value": 900.0, "bound": 1200.0, "stage": "proof"}
        )
    part = client.get(f"{HERE}{plan.key}/progress/")
    client.post(f"{HERE}{plan.key}/cancel/")
    solving.solve(plan.key, now=lambda: NOW)
    done = client.get(f"{HERE}{plan.key}/progress/")

    assert "900 people" in part.content.decode() and "33.33" in part.content.decode()
    assert "HX-Refresh" not in part.headers and done["HX-Refresh"] == "true"
    assert only(kateryna).state == "cancelled"


def test_the_places_go_out_as_files_with_their_reasons(client, kateryna, hromadas):
    plan = solved(kateryna)

    listed = client.get(f"{HERE}{plan.key}/export.csv")
    book = client.get(f"{HERE}{plan.key}/export.xlsx")

    assert listed.content.decode().count("\n") == 3 and "600 people" in listed.content.decode()
    assert book.content[:2] == b"PK"
    assert client.get(f"{HERE}{plan.key}/export.pdf").status_code == 404


def test_two_plans_are_compared_place_by_place(client, kateryna, hromadas):
    one, other = solved(kateryna), solved(kateryna, forbidden=[hromadas[0]])

    shown = text(client, f"{HERE}compare/?one={one.key}&other={other.key}")

    assert "1,100 people" in shown and "900 people" in shown
    assert f'"{hromadas[0]}": "first"' in shown and f'"{hromadas[2]}": "second"' in shown
    assert client.get(f"{HERE}compare/?one={one.key}&other=x").status_code == 404


def test_places_are_proposed_accepted_and_undone_on_the_pages(client, kateryna, hromadas):
    plan = solved(kateryna)

    client.post(f"{HERE}{plan.key}/propose/", {"place": [hromadas[0]]})
    with reading(kateryna):
        one = Proposal.objects.get()
    states: list[Any] = []
    for decision in ("accept", "undo", "withdraw"):
        client.post(f"{HERE}proposals/", {"proposal": [one.pk], "decision": decision})
        with reading(kateryna):
            states.append(Proposal.objects.get().state)

    assert (one.hromada_id, states) == (hromadas[0], ["accepted", "proposed", "withdrawn"])


def test_an_officer_of_a_hromada_finds_no_placement(andrii, settings):
    settings.DEMO = True
    client = Client()
    client.force_login(andrii)

    assert client.get(HERE).status_code == 404
    assert client.post(HERE, FILLED).status_code == 404
