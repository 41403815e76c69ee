"""The frame of every page: who sees what first, in which language, and what machines are told."""

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg.errors import DiskFull
from structlog.testing import capture_logs

from varta import __version__
from varta.people import demo
from varta.people.models import Officer
from varta.people.tests.story import officer_at
from varta.shell.middleware import POLICY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    """Ask for no second factor."""
    settings.DEMO = True


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def read(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_ukrainian_is_spoken_whatever_the_browser_asks_for(client):
    page = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})

    assert '<html lang="uk"' in page.content.decode()
    assert page["Content-Language"] == "uk"


def test_english_is_kept_on_the_device_and_then_with_the_account(client, olena):
    client.post("/choose/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in read(client)

    officer = signed_in(olena)
    officer.post("/choose/", {"language": "en"})
    olena.refresh_from_db()
    assert olena.language == "en"
    assert "Good day" in read(officer)


def test_the_accounts_language_counts_before_the_devices(client, olena):
    client.post("/choose/", {"language": "en"})
    client.force_login(olena)

    assert '<html lang="uk"' in read(client)


def test_a_theme_is_kept(client):
    client.post("/choose/", {"theme": "dark"})

    assert 'data-theme="dark"' in read(client)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_choice_leads_nowhere_else(client, address):
    assert client.post("/choose/", {"language": "en", "next": address}).url == "/"


def test_an_unknown_choice_changes_nothing(client):
    response = client.post("/choose/", {"language": "xx", "theme": "pink"})

    assert response.status_code == 302
    assert not response.cookies.get("varta_theme")


def test_a_page_may_run_nothing_of_its_own(client):
    response = client.get("/")
    page = response.content.decode()

    assert response["Content-Security-Policy"] == f"{POLICY}; connect-src 'self'"
    assert "unsafe" not in POLICY
    assert " style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize(
    ("given", "reached"),
    [
        ("", "'self'"),
        (":8001", "'self' http://testserver:8001"),
        ("https://live.example", "'self' https://live.example"),
    ],
)
def test_a_page_may_connect_to_the_live_process_and_to_nobody_else(client, settings, given, reached):
    settings.VARTA_LIVE = given

    assert client.get("/")["Content-Security-Policy"].endswith(f"; connect-src {reached}")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("duty", "Що чекає найперше"),
        ("head", "Що чекає найперше"),
        ("auditor", "Остання печатка"),
        ("administrator", "Чинні облікові записи"),
        ("analyst", "Вітаємо"),
    ],
)
def test_the_start_page_says_what_waits_for_the_role(db, role, seen):
    officer = officer_at("x", "Перевірочний Працівник", role, demo.RAION, demo.DIRECTORATE)

    assert seen in read(signed_in(officer))


def test_the_administrator_is_told_of_accounts_without_a_second_factor(db, olena):
    officer = officer_at("adam", "Адам Обліковець", "administrator", demo.UKRAINE, demo.HEADQUARTERS)

    page = read(signed_in(officer))

    assert "Без другого чинника" in page
    assert '<span class="figure">2</span>' in page  # Olena and the administrator


def test_every_page_names_the_version_and_leads_to_what_changed(olena):
    page = read(signed_in(olena))

    assert f"Варта {__version__}" in page
    assert 'href="/help/#changes"' in page


def test_broken_seals_are_told_to_the_auditor_instead_of_an_error(db, home):
    (home / "seals").mkdir(parents=True)
    (home / "seals" / "chain.jsonl").write_text("not a seal\n")
    officer = officer_at("oksana", "Оксана Перевірко", "auditor", demo.UKRAINE, demo.HEADQUARTERS)

    assert "Печатки пошкоджено" in read(signed_in(officer))


def test_a_page_that_is_not_there_says_so_in_the_language_of_the_reader(olena):
    response = signed_in(olena).get("/nowhere/")

    assert response.status_code == 404
    assert "Такої сторінки немає" in response.content.decode()


def test_a_page_that_is_not_there_is_english_for_whoever_chose_english_on_another_device(olena):
    signed_in(olena).post("/choose/", {"language": "en"})
    olena.refresh_from_db()

    response = signed_in(olena).get("/nowhere/")

    assert "There is no such page" in response.content.decode()
    assert response["Content-Language"] == "en"


def failing(word: str, error: Exception):
    """Let the connection fail at each statement with this word, as a lost server or a full disk does."""

    def execute(run, sql, params, many, context):
        if word in sql:
            raise error
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


LOST = OperationalError("server closed the connection unexpectedly")


def test_an_entry_that_met_a_lost_database_is_shown_back_to_be_sent_again(olena):
    client = signed_in(olena)
    client.raise_request_exception = False

    with failing("UPDATE", LOST):
        page = client.post("/choose/", {"language": "en", "next": "Усе введене", "password": "таємниця"})
    text = page.content.decode()

    assert page.status_code == 503
    assert page["Retry-After"]
    assert "База даних зараз недоступна" in text and "cannot be reached" in text
    assert "Усе введене" in text
    assert "таємниця" not in text
    assert 'action="/choose/"' in text


def test_a_full_disk_is_named(olena):
    client = signed_in(olena)
    client.raise_request_exception = False
    full = OperationalError("could not extend file")
    full.__cause__ = DiskFull("no space left on device")

    with failing("UPDATE", full):
        page = client.post("/choose/", {"language": "en"})

    assert page.status_code == 503
    assert "немає місця" in page.content.decode()


def test_health_is_ill_without_a_worker_and_names_the_reason(client):
    response = client.get("/health")

    assert response.status_code == 503
    assert response.json()["database"] is True
    assert any("worker" in reason for reason in response.json()["reasons"])


def test_health_answers_when_the_database_is_away(client):
    with failing("django_migrations", LOST):
        response = client.get("/health")

    assert response.status_code == 503
    assert response.json()["status"] == "ill"


def test_metrics_are_for_this_machine_or_a_token(client, monkeypatch):
    monkeypatch.setenv("VARTA_METRICS_TOKEN", "довгий-знак")
    token = {"HTTP_AUTHORIZATION": "Bearer довгий-знак".encode().decode("latin-1")}

    assert b"varta_requests_total" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7", **token).status_code in (200, 404)


def test_the_log_of_requests_keeps_no_query_string(olena):
    client = signed_in(olena)

    with capture_logs() as lines:
        client.get("/places/?q=Мар'яненко")

    line = next(line for line in lines if line["event"] == "request")
    assert line["route"] == "places:places"
    assert line["officer"] == olena.pk
    assert line["status"] == 200
    assert "яненко" not in json.dumps(line, ensure_ascii=False)


FORM = {"r-about": "Довге повідомлення", "key": "x"}


def test_a_form_sent_after_the_session_ended_is_shown_back(client):
    response = client.post("/cases/new/call/", FORM)

    page = response.content.decode()
    assert response.status_code == 401
    assert "Довге повідомлення" in page
    assert "/account/login/" in page
    assert 'action="/cases/new/call/"' in page


def test_a_form_with_an_old_token_is_shown_back_to_be_sent_again(olena):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olena)

    own = client.post("/cases/new/call/", FORM, headers={"origin": "http://testserver"})
    foreign = client.post("/cases/new/call/", FORM, headers={"origin": "https://evil.example"})

    assert own.status_code == foreign.status_code == 403
    assert "Довге повідомлення" in own.content.decode()
    assert "Довге повідомлення" not in foreign.content.decode()


def test_metrics_are_read_when_the_database_is_away(client):
    client.raise_request_exception = False

    with failing("", LOST):
        response = client.get("/metrics")

    assert response.status_code == 200
    assert b"varta_database_up 0.0" in response.content


def test_metrics_tell_queries_entries_and_the_state_of_the_database(olena, client):
    signed_in(olena).get("/places/")

    told = client.get("/metrics").content.decode()

    assert 'varta_queries_total{route="places:places"}' in told
    assert "varta_entries_total" in told
    assert "varta_database_up 1.0" in told
