"""The room of calls: the duty desk, its crews, files of calls from elsewhere, and the demonstration."""

from django.apps import AppConfig


class Calls(AppConfig):
    name = "varta.calls"
    label = "calls"

    def ready(self) -> None:
        """Keep crews and sendings beside the cases that they follow from; take calls on the desk's own screen."""
        from varta.calls import agenda as week
        from varta.calls import projection, questions, shortages
        from varta.cases import agenda, projectors, rooms

        rooms.own_pages("call", new="calls:new", case="cases:case", steps={})
        rooms.own_words("call", "answers", questions.said)
        projectors.register("duty_shift", projection.Crews())
        projectors.register("call", projection.Together(projection.Sendings(), shortages.Shortages()))
        agenda.register(week.turn)
