"""What changed between two snapshots."""

import pytest

from varta.cases import changes


@pytest.mark.parametrize(
    "text", ["5:5:", "5:9:", "5:9:5", "5:9:5,7,8", "123456789012345678:123456789012345678:"]
)
def test_what_postgresql_writes_is_a_snapshot(db, text):
    from django.db import connection

    assert changes.is_snapshot(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::pg_snapshot", [text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "5:4:",
        "0:5:",
        "5:9:9",
        "5:9:4",
        "5:9:7,5",
        "5:9:5,",
        "-5:9:",
        "٥:٩:",
        "5:9:5\n",
        "9" * 19 + ":" + "9" * 19 + ":",
    ],
)
def test_what_it_would_not_read_is_none(text):
    assert not changes.is_snapshot(text)


def test_the_snapshot_of_now_has_the_form(db):
    assert changes.is_snapshot(changes.snapshot())
