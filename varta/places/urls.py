"""The addresses of places and units."""

from django.urls import path

from varta.places import views

app_name = "places"
urlpatterns = [
    path("", views.places, name="places"),
    path("suggest", views.suggest, name="suggest"),
    path("shapes/<int:level>/<str:code>.json", views.shapes, name="shapes"),
    path("units/", views.units, name="units"),
    path("units/suggest", views.suggest_units, name="suggest_units"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("<str:code>/", views.place, name="place"),
    path("<str:code>/export.<str:form>", views.export, name="export"),
]
