"""An appeal through the public form has what law 393/96 asks for."""

import pytest

from varta.cases.models import Case, Entry
from varta.people.models import Person
from varta.residents.tests.conftest import receipt_of, seen

ADDRESS = "/public/appeal/"


def test_an_appeal_is_registered_with_its_sender_and_its_day(send):
    response = send(ADDRESS)

    assert response.status_code == 200
    [entry] = seen(Entry)
    assert (entry.procedure, entry.data["form"], entry.data["defect"]) == ("appeal", "electronic", "none")
    assert entry.data["email"] == "marta@mail.example"
    [person] = seen(Person)
    assert entry.people == [{"person": str(person.key), "part": "applicant"}]
    assert person.residence == "с. Обухівка, вул. Вигадана, 5"
    assert "Вигадана" not in person.residence_sealed


@pytest.mark.parametrize(
    "missing", ["surname", "given", "residence", "about", "kind", "subject", "answer_by"]
)
def test_what_the_law_asks_for_is_asked_for(send, missing):
    response = send(ADDRESS, **{missing: ""})

    assert response.status_code == 422
    assert missing in response.context["form"].errors
    assert seen(Case) == []


def test_an_answer_by_mail_needs_an_address(send):
    assert send(ADDRESS, email="").status_code == 422
    assert send(ADDRESS, answer_by="post", email="").status_code == 200


def test_the_receipt_says_by_when_the_answer_is_due(send, resident):
    number, code = receipt_of(send(ADDRESS))

    page = resident.post("/public/follow/", {"number": number, "code": code})

    due = page.context["matter"].due
    assert due.days_left in range(28, 32)
    assert "Відповідь має бути до" in page.content.decode()
