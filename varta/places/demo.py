"""What the demonstration says of territories and beats: invented, and marked so wherever it is shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from varta.places.models import Beat, Dated, Territory, TerritoryFact

SOURCE = "вигадано для показу / invented for the demonstration"
OBLAST = "UA12000000000090473"
FRONT_LINE, OCCUPIED = TerritoryFact.Kind.FRONT_LINE, TerritoryFact.Kind.OCCUPIED

# Hromadas by their place in the list of Dnipropetrovsk oblast, so that none is singled out by name.
FACTS = (
    (0, FRONT_LINE, date(2022, 3, 1), date(2022, 7, 1)),
    (1, FRONT_LINE, date(2023, 5, 1), None),
    (2, FRONT_LINE, date(2022, 3, 1), date(2024, 1, 1)),
    (2, OCCUPIED, date(2022, 4, 1), date(2022, 10, 1)),
)
HROMADA, OTHER_HROMADA = "UA12020170000068526", "UA12020250000010438"  # Обухівська, Слобожанська
# code, hromada, name, kind, people, since, until
BEATS = (
    ("12-017-1", HROMADA, "Дільниця № 1", "rural", 5_820, date(2019, 5, 28), None),
    ("12-017-2", HROMADA, "Дільниця № 2", "rural", 6_940, date(2019, 5, 28), date(2021, 1, 1)),
    ("12-017-2", HROMADA, "Дільниця № 2", "rural", 5_310, date(2021, 1, 1), None),
    ("12-017-3", HROMADA, "Дільниця № 3", "rural", 4_150, date(2021, 1, 1), None),
    ("12-025-1", OTHER_HROMADA, "Дільниця № 1", "rural", 6_480, date(2019, 5, 28), None),
    ("12-025-2", OTHER_HROMADA, "Дільниця № 2", "rural", None, date(2019, 5, 28), None),
)


@transaction.atomic
def make() -> int:
    """Write the invented facts and beats that are missing; return how many. A second run adds nothing."""
    listed = list(Territory.objects.filter(level=Territory.HROMADA, oblast=OBLAST).order_by("code")[:3])
    if len(listed) < 3:
        return 0
    facts = (
        {"place": listed[nth], "kind": kind, "since": since, "until": until}
        for nth, kind, since, until in FACTS
    )
    names = ("code", "hromada_id", "name", "kind", "population", "since", "until")
    beats = (dict(zip(names, one, strict=True)) for one in BEATS)
    return _missing(TerritoryFact, facts, ("place", "kind", "since")) + _missing(
        Beat, beats, ("code", "since")
    )


def _missing(model: type[Dated], rows: Iterable[dict[str, Any]], key: tuple[str, ...]) -> int:
    made = 0
    for row in rows:
        by = {name: row[name] for name in key}
        rest = {name: value for name, value in row.items() if name not in key}
        _, new = model._default_manager.get_or_create(
            **by, defaults={**rest, "source": SOURCE, "is_invented": True}
        )
        made += new
    return made
