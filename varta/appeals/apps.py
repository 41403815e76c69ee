"""The room of appeals: their register, letters and personal reception."""

from django.apps import AppConfig


class Appeals(AppConfig):
    name = "varta.appeals"
    label = "appeals"
