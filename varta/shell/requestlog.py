"""One line of JSON for each request, and the counters behind /metrics."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse

from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.shell import metrics

HEADER = "X-Request-Id"
QUIET = frozenset({"shell:health", "shell:metrics", "calls:pulse"})  # asked every few seconds by machines

_log = structlog.get_logger("varta.request")


class Watch:
    """What is known about a request while it is answered."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.key = str(uuid7(now()))
        self.queries = 0
        self.began = time.perf_counter()
        self.status = 500

    def count(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count a query and run it."""
        self.queries += 1
        return execute(sql, params, many, context)

    def answered(self, response: HttpResponse) -> None:
        """Note the answer and tell the client how to name it to a developer."""
        self.status = response.status_code
        response.headers[HEADER] = self.key

    def write(self) -> None:
        """Write the line and count the request."""
        seconds = time.perf_counter() - self.began
        match = self.request.resolver_match
        if match is None and self.status in (200, 304):
            return  # a static file
        route = match.view_name if match else "unknown"
        metrics.count(
            route=route,
            method=self.request.method,
            status=self.status,
            seconds=seconds,
            queries=self.queries,
        )
        if route in QUIET and self.status == 200:
            return
        reader = getattr(self.request, "reader", None)
        _log.info(
            "request",
            request=self.key,
            method=self.request.method,
            route=route,
            status=self.status,
            ms=round(seconds * 1000, 1),
            queries=self.queries,
            officer=reader.officer_id if reader else None,
        )


@contextmanager
def watching(request: HttpRequest) -> Iterator[Watch]:
    """Watch a request until it is answered, well or not."""
    watch = Watch(request)
    request.key = watch.key
    with connection.execute_wrapper(watch.count):
        try:
            yield watch
        finally:
            watch.write()
