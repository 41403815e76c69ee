"""What is read of reports and meetings. Every question begins with the reader, but those about what is public."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.officers import ground
from varta.officers.models import HromadaOpinion, HromadaReport, ReportDraft
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader
from varta.places.models import Territory

REPORT, MEETING = "hromada_report", "local_meeting"
OFFICER = "hromada_officer"


def home_of(reader: Reader) -> Appointment | None:
    """Return the appointment of a hromada officer who has a hromada, with place and unit; None for others."""
    if reader.role != OFFICER:
        return None
    found = (
        Appointment.objects.select_related("place", "unit", "officer")
        .filter(pk=reader.appointment_id)
        .first()
    )
    return found if found is not None and ground.is_hromada(found.place) else None


def service_of(login: str, hromada: Territory, *, on: date) -> Appointment | None:
    """Return the officer's appointment to the hromada that holds on the day, else the last that began before it."""
    found = Appointment.objects.filter(
        role=OFFICER, officer__login__iexact=login, place=hromada, since__lte=on
    ).order_by("since", "pk")
    return found.last()


def reports(reader: Reader) -> QuerySet[Case]:
    """Return the cases of reports that the reader may see, what is late first."""
    return _of(reader, REPORT)


def meetings(reader: Reader) -> QuerySet[Case]:
    """Return the cases of meetings that the reader may see, what is late first."""
    return _of(reader, MEETING)


def _of(reader: Reader, procedure: str) -> QuerySet[Case]:
    mine = cases.visible_to(reader).filter(procedure=procedure).select_related("place", "unit")
    return mine.order_by(F("late_from").asc(nulls_last=True), "place_pre", "-opened_at", "key")


def due_report(reader: Reader, login: str, hromada: Territory) -> Case | None:
    """Return the officer's report that is not published yet."""
    mine = reports(reader).filter(closed_at=None, place=hromada, facts__officer=login, due_step="publish")
    return mine.first()


def due_meeting(reader: Reader, hromada: Territory) -> Case | None:
    """Return the duty to meet the authorities of the hromada."""
    return meetings(reader).filter(closed_at=None, place=hromada).first()


def last_count(entries: list[Written]) -> Written | None:
    """Return the entry of the figures that were counted last, None before the first."""
    found = [entry for entry in effective(entries) if entry.step == "count"]
    return found[-1] if found else None


def draft_of(case: Case) -> ReportDraft | None:
    """Return the words that were saved for a report; the case was read before."""
    return ReportDraft.objects.filter(case=case.key).first()


def editions(case: UUID) -> list[HromadaReport]:
    """Return the published editions of a report, the first one first. Public."""
    return list(
        HromadaReport.objects.filter(case=case).select_related("hromada", "unit").order_by("revision")
    )


def published(address: UUID, revision: int | None = None) -> HromadaReport | None:
    """Return an edition of a published report, the last one where none is named. Public."""
    found = HromadaReport.objects.filter(address=address).select_related("hromada", "unit")
    if revision is not None:
        found = found.filter(revision=revision)
    return found.order_by("-revision").first()


def published_in(hromada: Territory) -> list[HromadaReport]:
    """Return the last editions of the reports to a hromada, the newest report first. Public."""
    last = HromadaReport.objects.filter(address=OuterRef("address")).order_by("-revision")
    found = HromadaReport.objects.filter(hromada=hromada, key=Subquery(last.values("key")[:1]))
    return list(found.select_related("hromada", "unit").order_by("-last", "-published_at"))


def opinion_of(case: UUID) -> HromadaOpinion | None:
    """Return how the hromada found a report, None while it said nothing. Public."""
    return HromadaOpinion.objects.filter(case=case).first()


def signature(officer: Officer | None) -> str:
    """Return name and rank of an officer, as the service's directory has them: "Андрій Громаденко, капітан поліції"."""
    return ", ".join(part for part in (officer.name, officer.rank) if part) if officer else ""


def officer_of(case: Case) -> Officer | None:
    """Return the officer whose report a case is."""
    return Officer.objects.filter(login__iexact=case.facts.get("officer", "")).first()


@dataclass
class Meetings:
    """The meetings of one duty: what is planned, what was held or missed, the latest first."""

    planned: Written | None = None
    held: list[Written] = field(default_factory=list)
    missed: list[Written] = field(default_factory=list)
    proposed: str = ""  # a day that somebody named for the next one, ISO

    @property
    def planned_on(self) -> date | None:
        """Return the day of the meeting that is planned."""
        return date.fromisoformat(self.planned.data["on"]) if self.planned else None


def meetings_of(case: Case) -> Meetings:
    """Return the meetings of a case: a plan holds until a meeting is held or missed."""
    found = Meetings()
    for entry in effective(cases.journal(case)):
        if entry.step == "plan":
            found.planned, found.proposed = entry, ""
        elif entry.step in ("hold", "miss"):
            (found.held if entry.step == "hold" else found.missed).insert(0, entry)
            found.planned, found.proposed = None, entry.data.get("next_on") or ""
    return found


def decisions(entry: Written) -> list[str]:
    """Return the decisions of a meeting, one for each line."""
    return [line.strip(" -–—•\t") for line in str(entry.data["decided"]).splitlines() if line.strip()]


def words(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the officer's words by the name of their field, those that say something."""
    return {name: content[name] for name in ("done", "prevention", "plans", "needs") if content.get(name)}
