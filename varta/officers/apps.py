"""The room of hromada police officers: the programme, its people, its cohorts, its memoranda."""

from django.apps import AppConfig


class Officers(AppConfig):
    name = "varta.officers"
    label = "officers"

    def ready(self) -> None:
        """Keep stays and memoranda beside the cases that they follow from."""
        from varta.cases import projectors
        from varta.officers import projection, promises

        projectors.register("officer_training", projection.Stays())
        projectors.register("hromada_memorandum", promises.Memoranda())
