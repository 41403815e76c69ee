"""The officer's own page: my hromada, my people, my duties of the week, the report and the meetings."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from varta.cases import agenda, lists, rooms, wording
from varta.cases import queries as cases
from varta.cases.agenda import Item, Week
from varta.cases.models import Case, Involvement
from varta.law import discover
from varta.lib.clock import day_end, kyiv_day
from varta.officers import queries as programme
from varta.officers.hromada import queries
from varta.officers.models import Duty, Station
from varta.people.access import reading_language
from varta.people.models import Appointment
from varta.people.scope import Reader
from varta.places.models import Territory
from varta.procedures._memorandum_records import DUTY, SIDE

AHEAD = timedelta(days=6)
MOST = 5  # late things shown; the list of cases has the rest
MOST_DUE = 60
TICK = timedelta(microseconds=1)


def page(home: Appointment, reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return what the page of an officer with a hromada shows."""
    today = kyiv_day(now)
    week = Week(reader, home, today, today + AHEAD, now)
    late = _late(reader, now=now)
    return {
        "home": home,
        "today": today,
        "late": late[:MOST],
        "more_late": len(late) > MOST,
        "days": list(_days(week)),
        "people": _people(reader),
        "kinds": list(_kinds(reader)),
        "hromada": hromada(home, reader, today=today),
        "report": report(home, reader, now=now),
        "meetings": meeting(home, reader, now=now),
    }


def _late(reader: Reader, *, now: datetime) -> list[Item]:
    """Return what is late in the officer's cases, the longest overdue first."""
    found = cases.overdue(reader, now=now).select_related("place")[: MOST + 1]
    return [_due(case, state="late") for case in found]


def _due(case: Case, *, state: str) -> Item:
    """Return the nearest deadline of a case as a thing of its last day, with the step as where it leads."""
    assert case.late_from is not None
    procedure = wording.all_titles().get(case.procedure, case.procedure)
    step = wording.step_title(case.procedure, case.due_step)
    return Item(
        day=kyiv_day(case.late_from - TICK),
        title=step,
        text=f"{procedure} {case.number}/{case.year} · {case.place.title}",
        address=_step_address(case),
        state=state,
        kind="due",
    )


def _step_address(case: Case) -> str:
    """Return where the due step is taken; calls and steps that nobody types lead to the case itself."""
    if case.due_step and case.procedure != "call":
        return rooms.step_address(case.procedure, case.due_step, case.key)
    return rooms.case_address(case.procedure, case.key)


def _days(week: Week) -> Iterator[dict[str, Any]]:
    """Yield the days of the week with what is to be done on each."""
    found = [*_deadlines(week), *_planned(week), *agenda.items(week)]
    day = week.first
    while day <= week.last:
        yield {
            "day": day,
            "is_today": day == week.first,
            "items": sorted(
                (one for one in found if one.day == day),
                key=lambda one: (not one.hours, one.hours, one.title),
            ),
        }
        day += timedelta(days=1)


def _deadlines(week: Week) -> Iterator[Item]:
    due = cases.due_between(week.reader, since=week.now, until=day_end(week.last))
    for case in due.select_related("place")[:MOST_DUE]:
        yield _due(case, state="soon" if kyiv_day(case.late_from - TICK) == week.first else "open")


def _planned(week: Week) -> Iterator[Item]:
    for case in queries.meetings(week.reader).filter(closed_at=None):
        plan = queries.meetings_of(case).planned
        if plan is None:
            continue
        on = date.fromisoformat(plan.data["on"])
        if week.first <= on <= week.last:
            text = plan.data["where"] or case.place.title
            address = reverse("officers:meetings", args=[case.key])
            title = _("Meeting with the authorities")
            yield Item(on, title, text, plan.data["hour"], address, "open", "meeting")


def _people(reader: Reader) -> list[dict[str, Any]]:
    """Return how many people have a part in the officer's open cases, by their part: numbers, no names."""
    open_cases = cases.visible_to(reader).filter(cases.UNFINISHED).values("key")
    counted = (
        Involvement.objects.filter(case__in=open_cases)
        .values("part")
        .annotate(people=Count("person", distinct=True))
        .order_by("-people", "part")
    )
    return [{"part": wording.part(row["part"]), "people": row["people"]} for row in counted]


def _kinds(reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield the procedures with open cases: how many, and where the list is."""
    counted = (
        cases.visible_to(reader)
        .filter(cases.UNFINISHED)
        .order_by()
        .values("procedure")
        .annotate(many=Count("key"))
    )
    titles = wording.all_titles()
    for row in sorted(counted, key=lambda row: titles.get(row["procedure"], "")):
        address = f"{reverse('cases:cases')}?state=pending&procedure={row['procedure']}"
        yield {"title": titles.get(row["procedure"]), "many": row["many"], "address": address}


def hromada(home: Appointment, reader: Reader, *, today: date) -> dict[str, Any]:
    """Return the hromada: its people and settlements, who serves there, its station, what was promised."""
    place = home.place
    inside = Territory.objects.filter(pre__gt=place.pre, pre__lte=place.pre_end, level=Territory.SETTLEMENT)
    current = Q(valid_to=None) | Q(valid_to__gt=today)
    settlements = list(inside.filter(current).order_by("sort_key"))
    stations = Station.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=today),
        memorandum__in=programme.memoranda_of(reader).filter(hromada=place).values("key"),
        opened_on__lte=today,
    )
    duties = programme.duties_of(reader).filter(memorandum__hromada=place, met_on=None)
    return {
        "place": place,
        "settlements": settlements,
        "people": place.population,
        "head": _head_over(home, today),
        "colleagues": _colleagues(home, today),
        "stations": list(stations.select_related("settlement")),
        "duties": [_promise(one, today=today) for one in duties[:20]],
        "public": reverse("residents:officer", args=[place.code]),
    }


def _promise(duty: Duty, *, today: date) -> dict[str, Any]:
    language = reading_language()
    title = duty.about or DUTY[duty.what][language]
    state = "late" if duty.due < today else "open"
    return {"duty": duty, "title": title, "side": SIDE[duty.side][language], "state": state}


def _head_over(home: Appointment, today: date) -> Appointment | None:
    over = Appointment.objects.valid(today).filter(
        role="head",
        officer__is_active=True,
        unit__pre__lte=home.unit.pre,
        unit__pre_end__gte=home.unit.pre,
        place__pre__lte=home.place.pre,
        place__pre_end__gte=home.place.pre,
    )
    return over.select_related("officer").order_by("-unit__pre").first()


def _colleagues(home: Appointment, today: date) -> list[Appointment]:
    beside = Appointment.objects.valid(today).filter(role=queries.OFFICER, place=home.place)
    return list(beside.exclude(officer=home.officer).select_related("officer"))


def report(home: Appointment, reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return where the officer's report stands: what is due, the draft, and what waits for an opinion."""
    due = queries.due_report(reader, home.officer.login, home.place)
    mine = queries.reports(reader).filter(facts__officer=home.officer.login, place=home.place)
    waiting = mine.filter(closed_at=None).exclude(due_step="publish").order_by("-opened_at").first()
    return {
        "due": due,
        "state": lists.state_of(due, now=now) if due else "",
        "last_day": kyiv_day(due.late_from - TICK) if due and due.late_from else None,
        "draft": queries.draft_of(due) if due else None,
        "waiting": waiting,
        "published": queries.published_in(home.place)[:3],
        "verified": all(term.verified for term in _terms(queries.REPORT, "publish")),
    }


def meeting(home: Appointment, reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return where the meetings with the authorities stand."""
    due = queries.due_meeting(reader, home.place)
    return {
        "due": due,
        "state": lists.state_of(due, now=now) if due else "",
        "last_day": kyiv_day(due.late_from - TICK) if due and due.late_from else None,
        "found": queries.meetings_of(due) if due else None,
        "verified": all(term.verified for term in _terms(queries.MEETING, "hold")),
    }


def _terms(procedure: str, step: str) -> tuple[Any, ...]:
    return discover()[procedure].step(step).every_term()


def half_year(day: date) -> tuple[date, date]:
    """Return the half-year that a report of this day is usually about: up to yesterday, or the one before."""
    yesterday = day - timedelta(days=1)
    first = yesterday.replace(month=1 if yesterday.month < 7 else 7, day=1)
    if (yesterday - first).days >= 120:
        return first, yesterday
    last = first - timedelta(days=1)
    return last.replace(month=1 if last.month < 7 else 7, day=1), last


def proposed_period(home: Appointment, today: date) -> tuple[date, date]:
    """Return the period that a new report begins with: a half-year, cut to the officer's service here."""
    first, last = half_year(today)
    if last < home.since:
        return home.since, max(today - timedelta(days=1), home.since)
    return max(first, home.since), last
