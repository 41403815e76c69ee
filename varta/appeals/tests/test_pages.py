"""Pages of the office: registering, the register, work on an appeal, letters and reception, as people see them."""

import html
import io
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import openpyxl
import pytest
from django.test import Client, override_settings

from varta.appeals import queries
from varta.appeals.models import Letter, NameForm, ReceptionHours
from varta.appeals.tests.conftest import SENDER, register, send
from varta.cases.models import Case, Entry
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Look, Officer, Person
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db
SYSTEM = Reader.system()


@pytest.fixture(autouse=True)
def demonstration():
    """Ask for no second factor."""
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def at_desk(olena: Officer) -> Client:
    """Return Olena's browser."""
    return signed_in(olena)


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def filled(**other: str) -> dict[str, str]:
    """Return what Olena types about an appeal; any field can be given otherwise, "" leaves it out."""
    typed = {
        "key": str(uuid7(now())),
        "at": datetime.now(UTC).strftime("%Y-%m-%dT00:01"),
        "place": "Обухівська громада",
        "place_code": demo.HROMADA,
        "unit": "x",
        "unit_code": demo.SECTOR,
        "surname": "Вигаданенко",
        "given": "Петро",
        "patronymic": "Іванович",
        "phone": "+380 00 000 00 07",
        "residence": "вул. Садова, 4, с. Обухівка",
        "signed": "on",
        "r-document_on": "2026-03-01",
        "r-kind": "request",
        "r-subject": "neighbours",
        "r-form": "written",
        "r-sender": "individual",
        "r-signatories": "1",
        "r-pages": "1",
        "r-about": "Сусіди щоночі вмикають гучну музику, прошу вжити заходів",
        "r-defect": "none",
        "r-competence": "ours",
        "proposed": "none",
    } | other
    return {name: value for name, value in typed.items() if value != ""}


def registered(client: Client, **other: str) -> UUID:
    """Register an appeal through the page, after a look at what was found, and return its key."""
    response = client.post("/appeals/new/", filled(looked="1", **other))
    assert response.status_code == 302, text_of(response)
    return UUID(response.url.split("/")[-2])


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def rows_of(response) -> list[str]:
    """Return the numbers of the appeals that a page lists."""
    return re.findall(r'class="first"><a href="[^"]*">([^<]*)<', response.content.decode())


# Registering


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


def step_at(case: UUID, code: str, at: datetime, **data: object) -> None:
    from varta.cases.actions import take

    take(key=uuid7(at), case=case, procedure="appeal", step=code, data=data, by=SYSTEM, at=at, received_at=at)


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


# The register


@pytest.fixture
def three(olena, andrii, reader_of) -> list[UUID]:
    """A late complaint given to Andrii, a privileged proposal that came electronically, an anonymous request."""
    long_ago = datetime.now(UTC) - timedelta(days=60)
    lately = datetime.now(UTC) - timedelta(days=2)
    with reading(SYSTEM):
        late = register(SYSTEM, at=long_ago, kind="complaint", about="Не приїхали на виклик")
        own = register(
            SYSTEM,
            at=lately,
            kind="proposal",
            form="electronic",
            privileged=True,
            sender=SENDER | {"surname": "Інша"},
        )
        nobody = register(SYSTEM, at=lately, sender={}, anonymous=True, about="У парку темно")
        step_at(late.case_key, "assign", long_ago, executor="andrii", executor_name=andrii.name, control=True)
    return [late.case_key, own.case_key, nobody.case_key]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("state=all", {"1", "2", "3"}),
        ("state=late", {"1"}),
        ("f-kind=proposal", {"2"}),
        ("f-form=electronic", {"2"}),
        ("executor=andrii", {"1"}),
        ("mark=privileged", {"2"}),
        ("mark=anonymous", {"3"}),
        ("mark=control", {"1"}),
        ("mark=unassigned", {"2", "3"}),
        ("mark=control&mark=privileged", set()),
        ("q=Інша", {"2"}),
        ("q=парк", {"3"}),
        ("q=викликів", {"1"}),
        ("q=2", {"2"}),
        ("q=нічого", set()),
        ("state=closed", set()),
    ],
)
def test_the_register_is_narrowed_by_what_the_address_asks_for(three, at_desk, query, numbers):
    found = rows_of(at_desk.get(f"/appeals/?{query}"))

    assert {number.split("/")[0] for number in found} == numbers


def test_the_register_counts_what_waits(three, at_desk):
    page = at_desk.get("/appeals/")

    tallies = dict(
        re.findall(r'<span class="muted">([^<]+)</span><span class="figure">(\d+)<', page.content.decode())
    )
    assert tallies == {
        "Прострочено": "1",
        "Спливає за три дні": "0",
        "Без виконавця": "2",
        "На контролі": "1",
        "Чекають погодження": "0",
    }


def test_each_look_into_the_register_is_written_down(three, at_desk, olena):
    at_desk.get("/appeals/?q=Інша")

    with reading(SYSTEM):
        look = Look.objects.filter(officer=olena).latest("at")
        assert (look.action, look.subject_kind, look.detail) == ("search", "cases", {"asked": "q=Інша"})


def test_maria_sees_nothing_of_the_other_hromada(three, maria):
    hers = signed_in(maria)

    assert rows_of(hers.get("/appeals/?state=all")) == []
    assert "Ще немає жодного звернення" in text_of(hers.get("/appeals/?state=all"))
    for address in ("", "assign/", "reply/", "approve/", "letter/acknowledgement/"):
        assert hers.get(f"/appeals/{three[0]}/{address}").status_code == 404


def test_the_head_takes_the_register_out_with_the_columns_of_the_page(three, halyna):
    heads = signed_in(halyna)

    lines = b"".join(heads.get("/appeals/export.csv?state=all")).decode("utf-8-sig").splitlines()
    book = openpyxl.load_workbook(io.BytesIO(heads.get("/appeals/export.xlsx?state=all").content))

    assert lines[0].startswith("Номер,Надійшло,Заявник,Вид")
    assert len(lines) == 4
    assert [cell.value for cell in book.active[1]] == lines[0].split(",")
    assert any("Андрій Громаденко" in line for line in lines)
    with reading(SYSTEM):
        assert Look.objects.filter(officer=halyna, action="export").count() == 2


def test_olena_takes_no_file_out_but_prints_the_journal(three, at_desk):
    assert at_desk.get("/appeals/export.csv").status_code == 404
    page = text_of(at_desk.get("/appeals/journal/?state=all"))
    assert "Не приїхали на виклик" in page
    assert "Журнал реєстрації звернень" in page


def test_a_cell_that_a_spreadsheet_would_run_is_text(olena, halyna):
    with reading(SYSTEM):
        register(SYSTEM, about="=HYPERLINK(1)")

    lines = b"".join(signed_in(halyna).get("/appeals/export.csv?state=all")).decode()

    assert "'=HYPERLINK" in lines


def test_an_executor_sees_what_is_due_for_him(three, andrii):
    page = text_of(signed_in(andrii).get("/appeals/mine/"))

    assert "Не приїхали на виклик" in page
    assert "Прострочено" in page
    assert "У парку темно" not in page


def test_who_has_nothing_to_do_is_told_so(three, maria):
    assert "Вам не доручено жодного звернення" in text_of(signed_in(maria).get("/appeals/mine/"))


@pytest.mark.parametrize("role", ["analyst", "coordinator", "editor", "auditor", "administrator", "partner"])
def test_other_roles_find_no_register(db, role):
    from varta.people.tests.story import officer_at

    officer = officer_at(f"x-{role}", "Інша Роль", role, demo.HROMADA, demo.SECTOR)

    for address in ("", "new/", "mine/", "letters/", "reception/", "office/", "journal/", "export.csv"):
        assert signed_in(officer).get(f"/appeals/{address}").status_code == 404


# Work


def typed(**other: str) -> dict[str, str]:
    return {"key": str(uuid7(now())), "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M")} | other


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


# Letters


def letter_of(page) -> dict[str, str]:
    """Return what the form of a letter proposes."""
    text = page.content.decode()
    found = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', text))
    found |= dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', text))
    return {name: html.unescape(value) for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_a_letter_is_proposed_with_the_right_forms_of_the_name_and_sent_with_a_number(three, at_desk, halyna):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    proposed = letter_of(at_desk.get(address))

    sent = at_desk.post(address, proposed)

    assert proposed["to"].endswith("Петру Івановичу")
    assert proposed["greeting"] == "Шановний пане Петре!"
    assert proposed["address"] == SENDER["residence"]
    assert proposed["signatory_name"] == "Галина КЕРІВНА"
    assert "№\u00a02/2026" in proposed["body"]
    assert sent.status_code == 302
    page = text_of(at_desk.get(sent.url))
    assert "Лист 1/" in page
    assert "Садова" not in page


def test_pdf_and_docx_of_a_letter_are_drawn_and_each_opening_is_written_down(three, at_desk, halyna, olena):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    key = at_desk.post(address, letter_of(at_desk.get(address))).url.split("/")[-2]

    pdf = at_desk.get(f"/appeals/letters/{key}/letter.pdf")
    docx = at_desk.get(f"/appeals/letters/{key}/letter.docx")

    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    assert docx.content.startswith(b"PK")
    assert at_desk.get(f"/appeals/letters/{key}/letter.exe").status_code == 404
    with reading(SYSTEM):
        revealed = Look.objects.filter(officer=olena, action="reveal")
        assert revealed.filter(detail__form="pdf").exists() and revealed.filter(detail__form="docx").exists()
        assert all(look.purpose == "appeal" and look.case_number for look in revealed)


def test_a_draft_is_drawn_without_a_number(three, at_desk):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"

    drawn = at_desk.post(f"{address}draft.pdf", letter_of(at_desk.get(address)))

    assert drawn.content.startswith(b"%PDF")
    with reading(SYSTEM):
        assert not Letter.objects.exists()


def test_a_letter_that_lacks_something_or_cannot_be_printed_is_shown_back(three, at_desk, halyna):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    proposed = letter_of(at_desk.get(address))

    for change, said in (({"body": ""}, "Заповніть це поле"), ({"body": "Дякуємо 😀"}, "😀")):
        answer = at_desk.post(address, proposed | change)
        assert answer.status_code == 422
        assert said in text_of(answer)
    with reading(SYSTEM):
        assert not Letter.objects.exists()


def test_a_corrected_form_of_a_name_is_remembered_for_the_next_letter(three, at_desk, halyna):
    with reading(SYSTEM):
        case = register(SYSTEM, sender=SENDER | {"surname": "Швець"}).case_key
    address = f"/appeals/{case}/letter/acknowledgement/"
    proposed = letter_of(at_desk.get(address))
    assert proposed["to"] == "Швецю Петру Івановичу"

    at_desk.post(address, proposed | {"to": "Шевцю Петру Івановичу"})

    assert letter_of(at_desk.get(address))["to"] == "Шевцю Петру Івановичу"
    with reading(SYSTEM):
        assert NameForm.objects.get().form == "шевцю"


def test_a_letter_of_an_unknown_kind_or_before_its_step_is_refused(three, at_desk, halyna):
    assert at_desk.get(f"/appeals/{three[1]}/letter/love/").status_code == 404
    address = f"/appeals/{three[1]}/letter/answer/"
    answer = at_desk.post(address, letter_of(at_desk.get(address)) | {"body": "Так"})

    assert answer.status_code == 422
    assert "Спершу виконайте крок" in text_of(answer)


def test_letters_that_the_steps_call_for_are_asked_for_on_the_page(three, at_desk):
    with reading(SYSTEM):
        step_at(three[1], "forward", now(), to="Слобожанська селищна рада")

    page = text_of(at_desk.get(f"/appeals/{three[1]}/"))

    assert "повідомлення про пересилання" in page
    assert "супровідний лист" in page
    cover = letter_of(at_desk.get(f"/appeals/{three[1]}/letter/forward_cover/"))
    assert cover["to"] == "Слобожанська селищна рада"
    assert "громадянина Інш" in cover["body"]


def test_outgoing_letters_have_a_journal(three, at_desk, halyna, maria):
    address = f"/appeals/{three[1]}/letter/acknowledgement/"
    at_desk.post(address, letter_of(at_desk.get(address)))

    year = datetime.now(UTC).year
    assert rows_of(at_desk.get("/appeals/letters/")) == [f"1/{year}"]
    assert rows_of(at_desk.get("/appeals/letters/?year=2019")) == []
    assert rows_of(signed_in(maria).get("/appeals/letters/")) == []


def test_a_letter_of_another_hromada_does_not_exist(desk, maria):
    case = register(desk).case_key
    letter = send(desk, case)

    for address in ("", "letter.pdf", "letter.docx"):
        assert signed_in(maria).get(f"/appeals/letters/{letter.key}/{address}").status_code == 404


# Reception and the office


def test_a_visit_grows_into_an_appeal_with_the_visitor_and_the_matter(at_desk):
    visit = {
        "r-subject": "neighbours",
        "r-about": "Просить допомогти із сусідами",
        "r-received_by": "Начальник",
        "surname": "Вигаданенко",
        "given": "Ганна",
        "part": "applicant",
        "place": "Обухівська громада",
        "place_code": demo.HROMADA,
        "unit": "x",
        "unit_code": demo.SECTOR,
    }
    opened = at_desk.post("/cases/new/personal_reception/", typed(**visit))
    key = opened.url.split("/")[-2]
    journal = text_of(at_desk.get("/appeals/reception/"))
    form = at_desk.get(f"/appeals/new/?parent={key}").content.decode()

    appeal = registered(at_desk, parent=key, **{"r-form": "oral"})

    assert "Просить допомогти із сусідами" in journal
    assert "Вигаданенко Ганна" in journal
    assert "Просить допомогти із сусідами" in form
    assert re.search(r'<input type="radio" name="r-form" value="oral"[^>]* checked', form)
    assert re.search(r'<input type="hidden" name="known" value="[0-9a-f-]{36}">', form)
    with reading(SYSTEM):
        assert str(Case.objects.get(key=appeal).parent) == key
    assert f"/appeals/{appeal}/" in at_desk.get("/appeals/reception/").content.decode()


def test_the_office_sets_hours_and_takes_them_out(at_desk, sector):
    hours = {"weekday": "1", "since": "09:00", "until": "13:00", "place": "каб. 12", "who": "Начальник"}

    added = at_desk.post("/appeals/office/", {"unit": sector.code, "part": "hours"} | hours)
    wrong = at_desk.post(
        "/appeals/office/", {"unit": sector.code, "part": "hours"} | hours | {"until": "08:00"}
    )

    assert added.status_code == 302
    assert wrong.status_code == 422
    [kept] = ReceptionHours.objects.all()
    assert "понеділок 09:00–13:00 · каб. 12" in text_of(at_desk.get(f"/appeals/office/?unit={sector.code}"))
    at_desk.post("/appeals/office/", {"unit": sector.code, "part": "remove", "hours": str(kept.pk)})
    assert not ReceptionHours.objects.exists()


def test_an_office_keeps_its_own_units_only(at_desk, andrii):
    assert at_desk.get("/appeals/office/?unit=NPU-12-1204-005").status_code == 404
    assert signed_in(andrii).get("/appeals/office/").status_code == 404


def test_nothing_and_nonsense_are_shown_back(three, at_desk, sector):
    draft = f"/appeals/{three[1]}/letter/acknowledgement/"
    nonsense = {
        "known": "x",
        "parent": "x",
        "r-about": "a\x00b",
        "looked": "1",
        "at": "31.02",
        "surname": "\x00",
    }

    for address in ("/appeals/new/", draft, f"/appeals/{three[1]}/assign/", f"/appeals/{three[1]}/reply/"):
        assert at_desk.post(address, {}).status_code in (200, 422)
    assert at_desk.post("/appeals/new/", filled(**nonsense)).status_code == 422
    assert at_desk.post("/appeals/new/check/", nonsense).status_code == 200
    assert at_desk.post(f"{draft}draft.pdf", {}).status_code == 200
    assert at_desk.get("/appeals/?q=%00&executor=%00&mark=x&since=x&page=-1&sort=x").status_code == 200
    assert at_desk.get("/appeals/office/?unit=%00").status_code == 200
    assert at_desk.get("/appeals/letters/?year=%D9%A1%D9%A2%D9%A3%D9%A4").status_code == 200
    assert at_desk.get("/appeals/new/?parent=x").status_code == 200
    assert at_desk.post("/appeals/office/", {"part": "remove", "hours": "x"}).status_code == 404


def test_every_page_is_whole_in_english(three, at_desk, olena):
    with reading(SYSTEM):
        Officer.objects.filter(pk=olena.pk).update(language="en")
    client = signed_in(Officer.objects.get(pk=olena.pk))

    for address in ("", "new/", "mine/", "letters/", "reception/", "office/", "journal/", f"{three[0]}/"):
        page = client.get(f"/appeals/{address}")
        assert page.status_code == 200
        assert re.search(r"<h1>[^<]*[A-Za-z]", page.content.decode()), address


def test_the_register_asks_the_database_few_questions(three, at_desk, django_assert_max_num_queries):
    at_desk.get("/appeals/")
    with django_assert_max_num_queries(40):
        at_desk.get("/appeals/?state=all")
