"""A whole cohort at once: who came to class, which marks, how the course ended for each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from varta.law import Choices
from varta.officers.models import Cohort, Stay
from varta.procedures._officer_records import PRESENCE, RESULT

TABS = {
    "attend": gettext_lazy("Attendance"),
    "mark": gettext_lazy("Marks"),
    "graduate": gettext_lazy("Close the course"),
}
CHOICES: Mapping[str, Choices] = {"attend": PRESENCE, "graduate": RESULT}
FIELD = {"attend": "presence", "graduate": "result", "mark": "points"}


def members(cohort: Cohort) -> list[Stay]:
    """Return the stays in training of all who were ever enrolled, as far as the reader may see them."""
    return list(
        Stay.objects.filter(cohort=cohort, stage=Stay.Stage.TRAINING)
        .select_related("hromada", "oblast")
        .order_by("oblast", "case")
    )


def in_course(stays: list[Stay]) -> list[Stay]:
    """Return those whose course has not ended: in training, nothing finished."""
    return [one for one in stays if one.ended is None and one.finished is None]


def records(step: str, given: QueryDict, stays: list[Stay]) -> dict[UUID, dict[str, Any]]:
    """Return the record of the step for each member for whom something was entered."""
    found = {}
    for stay in stays:
        value = given.get(f"m-{stay.case}", "").strip()
        if value:
            found[stay.case] = {"on": given.get("on", ""), FIELD[step]: value}
            if step != "graduate":
                found[stay.case]["subject"] = given.get("subject", "")
    return found
