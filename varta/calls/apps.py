"""The room of calls: files of calls from elsewhere, and the calls and appeals of the demonstration."""

from django.apps import AppConfig


class Calls(AppConfig):
    name = "varta.calls"
    label = "calls"
