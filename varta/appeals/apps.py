"""The room of appeals: their register, letters and personal reception."""

from django.apps import AppConfig


class Appeals(AppConfig):
    name = "varta.appeals"
    label = "appeals"

    def ready(self) -> None:
        """Ask of every step of an appeal what the office must know of it, and show appeals on own pages."""
        from varta.appeals import agenda as week
        from varta.appeals import checking
        from varta.cases import agenda, projectors, rooms

        projectors.register("appeal", checking.Appeals())
        steps = {
            "assign": "appeals:assign",
            "approve_reply": "appeals:approve",
            "send_letter": "appeals:appeal",
        }
        steps |= dict.fromkeys(("propose_reply", "reply"), "appeals:reply")
        rooms.own_pages("appeal", new="appeals:new", case="appeals:appeal", steps=steps)
        agenda.register(week.receptions)
