"""The officer's own page, the report's pages and the meetings: who sees them, and what a forged form gets."""

import html
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from varta.cases import queries as cases
from varta.cases.actions import take
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.officers.hromada import duties, queries
from varta.officers.models import HromadaReport, ReportDraft
from varta.officers.tests.reporting import WORDS, fill_lake
from varta.people.demo import HROMADA, MAIN_DIRECTORATE, OBLAST, RAION, SECTOR
from varta.people.models import Appointment, Officer, Person
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.places.models import Territory

MINE = "/officers/mine/"


@pytest.fixture(autouse=True)
def lake(db, tmp_path, monkeypatch, settings):
    settings.DEMO = True  # no second factor is asked for
    fill_lake(tmp_path, monkeypatch, at=now())


@pytest.fixture
def head(db) -> Officer:
    return officer_at("halyna", "Галина Керівна", "head", OBLAST, MAIN_DIRECTORATE)


def signed_in(officer: Officer, language: str = "uk") -> Client:
    client = Client()
    client.force_login(officer)
    officer.language = language
    with reading(Reader.system()):
        Officer.objects.filter(pk=officer.pk).update(language=language)
    return client


def text_of(response: HttpResponse) -> str:
    """Return what a page says, without marks and with single spaces."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(body).split())


def period() -> dict[str, str]:
    last = kyiv_day(now()) - timedelta(days=1)
    return {"key": str(uuid7(now())), "first": f"{last - timedelta(days=170)}", "last": str(last)}


def words(**more: str) -> dict[str, str]:
    return WORDS | {"held_on": str(kyiv_day(now()))} | more


def drafted(client: Client, **more: str) -> Case:
    """Count figures and save words through the pages, and return the case."""
    assert client.post("/officers/reports/begin/", period()).status_code == 302
    with reading(Reader.system()):
        case = Case.objects.select_related("place", "unit").get(
            procedure="hromada_report", due_step="publish"
        )
    assert client.post(f"/officers/reports/{case.key}/edit/", words(do="preview", **more)).status_code == 302
    return case


def previewed(client: Client, case: Case) -> dict[str, str]:
    """Return the hidden fields with which the preview publishes."""
    page = client.get(f"/officers/reports/{case.key}/preview/").content.decode()
    return dict(re.findall(r'type="hidden" name="(key|counted|seen_at)" value="([^"]+)"', page))


def test_the_page_is_the_officers_own(andrii, head, olena):
    assert "Обухівська" in text_of(signed_in(andrii).get(MINE))
    assert signed_in(head).get(MINE).status_code == 404
    assert signed_in(olena).get(MINE).status_code == 404


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_page_speaks_both_languages(andrii, language):
    said = {"uk": "Мої люди", "en": "My people"}

    assert said[language] in text_of(signed_in(andrii, language).get(MINE))


def test_an_officer_without_a_hromada_is_told_what_to_do(db):
    nowhere = officer_at("taras", "Тарас Бездомний", "hromada_officer", RAION, SECTOR)
    client = signed_in(nowhere)

    assert "не призначено до жодної громади" in text_of(client.get(MINE))
    assert client.post("/officers/reports/begin/", period()).status_code == 404


def test_the_week_shows_what_is_due_with_its_step_one_tap_away(andrii):
    at = now() - timedelta(days=26)
    with reading(Reader.system()) as by:
        data = {"kind": "request", "subject": "neighbours", "about": "Сусіди"}
        entry = take(
            key=uuid7(now()), procedure="appeal", step="receive", data=data, by=by, at=at,
            received_at=now(), place=HROMADA, unit=SECTOR,
        )  # fmt: skip

    page = signed_in(andrii).get(MINE).content.decode()

    assert str(entry.case_key) in page


def test_people_are_counted_and_not_named(andrii):
    at = now() - timedelta(hours=1)
    person = Person(key=uuid7(at), surname="Потерпіленко", given="Ніна", sort_key="п", created_at=at)
    with reading(Reader.system()) as by:
        person.save(force_insert=True)
        from varta.cases.canon import Involved

        take(
            key=uuid7(now()), procedure="domestic_violence", step="register", data={}, by=by, at=at,
            received_at=now(), place=HROMADA, unit=SECTOR, people=(Involved(person.key, "victim"),),
        )  # fmt: skip

    said = text_of(signed_in(andrii).get(MINE))

    assert "Потерпіленко" not in said
    assert re.search(r"Постражд\w+( \w+)? 1", said, re.IGNORECASE)


def test_a_report_goes_out_through_the_pages(andrii):
    client = signed_in(andrii)
    case = drafted(client)

    response = client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case))

    assert response.status_code == 302
    [report] = HromadaReport.objects.all()
    assert WORDS["done"] in text_of(Client().get(f"/public/reports/{report.address}/"))
    assert client.get(f"/officers/reports/{case.key}/paper/uk/").content.startswith(b"%PDF-")
    assert Client().get(f"/public/reports/{report.address}/paper/en/").content.startswith(b"%PDF-")


def test_figures_in_a_forged_form_change_nothing(andrii):
    client = signed_in(andrii)
    case = drafted(client, figures='{"rows": []}', counted=str(UUID(int=7)), C01="999999")

    forged = {"figures": "999999", "r-figures": "999999", "signed": "Хтось Інший"}
    client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case) | forged)

    [report] = HromadaReport.objects.all()
    assert "999999" not in str(report.figures)
    assert report.figures["rows"][0]["now"] == {"number": 0.0, "state": "known"}
    assert report.content["signed"].startswith("Андрій")


def test_a_forged_entry_of_figures_is_refused(andrii):
    client = signed_in(andrii)
    case = drafted(client)

    sent = previewed(client, case) | {"counted": str(uuid7(now()))}
    response = client.post(f"/officers/reports/{case.key}/publish/", sent, follow=True)

    assert "не ті, що порахувала Варта" in text_of(response)
    assert not HromadaReport.objects.exists()


def test_the_button_pressed_twice_publishes_once(andrii):
    client = signed_in(andrii)
    case = drafted(client)
    sent = previewed(client, case)

    for _ in range(2):
        assert client.post(f"/officers/reports/{case.key}/publish/", sent).status_code == 302

    assert HromadaReport.objects.count() == 1


def test_an_empty_report_is_kept_as_a_draft_and_not_shown(andrii):
    client = signed_in(andrii)
    client.post("/officers/reports/begin/", period())
    with reading(Reader.system()):
        case = Case.objects.get(procedure="hromada_report")

    response = client.post(f"/officers/reports/{case.key}/edit/", words(done="", do="preview"))

    assert response.status_code == 422
    with reading(Reader.system()):
        assert ReportDraft.objects.get(case=case.key).content["held_at"] == WORDS["held_at"]


def test_a_telephone_in_the_words_is_pointed_out(andrii):
    client = signed_in(andrii)
    case = drafted(client, done="Дзвоніть Ганні +380 00 123 45 67, з 10:00 до 12:00")

    assert (
        "+380 00 123 45 67"
        in re.findall(
            r'role="alert">(.*?)</div>',
            client.get(f"/officers/reports/{case.key}/preview/").content.decode(),
            re.S,
        )[0]
    )


@pytest.mark.parametrize(("first", "last", "said"), [("2026-06-30", "2026-01-01", "раніше, ніж починається"),
                                                     ("2026-06-30", "2999-01-01", "довший за рік")])  # fmt: skip
def test_a_period_that_cannot_be_is_refused_with_what_to_do(andrii, first, last, said):
    sent = {"key": str(uuid7(now())), "first": first, "last": last}

    response = signed_in(andrii).post("/officers/reports/begin/", sent, follow=True)

    assert said in text_of(response)


@pytest.mark.parametrize("page", ["", "edit/", "preview/", "evaluate/", "paper/uk/"])
def test_maria_finds_nothing_of_andriis_report(andrii, maria, page):
    case = drafted(signed_in(andrii))

    assert signed_in(maria).get(f"/officers/reports/{case.key}/{page}").status_code == 404


def test_the_public_page_names_no_account_and_no_place_of_work_inside(andrii):
    client = signed_in(andrii)
    case = drafted(client)
    client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case))
    [report] = HromadaReport.objects.all()

    body = Client().get(f"/public/reports/{report.address}/").content.decode()

    assert "andrii" not in body
    assert str(case.key) not in body


def test_the_english_page_says_that_the_full_text_is_ukrainian(andrii):
    client = signed_in(andrii)
    case = drafted(client, summary_en="Schools were checked.")
    client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case))
    [report] = HromadaReport.objects.all()

    english = Client()
    english.cookies["django_language"] = "en"
    said = text_of(english.get(f"/public/reports/{report.address}/"))

    assert "Schools were checked." in said
    assert WORDS["done"] in said
    assert "Schools were checked." not in text_of(Client().get(f"/public/reports/{report.address}/"))


def test_an_old_edition_says_that_there_is_a_newer_one(andrii):
    client = signed_in(andrii)
    case = drafted(client)
    client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case))
    client.post(f"/officers/reports/{case.key}/edit/", words(do="preview", done="Точніше.", why="Уточнено"))
    client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case))
    address = HromadaReport.objects.get(revision=1).address

    old, last = Client().get(f"/public/reports/{address}/1/"), Client().get(f"/public/reports/{address}/")

    assert "виправлено" in text_of(old) and WORDS["done"] in text_of(old)
    assert "Точніше." in text_of(last) and "Уточнено" in text_of(last)


def test_residents_find_the_reports_by_their_village(andrii):
    client = signed_in(andrii)
    case = drafted(client)
    client.post(f"/officers/reports/{case.key}/publish/", previewed(client, case))
    village = Territory.objects.filter(parent=HROMADA).order_by("code").first().code

    assert "Андрій Громаденко" in text_of(Client().get(f"/public/officer/{village}/reports/"))
    assert "ще не оприлюднено" in text_of(Client().get("/public/officer/UA12020250000010438/reports/"))


def test_what_is_overdue_is_shown_to_the_head_and_to_nobody_elses(andrii, maria, head):
    with reading(Reader.system()):
        Appointment.objects.filter(officer=maria).update(until=kyiv_day(now()) - timedelta(days=200))
    duties.begin_missing(at=now() - timedelta(days=100))

    said = text_of(signed_in(head).get("/officers/hromadas/"))

    assert "Прострочено 1 обов’язок." in said  # the meeting is due in two months, the report in six
    assert signed_in(andrii).get("/officers/hromadas/").status_code == 404


def test_a_meeting_that_was_held_proposes_the_next(andrii):
    duties.begin_missing(at=now() - timedelta(days=5))
    client, at = signed_in(andrii), now() - timedelta(hours=2)
    with reading(Reader.system()):
        case = Case.objects.get(procedure="local_meeting", place=HROMADA)
    sent = {
        "key": str(uuid7(now())),
        "at": f"{at:%Y-%m-%dT%H:%M}",
        "r-participants": "Староста",
        "r-decided": "- Освітити зупинку\n- Камера",
    }

    response = client.post(f"/officers/meetings/{case.key}/hold/", sent, follow=True)

    said = text_of(response)
    assert response.status_code == 200
    assert "Освітити зупинку" in said and "Пропонуємо:" in said
    with reading(Reader.system()):
        case.refresh_from_db()
        [meeting] = queries.meetings_of(case).held
    assert queries.decisions(meeting) == ["Освітити зупинку", "Камера"]


def test_a_meeting_missed_for_another_reason_is_explained(andrii):
    duties.begin_missing(at=now() - timedelta(days=5))
    with reading(Reader.system()):
        case = Case.objects.get(procedure="local_meeting", place=HROMADA)
    sent = {"key": str(uuid7(now())), "at": f"{now():%Y-%m-%dT%H:%M}", "r-reason": "other"}

    response = signed_in(andrii).post(f"/officers/meetings/{case.key}/miss/", sent)

    assert response.status_code == 422
    with reading(Reader.system()):
        assert len(cases.journal(case)) == 1
