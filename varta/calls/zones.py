"""The zone by which the norm of arrival is chosen: proposed from the place, changed by the officer.

Assumption, not law: nobody published which streets are an operational zone of the patrol police, so every larger city
is taken as one. The choice of the officer stands in the call; the proposal does not.
"""

LARGER_CITY = 50_000  # people


def zone_of(category: str, population: int | None) -> str:
    """Return the code of call.ZONE for a territory by the letter of its category and its people."""
    if category in ("B", "K") or (category == "M" and (population or 0) >= LARGER_CITY):
        return "city_zone"
    return "city" if category == "M" else "rural"
