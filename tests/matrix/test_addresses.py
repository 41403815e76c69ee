"""Every address × method × role × scope, against the table beside this file.

The addresses come from the URL configuration itself, so one that the table does not know fails
here. After a wanted change run `VARTA_WRITE_MATRIX=1 pytest tests/matrix/test_addresses.py`, and read
what changed in `expected.csv` before you commit it.

A cell is the status that an officer of the role, serving in one hromada, gets: `200`, or `200/404` where
the address names a thing: first for a thing of the own hromada, then for one of elsewhere. Elsewhere means
another hromada, another unit, another raion; all must answer exactly as if the thing were absent.
"""

import csv
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.matrix.answers import comparable
from tests.matrix.scene import ABSENT, ELSEWHERE, Officers, Scene, officers, scene
from varta.people.demo import HROMADA, SECTOR
from varta.people.roles import ROLES

__all__ = ["officers", "scene"]

TABLE = Path(__file__).with_name("expected.csv")
METHODS = ("GET", "POST")
READERS = ("anonymous", *ROLES)
OBSERVED: dict[tuple[str, str], dict[str, str]] = {}
WRITE = os.environ.get("VARTA_WRITE_MATRIX") == "1"

# Addresses that name a thing which has no scope: everybody who may open the page may see it.
PLAIN = {
    "to": "criminal_block",
    "code": HROMADA,
    "form": "csv",
    "procedure": "call",
    "step": "receive",
    "name": "none",
}
CODES = {
    "/places/units/": SECTOR,
    "/results/indicators/": "C01",
    "/public/results/indicators/": "C01",
    "/api/procedures/": "call",
    "/open311/v2/services/": "noise",
}
OPEN311 = {
    f"/open311/{path}.{form}"
    for path in ("discovery", "v2/discovery", "v2/services", "v2/services/<str:code>", "v2/requests")
    for form in ("json", "xml")
}
# Residents have no account. What they sent is shown for number and code alone, which no address holds.
RESIDENTS = {
    "/public/",
    "/public/report/",
    "/public/appeal/",
    "/public/follow/",
    "/public/officer/",
    "/public/officer/<code>/",
    "/public/officer/<code>/reports/",
    "/public/results/",
    "/public/results/indicators/",
    "/public/results/indicators/<slug:code>/",
    "/public/results/indicators/<slug:code>/indicator.json",
    "/public/places",
    "/public/work",
}
DESK = {"/calls/pulse", "/calls/worker.js"}  # that the server is there, and a script without data
PUBLIC = {"/", "/health", "/metrics", "/api/openapi.json"} | OPEN311 | RESIDENTS | DESK


def addresses(patterns=None, prefix: str = "") -> Iterator[str]:
    """Yield each address of the URL configuration with its parameters in angle brackets."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + re.sub(r"^\^|\$$", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield f"/{route}"


def names_a_thing(address: str) -> bool:
    """Return whether the address has a parameter whose thing lies in a scope."""
    return any(name not in PLAIN for name in re.findall(r"<(?:\w+:)?(\w+)>", address))


def filled(address: str, scene: Scene, officers: Officers, where: str) -> str:
    """Return the address with the keys of the things that are there; "absent" names nothing."""

    def value(found: re.Match) -> str:
        kind, name = found[1], found[2]
        if name in PLAIN:
            return next((code for start, code in CODES.items() if address.startswith(start)), PLAIN[name])
        if kind == "int":
            return str(number(name))
        return str(key_of(address, scene, where))

    def number(name: str) -> int:
        if where != "home":
            return 2**31 - 1
        officer = officers.by_role["duty"]
        return officer.appointments.get().pk if name == "appointment" else officer.pk

    return re.sub(r"<(?:(\w+):)?(\w+)>", value, address)


def key_of(address: str, scene: Scene, where: str) -> UUID:
    if where == "absent":
        return ABSENT
    return scene.person(where) if address.startswith("/people/") else scene.case(where)


def answer(client: Client, method: str, path: str) -> HttpResponse:
    """Return the answer; whatever the request wrote is undone, a sign-out too."""
    mark, cookies = transaction.savepoint(), deepcopy(client.cookies)
    try:
        response = client.generic(method, path)
        if response.streaming:
            response.streaming_content = [b"".join(response.streaming_content)]
        return response
    finally:
        transaction.savepoint_rollback(mark)
        transaction.savepoint_commit(mark)  # else each stays open: thousands deep, slow, and out of locks
        client.cookies = cookies


def strangers_in(response: HttpResponse, scene: Scene) -> list[str]:
    """Return the names and keys of elsewhere that stand in an answer."""
    body = b"".join(response) if response.streaming else response.content
    marks = [str(key) for where in ELSEWHERE for key in (scene.case(where), scene.person(where))]
    marks += [f"Особа {where}" for where in ELSEWHERE]
    return [mark for mark in marks if mark in body.decode(errors="replace")]


def observed(client: Client, address: str, method: str, scene: Scene, officers: Officers) -> str:
    """Return the cell of the table; fails when elsewhere does not look like absent."""
    home = answer(client, method, filled(address, scene, officers, "home"))
    assert strangers_in(home, scene) == [], f"{method} {address} shows what lies elsewhere"
    if not names_a_thing(address):
        return str(home.status_code)
    absent = comparable(answer(client, method, filled(address, scene, officers, "absent")))
    for where in ELSEWHERE:
        there = comparable(answer(client, method, filled(address, scene, officers, where)))
        assert there == absent, f"{method} {address}: {where} does not look like absent"
    return f"{home.status_code}/{absent[0]}"


def expected() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {(row["address"], row["method"]): row for row in csv.DictReader(file)}


def test_the_table_knows_every_address_and_no_other():
    known = set() if WRITE else {address for address, _ in expected()}

    if not WRITE:
        assert sorted(set(addresses()) - known) == [], "new addresses: decide who may open them"
        assert sorted(known - set(addresses())) == [], "addresses that are gone"


@pytest.mark.parametrize("reader", [role for role in READERS if role != "anonymous"])
@pytest.mark.parametrize("page", ["/people/", "/cases/search/"])
def test_no_search_brings_up_what_lies_elsewhere(scene, officers, in_demonstration, reader, page):
    client = Client()
    client.force_login(officers.by_role[reader])

    for words in ("Особа", "Особа other hromada", "000000001", "+380 00 000 00 04", "Слобожанська", "1", "2"):
        response = client.post(page, {"q": words})
        assert [mark for mark in strangers_in(response, scene) if mark not in words] == []


@pytest.fixture
def in_demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def observations(scene, officers, in_demonstration) -> dict[tuple[str, str], dict[str, str]]:
    """What each reader gets at each address; asked once for all tests."""
    if not OBSERVED:
        OBSERVED.update(observe(scene, officers))
    return OBSERVED


def observe(scene: Scene, officers: Officers) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for reader in READERS:
        client = Client(raise_request_exception=False)
        if reader != "anonymous":
            client.force_login(officers.by_role[reader])
        for address in sorted(set(addresses())):
            for method in METHODS:
                cell = observed(client, address, method, scene, officers)
                found.setdefault((address, method), {})[reader] = cell
    return found


def test_each_reader_gets_what_the_table_says(observations):
    if WRITE:
        write(observations)
    table = expected()

    differences = [
        f"{method} {address} as {reader}: {cell}, the table says {table.get((address, method), {}).get(reader)}"
        for (address, method), cells in observations.items()
        for reader, cell in cells.items()
        if table.get((address, method), {}).get(reader) != cell
    ]

    assert differences == []


def test_no_address_fails_for_anybody(observations):
    broken = [
        f"{method} {address} as {reader}"
        for (address, method), cells in observations.items()
        for reader, cell in cells.items()
        if (cell.startswith("5") or "/5" in cell) and address != "/health"  # 503 is what it is for
    ]

    assert broken == []


def test_a_stranger_is_let_into_doors_only(observations):
    """Pages without sign-in: signing in itself, the state of the service, and how the API is described."""
    open_to_strangers = {
        address
        for (address, method), cells in observations.items()
        if cells["anonymous"].startswith("2") and not address.startswith("/account/")
    }

    assert open_to_strangers <= PUBLIC


def write(observations: dict[tuple[str, str], dict[str, str]]) -> None:
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["address", "method", *READERS], lineterminator="\n")
        writer.writeheader()
        for (address, method), cells in sorted(observations.items()):
            writer.writerow({"address": address, "method": method, **cells})
