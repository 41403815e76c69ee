"""Ways out, each against a real server on this machine: what it gets, and what its answers mean."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import UUID

import pytest
from django.core import mail

from varta.notices import actions, providers
from varta.notices.letters import Letter
from varta.notices.models import Chat
from varta.notices.providers import email, sms, telegram
from varta.notices.tests.conftest import NOON
from varta.people.scope import Reader, reading

LETTER = Letter(
    UUID("01999999-0000-7000-8000-000000000001"), "+380000000001", "Запит 1", "Запит 1 прийнято.", "uk", ""
)


class Server:
    """Remembers what was asked, and answers what the test says."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict, dict]] = []
        self.answers: dict[str, tuple[int, object]] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
                outer.asked.append((self.path, body, dict(self.headers)))
                status, answer = outer.answers.get(self.path.rpartition("/")[2], (200, {"id": "77"}))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", outer.address + "/elsewhere")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *given: object) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server(settings) -> Iterator[Server]:
    started = Server()
    settings.VARTA_NOTICES = ""
    settings.VARTA_SMS_URL = started.address + "/send"
    settings.VARTA_TELEGRAM_URL, settings.VARTA_TELEGRAM_TOKEN = started.address, "1:secret"
    yield started
    started.http.shutdown()
    started.http.server_close()


def test_a_gateway_gets_the_fields_that_the_settings_name(server, settings):
    settings.VARTA_SMS_FIELDS = '{"messages": [{"phone": "{to}", "body": "{text}"}], "sender": "Varta"}'
    settings.VARTA_SMS_TOKEN = "key"

    assert sms.Gateway().send(LETTER) == "77"
    [(path, body, headers)] = server.asked
    assert path == "/send"
    assert body == {"messages": [{"phone": LETTER.to, "body": LETTER.text}], "sender": "Varta"}
    assert headers["Authorization"] == "Bearer key"
    assert headers["Idempotency-Key"] == str(LETTER.key)


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (500, providers.NotSent),
        (429, providers.NotSent),
        (401, providers.NotSent),
        (302, providers.NotSent),
        (400, providers.Refused),
        (404, providers.Refused),
    ],
)
def test_what_a_gateway_answers_decides_whether_it_is_tried_again(server, status, means):
    server.answers["send"] = (status, {})

    with pytest.raises(means, match=f"HTTP {status}"):
        sms.Gateway().send(LETTER)
    assert [path for path, *_ in server.asked] == ["/send"], "a redirect is not followed"


def test_a_gateway_that_is_away_is_tried_again(server, settings):
    settings.VARTA_SMS_URL = "http://127.0.0.1:1/send"

    with pytest.raises(providers.NotSent, match="ConnectError"):
        sms.Gateway().send(LETTER)


def test_mail_is_plain_and_says_how_to_stop_it():
    letter = Letter(LETTER.key, "marta@mail.example", "Запит 1", "Текст", "uk", "https://varta.example/stop/")

    identity = email.Mail().send(letter)

    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["marta@mail.example"], "Запит 1", "Текст")
    assert sent.extra_headers["List-Unsubscribe"] == "<https://varta.example/stop/>"
    assert sent.extra_headers["Message-ID"] == identity == email.Mail().send(letter)


def test_a_chat_is_written_to_once_it_sent_its_code(db, server):
    key, code = actions.expect_chat(at=NOON)
    letter = Letter(LETTER.key, str(key), "", "Запит 1 прийнято.", "uk", "")
    with pytest.raises(providers.NotSent, match="not linked"):
        telegram.Bot().send(letter)

    said = {"update_id": 5, "message": {"chat": {"id": 900}, "text": f"/start {code}"}}
    server.answers["getUpdates"] = (200, {"ok": True, "result": [said]})
    server.answers["sendMessage"] = (200, {"ok": True, "result": {"message_id": 12}})
    telegram.hear(NOON)

    assert telegram.Bot().send(letter) == "12"
    assert server.asked[-1][1]["chat_id"] == "900"
    assert server.asked[1][1]["offset"] == 6, "what was heard is confirmed"


def test_a_wrong_code_links_nothing(db, server):
    actions.expect_chat(at=NOON)

    assert not actions.link_chat(code="guessed", chat="900", at=NOON)
    with reading(Reader.system()):
        assert Chat.objects.get().linked_at is None


def test_a_chat_that_says_stop_is_written_to_no_more(db, server):
    key, code = actions.expect_chat(at=NOON)
    actions.link_chat(code=code, chat="900", at=NOON)

    said = {"update_id": 6, "message": {"chat": {"id": 900}, "text": "/stop"}}
    server.answers["getUpdates"] = (200, {"ok": True, "result": [said]})
    telegram.hear(NOON)

    with pytest.raises(providers.Refused):
        telegram.Bot().send(Letter(LETTER.key, str(key), "", "Текст", "uk", ""))
    with reading(Reader.system()):
        assert Chat.objects.get().chat_sealed == ""


def test_only_what_is_set_up_is_offered(settings):
    settings.VARTA_NOTICES, settings.VARTA_EMAIL = "", {}
    settings.VARTA_SMS_URL = settings.VARTA_TELEGRAM_TOKEN = ""
    assert providers.offered() == []

    settings.VARTA_SMS_URL = "https://sms.example/send"
    assert providers.offered() == ["sms"]
