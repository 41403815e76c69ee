"""The addresses of Open311: each once for a form."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from varta.api.open311 import views
from varta.api.open311.formats import FORMS

app_name = "open311"


def _addresses(form: str) -> Iterator[URLPattern]:
    given = {"form": form}
    yield path(f"discovery.{form}", views.discovery, given, name=f"discovery-{form}")
    yield path(f"v2/discovery.{form}", views.discovery, given)
    yield path(f"v2/services.{form}", views.services, given, name=f"services-{form}")
    yield path(f"v2/services/<str:code>.{form}", views.service, given, name=f"service-{form}")
    yield path(f"v2/requests.{form}", views.requests, given, name=f"requests-{form}")
    yield path(f"v2/requests/<str:request_id>.{form}", views.one_request, given, name=f"request-{form}")
    yield path(f"v2/tokens/<str:token_id>.{form}", views.token, given, name=f"token-{form}")


urlpatterns = [address for form in FORMS for address in _addresses(form)]
