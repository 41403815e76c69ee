"""The addresses of the API, and its description in OpenAPI."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from varta.api import calls, cases, figures, procedures, refusals, reports
from varta.api.doors import Opens
from varta.api.partners import doors as partners

api = NinjaAPI(
    title="Varta",
    version="1",
    description="The information system of community policing. Sign in as on the pages: session and CSRF token.",
    auth=Opens(),
    docs_url=None,  # the page that the library offers loads scripts from elsewhere
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("", figures.router)
api.add_router("/reports", reports.router)
api.add_router("/procedures", procedures.router)
api.add_router("", cases.router)
api.add_router("", calls.router)
refusals.register(api)
partners.register(api)


@require_safe
@login_not_required
def openapi(request: HttpRequest) -> JsonResponse:
    """Describe the API in OpenAPI; this holds no matters of people."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/"))


addresses = api.urls
partners.open_to_partners(addresses[0], names=("calls", "call"))
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("", include("varta.api.exchange")),
    path("", addresses),
]
