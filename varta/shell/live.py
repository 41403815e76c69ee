"""Where pages find the live process: beside the web server, or behind the same address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

PATH = "/live/board"


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
