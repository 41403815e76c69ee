"""The boards of `bench.load`: two hundred open streams, and when each heard of each call.

Says "ready" once every board heard its hello; writes what was heard when its input ends.
"""

import asyncio
import contextlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

KEY = re.compile(rb'"key":"([0-9a-f-]{36})","kind":"call"')
SEEN = re.compile(rb"^id: (\S+)$", re.MULTILINE)
AGAIN_S = 1.0
QUIET_S, LONGEST_S = 5, 120


class Board:
    """A board that counts and draws nothing. Like a browser it connects again, naming what it heard last."""

    def __init__(self, plan: dict[str, Any], account: dict[str, Any]) -> None:
        self.plan, self.account = plan, account
        self.heard: dict[str, float] = {}
        self.seen = ""
        self.ready = asyncio.Event()
        self.reloads = self.ends = 0

    async def follow(self) -> None:
        """Keep a connection until cancelled."""
        while True:
            connection = Connection(self)
            with contextlib.suppress(OSError):
                loop, port = asyncio.get_running_loop(), self.plan["port"]
                await loop.create_connection(lambda made=connection: made, "127.0.0.1", port)
                await connection.ended.wait()
            self.ends += 1
            await asyncio.sleep(AGAIN_S)

    def hear(self, whole: bytes, moment: float) -> None:
        """Note when each call was first heard of."""
        if b"event: hello" in whole:
            self.ready.set()
        self.reloads += whole.count(b"event: reload") + whole.count(b'"reload":true')
        if marks := SEEN.findall(whole):
            self.seen = marks[-1].decode()
        for key in KEY.findall(whole):
            self.heard.setdefault(key.decode(), moment)


class Connection(asyncio.Protocol):
    """One connection of a board."""

    def __init__(self, board: Board) -> None:
        self.board, self.rest, self.ended = board, b"", asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the events."""
        plan, account, seen = self.board.plan, self.board.account, self.board.seen
        lines = [
            f"GET /live/board?since={seen} HTTP/1.1",
            f"Host: {plan['host']}",
            f"Cookie: sessionid={account['session']}",
        ]
        transport.write("\r\n".join([*lines, "", ""]).encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Read whole events."""
        moment = time.monotonic()
        whole, end, self.rest = (self.rest + data).rpartition(b"\n\n")
        if end:
            self.board.hear(whole, moment)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the board come again."""
        self.ended.set()


async def run(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Keep the boards open until the input ends and all is quiet, and return what each heard."""
    accounts = plan["accounts"]
    boards = [Board(plan, accounts[nth % len(accounts)]) for nth in range(plan["boards"])]
    following = [asyncio.create_task(board.follow()) for board in boards]
    await asyncio.gather(*(board.ready.wait() for board in boards))
    for board in boards:
        board.reloads = board.ends = 0  # the first hello asks for all rows, as there were none
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await _calm(boards)
    for task in following:
        task.cancel()
    return [
        {"officer": nth % len(accounts), "heard": board.heard, "reloads": board.reloads, "ends": board.ends}
        for nth, board in enumerate(boards)
    ]


async def _calm(boards: list[Board]) -> None:
    """Wait until no board has heard anything new for a while; a loaded machine takes its time."""
    heard = -1
    for _ in range(LONGEST_S // QUIET_S):
        before, heard = heard, sum(len(board.heard) for board in boards)
        if before == heard:
            return
        await asyncio.sleep(QUIET_S)


def main() -> None:
    """Do what the plan says."""
    plan = json.loads(Path(sys.argv[1]).read_text())
    Path(sys.argv[2]).write_text(json.dumps(asyncio.run(run(plan))))
