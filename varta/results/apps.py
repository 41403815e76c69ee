"""The room of results: the report of a period, beside the same days of the year before."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "varta.results"
    label = "results"

    def ready(self) -> None:
        """Keep reports in their order, and show them and what is asked about them on pages of the room."""
        from varta.cases import projectors, rooms
        from varta.results import projection, queries

        projectors.register("period_report", projection.Reports())
        rooms.own_pages("period_report", new="results:compose", case="results:report_case", steps={})
        rooms.own_words("period_report", "place", queries.place_title)
        rooms.own_words("period_report", "under", queries.unit_title)
        rooms.own_words("explanation", "row", lambda code: queries.place_title(queries.unit_title(code)))
        steps = dict.fromkeys(("explain", "add"), "results:explanation")
        rooms.own_pages("explanation", case="results:explanation", steps=steps)
