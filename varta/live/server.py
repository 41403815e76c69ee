"""The server of live boards: HTTP by h11 on asyncio, one request a connection, GET /live/board alone.

Granian serves Varta's pages, but it cannot end a connection whose client does not read, and a stop of it
cuts open streams off (docs/adr/0009-live-boards.md). So what is sent goes through asyncio's own transports.
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import h11
import orjson
import structlog
from django.conf import settings
from django.http import parse_cookie

from varta.cases import changes
from varta.live import door, events, gauges
from varta.live.door import Pass, Refused
from varta.live.hub import Full, Hub

ASKED_WITHIN_S = 5.0  # a connection that has not asked by then is ended
MOST_CONNECTIONS = 1_500  # those that have not asked yet, too
UNREAD = 256 * 1024  # bytes that wait for a client; more, and it is dropped
KERNEL = 64 * 1024  # bytes that the kernel keeps beside: by default it would hide megabytes
UNHEARD_MS = 30_000  # without a sign that what was sent has come
LONGEST_REQUEST = 16 * 1024

_log = structlog.get_logger("varta.live")

Check = Callable[[str], Awaitable[Pass]]


class Connection(asyncio.Protocol):
    """One connection: a request, then events until either side ends it."""

    def __init__(self, hub: Hub, check: Check, connections: "set[Connection]") -> None:
        self.hub, self.check, self.connections = hub, check, connections
        self.parser = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_REQUEST)
        self.allowed: Pass
        self.checked_at, self.checking = 0.0, False
        self.seen = ""
        self.cors = b""
        self.task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the request, not for long."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        if len(self.connections) >= MOST_CONNECTIONS:
            transport.abort()
            return
        self.connections.add(self)
        wire = transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: a computer that lost its power is not waited for
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_MS)
        self.patience = asyncio.get_running_loop().call_later(ASKED_WITHIN_S, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the board."""
        self.connections.discard(self)
        self.hub.leave(self)
        if self.task is not None:
            self.task.cancel()

    def data_received(self, data: bytes) -> None:
        """Read the request; a client that goes on talking is ended."""
        if self.task is not None:
            self.transport.abort()
            return
        try:
            self.parser.receive_data(data)
            asked = self.parser.next_event()
        except h11.RemoteProtocolError as wrong:
            self._refuse(Refused(wrong.error_status_hint, "bad-request"))
            return
        if isinstance(asked, h11.Request):
            self.patience.cancel()
            self.task = asyncio.ensure_future(self._answer(asked))
            self.task.add_done_callback(self._answered)

    def send(self, data: bytes) -> None:
        """Send events, unless the client has left too much unread: then it is dropped."""
        self.transport.write(data)
        if self.transport.get_write_buffer_size() > UNREAD:
            gauges.SLOW.inc()
            self.transport.abort()

    def end(self, last: bytes) -> None:
        """Send a last event and close."""
        self.transport.write(last)
        self.transport.close()

    async def _answer(self, asked: h11.Request) -> None:
        headers = {name.decode(): value.decode("latin-1") for name, value in asked.headers}
        try:
            self._known(asked, headers)
            self.seen, session = _seen(asked, headers), _session(headers)
            if not session:
                raise Refused(401, "not-signed-in")
            began = time.monotonic()
            self.allowed = await self.check(session)
            self.checked_at = began
            self.hub.join(self)
            self.transport.write(self._head())
        except Refused as refused:
            self._refuse(refused)
        except Full:
            self._refuse(Refused(429, "too-many-boards"))
        except ConnectionError as away:
            _log.warning("live.check_failed", reason=str(away))
            self._refuse(Refused(503, "database-away"))

    def _answered(self, task: asyncio.Task[None]) -> None:
        """End a connection whose answer failed in a way that nobody foresaw."""
        if not task.cancelled() and (failed := task.exception()):
            _log.error("live.answer_failed", exc_info=failed)
            self.transport.abort()

    def _known(self, asked: h11.Request, headers: dict[str, str]) -> None:
        """Refuse what is not for us: another address, another name, a page of a stranger."""
        host = headers.get("host", "")
        if not door.known_host(host):
            raise Refused(400, "unknown-host")
        if urlsplit(asked.target.decode("latin-1")).path != door.PATH:
            raise Refused(404, "not-found")
        if asked.method != b"GET":
            raise Refused(405, "get-only")
        origin = headers.get("origin")
        if origin is not None:
            if not door.may_listen(origin, host):
                raise Refused(403, "foreign-origin")
            self.cors = f"Access-Control-Allow-Origin: {origin}\r\nAccess-Control-Allow-Credentials: true\r\n".encode()

    def _head(self) -> bytes:
        return events.HEAD + self.cors + COMMON + b"\r\n"

    def _refuse(self, refused: Refused) -> None:
        gauges.REFUSED.labels(str(refused.status)).inc()
        body = orjson.dumps({"code": refused.code})
        line = f"HTTP/1.1 {refused.status} {HTTPStatus(refused.status).phrase}\r\n"
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self.transport.write((line + kind).encode() + self.cors + COMMON + b"\r\n" + body)
        self.transport.close()


COMMON = (
    b"Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\n"
    b"Vary: Origin\r\nConnection: close\r\n"
)


def _session(headers: dict[str, str]) -> str:
    return parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")


def _seen(asked: h11.Request, headers: dict[str, str]) -> str:
    """Return the snapshot that the page has seen; "" when it names none, and must read its rows anew."""
    query = parse_qs(urlsplit(asked.target.decode("latin-1")).query)
    given = headers.get("last-event-id") or query.get("since", [""])[0]
    return given if changes.is_snapshot(given) else ""


async def listen(hub: Hub, check: Check, *, host: str, port: int) -> tuple[asyncio.Server, set[Connection]]:
    """Listen on an address; return the server and its open connections."""
    connections: set[Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(hub, check, connections), host, port, backlog=512, reuse_address=True
    )
    return server, connections
