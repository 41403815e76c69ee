"""The addresses of appeals."""

from django.urls import URLPattern

app_name = "appeals"
urlpatterns: list[URLPattern] = []
