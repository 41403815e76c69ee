"""The addresses of results."""

from django.urls import include, path

from varta.results import frozen, views

app_name = "results"
urlpatterns = [
    path("", views.report, name="report"),
    path("export.<str:form>", views.export, name="export"),
    path("records/", views.records, name="records"),
    path("statements/", include("varta.results.out.press.urls")),
    path("reports/<slug:name>/out/", include("varta.results.out.urls")),  # before chapters: "out" is none
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
    path("frozen/", frozen.listed, name="frozen"),
    path("frozen/<slug:name>/", frozen.one, name="frozen_one"),
]
