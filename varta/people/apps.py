"""The room of people: officers, residents, roles, scope and the log of looks."""

from django.apps import AppConfig


class People(AppConfig):
    """Officers and residents."""

    name = "varta.people"
    label = "people"

    def ready(self) -> None:
        """Hear sign-ins, so that they are logged."""
        from varta.people import doors

        doors.listen()
