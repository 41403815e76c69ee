"""The shell as a Django application."""

from django.apps import AppConfig


class Shell(AppConfig):
    name = "varta.shell"
    label = "shell"

    def ready(self) -> None:
        """Set the form of log lines before the first one is written."""
        from varta.shell import logs

        logs.configure()
