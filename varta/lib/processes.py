"""Processes under watch: started, started again when they die, and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MARK = "VARTA_SUPERVISED"  # in the environment of every process of a home folder's Varta: the folder
LONGEST_WAIT_S = 30.0
STEADY_AFTER_S = 60.0  # a process that lived so long starts again at once
LOG_LIMIT = 10_000_000  # bytes; then the log is set aside once


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0  # not before this moment of the monotonic clock
    wait_s: float = 1.0  # before the next start


class Watch:
    """Keeps children alive; `say` receives a line for people when something happens."""

    def __init__(self, home: Path, *, say: Callable[[str], None]) -> None:
        self.home = home
        self.say = say
        self.children: list[Child] = []

    def add(self, child: Child) -> None:
        """Start a child and keep it alive from now on."""
        self.children.append(child)
        self._start(child)

    def look(self) -> None:
        """Start again what died, after 1, 2, 4 … 30 seconds, and after 1 again if it had been steady."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._note_end(child, now)
            if child.process is None and now >= child.start_at:
                self._start(child)

    def stop(self, *, within_s: float = 15.0) -> None:
        """Ask all children to end, wait, and kill those that did not."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + within_s
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass  # its whole group is killed below
            _kill_group(process.pid)
            process.wait()
        self.children.clear()

    def _start(self, child: Child) -> None:
        child.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if child.log.exists() and child.log.stat().st_size > LOG_LIMIT:
            child.log.replace(child.log.with_suffix(".old.log"))
        with child.log.open("ab") as log:
            child.process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **child.environment, MARK: str(self.home)},
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  no threads here
            )
        child.started_at = time.monotonic()

    def _note_end(self, child: Child, now: float) -> None:
        assert child.process is not None
        _kill_group(child.process.pid)  # what it started must not outlive it
        if now - child.started_at > STEADY_AFTER_S:
            child.wait_s = 1.0
        how = _how(child.process.returncode)
        self.say(f"{child.name} ended ({how}); again in {child.wait_s:g} s. Log: {child.log}")
        child.start_at = now + child.wait_s
        child.wait_s = min(LONGEST_WAIT_S, child.wait_s * 2)
        child.process = None


def end_orphans(home: Path) -> int:
    """End what a killed supervisor of this home folder left running, and return how many processes it was."""
    orphans = [process for process in psutil.process_iter() if _belongs(process, home)]
    for process in orphans:
        _quietly(process.terminate)
    _, alive = psutil.wait_procs(orphans, timeout=10)
    for process in alive:
        _quietly(process.kill)
    psutil.wait_procs(alive, timeout=10)
    return len(orphans)


def free_port(host: str, ports: Iterable[int]) -> int | None:
    """Return the first of these ports on which nobody listens, or None."""
    for port in ports:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                continue
            return port
    return None


def _belongs(process: psutil.Process, home: Path) -> bool:
    try:
        return process.pid != os.getpid() and bool(process.environ().get(MARK) == str(home))
    except (psutil.Error, OSError):
        return False  # somebody else's, or gone


def _end_with_parent() -> None:
    """Ask the kernel to end this process when the supervisor dies, however it dies (Linux)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # nobody of the group is left


def _quietly(act: Callable[[], object]) -> None:
    try:
        act()
    except psutil.NoSuchProcess:
        return  # it ended by itself


def _how(code: int) -> str:
    """Say in words how a process ended."""
    return f"by {signal.Signals(-code).name}" if code < 0 else f"code {code}"
