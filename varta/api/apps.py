"""The room of the API: what it keeps of partner systems, their keys and their messages."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "varta.api"
    label = "api"
