"""The addresses of cases."""

from django.urls import path

from varta.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("search/", views.search, name="search"),
]
