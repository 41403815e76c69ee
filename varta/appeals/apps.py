"""The room of appeals: their register, letters and personal reception."""

from django.apps import AppConfig


class Appeals(AppConfig):
    name = "varta.appeals"
    label = "appeals"

    def ready(self) -> None:
        """Ask of every step of an appeal what the office must know of it."""
        from varta.appeals import checking
        from varta.cases import projectors

        projectors.register("appeal", checking.Appeals())
