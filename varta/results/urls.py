"""The addresses of results."""

from django.urls import include, path

from varta.results import composing, counted, explaining, figurepage, reader, revising, views
from varta.results.public import views as public

app_name = "results"
urlpatterns = [
    path("", views.report, name="report"),
    path("export.<str:form>", views.export, name="export"),
    path("records/", views.records, name="records"),
    path("statements/", include("varta.results.out.press.urls")),
    path("reports/<slug:name>/out/", include("varta.results.out.urls")),  # before chapters: "out" is none
    path("reports/<slug:name>/public/", public.previewed, name="preview"),  # before chapters, too
    path("indicators/", counted.listed, name="indicators"),
    path("indicators/<str:code>/", counted.one, name="indicator"),
    path("reports/", composing.listed, name="reports"),
    path("reports/compose/", composing.compose, name="compose"),
    path("reports/case/<uuid:key>/", composing.by_case, name="report_case"),
    path("reports/explanations/<uuid:key>/", explaining.explained, name="explanation"),
    path("reports/<slug:name>/", reader.contents, name="contents"),
    path("reports/<slug:name>/way/", composing.way, name="way"),
    path("reports/<slug:name>/amend/", composing.compose, name="amend"),
    path("reports/<slug:name>/ask/", explaining.ask, name="ask"),
    path("reports/<slug:name>/revise/", revising.revise, name="revise"),
    path("reports/<slug:name>/changed/", revising.changed, name="changed"),
    path("reports/<slug:name>/changed/entries/", revising.entries, name="changed_entries"),
    path("reports/<slug:name>/<slug:code>/", reader.chapter, name="chapter"),
    path("reports/<slug:name>/<slug:code>/<slug:indicator>/", figurepage.figure, name="figure"),
    path("", include("varta.results.ahead.urls")),
]
