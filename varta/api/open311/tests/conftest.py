"""What tests of Open311 share: an application's key, a good request, and answers in both forms as one value."""

import json
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring

import pytest

from varta.cases.actions import take
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading

LISTS = {"services", "attributes", "values", "service_requests", "errors", "endpoints", "formats"}
NOISE = {
    "service_code": "noise",
    "lat": "48.54912345",
    "long": "34.85423456",
    "address_string": "вул. Садова, 5, Обухівка",
    "description": "Гучна музика щоночі",
    "first_name": "Ганна",
    "last_name": "Вигаданенко",
    "phone": "+380 00 000 00 09",
    "attribute[repeated]": "often",
}


def value_of(node: Element) -> Any:
    """Return what an XML answer says, in the form of the JSON one; every value is a text or None."""
    if node.tag in LISTS:
        return [value_of(child) for child in node]
    if len(node):
        return {child.tag: value_of(child) for child in node}
    return node.text


def texts(value: Any) -> Any:
    """Return a JSON answer with its values as the texts that XML has."""
    if isinstance(value, dict):
        return {name: texts(one) for name, one in value.items()}
    if isinstance(value, list):
        return [texts(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def read(answer) -> Any:
    """Return the value of an answer in either form, its values as texts."""
    if answer.headers["Content-Type"].startswith("text/xml"):
        return value_of(fromstring(answer.content))
    return texts(json.loads(answer.content))


@pytest.fixture
def app_key(let_in) -> str:
    """The key of an application of the raion."""
    return let_in("hromada-app", name="Застосунок громад", rights=("open311",), channel="other_body")[1]


@pytest.fixture
def post(client, app_key):
    def send(form: str = "json", *, key: str | None = None, headers: dict | None = None, **changed: Any):
        given = {"api_key": app_key if key is None else key} | NOISE | changed
        pairs = [
            (name, one)
            for name, value in given.items()
            for one in (value if isinstance(value, list) else [value])
            if one is not None
        ]
        return client.post(
            f"/open311/v2/requests.{form}",
            urlencode(pairs),
            content_type="application/x-www-form-urlencoded",
            headers=headers or {},
        )

    return send


@pytest.fixture
def get(client):
    def ask(path: str, form: str = "json", *, language: str = "uk", **query: Any):
        return client.get(f"/open311/{path}.{form}", query, headers={"Accept-Language": language})

    return ask


@pytest.fixture
def close(olena):
    """Close a case as Olena."""

    def end(key: str, outcome: str = "resolved"):
        at = now()
        by = Reader.of(olena, on=kyiv_day(at))
        with reading(by):
            case = Case.objects.get(key=key)
            take(
                key=uuid7(at),
                case=case.key,
                procedure="call",
                step="close",
                data={"outcome": outcome, "reason": "Ганна Вигаданенко просила не шуміти"},
                by=by,
                at=at,
                received_at=at,
            )

    return end
