"""Twenty new calls a second with two hundred live boards open, every part of Varta running, beside a plain view.

    python -m bench.load [--seconds 300] [--rate 20] [--boards 200] [--smoke]

Starts the web server, the live process and the worker as `varta run` does, on free loopback ports, over the
demonstration with durable commits. Calls come by HTTP from twenty signed-in officers, each when it is due
and not when the one before was answered. The floor is a plain Django view that writes one row of the same
words, served alike, at the same rate, a minute before. The aim: p99 of intake under 300 ms, every call
there exactly once, boards at most two seconds behind.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import ground
from tests import ports

HOST = "127.0.0.1"
LAG_S = 2.0
FORMS = {
    "desk": {"form": "desk", "path": "/calls/new/", "accept": "application/json"},
    "generic": {"form": "generic", "path": "/cases/new/call/", "accept": "text/html"},
    "plain": {"form": "plain", "path": "/", "accept": "text/html"},
}


def started(arguments: Sequence[str], port: int, log: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start a process of Varta and wait until its port answers."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=log.open("ab"),
        stderr=subprocess.STDOUT,
    )
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"{arguments} ended: {log.read_text()[-2000:]}")
        with socket.socket() as attempt:
            if not port or attempt.connect_ex((HOST, port)) == 0:
                return process
        time.sleep(0.1)
    raise RuntimeError(f"{arguments} did not answer within a minute.")


@contextlib.contextmanager
def running(*processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """End processes when the block ends."""
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def helper(module: str, folder: Path, plan: dict[str, Any], **streams: Any) -> subprocess.Popen[str]:
    """Start a client in a process of its own, with its plan in a file."""
    (folder / f"{module}.plan").write_text(json.dumps(plan))
    files = [str(folder / f"{module}.{ending}") for ending in ("plan", "result")]
    code = f"from bench.{module} import main; main()"
    return subprocess.Popen([sys.executable, "-c", code, *files], text=True, **streams)


def result(module: str, folder: Path) -> list[dict[str, Any]]:
    """Return what a client wrote at its end."""
    return json.loads((folder / f"{module}.result").read_text())


PLAIN = """
CREATE TABLE bench_plain (
    key uuid PRIMARY KEY, category text, kind text, about text, surname text, phone text,
    place text, unit text, received_at timestamptz DEFAULT now()
)
"""


def floor(folder: Path, plan: dict[str, Any], web: Sequence[str]) -> list[dict[str, Any]]:
    """Send the calls to the plain view and return what became of each."""
    from varta.lib import postgres

    with postgres.connect("owner") as owner:
        owner.execute(PLAIN)
    [port] = ports.unused()
    log = folder / "plain.log"
    command = ["-m", "granian", "bench.plain:application", "--interface", "wsgi", "--no-ws"]
    served = started(
        [*command, "--host", HOST, "--port", str(port), *web], port, log, VARTA_DATABASE_POOL="5"
    )
    with running(served):
        own = {"address": f"http://{HOST}:{port}", "signed_in": False} | FORMS["plain"]
        helper("load_intake", folder, plan | own).wait()
    return result("load_intake", folder)


def varta(folder: Path, plan: dict[str, Any], boards: int) -> tuple[list, list, dict[str, float]]:
    """Send the calls to Varta with boards open; return the calls, the boards, and processor seconds by process."""
    web_port, live_port = ports.unused(2)
    logs = {name: folder / f"{name}.log" for name in ("web", "live", "worker")}
    web = ["-m", "varta", "serve", "--port", str(web_port), "--workers", "2"]
    live = ["-m", "varta", "live", "--port", str(live_port)]
    processes = {
        "web": started(web, web_port, logs["web"], VARTA_LIVE=f":{live_port}"),
        "live": started(live, live_port, logs["live"]),
        "worker": started(["-m", "varta", "work"], 0, logs["worker"]),
    }
    with running(*processes.values()):
        watching = plan | {"boards": boards, "port": live_port, "host": f"{HOST}:{live_port}"}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        watchers = helper("load_boards", folder, watching, **pipes)
        assert watchers.stdout.readline() == "ready\n", "the boards could not be opened"
        own = {"address": f"http://{HOST}:{web_port}", "signed_in": True} | FORMS[plan["form"]]
        before = spent(processes)
        helper("load_intake", folder, plan | own).wait()
        used = {name: seconds - before[name] for name, seconds in spent(processes).items()}
        watchers.stdin.close()
        watchers.wait(180)
    return result("load_intake", folder), result("load_boards", folder), used


def spent(processes: dict[str, subprocess.Popen[bytes]]) -> dict[str, float]:
    """Return the processor seconds that each process, with its children, has used, and PostgreSQL's."""
    import psutil
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    families = {name: psutil.Process(one.pid) for name, one in processes.items()} | {"postgres": server}
    return {name: _seconds_of(family) for name, family in families.items()}


def _seconds_of(family: Any) -> float:
    own = family.cpu_times()  # those of children that ended are among the parent's
    total = own.user + own.system + own.children_user + own.children_system
    for child in family.children(recursive=True):
        with contextlib.suppress(OSError, LookupError):
            times = child.cpu_times()
            total += times.user + times.system
    return total


def check(sent: Sequence[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the journal: calls that are missing or doubled, numbers with gaps."""
    from django.db import connection

    from varta.people.scope import Reader, reading

    keys = {UUID(one["key"]) for one in sent}
    wrong = []
    with reading(Reader.system()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, count(*) FROM cases_entry WHERE key = ANY (%s) GROUP BY key", [list(keys)]
        )
        entries = dict(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM cases_case WHERE key = ANY (%s)", [list(keys)])
        [cases] = cursor.fetchone()
        cursor.execute(GAPS)
        gaps = cursor.fetchall()
    if missing := len(keys - entries.keys()):
        wrong.append(f"{missing} calls are missing")
    if doubled := sum(count > 1 for count in entries.values()):
        wrong.append(f"{doubled} calls are there twice")
    if cases != len(keys):
        wrong.append(f"{cases} cases for {len(keys)} calls")
    return wrong + [
        f"the journal of {unit} has gaps: {count} numbers up to {last}" for unit, last, count in gaps
    ]


GAPS = """
    SELECT j.unit, j.last, count(c.key) FROM cases_journal j
    LEFT JOIN cases_case c ON (c.procedure, c.unit, c.year) = (j.procedure, j.unit, j.year)
    WHERE j.procedure = 'call' GROUP BY j.unit, j.year, j.last
    HAVING count(c.key) <> j.last OR max(c.number) <> j.last OR min(c.number) <> 1
"""


def lags(
    sent: Sequence[dict[str, Any]], boards: Sequence[dict[str, Any]], accounts: Sequence[Any]
) -> dict[str, Any]:
    """Return how far behind boards were, from the answer and from the sending, and what they missed or ought not see."""
    after_answer, after_sending, missed, strange = [], [], 0, 0
    for board in boards:
        account = accounts[board["officer"]]
        for call in sent:
            heard = board["heard"].get(call["key"])
            if not account.sees(call["spot"]):
                strange += heard is not None
            elif heard is None:
                missed += 1
            else:
                after_answer.append(max(0.0, heard - call["done"]))
                after_sending.append(heard - call["sent"])
    reloads, ends = (sum(board[name] for board in boards) for name in ("reloads", "ends"))
    return {
        "answer": after_answer,
        "sending": after_sending,
        "missed": missed,
        "strange": strange,
        "reloads": reloads,
        "ends": ends,
    }


def latency(told: Sequence[dict[str, Any]]) -> list[float]:
    """Return milliseconds from when each call was due to its answer."""
    return [1000 * (one["done"] - one["due"]) for one in told]


def line(name: str, values: Sequence[float], against: Sequence[float]) -> list[str]:
    """Return a line of the table: percentiles, and how many times the floor's."""
    shares = [ground.percentile(values, share) for share in (0.5, 0.95, 0.99)]
    times = [
        f"{value / ground.percentile(against, share):.1f}"
        for value, share in zip(shares, (0.5, 0.95, 0.99), strict=True)
    ]
    return [name, str(len(values)), *(f"{value:.1f}" for value in (*shares, max(values))), *times]


def report(
    plain: Sequence,
    sent: Sequence,
    board: dict[str, Any],
    used: dict[str, float],
    wrong: list[str],
    seconds: int,
) -> bool:
    """Print the tables; return whether everything was reached."""
    failed = [one for one in sent if one["statuses"][-1] not in (201, 302)]
    repeated = sum(len(one["statuses"]) > 1 for one in sent)
    twice = [one["again"] for one in sent if "again" in one]
    base, own = latency(plain), latency(sent)
    head = ["calls", "count", "p50 ms", "p95 ms", "p99 ms", "max ms", "× p50", "× p95", "× p99"]
    lines = [line("one row by a plain view (floor)", base, base), line("intake of Varta", own, base)]
    ground.table("Intake, from the moment at which each call was due", head, lines)
    rows = [
        [
            name,
            len(values),
            *(f"{ground.percentile(values, share):.2f}" for share in (0.5, 0.99)),
            f"{max(values):.2f}",
        ]
        for name, values in (("after the answer", board["answer"]), ("after the sending", board["sending"]))
    ]
    ground.table("Boards behind, seconds", ["each call on each board", "count", "p50", "p99", "max"], rows)
    cores = " · ".join(f"{name} {value / seconds:.2f}" for name, value in used.items())
    print(f"\nProcessors used, of {os.cpu_count()}: {cores}")
    print(
        f"Answered at last: {len(sent) - len(failed)} of {len(sent)}; repeated by the sender: {repeated}; sent twice on purpose: {len(twice)}."
    )
    print(
        f"Boards: {board['missed']} calls missed, {board['strange']} of others' seen, {board['reloads']} reloads, {board['ends']} connections lost and taken up again."
    )
    print(f"The journal: {'; '.join(wrong) or 'every call exactly once, numbers without gaps'}.")
    reached = {
        "p99 of intake under 300 ms": ground.percentile(own, 0.99) < 300,
        "every call exactly once": not wrong and not failed and set(twice) <= {201, 302},
        "boards at most two seconds behind": max(board["sending"]) <= LAG_S,
        "each board saw its own and nothing else": not board["missed"] and not board["strange"],
    }
    for what, is_so in reached.items():
        print(f"{'reached' if is_so else 'MISSED '}  {what}")
    return all(reached.values())


def main() -> None:
    """Run it and print; ends with 1 when calls were lost or doubled, or a board saw what it may not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--rate", type=float, default=20.0, help="calls a second")
    parser.add_argument("--boards", type=int, default=200)
    parser.add_argument(
        "--form", choices=("desk", "generic"), default="desk", help="which page takes the calls"
    )
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    seconds, boards = (5, 20) if options.smoke else (options.seconds, options.boards)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    os.environ["VARTA_DEMO"] = "1"
    with tempfile.TemporaryDirectory(prefix="varta-load-") as name, ground.database():
        folder = Path(name)
        os.environ |= {"VARTA_LAKE": str(folder / "lake"), "VARTA_SEALS": str(folder / "seals")}
        from bench import load_ground

        cases = load_ground.fill(smoke=options.smoke)
        told = load_ground.accounts()
        accounts = [load_ground.account_of(one) for one in told]
        calls = load_ground.calls(accounts, int(seconds * options.rate))
        plan = {"rate": options.rate, "form": options.form, "accounts": told, "calls": calls}
        print(
            f"{cases:,} cases; {len(calls)} calls at {options.rate:g} a second; {boards} boards of {len(accounts)} officers."
        )
        print(f"Load of the machine before: {' '.join(f'{one:.2f}' for one in os.getloadavg())}")
        short = plan | {"calls": calls[: int(min(seconds, 60) * options.rate)]}
        plain = floor(folder, short, ["--workers", "2", "--blocking-threads", "4"])
        sent, heard, used = varta(folder, plan, boards)
        wrong = check(sent)
        board = lags(sent, heard, accounts)
        fine = report(plain, sent, board, used, wrong, seconds)
    if not fine and (wrong or board["strange"] or board["missed"]):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
