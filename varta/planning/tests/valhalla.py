"""A server that answers as Valhalla does: the shapes and refusals are those of a server 3.9.1 asked by hand.

A minute for each hundredth of a degree of latitude. South of 40 degrees there is no road; between 60 and
70 degrees there is an island that nobody can drive to or from.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Valhalla:
    """What the server does, and what it was asked."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[dict] = []
        self.pairs = 2500
        self.compact = True  # servers before 3.5 do not know `verbose`
        self.nulls = False  # no way as null, instead of refusing the whole request
        self.delay_s = 0.0
        self.status = 200  # another one is answered to everything
        self.body: bytes | None = None  # is answered to everything

    def answer(self, request: dict) -> tuple[int, dict]:
        sources = [one["lat"] for one in request["sources"]]
        targets = [one["lat"] for one in request["targets"]]
        if len(sources) * len(targets) > self.pairs:
            return refused(150, f"Exceeded max locations: {self.pairs}.000000")
        if min(sources + targets) < 40:
            return refused(171, "No suitable edges near location")
        rows = [[seconds(here, there) for there in targets] for here in sources]
        if not self.nulls and any(time is None for row in rows for time in row):
            return refused(170, "Locations are in unconnected regions. Go check/edit the map at osm.org")
        return 200, {
            "sources_to_targets": self.shaped(rows),
            "units": "kilometers",
            "algorithm": "costmatrix",
        }

    def shaped(self, rows: list[list[int | None]]) -> object:
        if self.compact:
            return {"durations": rows, "distances": rows}
        return [
            [{"from_index": f, "to_index": t, "time": one, "distance": one} for t, one in enumerate(row)]
            for f, row in enumerate(rows)
        ]


def seconds(here: float, there: float) -> int | None:
    return None if (here > 60) != (there > 60) else round(6000 * abs(here - there))


def refused(code: int, error: str) -> tuple[int, dict]:
    return 400, {"error_code": code, "error": error, "status_code": 400, "status": "Bad Request"}


@contextmanager
def running() -> Iterator[Valhalla]:
    """Run the server on a free port of this machine."""
    valhalla = Valhalla()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/sources_to_targets"
            valhalla.asked.append(request)
            time.sleep(valhalla.delay_s)
            status, told = valhalla.answer(request)
            body = json.dumps(told).encode() if valhalla.body is None else valhalla.body
            self.send_response(status if valhalla.status == 200 else valhalla.status)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except BrokenPipeError:
                pass  # whoever asked has stopped waiting

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    valhalla.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield valhalla
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
