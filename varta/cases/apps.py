"""The room of cases: what happened, step by step, and what is due."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "varta.cases"
    label = "cases"
