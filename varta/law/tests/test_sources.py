"""How an article is cited."""

from datetime import date

import pytest

from varta.law import Check, Law

URL = "https://example.org"


@pytest.mark.parametrize(
    ("law", "uk", "en"),
    [
        (Law("8073-X", "183", URL), "№ 8073-X, ст. 183", "of 07.12.1984, art. 183"),
        (Law("357/2020", "VII.4", URL), "заяви і повідомлення, п. VII.4", "response to reports, point VII.4"),
        (Law("357/2020", "*", URL), "заяви і повідомлення", "response to reports"),
        (Law("1/2000", "5", URL), "1/2000, ст. 5", "1/2000, art. 5"),
    ],
)
def test_an_article_is_cited_in_both_languages(law, uk, en):
    assert law.cited("uk").endswith(uk)
    assert law.cited("en").endswith(en)


def test_days_may_be_given_as_days_or_as_text():
    day = date(2000, 1, 1)

    assert Law("8073-X", "1", URL, day) == Law("8073-X", "1", URL, "2000-01-01")
    assert Check("Olena", day, "urst-20") == Check("Olena", "2000-01-01", "urst-20")
