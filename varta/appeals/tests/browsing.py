"""What tests of pages share: browsers of people, what they type, and what a page says."""

import html
import re
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from varta.cases.actions import take
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader

SYSTEM = Reader.system()


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


def text_of(response: HttpResponse) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def rows_of(response: HttpResponse) -> list[str]:
    """Return the numbers of the appeals that a page lists."""
    return re.findall(r'class="first"><a href="[^"]*">([^<]*)<', response.content.decode())


def typed(**other: str) -> dict[str, str]:
    return {"key": str(uuid7(now())), "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M")} | other


def step_at(case: UUID, code: str, at: datetime, **data: object) -> None:
    """Take a step as the system, at a moment."""
    take(key=uuid7(at), case=case, procedure="appeal", step=code, data=data, by=SYSTEM, at=at, received_at=at)
