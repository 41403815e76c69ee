"""How an article is cited."""

import pytest

from varta.law import Law

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
