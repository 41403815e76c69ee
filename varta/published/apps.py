"""The room of what was published."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "varta.published"
    label = "published"
