"""The public addresses of results: nobody signs in here."""

from django.urls import path

from varta.results.out.press import views as press
from varta.results.public import views

app_name = "public_results"
urlpatterns = [
    path("", views.listed, name="listed"),
    path("statements/<int:key>/", press.everybody, name="statement"),
    path("<slug:name>/", views.one, name="one"),
    path("<slug:name>/report.json", views.as_json, name="json"),
    path("<slug:name>/<str:language>.csv", views.as_csv, name="csv"),
]
