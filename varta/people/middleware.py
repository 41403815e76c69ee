"""Each request reads as somebody: the transaction, the scope, and what a refusal leaves in the log."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from varta.lib.clock import kyiv_day, now
from varta.people.scope import Reader, reading

ACTING = "varta.appointment"  # session key: the appointment under which the officer acts


class Reading:
    """Run the view in one transaction that knows the reader; an exception rolls it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = reader_of(request)
        with transaction.atomic(), reading(request.reader):
            response = self.get_response(request)
        if response.streaming:
            response.streaming_content = _scoped(response.streaming_content, request.reader)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what the view wrote; the error page is made outside."""
        transaction.set_rollback(True)


def reader_of(request: HttpRequest) -> Reader:
    """Return who asks: the officer under the appointment chosen in this session, or nobody."""
    if not request.user.is_authenticated:
        return Reader.nobody()
    return Reader.of(request.user, on=kyiv_day(now()), appointment=request.session.get(ACTING))


def _scoped(chunks: Iterator[bytes], reader: Reader) -> Iterator[bytes]:
    """Keep the scope while a long answer is still being read from the database."""
    with reading(reader):
        yield from chunks
