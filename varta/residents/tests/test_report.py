"""A report through the public form becomes a call, once, without a name if need be."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from varta.cases.models import Case, Entry
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Person
from varta.residents import actions, limits
from varta.residents.models import Receipt, Subscription
from varta.residents.tests.conftest import ABOUT, receipt_of, seen


def test_a_report_becomes_a_call_of_the_unit_that_answers(send):
    response = send()

    assert response.status_code == 200
    [case] = seen(Case)
    assert (case.procedure, case.place_id) == ("call", demo.HROMADA)
    assert case.unit_id.startswith(demo.SECTOR)
    [entry] = seen(Entry)
    assert (entry.role, entry.officer_id) == ("system", None)
    assert entry.data["channel"] == "web"
    assert (entry.data["kind"], entry.data["category"]) == ("noise", "delta")
    assert ABOUT in entry.data["about"]


def test_a_report_needs_no_name(send):
    send()

    assert seen(Person) == []


def test_whoever_gives_a_name_is_the_caller(send):
    send(surname="Вигаданенко", given="Марта", phone="050 123 45 67")

    [person] = seen(Person)
    assert (person.surname, person.phone) == ("Вигаданенко", "+380501234567")
    assert seen(Entry)[0].people == [{"person": str(person.key), "part": "caller"}]


def test_andrii_sees_the_report_and_maria_does_not(send, andrii, maria, reading_as):
    send()

    with reading_as(andrii, now().date()):
        assert Case.objects.count() == 1
    with reading_as(maria, now().date()):
        assert Case.objects.count() == 0


def test_the_code_is_not_kept(send):
    _, code = receipt_of(send())

    [receipt] = seen(Receipt)
    assert code.replace("-", "").encode() not in bytes(receipt.code_hash)
    assert len(receipt.code_hash) == 32


def test_the_same_form_sent_twice_is_one_matter_and_the_later_code_counts(send, resident):
    key = str(uuid7(now()))
    number, first = receipt_of(send(key=key))

    again, second = receipt_of(send(key=key, work=""))

    assert (len(seen(Case)), number) == (1, again)
    follow = {"number": number}
    assert resident.post("/public/follow/", {**follow, "code": first}).status_code == 422
    assert resident.post("/public/follow/", {**follow, "code": second}).status_code == 200


def test_the_same_form_with_other_words_is_refused(send):
    key = str(uuid7(now()))
    send(key=key)

    response = send(key=key, about="Зовсім інше.")

    assert response.status_code == 409
    assert len(seen(Entry)) == 1


def test_long_after_the_first_send_no_new_code_is_given(send, monkeypatch):
    monkeypatch.setattr(actions, "AGAIN", timedelta(0) - timedelta(seconds=1))
    key = str(uuid7(now()))
    send(key=key)

    assert receipt_of(send(key=key))[1] == ""


def test_whoever_knows_the_case_cannot_send_its_form_again(send):
    send()
    [case] = seen(Case)

    assert actions.case_key(case.key) != case.key
    send(key=str(case.key))
    assert len(seen(Case)) == 2


@pytest.mark.parametrize(
    "made",
    [
        lambda: "",
        lambda: "no key",
        lambda: str(UUID(int=7)),
        lambda: str(uuid7(now() - timedelta(days=3))),
        lambda: str(uuid7(now() + timedelta(hours=1))),
    ],
    ids=["none", "no key", "not of version 7", "too old", "of the future"],
)
def test_a_page_with_an_impossible_key_is_opened_again(send, made):
    assert send(key=made()).status_code == 422
    assert seen(Case) == []


@pytest.mark.parametrize(
    "missing",
    [{"about": ""}, {"topic": None}, {"place": "", "place_code": ""}, {"place_code": "UA-none", "place": ""}],
)
def test_what_is_needed_is_asked_for(send, missing):
    response = send(**missing)

    assert response.status_code == 422
    assert response.context["form"].errors
    assert seen(Case) == []


def test_a_name_that_many_places_have_is_asked_about(send):
    response = send(place="Обухівка", place_code="")

    assert response.status_code == 422
    found = response.context["form"].candidates
    assert len(found) > 1
    assert all(one.path for one in found), "namesakes are told apart by what they lie in"


def test_a_place_is_found_without_javascript(resident):
    response = resident.post("/public/report/", {"find": "1", "place": "Обухівка", "about": "Шумлять"})

    page = response.content.decode()
    assert len(response.context["form"].candidates) > 1
    assert "Ще не надіслано" not in page
    assert "Шумлять" in page, "what was typed stays"


def test_a_point_finds_the_nearest_settlement(send):
    response = send(place="", place_code="", lat="48.46", lon="35.05")

    assert response.status_code == 200
    assert seen(Case)[0].place.name == "Дніпро"


@pytest.mark.parametrize("place", ["UA", demo.RAION, demo.OBLAST])
def test_a_whole_raion_is_no_place_to_send_a_crew_to(send, place):
    assert send(place="", place_code=place).status_code == 422


@pytest.mark.parametrize(
    "about",
    [
        "Чоловік б'є дружину",
        "він ходить із ножем",
        "Пожежа у сусідів",
        "He is shooting, help me",
        "Зараз ламають двері",
    ],
)
def test_urgent_words_are_sent_to_the_telephone_first(send, about):
    response = send(about=about)

    assert response.status_code == 422
    page = response.content.decode()
    assert 'href="tel:102"' in page
    assert "alarm loud" in page
    assert seen(Case) == []
    assert send(about=about, sure="on").status_code == 200


def test_an_ordinary_report_is_not_called_urgent(send):
    assert send(about="Біля школи щодня паркують авто на зебрі.", topic="traffic").status_code == 200


def test_a_program_that_fills_in_everything_is_refused(send):
    response = send(website="https://spam.example")

    assert response.status_code == 422
    assert seen(Case) == []


def test_too_large_a_form_is_refused_before_it_is_read(resident):
    response = resident.post("/public/report/", {"about": "а" * 40_000})

    assert response.status_code == 413
    assert 'href="tel:102"' in response.content.decode()


def test_a_telephone_that_is_none_is_asked_for_again(send):
    assert send(phone="12").status_code == 422


def test_from_one_address_only_so_much_is_taken_in(send):
    for _ in range(limits.SENT.most):
        assert send().status_code == 200

    response = send()

    assert response.status_code == 429
    assert 'href="tel:102"' in response.content.decode()
    assert len(seen(Case)) == limits.SENT.most


def test_nobody_is_told_where_nobody_asked(send):
    send()

    assert seen(Subscription) == []


def test_without_a_page_to_follow_there_is_no_code(send, resident):
    number, code = receipt_of(send(unlisted="on"))

    assert code == ""
    assert resident.post("/public/follow/", {"number": number, "code": "AAAA-AAAA-AAAA"}).status_code == 422


def test_pages_keep_no_session_and_no_copy(send, resident):
    for address in ("/public/", "/public/report/", "/public/appeal/", "/public/follow/", "/public/officer/"):
        response = resident.get(address)
        assert "no-store" in response["Cache-Control"]
        assert "sessionid" not in resident.cookies
    assert "no-store" in send()["Cache-Control"]


def test_nothing_is_loaded_from_elsewhere(resident):
    for address in ("/public/", "/public/report/", "/public/appeal/", "/public/follow/"):
        page = resident.get(address).content.decode()
        assert 'src="http' not in page
        assert "<script>" not in page
        assert "style=" not in page


@pytest.mark.parametrize("address", ["/public/", "/public/report/", "/public/appeal/", "/public/follow/"])
def test_titles_tell_a_passer_by_nothing(resident, address):
    page = resident.get(address).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0].casefold()

    assert not any(word in title for word in ("поліц", "насил", "варта", "заяв", "скарг"))


def test_a_page_for_when_varta_is_away_names_the_telephones_and_runs_nothing():
    page = (Path(actions.__file__).parent / "static" / "residents" / "away.html").read_text()

    assert "tel:102" in page
    assert 'lang="en"' in page
    assert "<script" not in page
    assert "http" not in page
