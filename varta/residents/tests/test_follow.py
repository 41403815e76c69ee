"""Following a matter: by number and code, without anything about people."""

from datetime import date, timedelta

import pytest

from varta.cases.actions import take
from varta.cases.models import Case, Entry
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading
from varta.residents import limits
from varta.residents.tests.conftest import ABOUT, receipt_of, seen

SECRETS = (
    "Вигаданенко",
    "Марта",
    "+380501234567",
    "marta@mail.example",
    "Вигадана",
    "7731",
    "Черговенко",
    "olena",
)


@pytest.fixture
def receipt(send):
    return receipt_of(send(surname="Вигаданенко", given="Марта", phone="050 123 45 67"))


@pytest.fixture
def follow(resident):
    def asking(number, code, **more):
        return resident.post("/public/follow/", {"number": number, "code": code, **more})

    return asking


@pytest.fixture
def step(db):
    """Take a step in the only case, as the system or as an officer."""

    def taking(name, data, *, by=None, after=0.0):
        at = now() + timedelta(seconds=after)
        with reading(Reader.system()):
            case = Case.objects.get()
        with reading(by or Reader.system()) as reader:
            return take(
                key=uuid7(at), procedure=case.procedure, step=name, data=data, by=reader, at=at, received_at=at,
                case=case.key,
            )  # fmt: skip

    return taking


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_number_and_code_show_where_the_matter_stands(receipt, follow):
    shown = page(follow(*receipt))

    assert "Повідомлення прийнято й зареєстровано" in shown
    assert "У роботі" in shown


def test_the_page_shows_nothing_about_people(receipt, follow, step):
    step("assign", {"force": "response", "crew": "Явір-1"})
    step("arrive", {"found": "Гучна музика, Вигаданенко", "crew": "Явір-1"})

    shown = page(follow(*receipt))

    assert [secret for secret in (*SECRETS, "Явір", ABOUT[:20]) if secret in shown] == []


def test_steps_are_shown_in_plain_words(receipt, follow, step):
    step("assign", {"force": "response"})
    step("release", {"reason": "vanished"})
    step("assign", {"force": "response"})
    step("arrive", {})
    step("close", {"outcome": "resolved"})

    shown = page(follow(*receipt))

    assert [one.words for one in follow(*receipt).context["matter"].steps] == [
        "Повідомлення прийнято й зареєстровано",
        "Обрано наряд",
        "Наряд прибув",
        "Роботу завершено",
    ]
    assert "Питання вирішено на місці." in shown
    assert "Завершено" in shown


@pytest.mark.parametrize("outcome", ["false_call", "unknown", "other"])
def test_nobody_is_accused_on_the_page(receipt, follow, step, outcome):
    step("close", {"outcome": outcome})

    assert follow(*receipt).context["matter"].steps[-1].detail == ""


def test_a_wrong_number_and_a_wrong_code_look_the_same(receipt, follow):
    number, code = receipt
    other = "000-000-000" if number != "000-000-000" else "111-111-111"

    wrong_code, wrong_number = follow(number, "ACEH-KMPT-XY23"), follow(other, code)

    assert wrong_code.status_code == wrong_number.status_code == 422
    assert without_typed(wrong_code, number, "ACEH-KMPT-XY23") == without_typed(wrong_number, other, code)


def without_typed(response, *typed) -> str:
    shown = response.content.decode()
    for words in typed:
        shown = shown.replace(f'value="{words}"', "")
    return "\n".join(line for line in shown.split("\n") if "csrfmiddlewaretoken" not in line)


def test_tries_at_one_number_have_a_budget_even_from_many_addresses(receipt, resident):
    number, code = receipt
    for nth in range(limits.LOOKS_AT_NUMBER.most):
        resident.post("/public/follow/", {"number": number, "code": "ACEH"}, REMOTE_ADDR=f"10.0.0.{nth}")

    response = resident.post("/public/follow/", {"number": number, "code": code}, REMOTE_ADDR="10.0.1.1")

    assert response.status_code == 429


def test_tries_from_one_address_have_a_budget_whether_numbers_exist_or_not(follow, db):
    for nth in range(limits.LOOKS.most):
        assert follow(f"{nth:09}", "ACEH-KMPT-XY23").status_code == 422

    assert follow("999999999", "ACEH-KMPT-XY23").status_code == 429


def test_the_right_code_is_counted_like_a_wrong_one(receipt, follow):
    for _ in range(limits.LOOKS_AT_NUMBER.most):
        assert follow(*receipt).status_code == 200

    assert follow(*receipt).status_code == 429


def test_words_are_added_to_the_matter(receipt, follow):
    response = follow(*receipt, do="add", text="Машина була червона.", key=str(uuid7(now())))

    assert "Дякуємо" in page(response)
    assert [entry.data.get("text") for entry in seen(Entry, step="add_information")] == [
        "Машина була червона."
    ]


def test_words_added_twice_by_one_page_are_added_once(receipt, follow):
    key = str(uuid7(now()))

    for _ in range(2):
        follow(*receipt, do="add", text="Машина була червона.", key=key)

    assert len(seen(Entry, step="add_information")) == 1


def test_nothing_is_added_without_the_code(receipt, follow):
    follow(receipt[0], "ACEH-KMPT-XY23", do="add", text="Чужі слова", key=str(uuid7(now())))

    assert seen(Entry, step="add_information") == []


def test_additions_have_a_limit(receipt, follow, monkeypatch):
    monkeypatch.setattr(limits, "ADDED", limits.Limit("added", 1, limits.DAY))
    follow(*receipt, do="add", text="Перше")

    assert follow(*receipt, do="add", text="Друге").status_code == 422
    assert len(seen(Entry, step="add_information")) == 1


def test_nothing_is_added_to_a_finished_matter(receipt, follow, step):
    step("close", {"outcome": "resolved"})

    assert follow(*receipt, do="add", text="Ще одне").status_code == 422
    assert seen(Entry, step="add_information") == []


def test_two_questions_are_asked_after_the_end_and_answered_once(receipt, follow, step):
    assert not follow(*receipt).context["matter"].may_rate
    step("close", {"outcome": "resolved"})
    assert follow(*receipt).context["matter"].may_rate

    answers = {"do": "rate", "satisfied": "yes", "treated_well": "partly"}
    assert "Дякуємо" in page(follow(*receipt, **answers))
    assert follow(*receipt, **answers).status_code == 422

    [entry] = seen(Entry, step="feedback")
    assert entry.data == {"satisfied": "yes", "treated_well": "partly"}
    assert follow(*receipt).context["matter"].rated


def test_withdrawing_is_not_possible_by_code(receipt, follow):
    shown = page(follow(*receipt, do="withdraw"))

    assert "Щоб відкликати, зателефонуйте" in shown
    assert len(seen(Entry)) == 1


def appeal_answered(send, step, **choices):
    number, code = receipt_of(send("/public/appeal/", **choices))
    step("reply", {"result": "satisfied", "text": "Шановна пані Вигаданенко, ліхтар встановлено.",
                   "appeal_explained": True})  # fmt: skip
    return number, code


def test_the_answer_to_an_appeal_is_told_of_but_not_shown(send, step, follow):
    shown = page(follow(*appeal_answered(send, step)))

    assert "надіслано на вказану Вами електронну адресу" in shown
    assert "ліхтар" not in shown


def test_the_answer_is_shown_to_whoever_asked_for_that(send, step, follow):
    assert "ліхтар встановлено" in page(follow(*appeal_answered(send, step, shows_answer="on")))


def test_an_extended_term_is_shown_with_its_day(send, step, follow):
    receipt = receipt_of(send("/public/appeal/"))
    until = now().date() + timedelta(days=40)
    step("extend", {"until": until.isoformat(), "reason": "Потрібна перевірка"})

    matter = follow(*receipt).context["matter"]

    assert matter.due.on == until
    assert matter.due.days_left in (39, 40)
    assert matter.steps[-1].until == until
    assert "Потрібна перевірка" not in follow(*receipt).content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "Залишився 1 день"), (3, "Залишилося 3 дні"), (21, "Залишився 21 день"), (5, "Залишилося 5 днів")],
)
def test_days_are_counted_in_good_ukrainian(send, follow, days, words, monkeypatch):
    from varta.residents import following

    receipt = receipt_of(send("/public/appeal/"))
    monkeypatch.setattr(following, "_due", lambda case, now: following.Due(date(2026, 12, 1), days, True))

    assert words in page(follow(*receipt))


@pytest.mark.parametrize("topic", ["violence", "child"])
def test_of_a_delicate_matter_the_page_says_no_more_than_that_it_came(send, follow, step, topic):
    receipt = receipt_of(send(topic=topic, sure="on", about="Потрібна допомога"))
    step("assign", {"force": "violence_group", "crew": "Захист-1"})
    step("arrive", {"found": "Синці"})

    response = follow(*receipt)

    shown = page(response)
    assert len(response.context["matter"].steps) == 1
    assert "Прийнято, цим займаються" in shown
    assert [
        w
        for w in ("насил", "дитин", "Захист", "Синці", "Сектор", "станція")
        if w in shown.partition("<main")[2].partition("</main")[0]
    ] == []


def test_words_of_violence_make_any_report_delicate(send, follow):
    number, code = receipt_of(send(topic="other", sure="on", about="Чоловік б’є дружину, діти плачуть"))

    assert follow(number, code).context["matter"].receipt.discreet
