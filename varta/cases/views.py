"""Pages of cases, drawn from their procedures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from varta.people.access import opens


@opens("cases")
def cases(request: HttpRequest) -> HttpResponse:
    """List cases."""
    return redirect("/")


@opens("cases")
def search(request: HttpRequest) -> HttpResponse:
    """Search cases."""
    return redirect("/")
