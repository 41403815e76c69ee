"""What waits for somebody today, by role: the start page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from varta.calls import asks
from varta.calls import queries as calls
from varta.cases import lists, pages, queries, rooms, seals, wording
from varta.indicators import discover
from varta.lib.clock import kyiv_day
from varta.officers import queries as officers
from varta.people import queries as people
from varta.people.access import reading_language
from varta.people.models import Officer
from varta.people.roles import may
from varta.people.scope import Reader
from varta.places.models import Unit
from varta.residents import queries as residents
from varta.results.forms import presets
from varta.results.out import words
from varta.results.report import Asked, ReportRefused, make

FIRST = 8  # rows of what waits
UNITS = 12
SOON_DUE = timedelta(days=14)  # ahead of which duties of memoranda are shown
FIGURES = ("C01", "C03", "C05", "C10")


def today(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return what the start page shows this reader."""
    page: dict[str, Any] = {"day": kyiv_day(now), "links": list(_links(reader))}
    if may(reader, "desk"):
        page |= asks.for_page(reader, now=now) | {"desk": _desk(reader, now=now)}
    if may(reader, "cases") and reader.procedures:
        page |= _cases(reader, now=now)
    elif may(reader, "results"):
        page["shows_figures"] = True
    if reader.role == "head":
        page["units"] = _by_unit(reader, now=now)
    if reader.role == "auditor":
        page |= _control(reader, now=now)
    if may(reader, "accounts"):
        page["tallies"] = _accounts(reader)
    return page


def _desk(reader: Reader, *, now: datetime) -> list[dict[str, Any]]:
    """Return what the desk waits for now; the board shows which calls these are."""
    counted, address = calls.in_short(reader, now=now), reverse("calls:board")
    titles = (("waiting", _("Calls without a crew"), "late"), ("late", _("Arrivals that are late"), "late"))
    found = [(title, counted[name], state) for name, title, state in titles]
    found.append((_("Open calls"), counted["open"], "open"))
    return [
        {"title": title, "count": count, "state": state if count else "", "address": address}
        for title, count, state in found
    ]


def _cases(reader: Reader, *, now: datetime) -> dict[str, Any]:
    mine, yesterday = queries.visible_to(reader), kyiv_day(now) - timedelta(days=1)
    fresh = lists.narrowed(reader, lists.Asked(since=yesterday))
    waiting = list(lists.sorted_by(lists.in_state(mine, "pending", now=now), "due")[:FIRST])
    tallies = [
        _tally(_("Late"), mine, "late", now=now),
        _tally(_("Due within a day"), mine, "soon", now=now),
        _tally(_("Open"), mine, "open", now=now),
        {
            "title": _("New since yesterday"),
            "count": lists.shown(lists.count(fresh)),
            "state": "ok",
            "address": f"{reverse('cases:cases')}?state=all&since={yesterday}",
        },
    ]
    return {
        "tallies": [*_to_call_back(reader), *_promised(reader, now=now), *tallies],
        "waiting": [lists.row(case, now=now) for case in waiting],
        "shows_cases": True,
        "openable": [
            {"code": law.code, "address": rooms.new_address(law.code), "title": wording.said(law.title)}
            for law in pages.openable(reader)
        ],
    }


def _to_call_back(reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield how many residents' reports wait for a call back, if any do."""
    count = residents.waiting(reader).count() if may(reader, "desk") else 0
    if count:
        address = reverse("residents:waiting")
        yield {"title": _("To call back"), "count": count, "state": "soon", "address": address}


def _promised(reader: Reader, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield how many duties of memoranda are overdue, and how many fall due within a fortnight, if any do."""
    if not officers.keeps(reader):
        return
    address, day = reverse("officers:memoranda"), kyiv_day(now)
    counted = officers.unmet_duties(reader, day, within=SOON_DUE)
    for title, count, state, which in (
        (_("Overdue duties of memoranda"), counted["overdue"], "late", "overdue"),
        (_("Duties due within two weeks"), counted["soon"], "soon", "soon"),
    ):
        if count:
            yield {"title": title, "count": count, "state": state, "address": f"{address}?state={which}"}


def _tally(title: str, cases: Any, state: str, *, now: datetime) -> dict[str, Any]:
    number = lists.count(lists.in_state(cases, state, now=now))
    address = f"{reverse('cases:cases')}?state={state}"
    return {
        "title": title,
        "count": lists.shown(number),
        "state": state if number else "",
        "address": address,
    }


def _by_unit(reader: Reader, *, now: datetime) -> list[dict[str, Any]]:
    """Return the units with most that is late, then most that waits."""
    counted = (
        queries.visible_to(reader)
        .filter(queries.UNFINISHED)
        .values("unit")
        .annotate(waiting=Count("key"), late=Count("key", filter=Q(late_from__lte=now)))
        .order_by("-late", "-waiting", "unit")[:UNITS]
    )
    found = list(counted)
    units = Unit.objects.in_bulk([row["unit"] for row in found])
    return [row | {"unit": units[row["unit"]]} for row in found]


def _control(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return what an auditor looks at first: seals, and who was refused what in the last day."""
    try:
        lines, broken = seals.lines(), ""
    except seals.SealsBroken as error:
        lines, broken = [], str(error)
    denied = people.looks_visible_to(reader).filter(action="denied", at__gte=now - timedelta(days=1))
    log = reverse("people:log")
    return {
        "tallies": [
            {
                "title": _("Refusals in a day"),
                "count": denied.count(),
                "state": "soon",
                "address": f"{log}?action=denied",
            },
            {"title": _("Seals"), "count": len(lines), "state": "ok", "address": ""},
        ],
        "seal": lines[-1] if lines else None,
        "sealed_at": datetime.fromisoformat(lines[-1].sealed_at) if lines else None,
        "shows_seals": True,
        "seals_broken": broken,
        "denied": list(denied.order_by("-at")[:FIRST]),
    }


def _accounts(reader: Reader) -> list[dict[str, Any]]:
    mine = Officer.objects.filter(unit__pre__range=(reader.unit_from, reader.unit_to))
    alone = Q(is_active=True) & ~Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    counted = mine.aggregate(
        active=Count("pk", filter=Q(is_active=True)),
        locked=Count("pk", filter=Q(is_active=False)),
        alone=Count("pk", filter=alone),
    )
    address = reverse("people:accounts")
    return [
        {"title": _("Accounts in use"), "count": counted["active"], "state": "ok", "address": address},
        {
            "title": _("Without a second factor"),
            "count": counted["alone"],
            "state": "soon" if counted["alone"] else "ok",
            "address": address,
        },
        {"title": _("Locked accounts"), "count": counted["locked"], "state": "", "address": address},
    ]


def _links(reader: Reader) -> Iterator[dict[str, str]]:
    """Yield the other pages that this role begins its day with."""
    for page, name, title, text in (
        ("results", "results:report", _("Results"), _("Figures by period and place, beside last year’s")),
        ("log", "people:log", _("Access log"), _("Who opened what, when and for what purpose")),
        (
            "desk",
            "residents:waiting",
            _("Residents’ forms"),
            _("Whom to call back, and a case by its receipt"),
        ),
        ("accounts", "people:accounts", _("Accounts"), _("Officers, appointments and sign-in")),
    ):
        if may(reader, page):
            try:
                yield {"address": reverse(name), "title": title, "text": text}
            except NoReverseMatch:
                continue


def figures(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return the first figures of the usual period: what those see who read no cases."""
    language = reading_language()
    title, period = presets(kyiv_day(now), story=settings.DEMO)[0]
    try:
        total = make(Asked(period=period, codes=FIGURES), reader=reader).total
    except ReportRefused:
        return {}
    known = discover()
    cards = [
        {
            "title": known[code].title[language],
            "count": words.value_shown(total.cells[code].now, known[code], language),
            "before": words.value_shown(total.cells[code].before, known[code], language),
            "state": total.cells[code].now.state,
            "address": f"{reverse('results:report')}?first={period.first}&last={period.last}&indicator={code}",
        }
        for code in FIGURES
    ]
    return {"figures": cards, "figures_of": title}
