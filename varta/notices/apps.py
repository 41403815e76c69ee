"""The room of notices: what is sent to residents by e-mail, SMS and Telegram."""

from django.apps import AppConfig


class Notices(AppConfig):
    name = "varta.notices"
    label = "notices"
