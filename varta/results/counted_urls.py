"""The public addresses of "how it is counted": nobody signs in here."""

from django.urls import path

from varta.results import counted

app_name = "counted"
urlpatterns = [
    path("", counted.listed_publicly, name="listed"),
    path("<slug:code>/", counted.one_publicly, name="one"),
    path("<slug:code>/indicator.json", counted.as_json, name="json"),
]
