"""The meetings on results: a part of the room of results with tables of its own."""

from django.apps import AppConfig

STEPS = {"invite": "meetings:invite", "agenda": "meetings:item_new", "attend": "meetings:attend",
         "decide": "meetings:decide"}  # fmt: skip
# What else is taken on the meeting's own page, where it is drawn together with the rest.
ON_THE_PAGE = ("open", "close", "postpone", "cancel", "minutes", "follow_up")


class Meetings(AppConfig):
    name = "varta.results.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Keep meetings and decisions beside the cases that they follow from; put meetings into officers' weeks."""
        from varta.cases import agenda, projectors, rooms
        from varta.results.meetings import weeks
        from varta.results.meetings.projection import Decisions, Meetings

        projectors.register("meeting", Meetings())
        projectors.register("joint_task", Decisions())
        steps = STEPS | dict.fromkeys(ON_THE_PAGE, "meetings:meeting")
        rooms.own_pages("meeting", new="meetings:new", case="meetings:meeting", steps=steps)
        agenda.register(weeks.meetings_of)
