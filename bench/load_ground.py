"""The ground of `bench.load`: the demonstration, twenty officers of different scopes with sessions, the calls to come."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

OFFICERS = (("oblast", 4), ("raion", 8), ("hromada", 8))  # how many of which scope
SEED = 20261125
KINDS = ("noise", "public_order", "theft", "traffic", "domestic_violence", "suspicious", "other")
ABOUT = (
    "Шумлять під вікнами, просять приїхати",
    "Сварка у дворі, чути крики",
    "Невідомі ходять біля складу",
    "Зіткнулися два автомобілі, постраждалих немає",
    "Зник велосипед від під’їзду",
    "Сусід погрожує, просить про допомогу",
)


@dataclass(frozen=True)
class Account:
    """An officer who is signed in: the cookie, and the intervals of places and units that they may see."""

    login: str
    session: str
    scope: str
    place: tuple[int, int]
    unit: tuple[int, int]
    spots: tuple[dict[str, Any], ...]  # where this officer's calls come from: codes and preorder numbers

    def sees(self, spot: dict[str, Any]) -> bool:
        """Return whether calls from there stand on this officer's board."""
        (low, high), (first, last) = self.place, self.unit
        return low <= spot["place_pre"] <= high and first <= spot["unit_pre"] <= last


def fill(*, smoke: bool) -> int:
    """Make the demonstration, a small part of it for a smoke run; return how many cases there are.

    It is sealed, in the lake and analysed, as at a station that has run for a while: the worker finds the
    run's own work, and not that of years.
    """
    from varta.calls.demo import making
    from varta.cases import seals
    from varta.cases.models import Case
    from varta.lake import dimensions
    from varta.lake.refresh import refresh
    from varta.lib import postgres
    from varta.lib.clock import now
    from varta.people import demo
    from varta.people.scope import Reader, reading

    demo.make(at=now())
    story = making.chapters(now())
    making.make([one for one in story if one.recent] if smoke else story, jobs=2, tell=lambda made: None)
    dimensions.write()
    refresh(now())
    seals.seal(now())
    with postgres.connect("owner") as owner:
        owner.execute("VACUUM ANALYZE")
    with reading(Reader.system()):
        return Case.objects.count()


def accounts() -> list[dict[str, Any]]:
    """Make the officers with their sessions, and return them as JSON takes them."""
    from varta.people.demo import MAIN_DIRECTORATE

    spots = _links(rf"^{MAIN_DIRECTORATE}-\d{{4}}-\d{{3}}$")  # a hromada and the sector that answers there
    scopes = {
        "oblast": _links(rf"^{MAIN_DIRECTORATE}$"),
        "raion": _links(rf"^{MAIN_DIRECTORATE}-\d{{4}}$"),
        "hromada": random.Random(SEED).sample(spots, len(spots)),
    }
    return [
        _account(f"load-{scope}-{nth}", scope, *scopes[scope][nth % len(scopes[scope])], spots)
        for scope, count in OFFICERS
        for nth in range(count)
    ]


def _links(code: str) -> list[tuple[Any, Any]]:
    """Return the places and units whose codes look so: the place that each unit answers for."""
    from varta.places.models import UnitPlace

    links = UnitPlace.objects.filter(unit__code__regex=code).select_related("place", "unit")
    return [(link.place, link.unit) for link in links.order_by("unit__code", "place__code")]


def _account(
    login: str, scope: str, place: Any, unit: Any, spots: Sequence[tuple[Any, Any]]
) -> dict[str, Any]:
    from django.test import Client

    from varta.people.tests.story import officer_of

    role = "hromada_officer" if scope == "hromada" else "duty"
    officer = officer_of(login, f"Черговий {login}", role, place, unit, is_demo=True)
    client = Client()
    client.force_login(officer)
    mine = [_plain(*spot) for spot in spots if _inside(*spot, place, unit)]
    session = client.cookies["sessionid"].value
    account = Account(
        login, session, scope, (place.pre, place.pre_end), (unit.pre, unit.pre_end), tuple(mine)
    )
    return asdict(account)


def _inside(hromada: Any, sector: Any, place: Any, unit: Any) -> bool:
    return place.pre <= hromada.pre <= place.pre_end and unit.pre <= sector.pre <= unit.pre_end


def _plain(hromada: Any, sector: Any) -> dict[str, Any]:
    return {
        "place": hromada.code,
        "place_name": hromada.name,
        "place_pre": hromada.pre,
        "unit": sector.code,
        "unit_name": sector.name,
        "unit_pre": sector.pre,
    }


def account_of(told: dict[str, Any]) -> Account:
    """Return an account from JSON."""
    return Account(
        **{**told, "place": tuple(told["place"]), "unit": tuple(told["unit"]), "spots": tuple(told["spots"])}
    )


def calls(accounts: Sequence[Account], count: int) -> list[dict[str, Any]]:
    """Return the calls to come, each with its officer and place; the same at every run."""
    dice = random.Random(SEED)
    made = []
    for nth in range(count):
        officer = nth % len(accounts)
        spot = dice.choice(accounts[officer].spots)
        made.append(
            {
                "officer": officer,
                "spot": spot,
                "category": dice.choice(("alpha", "beta", "gamma", "delta")),
                "kind": dice.choice(KINDS),
                "about": f"{dice.choice(ABOUT)} ({nth})",
                "surname": f"Дзвонар{dice.choice(('енко', 'ук', 'ів', 'ський'))}",
                "phone": f"+380 00 {nth % 1000:03} {nth // 1000:02} {dice.randrange(100):02}",
            }
        )
    return made
