"""Statements for the press: a part of the room of results with tables of its own."""

from django.apps import AppConfig


class Press(AppConfig):
    name = "varta.results.out.press"
    label = "press"
