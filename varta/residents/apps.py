"""The door of residents: report, follow, see who the officer is, say how it went."""

from django.apps import AppConfig


class Residents(AppConfig):
    name = "varta.residents"
    label = "residents"
