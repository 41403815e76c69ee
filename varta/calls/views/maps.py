"""What the map of the board asks for besides boundaries: the operator's own tiles, piece by piece."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from varta.people.access import opens

RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
MOST = 8 * 1024 * 1024  # bytes of one answer: a reader of PMTiles asks for far less
CHUNK = 64 * 1024


@require_safe
@opens("desk")
def tiles(request: HttpRequest) -> HttpResponseBase:
    """Give a range of the PMTiles file that VARTA_PMTILES names: 206, or 416 where there is no such range."""
    file = Path(settings.VARTA_PMTILES)
    if not settings.VARTA_PMTILES or not file.is_file():
        raise Http404
    size = file.stat().st_size
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    first = int(asked[1]) if asked else 0
    last = min(int(asked[2]) if asked and asked[2] else size - 1, first + MOST - 1, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_piece(file, first, last), status=206)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["ETag"] = f'"{file.stat().st_mtime_ns:x}-{size:x}"'
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _piece(file: Path, first: int, last: int) -> Iterator[bytes]:
    with file.open("rb") as source:
        source.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := source.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
