"""The map over the operator's tiles: a raster server by its address, and a PMTiles file by its path."""

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests import ports
from tests.browser.conftest import DESK, Station, _wait_for
from tests.browser.test_pages import enter

TILES_TO_ZOOM_6 = (4**7 - 1) // 3


def picture() -> bytes:
    """Return a PNG of 256 × 256 points in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)
    lines = (b"\0" + b"\x80\xa0\xc0" * 256) * 256
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def varint(number: int) -> bytes:
    """Return a number as PMTiles writes it: seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def archive() -> bytes:
    """Return a PMTiles archive of version 3 in which every tile down to zoom 6 is the same picture."""
    tile, metadata = picture(), b"{}"
    # One entry: from tile 0, for so many tiles, so long, at the beginning of the data.
    root = varint(1) + varint(0) + varint(TILES_TO_ZOOM_6) + varint(len(tile)) + varint(1)
    data_at = 127 + len(root) + len(metadata)
    places = (127, len(root), 127 + len(root), len(metadata), data_at, 0, data_at, len(tile))
    counts = (TILES_TO_ZOOM_6, 1, 1)
    kinds = (1, 1, 1, 2, 0, 6)  # clustered, nothing compressed, PNG, zooms 0 to 6
    box = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    head = b"PMTiles\x03" + struct.pack(
        "<8Q3Q6B4iB2i", *places, *counts, *kinds, *box, 5, 310_000_000, 490_000_000
    )
    return head + root + metadata + tile


class Tiles(BaseHTTPRequestHandler):
    """Answers every address with the picture, and allows pages of elsewhere to read it."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(picture())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(station: Station, **settings: str) -> Iterator[str]:
    """Serve the station once more with other settings, and give the address."""
    [port] = ports.unused()
    environment = {**os.environ, "VARTA_DATABASE": station.database, "VARTA_DEMO": "1", **settings}
    command = [sys.executable, "-m", "varta", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def map_says(browser: Browser, station: Station, url: str) -> list[str]:
    """Open the board and wait until tiles came; return what the browser complained of."""
    window = browser.new_context(base_url=url, viewport=DESK, locale="uk-UA")
    window.set_default_timeout(30_000)
    try:
        page = window.new_page()
        enter(page, station, "olena")
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text) if "Security Policy" in one.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/calls/")
        page.wait_for_selector("[data-map][data-ready][data-tiles-came]")
        return said
    finally:
        window.close()


@pytest.fixture
def raster() -> Iterator[str]:
    """Run a server of raster tiles and give its address template."""
    [port] = ports.unused()
    server = ThreadingHTTPServer(("127.0.0.1", port), Tiles)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"
    server.shutdown()


def test_raster_tiles_come_from_the_host_that_the_operator_named(
    browser: Browser, station: Station, raster: str
):
    Tiles.asked.clear()

    with serving(station, VARTA_TILES=raster) as url:
        complaints = map_says(browser, station, url)

    assert complaints == []
    assert Tiles.asked and all(path.endswith(".png") for path in Tiles.asked)


def test_a_pmtiles_file_is_read_in_pieces_from_varta_itself(
    browser: Browser, station: Station, tmp_path: Path
):
    file = tmp_path / "ukraine.pmtiles"
    file.write_bytes(archive())

    with serving(station, VARTA_PMTILES=str(file)) as url:
        complaints = map_says(browser, station, url)

    assert complaints == []
