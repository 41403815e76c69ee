"""The room of results: the report of a period, beside the same days of the year before."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "varta.results"
    label = "results"
