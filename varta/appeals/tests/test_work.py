"""Work on an appeal: assigning, answering with approval, steps on generic pages."""

from datetime import UTC, datetime, timedelta

import pytest

from varta.appeals.tests.browsing import SYSTEM, signed_in, text_of, typed
from varta.cases.models import Case
from varta.people.scope import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_olena_gives_an_appeal_to_andrii(three, at_desk):
    page = at_desk.get(f"/appeals/{three[1]}/assign/").content.decode()
    answer = at_desk.post(
        f"/appeals/{three[1]}/assign/",
        typed(executor="andrii", **{"r-resolution": "Перевірити", "r-control": "on"}),
    )

    assert 'value="andrii"' in page
    assert 'value="maria"' not in page
    assert answer.status_code == 302
    shown = text_of(at_desk.get(answer.url))
    assert "Андрій Громаденко" in shown
    assert "Перевірити" in shown


def test_an_executor_who_is_not_offered_is_refused(three, at_desk, maria):
    answer = at_desk.post(f"/appeals/{three[1]}/assign/", typed(executor="maria"))

    assert answer.status_code == 422
    with reading(SYSTEM):
        assert "executor" not in Case.objects.get(key=three[1]).facts


def test_a_reply_leads_to_its_letter(three, andrii):
    his = signed_in(andrii)

    answer = his.post(
        f"/appeals/{three[1]}/reply/", typed(**{"r-result": "satisfied", "r-text": "Провели бесіду"})
    )

    assert answer.url == f"/appeals/{three[1]}/letter/answer/"
    assert "Провели бесіду" in his.get(answer.url).content.decode()


def test_a_closed_appeal_is_not_answered_again(three, andrii):
    his = signed_in(andrii)
    for expected in (302, 422):
        answer = his.post(f"/appeals/{three[1]}/reply/", typed(**{"r-result": "refused", "r-text": "Ні"}))
        assert answer.status_code == expected
    assert "справу вже завершено" in text_of(answer)


def test_where_the_head_approves_the_reply_goes_there_first(three, at_desk, andrii, halyna, sector):
    at_desk.post("/appeals/office/", {"unit": sector.code, "part": "office", "approves": "on"})
    his, heads = signed_in(andrii), signed_in(halyna)
    reply = {"r-result": "satisfied", "r-text": "Провели бесіду"}

    proposed = his.post(f"/appeals/{three[1]}/reply/", typed(**reply))
    assert proposed.url == f"/appeals/{three[1]}/"
    assert f"/appeals/{three[1]}/" in heads.get("/appeals/mine/").content.decode()
    heads.post(f"/appeals/{three[1]}/approve/", typed(**{"r-opinion": "approved"}))
    answered = his.post(f"/appeals/{three[1]}/reply/", typed(**reply))

    assert answered.url.endswith("/letter/answer/")


def test_a_generic_step_of_an_appeal_leads_to_its_own_page(three, at_desk):
    assert at_desk.get(f"/cases/{three[0]}/take/assign/").url == f"/appeals/{three[0]}/assign/"
    assert at_desk.get(f"/cases/{three[0]}/take/forward/").status_code == 200


def test_a_generic_step_comes_back_to_the_appeal_and_a_chosen_day_is_checked(three, halyna):
    heads = signed_in(halyna)
    soon = f"{datetime.now(UTC) + timedelta(days=5):%Y-%m-%d}"
    shorter = {"r-until": soon, "r-reason": "Від’їзд на лікування", "part": "other"}

    too_far = heads.post(
        f"/cases/{three[1]}/take/extend/",
        typed(**{"r-until": "2126-01-01", "r-reason": "Так", "part": "other"}),
    )
    done = heads.post(f"/cases/{three[1]}/take/shorten/", typed(**shorter))

    assert too_far.status_code == 422
    assert "не дозволено" in text_of(too_far)
    assert done.url == f"/appeals/{three[1]}/"
    assert "повідомлення про скорочення строку" in text_of(heads.get(done.url))
