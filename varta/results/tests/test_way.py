"""The way of a report: who composes, agrees, freezes and approves; what is asked of units; what revising leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from varta.cases.errors import StepRefused
from varta.cases.models import Deadline
from varta.lake import dimensions
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.places.models import Unit
from varta.results import actions, errors, public, queries
from varta.results.models import FrozenReport
from varta.results.pack import of_frozen

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
COMPOSED = {"name": "nine-months", "first": "2026-09-01", "last": "2026-09-30", "levels": ["hromada"]}
NOT_FROM_ABOVE = errors.NotFromAbove.code
PEOPLE = {
    "analyst": ("analyst", demo.RAION, demo.DIRECTORATE),
    "head": ("head", demo.RAION, demo.DIRECTORATE),
    "above": ("head", demo.OBLAST, demo.MAIN_DIRECTORATE),
    "andrii": ("hromada_officer", demo.HROMADA, demo.SECTOR),
    "maria": ("hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR),
}


@pytest.fixture
def officers(db, tmp_path, monkeypatch):
    """Return the officers by name, with an empty lake."""
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    dimensions.write()
    return {name: officer_at(name, "Варта Вигадана", *given) for name, given in PEOPLE.items()}


@pytest.fixture
def people(officers):
    """Return the readers by name."""
    return {name: Reader.of(officer, on=NOW.date()) for name, officer in officers.items()}


def key():
    return uuid7(NOW)


def composed(by, **more):
    with reading(by):
        actions.compose(key=key(), data=COMPOSED | more, by=by, at=NOW)
    return "nine-months"


def take(by, code, name="nine-months", at=NOW, **data):
    with reading(by):
        held = queries.draft(by, name)
        if code == "freeze":
            return actions.freeze(draft=held, key=key(), by=by, at=at)
        return actions.step(draft=held, code=code, key=key(), data=data, by=by, at=at)


def state(by, name="nine-months"):
    with reading(by):
        return queries.draft(by, name).state


def test_a_report_goes_from_the_analyst_by_the_head_to_the_head_above(people):
    composed(people["analyst"])
    steps = [("analyst", "submit"), ("head", "agree"), ("analyst", "freeze"), ("above", "approve")]

    for who, step in (*steps, ("analyst", "publish")):
        take(people[who], step)

    assert state(people["analyst"]) == "published"
    assert [[one.name for one in editions] for editions in public.published()] == [["nine-months"]]
    with reading(people["analyst"]):
        kept = FrozenReport.objects.get(name="nine-months")
    assert (kept.edition, kept.case is not None, of_frozen(kept).chapters[0].tables[0].level) == (
        1,
        True,
        "hromada",
    )


@pytest.mark.parametrize(
    ("before", "who", "step", "refusal"),
    [
        ([("analyst", "submit"), ("head", "agree")], "analyst", "submit", "report-not-now"),
        ([("analyst", "submit")], "analyst", "agree", "wrong-role"),
        ([("head", "submit")], "head", "agree", "report-same-hand"),
        ([("analyst", "submit"), ("head", "agree"), ("analyst", "freeze")], "head", "approve", "report-same-hand"),
        ([("analyst", "submit"), ("above", "agree"), ("analyst", "freeze")], "head", "approve", NOT_FROM_ABOVE),
    ],
)  # fmt: skip
def test_what_is_out_of_turn_or_not_theirs_is_refused(people, before, who, step, refusal):
    composed(people["analyst"])
    for whose, earlier in before:
        take(people[whose], earlier)

    with pytest.raises(StepRefused) as refused:
        take(people[who], step)

    assert refused.value.code == refusal


def test_what_was_sent_back_is_a_draft_again(people):
    composed(people["analyst"])
    take(people["analyst"], "submit")

    take(people["head"], "send_back", reason="Додайте громади")

    assert state(people["analyst"]) == "draft"


def test_a_period_that_is_not_over_is_not_frozen(people):
    composed(people["analyst"], last="2026-12-31")
    take(people["analyst"], "submit")
    take(people["head"], "agree")

    with pytest.raises(errors.NotOver) as refused:
        take(people["analyst"], "freeze")

    assert "31.12.2026" in refused.value.text("uk")


@pytest.mark.parametrize("name", ["Дев'ять місяців", "compose"])
def test_a_name_that_no_address_can_hold_is_refused(people, name):
    with pytest.raises(StepRefused):
        composed(people["analyst"], name=name)


def test_two_reports_do_not_share_a_name(people):
    composed(people["analyst"])

    with pytest.raises(errors.NameTaken):
        composed(people["analyst"])


def test_a_period_that_ends_before_it_begins_is_refused_in_both_languages(people):
    with pytest.raises(StepRefused) as refused:
        composed(people["analyst"], first="2026-10-01")

    assert "2026-09-30" in refused.value.text("uk") and "2026-09-30" in refused.value.text("en")


def test_a_unit_is_asked_answers_and_its_words_stand_beside_the_figure(people):
    composed(people["analyst"])
    until = kyiv_day(NOW) + timedelta(days=5)

    asked = ask(people["analyst"], until)
    with reading(people["andrii"]):
        [waiting] = queries.to_explain(people["andrii"])
        due = Deadline.objects.get(case=waiting.case.key, step="explain")
        data = {"text": "Ярмарок у травні"}
        actions.answer(asking=waiting, code="explain", key=key(), data=data, by=people["andrii"], at=NOW)
    with reading(people["analyst"]):
        [asking] = queries.askings(people["analyst"], asked.parent)
        actions.answer(asking=asking, code="accept", key=key(), data={}, by=people["analyst"], at=NOW)
    for who, step in [("analyst", "submit"), ("head", "agree")]:
        take(people[who], step)
    kept = take(people["analyst"], "freeze")

    [remark] = of_frozen(kept).chapters[0].remarks
    assert kyiv_day(due.due_at) == until
    assert (remark.indicator, remark.row, remark.text["en"]) == ("C01", demo.HROMADA, "Ярмарок у травні")


def ask(by, until):
    with reading(by):
        data = {"indicator": "C01", "level": "hromada", "row": demo.HROMADA, "until": until.isoformat()}
        unit = Unit.objects.get(code=demo.SECTOR)
        draft = queries.draft(by, "nine-months")
        return actions.ask(draft=draft, key=key(), unit=unit, data=data, by=by, at=NOW)


def test_a_question_is_not_for_other_units_and_not_without_end(people):
    composed(people["analyst"])
    ask(people["analyst"], kyiv_day(NOW) + timedelta(days=5))

    with reading(people["maria"]):
        assert queries.to_explain(people["maria"]) == []
        assert queries.draft(people["maria"], "nine-months") is None
    with pytest.raises(StepRefused):
        ask(people["analyst"], kyiv_day(NOW) + timedelta(days=61))


def client_of(officer):
    client = Client()
    client.force_login(officer)
    return client


PAGES = ("", "way/", "calls/", "calls/C01/", "calls/C06/?level=hromada&sort=-now")


def test_a_draft_is_read_by_those_whose_area_holds_it_and_is_absent_for_others(officers, people, settings):
    settings.DEMO = True
    composed(people["analyst"])

    seen = {
        who: {
            client_of(officers[who]).get(f"/results/reports/nine-months/{page}").status_code for page in PAGES
        }
        for who in ("analyst", "head", "maria")
    }

    assert seen == {"analyst": {200}, "head": {200}, "maria": {404}}


def test_a_report_is_composed_previewed_and_submitted_on_pages(officers, settings):
    settings.DEMO = True
    client = client_of(officers["analyst"])
    form = {"first": "2026-09-01", "last": "2026-09-30", "levels": "hromada", "name": "by-hand", "key": key()}

    shown = client.post("/results/reports/compose/", form | {"preview": "1"}).content.decode()
    written = client.post("/results/reports/compose/", form)
    taken = client.post("/results/reports/by-hand/way/", {"step": "submit", "key": key()})
    refused = client.post("/results/reports/compose/", form | {"key": key()})

    assert "C01" in shown and written.status_code == taken.status_code == 302
    assert "by-hand" in client.get("/results/reports/").content.decode()
    assert (refused.status_code, "by-hand" in refused.content.decode()) == (422, True)


def test_who_may_read_a_frozen_report_sees_what_the_public_will_not(officers, people, settings):
    settings.DEMO = True
    composed(people["analyst"])
    for who, step in (("analyst", "submit"), ("head", "agree"), ("analyst", "freeze")):
        take(people[who], step)
    address = reverse("results:preview", args=["nine-months"])

    page = client_of(officers["analyst"]).get(address)

    assert page.status_code == 200
    assert "Як побачить громадськість" in page.content.decode()
    assert client_of(officers["maria"]).get(address).status_code == 404


def test_a_unit_answers_on_its_page(officers, people, settings):
    settings.DEMO = True
    composed(people["analyst"])
    asker, asked = client_of(officers["analyst"]), client_of(officers["andrii"])
    address = f"/results/reports/nine-months/ask/?indicator=C01&level=hromada&row={demo.HROMADA}"
    form = {"unit": demo.SECTOR, "until": "2026-12-01", "question": "Чому?", "key": uuid7(now())}

    page = asker.get(address)
    done = asker.post(address, form | {"until": f"{kyiv_day(now()) + timedelta(days=3)}"})
    listed = asked.get("/results/reports/").context["asked"]
    own = f"/results/reports/explanations/{listed[0]['key']}/"
    answered = asked.post(own, {"step": "explain", "text": "Ярмарок", "key": uuid7(now())})

    assert (page.status_code, done.status_code, answered.status_code) == (200, 302, 302)
    assert "Ярмарок" in asker.get(own).content.decode()
    assert client_of(officers["maria"]).get(own).status_code == 404
