"""How it is counted: a page for each indicator, open to everybody, in both languages and as JSON."""

import pytest
from django.test import Client

from varta.figures import nine_months, words
from varta.indicators import discover

EACH = pytest.mark.parametrize("indicator", discover().values(), ids=list(discover()))


@EACH
def test_its_measure_is_told_in_words_of_both_languages_and_its_statements_are_whole(indicator):
    told, statements = words.explained(indicator), words.compiled(indicator, nine_months(2019))

    assert told["uk"] != told["en"]
    assert "Share(" not in told["en"] + told["uk"]
    assert all(
        one.startswith("SELECT p.oblast,\n  ") and one.endswith("GROUP BY p.oblast") for one in statements
    )


@pytest.mark.django_db
def test_anybody_reads_how_each_is_counted_without_signing_in():
    client = Client()

    listed = client.get("/public/results/indicators/")
    page = client.get("/public/results/indicators/C05/").content.decode()
    plain = client.get("/public/results/indicators/C05/indicator.json").json()

    assert all(f"/public/results/indicators/{code}/" in listed.content.decode() for code in discover())
    assert "badge unverified" in page
    assert "20.04.2018" in page
    assert "GROUP BY p.oblast" in page
    assert "Прибуття у норматив" in page
    assert "Arrival within the norm" in page
    assert (plain["code"], plain["checked_by"], plain["counted_twice"]) == ("C05", None, True)
    assert plain["steps"] == ["call.arrive"]
    assert client.get("/public/results/indicators/C99/").status_code == 404
