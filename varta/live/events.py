"""Server-sent events as bytes. An event's id is a snapshot of the database: what was seen up to there."""

from collections.abc import Iterable
from uuid import UUID

import orjson

from varta.calls.board import Changed

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
RETRY_MS = 1_000


def event(name: str, data: bytes, *, seen: str = "") -> bytes:
    """Return one event; `data` is JSON, which has no line ends."""
    mark = f"id: {seen}\n" if seen else ""
    return f"{mark}event: {name}\ndata: ".encode() + data + b"\n\n"


def hello(*, seen: str, reload: bool, retry_ms: int) -> bytes:
    """Return what a board hears first: whether it must read all its rows anew."""
    return f"retry: {retry_ms}\n".encode() + event("hello", orjson.dumps({"reload": reload}), seen=seen)


def beat(*, seen: str, behind_s: int) -> bytes:
    """Return the sign of life that also says how old the last look at the database is."""
    return event("beat", orjson.dumps({"behind": behind_s}), seen=seen)


def ended(code: str) -> bytes:
    """Return that the right to see this board ended, and why."""
    return event("ended", orjson.dumps({"code": code}))


def reload(*, seen: str) -> bytes:
    """Return that more changed than is told row by row."""
    return event("reload", b"{}", seen=seen)


BYE = event("bye", b"{}")


def changed(parts: Iterable[bytes], *, seen: str) -> bytes:
    """Return one event with the rows that changed."""
    return event("changed", b"[" + b",".join(parts) + b"]", seen=seen)


def part_of(row: Changed, language: str, *, with_call: bool = True) -> bytes:
    """Return a changed row in one language; a crew's without its call for whoever may not see that."""
    html = row.html if with_call else row.without_call
    told = {"key": row.key, "kind": row.kind, "gone": row.gone, "html": html.get(language, "")}
    return orjson.dumps(told)


def left(key: UUID, kind: str) -> bytes:
    """Return that a row is not for this board any more."""
    return orjson.dumps({"key": key, "kind": kind, "gone": True, "html": ""})
