"""The letter that is proposed: whom it goes to, what it says of the steps taken, who signs it."""

from datetime import date

import pytest

from varta.appeals import actions, composing, queries
from varta.appeals.tests.conftest import CAME, SENDER, register, send, step
from varta.cases.models import Case
from varta.people.scope import reading

ON = date(2026, 3, 10)


def proposed(kind: str, case, reader) -> composing.Proposal:
    return composing.propose(kind, Case.objects.get(key=case), reader, on=ON)


@pytest.fixture
def head(halyna, reader_of):
    return reader_of(halyna)


def test_an_acknowledgement_says_the_number_and_until_when_an_answer_comes(desk):
    letter = proposed("acknowledgement", register(desk).case_key, desk)

    assert letter.content.to == "Вигаданенку Петру Івановичу"
    assert letter.content.greeting == "Шановний пане Петре!"
    assert letter.address == SENDER["residence"]
    assert "зареєстровано за №\u00a01/2026" in letter.content.body
    assert "до 2 квітня 2026 року" in letter.content.body
    assert letter.content.answers == "На №\u00a01/2026 від 02.03.2026"
    assert letter.sure


def test_an_extension_says_until_when_and_why(desk, head):
    case = register(desk).case_key
    with reading(head):
        step(head, case, "extend", days=2, until="2026-04-10", reason="Потрібна перевірка на місці.")
        body = proposed("extension", case, head).content.body

    assert "продовжено до 10 квітня 2026 року" in body
    assert "Потрібна перевірка на місці." in body
    assert "сорока п’яти днів" in body


def test_a_shortening_says_until_when(desk, head):
    case = register(desk).case_key
    with reading(head):
        step(head, case, "shorten", days=2, until="2026-03-20", reason="Від’їзд")
        body = proposed("shortening", case, head).content.body

    assert "до 20 березня 2026 року" in body


def test_a_return_names_the_defect_and_the_explanation(desk):
    case = register(desk, defect="signature").case_key
    step(desk, case, "return_defective", explanation="Додайте підпис і дату.")

    body = proposed("return_defective", case, desk).content.body

    assert "немає підпису або дати" in body
    assert "Додайте підпис і дату." in body
    assert "статті 5" in body


def test_a_forwarding_tells_the_sender_and_covers_the_appeal_to_the_body(desk):
    case = register(desk, competence="other", pages=2).case_key
    step(desk, case, "forward", to="Слобожанська селищна рада")

    notice, cover = (proposed(kind, case, desk) for kind in ("forward_notice", "forward_cover"))

    assert "Слобожанська селищна рада" in notice.content.body
    assert notice.content.to == "Вигаданенку Петру Івановичу"
    assert (cover.content.to, cover.address, cover.content.greeting) == ("Слобожанська селищна рада", "", "")
    assert "звернення громадянина Вигаданенка П. І." in cover.content.body
    assert cover.content.annex == "звернення на 2 арк."
    assert "Садова" not in str(cover.content)


@pytest.mark.parametrize(
    ("sender", "record", "said"),
    [
        (
            SENDER | {"given": "Ганна", "patronymic": "Іванівна", "sex": "f"},
            {},
            "громадянки Вигаданенко Г. І.",
        ),
        ({"surname": "Шевчук", "given": "Женя"}, {}, "(заявник — Шевчук Ж.)"),
        (SENDER, {"sender": "collective"}, "громадян (перший підписант — Вигаданенко П. І.)"),
    ],
)
def test_a_cover_letter_names_the_sender_in_the_genitive(desk, sender, record, said):
    case = register(desk, sender=sender, record=record).case_key
    step(desk, case, "forward", to="Слобожанська селищна рада")

    assert said in proposed("forward_cover", case, desk).content.body


def test_an_answer_says_what_was_decided_and_how_to_contest_a_refusal(desk):
    granted, refused = register(desk).case_key, register(desk).case_key
    step(desk, granted, "reply", result="satisfied", text="Провели бесіду.")
    step(desk, refused, "reply", result="refused", text="Підстав немає.")

    yes, no = (proposed("answer", case, desk).content.body for case in (granted, refused))

    assert "Провели бесіду." in yes and "оскаржити" not in yes
    assert "Підстав немає." in no and "оскаржити" in no


def test_what_is_left_as_repeated_names_the_earlier_appeal(desk, head):
    first = register(desk)
    step(desk, first.case_key, "reply", result="explained", text="Роз’яснили")
    again = register(desk, known=first.people[0].person, sender={})
    with reading(head):
        step(head, again.case_key, "leave_unconsidered", days=2, ground="repeated", earlier="1/2026")
        body = proposed("unconsidered", again.case_key, head).content.body

    assert "попереднє звернення № 1/2026" in body


def test_a_name_that_the_dictionary_does_not_know_is_not_sure(desk):
    case = register(desk, sender={"surname": "Ґудзик", "given": "Іван", "sex": "m"}).case_key

    letter = proposed("acknowledgement", case, desk)

    assert (letter.content.to, letter.sure) == ("Ґудзику Івану", False)


def test_the_letterhead_is_that_of_the_unit_with_those_above_it(desk, sector, halyna, andrii):
    told = {
        "address": "вул. Вигадана, 1",
        "phone": "(00) 00",
        "code": "00000000",
        "signatory_name": "Іван Підписенко",
    }
    actions.write_office(unit=sector, by=desk, at=CAME, **told)
    case = register(desk).case_key
    step(desk, case, "assign", executor="andrii")

    content = proposed("acknowledgement", case, desk).content

    lines = content.letterhead.split("\n")
    assert lines[0] == "Національна поліція України"
    assert lines[-1] == sector.name
    assert content.contacts == "вул. Вигадана, 1 · тел. (00) 00 · код ЄДРПОУ 00000000"
    assert content.signatory_name == "Іван ПІДПИСЕНКО"
    assert content.executor == f"{andrii.name}\n(00) 00"


def test_without_a_letterhead_the_nearest_head_signs(desk, halyna):
    content = proposed("acknowledgement", register(desk).case_key, desk).content

    assert (content.signatory_post, content.signatory_name) == ("Начальник", "Галина КЕРІВНА")


def test_without_anybody_to_sign_the_letter_lacks_it(desk):
    content = proposed("acknowledgement", register(desk).case_key, desk).content

    assert list(content.lacks()) == ["signatory_post", "signatory_name"]


def test_an_electronic_appeal_without_a_residence_is_answered_to_its_address(desk):
    case = register(
        desk, sender={"surname": "Шевчук", "given": "Іван"}, form="electronic", email="i@example.org"
    )

    assert proposed("acknowledgement", case.case_key, desk).address == "i@example.org"


def test_the_steps_call_for_letters_until_they_are_sent(desk):
    case = register(desk).case_key
    step(desk, case, "forward", to="Слобожанська селищна рада")
    steps = queries.steps_of(Case.objects.get(key=case))

    assert composing.wanted(steps, []) == ["forward_notice", "forward_cover"]
    send(desk, case, days=2, kind="forward_notice")
    assert composing.wanted(steps, ["forward_notice"]) == ["forward_cover"]


def test_nobody_answers_an_anonymous_appeal(desk):
    case = register(desk, sender={}, anonymous=True).case_key
    step(desk, case, "forward", to="Слобожанська селищна рада")

    assert composing.wanted(queries.steps_of(Case.objects.get(key=case)), []) == ["forward_cover"]
