"""Targets and forecasts as an application of their own, so that their tables have migrations of their own."""

from django.apps import AppConfig


class Ahead(AppConfig):
    name = "varta.results.ahead"
    label = "ahead"
