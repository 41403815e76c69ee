"""What the map asks for: the operator's tiles in ranges, and a policy that lets nothing else in."""

import pytest
from django.test import Client

from varta.calls import ground
from varta.people.scope import reading


@pytest.fixture
def browser(client: Client, olena, settings, tmp_path) -> Client:
    """Sign Olena in where a file of tiles is named."""
    settings.DEMO = True
    file = tmp_path / "ukraine.pmtiles"
    file.write_bytes(bytes(range(256)) * 4)
    settings.VARTA_PMTILES = str(file)
    client.force_login(olena)
    return client


@pytest.mark.parametrize(
    ("asked", "status", "said", "length"),
    [
        ("bytes=0-15", 206, "bytes 0-15/1024", 16),
        ("bytes=1000-2000", 206, "bytes 1000-1023/1024", 24),
        ("bytes=1020-", 206, "bytes 1020-1023/1024", 4),
        ("bytes=2000-3000", 416, "bytes */1024", 0),
        ("bytes=9-3", 416, "bytes */1024", 0),
        ("items=1", 206, "bytes 0-1023/1024", 1024),
    ],
)
def test_a_range_of_the_tiles_is_given(browser, asked, status, said, length):
    answer = browser.get("/calls/map/tiles", headers={"Range": asked})

    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, answer["Content-Range"], len(content)) == (status, said, length)


def test_without_a_file_there_are_no_tiles(browser, settings):
    settings.VARTA_PMTILES = ""

    assert browser.get("/calls/map/tiles").status_code == 404


def test_the_page_may_ask_a_foreign_host_only_for_the_tiles_that_the_operator_named(browser, settings):
    closed = browser.get("/calls/")["Content-Security-Policy"]
    settings.VARTA_TILES = "https://tiles.example/{z}/{x}/{y}.png"
    opened = browser.get("/calls/")["Content-Security-Policy"]

    assert "tiles.example" not in closed
    assert "connect-src 'self'" in opened and "https://tiles.example" in opened
    assert "{z}" not in opened


def test_the_map_begins_with_the_readers_area(olena, reader_of):
    with reading(reader_of(olena)) as by:
        found = ground.of(by)

    west, south, east, north = found.box
    assert west < 35.04 < east and south < 48.47 < north
    assert found.oblasts == ("UA12000000000090473",)
