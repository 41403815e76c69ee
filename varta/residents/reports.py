"""From what a resident wrote to the record that the procedure asks for."""

from datetime import datetime

from varta.lib.clock import kyiv_day
from varta.places.models import Territory, Unit
from varta.residents import topics
from varta.residents.actions import Report
from varta.residents.forms import AppealForm, ReportForm, SendingForm

CITIES = ("K", "M")


def call_of(form: ReportForm, *, unit: Unit | None, at: datetime) -> Report | None:
    """Return the call that a report becomes, None where no unit answers for the place."""
    if form.found is None or unit is None:
        return None
    given, topic = form.cleaned_data, topics.TOPICS[form.cleaned_data["topic"]]
    discreet = topics.is_discreet(given["about"], topic=given["topic"])
    when = f"\n\nКоли це було: {given['when']}" if given["when"] else ""
    record = {
        "channel": "web",
        "category": topic.category,
        "kind": topic.kind,
        "zone": _zone(form.found),
        "about": given["about"] + when,
        "address": given["address"],
        "place_words": given["place"],
        "lat": given["lat"],
        "lon": given["lon"],
    }
    return _report(form, "call", record, unit=unit, discreet=discreet)


def appeal_of(form: AppealForm, *, unit: Unit | None, at: datetime) -> Report | None:
    """Return the appeal, None where no unit answers for the place."""
    if form.found is None or unit is None:
        return None
    given = form.cleaned_data
    record = {
        "kind": given["kind"],
        "subject": given["subject"],
        "form": "electronic",
        "about": given["about"],
        "against": given["against"],
        "document_on": kyiv_day(at).isoformat(),
        "email": given["email"] if given["answer_by"] == "email" else "",
    }
    discreet = given["subject"] in topics.DISCREET or topics.is_discreet(given["about"], topic="other")
    return _report(form, "appeal", record, unit=unit, discreet=discreet)


def _report(form: SendingForm, procedure: str, record: dict, *, unit: Unit, discreet: bool) -> Report:
    assert form.found is not None
    return Report(
        procedure,
        record,
        form.person(),
        place=form.found,
        unit=unit,
        contact=form.contact(discreet=discreet),
        discreet=discreet,
        followed=not form.cleaned_data["unlisted"],
        shows_answer=bool(form.cleaned_data.get("shows_answer")) and not discreet,
    )


def _zone(place: Territory) -> str:
    """Return where a place lies as the norms of arrival know it; the desk corrects it."""
    if place.level < Territory.SETTLEMENT and place.category not in CITIES:
        return "unknown"
    urban = place.category in CITIES or place.level == Territory.DISTRICT
    return "city" if urban else "rural"
