"""What two answers are compared by."""

import re

from django.http import HttpResponse

# What differs between two answers for no reason of access.
PASSING = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "[^"]*"|[0-9a-f-]{36}'
)


def comparable(response: HttpResponse) -> tuple[int, bytes, str]:
    """Return what an answer tells: status, page and where it leads, without what differs each time."""
    body = b"" if response.streaming else PASSING.sub(b"", response.content)
    location = re.sub(r"[0-9a-f-]{36}|\d{10}", "", response.get("Location", ""))
    return response.status_code, body, location
