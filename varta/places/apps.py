"""The room of places, as Django knows it."""

from django.apps import AppConfig


class Places(AppConfig):
    name = "varta.places"
