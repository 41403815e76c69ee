"""Where pages find the live process, beside the web server or behind the same address, and whether it lives."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

PATH = "/live/board"
PROCESS = "varta live"  # as which it connects to the database

# It asks the database twice a second, or every five seconds while nobody watches; so the server knows.
LOOKED = """
    SELECT max(query_start) FROM pg_stat_activity
    WHERE application_name = %s AND datname = current_database()
"""


def origin(request: HttpRequest) -> str:
    """Return the origin that the page may connect to besides its own; "" when it is its own.

    VARTA_LIVE is empty behind a proxy that passes /live/ on, a port as ":8001" on the machine that the page
    came from, or an address as "https://live.example".
    """
    given = settings.VARTA_LIVE
    if not given.startswith(":"):
        return given
    name = urlsplit(f"//{request.get_host()}").hostname or ""
    shown = f"[{name}]" if ":" in name else name
    return f"{request.scheme}://{shown}{given}"


def address(request: HttpRequest) -> str:
    """Return the address of the events of the board, for `data-live`."""
    return origin(request) + PATH


def looked_at() -> datetime | None:
    """Return when a live process last asked the database; None when none is connected."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, [PROCESS])
        [looked] = cursor.fetchone()
    return looked
