"""The page that registers an appeal: what it checks, offers and refuses."""

import re

import pytest

from varta.appeals import queries
from varta.appeals.tests.browsing import SYSTEM, filled, registered, rows_of, step_at, text_of
from varta.cases.models import Case, Entry
from varta.lib.clock import now
from varta.people.models import Look, Person
from varta.people.scope import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_an_appeal_in_order_is_registered_at_once_and_shown(at_desk):
    response = at_desk.post("/appeals/new/", filled())

    page = text_of(at_desk.get(response.url))
    assert response.status_code == 302
    for said in ("гучну музику", "Вигаданенко Петро Іванович", "заява (клопотання)", "Відповісти"):
        assert said in page
    assert "Садова" not in page


def test_the_residence_is_sealed_and_not_in_the_journal(at_desk):
    key = registered(at_desk)

    with reading(SYSTEM):
        person = Person.objects.get()
        assert person.residence == "вул. Садова, 4, с. Обухівка"
        assert "Садова" not in str(Entry.objects.get(key=key).data)


@pytest.mark.parametrize(
    ("left_out", "defect", "said"),
    [
        ({"residence": ""}, "residence", "немає місця проживання"),
        ({"signed": ""}, "signature", "немає підпису або дати"),
        ({"r-document_on": ""}, "signature", "немає підпису або дати"),
        ({"given": ""}, "name", "немає прізвища, імені"),
        ({"r-form": "electronic", "phone": ""}, "contact", "немає адреси для електронної відповіді"),
    ],
)
def test_what_article_5_asks_for_and_is_missing_is_said_before_registering(at_desk, left_out, defect, said):
    first = at_desk.post("/appeals/new/", filled(**left_out))

    page = first.content.decode()
    assert first.status_code == 200
    assert said in text_of(first)
    assert re.search(rf'<option value="{defect}" selected>', page)
    with reading(SYSTEM):
        assert not Case.objects.exists()


def test_the_officer_may_choose_another_defect_than_the_proposed_one(at_desk):
    page = at_desk.post("/appeals/new/", filled(residence="", proposed="none", **{"r-defect": "data"}))

    assert 'value="data" selected' in page.content.decode()


def test_what_is_oral_needs_no_signature(at_desk):
    oral = {"signed": "", "r-document_on": "", "r-form": "oral"}

    assert at_desk.post("/appeals/new/", filled(**oral)).status_code == 302


def test_the_panel_alone_is_shown_anew_while_somebody_types(at_desk):
    answer = at_desk.post("/appeals/new/check/", filled(residence=""))

    assert answer.content.decode().lstrip().startswith("<section")
    assert "немає місця проживання" in text_of(answer)


def test_an_anonymous_report_of_a_crime_leads_to_a_call(at_desk):
    nobody = dict.fromkeys(("surname", "given", "patronymic", "phone", "residence", "signed"), "")
    typed = nobody | {"r-anonymous": "on", "r-about": "Сусід б’є дружину щовечора"}

    warned = text_of(at_desk.post("/appeals/new/", filled(**typed)))
    key = registered(at_desk, **typed | {"r-crime_signs": "on"})
    page = at_desk.get(f"/appeals/{key}/")

    assert "Анонімні звернення не розглядають" in warned
    assert "повідомлення про злочин або насильство" in warned
    assert f"/cases/new/call/?parent={key}" in page.content.decode()


def test_an_anonymous_appeal_with_a_sender_is_refused(at_desk):
    answer = at_desk.post("/appeals/new/", filled(looked="1", **{"r-anonymous": "on"}))

    assert answer.status_code == 422
    assert "позначено як анонімне" in text_of(answer)


def test_a_known_sender_is_offered_and_never_joined_silently(at_desk):
    registered(at_desk)
    with reading(SYSTEM):
        person = Person.objects.get()

    offered = at_desk.post("/appeals/new/", filled())
    joined = registered(at_desk, known=str(person.key), residence="")
    apart = registered(at_desk)

    assert offered.status_code == 200
    assert f'name="known" value="{person.key}"' in offered.content.decode()
    with reading(SYSTEM):
        assert queries.applicant(Case.objects.get(key=joined), SYSTEM) == person
        assert queries.applicant(Case.objects.get(key=apart), SYSTEM) != person


def test_another_residence_for_a_known_sender_is_refused_beside_the_field(at_desk):
    registered(at_desk)
    with reading(SYSTEM):
        person = Person.objects.get()

    answer = at_desk.post(
        "/appeals/new/", filled(looked="1", known=str(person.key), residence="вул. Інша, 9")
    )

    assert answer.status_code == 422
    assert "інша адреса" in text_of(answer)


def test_a_repeated_appeal_is_noticed_by_sender_and_words_and_shows_the_earlier_decision(at_desk):
    first = registered(at_desk)
    with reading(SYSTEM):
        at = now()
        step_at(first, "reply", at, result="explained", text="Роз’яснили")

    again = at_desk.post("/appeals/new/", filled(**{"r-about": "Гучна музика сусідів уночі не вщухає"}))
    other = at_desk.post(
        "/appeals/new/", filled(**{"r-about": "Продовжте дозвіл на рушницю", "r-subject": "weapons"})
    )

    page = text_of(again)
    assert "схоже на те саме" in page
    assert "надано роз’яснення" in page
    assert "схоже на те саме" not in text_of(other)


def test_what_repeats_a_named_appeal_is_marked_in_the_register(at_desk):
    registered(at_desk)
    second = registered(at_desk, **{"r-repeats": "1/2026"})

    with reading(SYSTEM):
        assert Case.objects.get(key=second).facts["repeated"] is True
    assert rows_of(at_desk.get("/appeals/?state=all&mark=repeated")) == ["2/2026"]


def test_a_late_complaint_shows_when_its_term_ended(at_desk):
    late = {"r-kind": "complaint", "r-decided_on": "2024-01-10", "r-learned_on": "2024-01-10"}

    page = text_of(at_desk.post("/appeals/new/", filled(**late)))

    assert "10.02.2024" in page
    assert "не звірено" in page


def test_searching_for_the_sender_is_written_down(at_desk, olena):
    at_desk.post("/appeals/new/check/", filled())

    with reading(SYSTEM):
        look = Look.objects.filter(action="search", subject_kind="person").latest("at")
        assert (look.officer, look.purpose) == (olena, "appeal")


def test_others_who_signed_a_collective_appeal_are_registered(at_desk):
    signed = {
        "r-sender": "collective",
        "r-signatories": "12",
        "others": "Абетка Анна\nБуква, Богдан Іванович",
    }
    key = registered(at_desk, **signed)

    page = text_of(at_desk.get(f"/appeals/{key}/"))
    assert "Вигаданенко Петро Іванович, Абетка Анна, Буква Богдан Іванович" in re.sub(r"\s+,", ",", page)
    assert "та інші" in text_of(at_desk.get("/appeals/"))


def test_a_wrong_day_is_named_beside_its_field_and_nothing_is_lost(at_desk):
    answer = at_desk.post("/appeals/new/", filled(looked="1", **{"r-document_on": "2126-03-01"}))

    assert answer.status_code == 422
    assert "Дата на зверненні" in text_of(answer)
    assert "гучну музику" in answer.content.decode()
