"""All open boards: one look a tick for all of them, and to each what its reader may see."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

import structlog
from django.conf import settings

from varta.live import events, gauges
from varta.live.door import Pass, Refused
from varta.live.looking import Look

TICK_S = 0.4
IDLE_TICK_S = 5.0  # nobody watches: only a sign of life
BEAT_S = 10.0
TRUSTED_S = 60.0  # nothing is sent on a right that was looked at longer ago
RELOAD_EVERY_S = 10.0
MOST_BOARDS = 1_000
MOST_OF_ONE = 10  # boards that one officer has open: more are forgotten windows, or an attack
ANEW_MS = 3_000  # boards come back spread over so long

_log = structlog.get_logger("varta.live")


class Board(Protocol):
    """An open connection: what it may see, when that was last looked at, and how to reach it."""

    allowed: Pass
    checked_at: float
    seen: str  # what the page has seen; "" when it has just joined the others
    checking: bool

    def send(self, data: bytes) -> None: ...

    def end(self, last: bytes) -> None: ...


class Full(Exception):
    """There are as many boards as may be."""


class Hub:
    """Keeps the boards; `look` asks the database what changed since some snapshots, `check` admits a session anew."""

    def __init__(
        self, *, look: Callable[[set[str]], Awaitable[Look]], check: Callable[[str], Awaitable[Pass]]
    ) -> None:
        self._look, self._check = look, check
        self.boards: set[Board] = set()
        self.joining: list[Board] = []
        self.snapshot = ""
        self.looked_at = time.monotonic()
        self._beat_at = self._reloaded_at = -BEAT_S
        self._owes_reload = False
        self._wake = asyncio.Event()
        self._checks: set[asyncio.Task[None]] = set()

    def join(self, board: Board) -> None:
        """Let a board follow; it hears at the next tick, and first what it missed. Raises Full."""
        known = [*self.boards, *self.joining]
        mine = sum(one.allowed.reader.officer_id == board.allowed.reader.officer_id for one in known)
        if len(known) >= MOST_BOARDS or mine >= MOST_OF_ONE:
            raise Full
        self.joining.append(board)
        self._wake.set()

    def leave(self, board: Board) -> None:
        """Forget a board whose connection ended."""
        self.boards.discard(board)
        if board in self.joining:
            self.joining.remove(board)
        gauges.BOARDS.set(len(self.boards))

    async def run(self) -> None:
        """Look and tell, until cancelled."""
        while True:
            began = time.monotonic()
            await self.tick()
            self._beat()
            self._recheck()
            wait = (TICK_S if self.boards else IDLE_TICK_S) - (time.monotonic() - began)
            await self._rest(max(0.05, wait))

    async def tick(self) -> None:
        """Look once and tell every board; a database that is away is asked again at the next tick."""
        began, joining = time.monotonic(), list(self.joining)
        asked = {one.seen for one in joining if one.seen}
        if self.boards and self.snapshot:
            asked.add(self.snapshot)
        try:
            look = await self._look(asked)
        except ConnectionError as away:
            _log.warning("live.look_failed", reason=str(away))
            return
        self._tell(look)
        self._welcome(joining, look)
        gauges.BEHIND.set(time.monotonic() - self.looked_at if self.boards else 0)
        gauges.TICK.observe(time.monotonic() - began)
        self.snapshot, self.looked_at = look.snapshot, began

    def close(self) -> None:
        """Say good-bye to all boards."""
        for board in [*self.boards, *self.joining]:
            board.end(events.BYE)

    def _tell(self, look: Look) -> None:
        keys = look.since.get(self.snapshot, frozenset())
        self._owes_reload = self._owes_reload or keys is None
        if self._owes_reload and time.monotonic() - self._reloaded_at >= RELOAD_EVERY_S:
            self._reloaded_at, self._owes_reload = time.monotonic(), False
            self._send_all(lambda board: events.reload(seen=look.snapshot))
        elif keys:
            told: dict[tuple, bytes | None] = {}
            self._send_all(lambda board: _rows_for(board.allowed, keys, look, told))

    def _welcome(self, joining: Iterable[Board], look: Look) -> None:
        for board in joining:
            if board not in self.joining:
                continue  # it left while we looked
            self.joining.remove(board)
            self.boards.add(board)
            keys = look.since.get(board.seen) if board.seen else None
            retry = events.RETRY_MS + secrets.randbelow(ANEW_MS)
            board.send(events.hello(seen=look.snapshot, reload=keys is None, retry_ms=retry))
            if keys and (rows := _rows_for(board.allowed, keys, look, {})):
                board.send(rows)
        gauges.BOARDS.set(len(self.boards))

    def _send_all(self, data: Callable[[Board], bytes | None]) -> None:
        """Send to every board whose right was looked at lately; it ends for the others."""
        trusted_from = time.monotonic() - TRUSTED_S
        for board in list(self.boards):
            if board.checked_at < trusted_from:
                board.end(events.BYE)
            elif (made := data(board)) is not None:
                board.send(made)

    def _beat(self) -> None:
        moment = time.monotonic()
        if moment - self._beat_at < BEAT_S:
            return
        self._beat_at = moment
        seen = "" if self._owes_reload else self.snapshot  # who comes back must still hear of what is owed
        beat = events.beat(seen=seen, behind_s=int(moment - self.looked_at))
        self._send_all(lambda board: beat)

    def _recheck(self) -> None:
        moment = time.monotonic()
        for board in self.boards:
            if not board.checking and moment - board.checked_at > settings.VARTA_LIVE_RECHECK:
                board.checking = True
                task = asyncio.create_task(self._check_again(board))
                self._checks.add(task)
                task.add_done_callback(self._checks.discard)

    async def _check_again(self, board: Board) -> None:
        began = time.monotonic()
        try:
            allowed = await self._check(board.allowed.session)
        except Refused as refused:
            board.end(events.ended(refused.code))
        except ConnectionError as away:
            _log.warning("live.check_failed", reason=str(away))
        else:
            if allowed == board.allowed:
                # Not all at once: boards that came together would be looked at together for ever.
                board.checked_at = began - secrets.randbelow(settings.VARTA_LIVE_RECHECK) / 3
            else:
                board.end(events.ended("changed"))
        finally:
            board.checking = False

    async def _rest(self, seconds: float) -> None:
        """Wait, or until somebody joins while nobody watches."""
        if self.boards:
            await asyncio.sleep(seconds)
            return
        if not self.joining:
            self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return


def _rows_for(allowed: Pass, keys: frozenset, look: Look, told: dict) -> bytes | None:
    """Return the event with those of these rows that the reader is told of; equal readers share it."""
    reader = allowed.reader
    scope = (reader.place_from, reader.place_to, reader.unit_from, reader.unit_to, reader.procedures)
    alike = (*scope, allowed.language)
    if alike not in told:
        parts = [look.rows[key].told_to(reader, allowed.language) for key in keys if key in look.rows]
        parts = [part for part in parts if part is not None]
        told[alike] = events.changed(parts, seen=look.snapshot) if parts else None
    return told[alike]
