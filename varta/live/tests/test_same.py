"""What is told live is what the page shows: row by row, for every reader, whatever their scope."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from varta.calls import actions, board
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.live.looking import Lookout
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

TEMPLATES = {"call": "calls/call_row.html", "crew": "calls/crew_row.html"}
HERE = {"place": demo.HROMADA, "unit": demo.SECTOR}
THERE = {"place": demo.OTHER_HROMADA, "unit": demo.OTHER_SECTOR}
CALL = {"channel": "line_102", "category": "alpha", "kind": "noise", "zone": "city", "about": "Шумлять"}
CREW = {"force": "response", "officers": "olena", "lat": 48.55, "lon": 34.9}


def stepping():
    moment = now() - timedelta(seconds=1)
    return {"key": uuid7(moment), "at": moment, "received_at": moment}


def calls_and_crews(by):
    """Write calls here and there, and crews of each that work at the other's."""
    call = {
        name: actions.receive(**stepping(), by=by, record=CALL, **spot).case_key
        for name, spot in (("here", HERE), ("there", THERE), ("waiting", HERE))
    }
    crew = {
        sign: actions.begin_shift(**stepping(), by=by, record=CREW | {"crew": sign}, **spot).case_key
        for sign, spot in (("Явір-1", HERE), ("Клен-1", THERE), ("Клен-2", THERE), ("Явір-2", HERE))
    }
    for sign, at in (("Явір-1", "here"), ("Клен-1", "here"), ("Явір-2", "there")):
        actions.assign(**stepping(), by=by, call=call[at], crew=crew[sign])
    actions.accept(**stepping(), by=by, call=call["here"], crew=crew["Клен-1"])


def on_the_page(reader, language, moment):
    with reading(reader), translation.override(language):
        shown = board.rows(reader, now=moment)
        rows = [*(("call", row) for row in shown.calls), *(("crew", row) for row in shown.crews)]
        return {str(row.key): render_to_string(TEMPLATES[kind], {"row": row}).strip() for kind, row in rows}


def told(look, reader, language):
    parts = [row.told_to(reader, language) for row in look.rows.values()]
    return {row["key"]: row["html"] for row in map(json.loads, filter(None, parts))}


@pytest.fixture
def readers(olena, andrii, maria):
    officers = [
        olena,
        andrii,
        maria,
        officer_at("halyna", "Галина", "head", demo.OBLAST, demo.MAIN_DIRECTORATE),
    ]
    return {officer.login: Reader.of(officer, on=kyiv_day(now())) for officer in officers}


def before_this_transaction() -> str:
    """Return a snapshot in which nothing of this test's one transaction is visible.

    `changes.snapshot()` leaves out the transaction that asks: when another one commits beside it, its own
    rows would count as seen before. The live process never asks and writes in one transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        [own] = cursor.fetchone()
    return f"{own}:{own}:"


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("login", ["olena", "andrii", "maria", "halyna"])
def test_a_row_is_told_as_the_page_shows_it(readers, login, language):
    with reading(Reader.system()):
        before = before_this_transaction()
    with reading(readers["olena"]) as by:
        calls_and_crews(by)
        moment = now()

    look = Lookout().look({before}, at=moment)

    shown = on_the_page(readers[login], language, moment)
    assert told(look, readers[login], language) == shown
    assert len(shown) > 1


def test_a_crew_is_told_without_the_number_of_a_call_that_one_may_not_see(readers):
    with reading(Reader.system()):
        before = before_this_transaction()
    with reading(readers["olena"]) as by:
        call = actions.receive(**stepping(), by=by, record=CALL, **HERE)
        crew = actions.begin_shift(**stepping(), by=by, record=CREW | {"crew": "Клен-1"}, **THERE).case_key
        actions.assign(**stepping(), by=by, call=call.case_key, crew=crew)

    look = Lookout().look({before}, at=now())

    number = f"{call.number}/{call.year}"
    assert number in told(look, readers["olena"], "uk")[str(crew)]
    assert number not in told(look, readers["maria"], "uk")[str(crew)]
    assert str(crew) not in told(look, readers["andrii"], "uk")
