"""The shell as a Django application."""

from django.apps import AppConfig


class Shell(AppConfig):
    name = "varta.shell"
    label = "shell"
