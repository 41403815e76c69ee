"""What Prometheus reads: requests by route and status, added up over the server's processes."""

import os
import re
from pathlib import Path

import psutil

from varta.lib import home

# Read when prometheus_client is imported, here or by the gauges: each process keeps its numbers in files
# of its own in this folder.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(home.folder("metrics")))

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from varta.shell.gauges import Gauges

REQUESTS = Counter("varta_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "varta_request_seconds",
    "Time from a request to its answer.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
QUERIES = Counter("varta_queries", "Statements sent to the database.", ["route"])
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(*, route: str, method: str | None, status: int, seconds: float, queries: int) -> None:
    """Count one request and its queries; an invented method is "other", so that nobody can fill the memory."""
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    QUERIES.labels(route).inc(queries)


def forget_ended() -> None:
    """Remove the files of processes that ended: a server's numbers begin anew when it starts."""
    for file in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob("*.db"):
        owner = re.search(r"_(\d+)\.db$", file.name)
        if owner and not psutil.pid_exists(int(owner[1])):
            file.unlink(missing_ok=True)


def text() -> bytes:
    """Return all numbers in Prometheus' own format."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    registry.register(Gauges())
    return generate_latest(registry)
