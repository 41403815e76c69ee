"""What tests of residents share: forms filled in, work that is done, a day in Obukhivka."""

from collections.abc import Callable
from typing import Any

import altcha
import pytest
from django.http import HttpResponse
from django.test import Client

from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.residents import work

ABOUT = "Сусіди щоночі вмикають музику, Marta-мітка 7731."
REPORT = {
    "topic": "noise",
    "about": ABOUT,
    "place": "Обухівка",
    "place_code": demo.HROMADA,
    "address": "вул. Вигадана, 5",
    "notify": "",
}
APPEAL = {
    "kind": "request",
    "subject": "safety",
    "about": "Прошу встановити освітлення біля школи.",
    "place": "Обухівська",
    "place_code": demo.HROMADA,
    "surname": "Вигаданенко",
    "given": "Марта",
    "residence": "с. Обухівка, вул. Вигадана, 5",
    "answer_by": "email",
    "email": "marta@mail.example",
    "notify": "",
}


@pytest.fixture(autouse=True)
def easy(home, settings, monkeypatch) -> None:
    """Keep keys and notices in the test's own home, and make the work a matter of milliseconds."""
    settings.VARTA_NOTICES = "local"
    monkeypatch.setattr(work, "PREFIX", "0")
    monkeypatch.setattr(work, "EASY", 1)


@pytest.fixture
def resident(db) -> Client:
    """Give the browser of somebody without an account, in Ukrainian."""
    return Client()


def solved(client: Client) -> str:
    """Return the answer to a challenge that the server gave this browser."""
    challenge = altcha.Challenge.from_dict(client.get("/public/work").json())
    solution = altcha.solve_challenge(challenge)
    return altcha.Payload(challenge, solution).to_base64()


@pytest.fixture
def send(resident) -> Callable[..., HttpResponse]:
    """Send a report as a browser with JavaScript does; any field can be given otherwise."""

    def sending(page: str = "/public/report/", /, *, client: Client = resident, **other: Any) -> HttpResponse:
        filled = {**(APPEAL if "appeal" in page else REPORT), "key": str(uuid7(now()))} | other
        if "work" not in filled:
            filled["work"] = solved(client)
        return client.post(page, {name: value for name, value in filled.items() if value is not None})

    return sending


def receipt_of(response: HttpResponse) -> tuple[str, str]:
    """Return number and code as the receipt shows them."""
    given = response.context["given"]
    return given.receipt.shown, given.code


def seen(model: type, **wanted: Any) -> list:
    """Return rows as the system sees them."""
    with reading(Reader.system()):
        return list(model.objects.filter(**wanted))
