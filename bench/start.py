"""From the command to the first page: `varta run` on a folder that has its data, beside Django alone.

    python -m bench.start [--rounds 5] [--smoke]

The floor is `varta serve` on a database that already runs: what Python, Django and granian need by
themselves. Above it stand the database's start, the check of migrations and the worker.
"""

import argparse
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import ground

READY = re.compile(r"http://127\.0\.0\.1:(\d+)/")


def run_all(home: Path) -> float:
    """Return the seconds from `varta run` to its word that the first page answers."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "varta", "run", "--no-demo"]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if READY.search(line):
                break
        else:
            raise RuntimeError("`varta run` ended before its first page; its words are above.")
        seconds = time.perf_counter() - started
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    return seconds


def serve_alone(home: Path) -> float:
    """Return the seconds from `varta serve` to the first answer, the database running already."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "varta", "serve", "--port", "8999", "--workers", "2"]
    with subprocess.Popen(command, env=environment(home), stderr=subprocess.DEVNULL) as process:
        while not answers(8999):
            if process.poll() is not None:
                raise RuntimeError("`varta serve` ended before its first answer.")
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        process.terminate()
    return seconds


def answers(port: int) -> bool:
    """Say whether somebody answers on a port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def environment(home: Path) -> dict[str, str]:
    """Return this process's environment with another home folder."""
    return {**os.environ, "VARTA_HOME": str(home), "VARTA_DATABASE": "varta", "COLUMNS": "200"}


def measure(what: Callable[[Path], float], home: Path, rounds: int) -> list[float]:
    """Return the seconds of each round, the shortest first."""
    return sorted(what(home) for _ in range(rounds))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--smoke", action="store_true", help="one round")
    options = parser.parse_args()
    rounds = 1 if options.smoke else options.rounds
    with tempfile.TemporaryDirectory(prefix="varta-bench-") as folder:
        home = Path(folder)
        first = run_all(home)
        again = measure(run_all, home, rounds)
        os.environ["VARTA_HOME"] = folder
        from varta.lib import postgres

        postgres.use()
        floor = measure(serve_alone, home, rounds)
        postgres.leave()
    lines = [
        ["varta run, an empty folder (territory of 31,745 places)", f"{first:.2f}", f"{first:.2f}"],
        ["varta run, again", f"{again[len(again) // 2]:.2f}", f"{again[-1]:.2f}"],
        ["varta serve alone (floor)", f"{floor[len(floor) // 2]:.2f}", f"{floor[-1]:.2f}"],
    ]
    ground.table("Seconds to the first page", ["start", "median s", "worst s"], lines)


if __name__ == "__main__":
    main()
