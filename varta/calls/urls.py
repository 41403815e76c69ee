"""The addresses of the duty desk."""

from django.urls import path

from varta.calls.views import board

app_name = "calls"
urlpatterns = [
    path("", board.page, name="board"),
    path("<uuid:key>/", board.call, name="call"),
]
