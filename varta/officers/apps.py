"""The room of hromada police officers: the programme, its people, its cohorts, its memoranda."""

from django.apps import AppConfig


class Officers(AppConfig):
    name = "varta.officers"
    label = "officers"

    def ready(self) -> None:
        """Keep stays and memoranda beside the cases that they follow from, and show these on pages of the room."""
        from varta.cases import projectors, rooms
        from varta.officers import projection, promises
        from varta.officers.hromada.projection import Reports

        rooms.own_pages("officer_training", new="officers:candidate_new", case="officers:candidate", steps={})
        rooms.own_pages(
            "hromada_memorandum", new="officers:memorandum_new", case="officers:memorandum", steps={}
        )
        projectors.register("officer_training", projection.Stays())
        projectors.register("hromada_memorandum", promises.Memoranda())
        projectors.register("hromada_report", Reports())
        steps = dict.fromkeys(("publish", "revise"), "officers:report_edit")
        steps |= {"evaluate": "officers:report_evaluate"}
        rooms.own_pages("hromada_report", case="officers:report", steps=steps)
        steps = {step: f"officers:meeting_{step}" for step in ("plan", "hold", "miss")}
        rooms.own_pages("local_meeting", case="officers:meetings", steps=steps)
