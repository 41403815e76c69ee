"""Who may call the API: a signed-in officer whose role opens the page of the same matter."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja.security.session import SessionAuth

from varta.people.roles import may


class Opens(SessionAuth):
    """Ask for the session and the CSRF token of the pages; without the right to the page, there is nothing here."""

    def __init__(self, page: str = "") -> None:
        self.page = page
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return the officer; None for a stranger. Raises Http404 where the role does not open the page."""
        if not request.user.is_authenticated:
            return None
        if self.page and not may(request.reader, self.page):
            raise Http404
        return request.user
