"""Forms of the desk: a step's record alone, at this moment unless another one is given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from varta.cases import asking
from varta.cases.forms import StepForm
from varta.law import Step, discover
from varta.lib.uuid7 import is_uuid7


class DeskForm(StepForm):
    """A step that is taken now; `at` unfolds for what happened earlier."""

    def __init__(self, data: Any = None, *, step: Step, moment: datetime) -> None:
        typed = data.copy() if data is not None else None
        given = pressed_at(typed, moment=moment) if typed is not None else moment
        if typed is not None and not typed.get("at"):
            typed["at"] = asking.local(given)
        super().__init__(typed, step=step, exactly=given)
        self.auto_id = f"{step.code}_%s"
        self.fields["at"].required = False
        self.fields["at"].initial = None


def form_of(step: str, *, moment: datetime, data: Any = None, procedure: str = "call") -> DeskForm:
    """Return the form of a step of the procedure."""
    return DeskForm(data, step=discover()[procedure].step(step), moment=moment)


def key_of(data: Any, name: str = "key") -> UUID | None:
    """Return the key that a form sent, None if it is none of ours."""
    try:
        found = UUID(str(data.get(name, "")))
    except ValueError:
        return None
    return found if is_uuid7(found) else None


def pressed_at(data: Any, *, moment: datetime) -> datetime:
    """Return when the button was pressed, as the device says, if that was not later than now; else now.

    A device that was without network sends the step when it is back: the step happened when it was pressed.
    """
    try:
        pressed = datetime.fromisoformat(str(data.get("pressed_at", "")))
    except ValueError:
        return moment
    return pressed if pressed.tzinfo is not None and pressed <= moment else moment
