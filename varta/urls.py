"""The addresses of Varta, room by room."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("varta.people.account_urls")),
    path("places/", include("varta.places.urls")),
    path("people/", include("varta.people.urls")),
    path("cases/", include("varta.cases.urls")),
    path("calls/", include("varta.calls.urls")),
    path("appeals/", include("varta.appeals.urls")),
    path("officers/", include("varta.officers.urls")),
    path("public/results/indicators/", include("varta.results.counted_urls")),
    path("public/results/", include("varta.results.public.urls")),
    path("public/", include("varta.residents.urls")),
    path("notices/", include("varta.notices.urls")),
    path("results/meetings/", include("varta.results.meetings.urls")),
    path("results/", include("varta.results.urls")),
    path("api/", include("varta.api.urls")),
    path("open311/", include("varta.api.open311.urls")),
    path("", include("varta.shell.urls")),
]

handler400 = "varta.shell.errors.bad"
handler403 = "varta.shell.errors.forbidden"
handler404 = "varta.shell.errors.missing"
handler500 = "varta.shell.errors.broken"
