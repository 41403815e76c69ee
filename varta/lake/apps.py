"""The room of the lake: entries as Parquet, for counting."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "varta.lake"
    label = "lake"
