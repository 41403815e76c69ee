"""The room of people: officers, residents, roles, scope and the log of looks."""

from django.apps import AppConfig


class People(AppConfig):
    """Officers and residents."""

    name = "varta.people"
    label = "people"
