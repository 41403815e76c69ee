"""What of a CAP alert becomes what of a call, and back. Data; printed into docs/reference by `varta partner tables`.

The standard gives no mapping to the categories of order 357/2020: these tables are ours, and a duty officer may
change each value in the call with a reason.
"""

from collections.abc import Iterable, Mapping

from varta.api.cap import message
from varta.api.cap.message import Info
from varta.calls.guessing import guess

# Rows: urgency; columns: severity in the order Extreme, Severe, Moderate, Minor, Unknown.
CATEGORY_OF: Mapping[str, tuple[str, ...]] = {
    "Immediate": ("alpha", "alpha", "beta", "gamma", "beta"),
    "Expected": ("beta", "beta", "gamma", "gamma", "gamma"),
    "Future": ("gamma", "gamma", "gamma", "gamma", "gamma"),
    "Past": ("gamma", "gamma", "gamma", "delta", "gamma"),
    "Unknown": ("beta", "beta", "gamma", "gamma", "gamma"),
}
URGENT_FIRST = ("alpha", "beta", "gamma", "delta", "unknown")

# The kind of event where neither a code of ours nor the words tell it; the first category that is here counts.
KIND_OF: Mapping[str, str] = {
    "Fire": "fire",
    "Health": "medical",
    "Rescue": "emergency",
    "Transport": "traffic",
    "Security": "public_order",
    "CBRNE": "emergency",
    "Safety": "emergency",
    "Infra": "emergency",
    "Geo": "emergency",
    "Met": "emergency",
    "Env": "emergency",
    "Other": "other",
}
KIND_CODE = "VARTA"  # valueName of an eventCode whose value is a kind of event of ours
PLACE_CODES = ("KATOTTG", "КАТОТТГ", "UA-KATOTTG")  # valueName of a geocode that is a code of the codifier

# Out: the category of CAP for our kinds; what is not here is Security.
CATEGORY_OUT: Mapping[str, str] = {
    "fire": "Fire",
    "medical": "Health",
    "suicide": "Health",
    "death": "Health",
    "emergency": "Safety",
    "mine_threat": "CBRNE",
    "weapons": "CBRNE",
    "traffic": "Transport",
    "traffic_injury": "Transport",
    "missing_person": "Rescue",
    "child": "Safety",
    "animals": "Other",
}
URGENCY_OUT: Mapping[str, tuple[str, str]] = {
    "alpha": ("Immediate", "Severe"),
    "beta": ("Immediate", "Moderate"),
}


def category_of(infos: Iterable[Info]) -> str:
    """Return the most urgent category that the blocks of an alert lead to."""
    found = {CATEGORY_OF[info.urgency][message.SEVERITY.index(info.severity)] for info in infos}
    return min(found, key=URGENT_FIRST.index)


def more_urgent(one: str, other: str) -> bool:
    """Return whether a category is more urgent than another."""
    return URGENT_FIRST.index(one) < URGENT_FIRST.index(other)


def kind_of(infos: Iterable[Info], kinds: Mapping[str, object]) -> str:
    """Return the kind of event: by our own code, else by the words of the event, else by the category of CAP."""
    listed = list(infos)
    for info in listed:
        for pair in info.event_codes:
            if pair.name.upper() == KIND_CODE and pair.value in kinds:
                return pair.value
    for info in listed:
        if guessed := guess(f"{info.event}. {info.headline}. {info.description}", most=1):
            return guessed[0]
    return next((KIND_OF[one] for info in listed for one in info.categories if one in KIND_OF), "other")


def places_of(infos: Iterable[Info]) -> list[str]:
    """Return the codes of the codifier that the areas name."""
    pairs = [pair for info in infos for area in info.areas for pair in area.geocodes]
    return [pair.value for pair in pairs if pair.name.strip().upper() in PLACE_CODES]
