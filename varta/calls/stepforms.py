"""Forms of the desk: a step's record alone, at this moment unless another one is given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from varta.cases import asking
from varta.cases.forms import OpeningForm, StepForm
from varta.law import Step, discover
from varta.lib.uuid7 import is_uuid7


class DeskForm(StepForm):
    """A step that is taken now, or when the device says that the button was pressed."""

    def __init__(self, data: Any = None, *, step: Step, moment: datetime) -> None:
        typed, given = _dated(data, moment)
        super().__init__(typed, step=step, exactly=given)
        self.auto_id = f"{step.code}_%s"
        self.fields["at"].required = False


class BeginForm(OpeningForm):
    """A crew's turn of duty that begins now, with its place and its unit."""

    lat = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)

    def __init__(self, data: Any = None, *, moment: datetime, **more: Any) -> None:
        typed, given = _dated(data, moment)
        step = discover()["duty_shift"].step("begin")
        super().__init__(typed, step=step, exactly=given, **more)
        self.fields["at"].required = False
        self.fields["place"].label = _("Where the crew stands")
        self.fields["unit"].label = _("Unit of the crew")

    def record(self) -> dict[str, Any]:
        """Return the record with the point that the device gave, if it did."""
        point = {name: self.cleaned_data.get(name) for name in ("lat", "lon")}
        return super().record() | (point if None not in point.values() else {})


def _dated(data: Any, moment: datetime) -> tuple[Any, datetime]:
    """Return what was sent with a moment in it, and that moment with its seconds."""
    if data is None:
        return None, moment
    typed, given = data.copy(), pressed_at(data, moment=moment)
    if not typed.get("at"):
        typed["at"] = asking.local(given)
    return typed, given


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
