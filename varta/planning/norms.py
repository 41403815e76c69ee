"""How many people a beat has at most: the norm of order 650/2017 by day, with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from varta.law.sources import Check, Law

ORDER = Law("650/2017", "*", "https://patrul.in.ua/nakaz-mvs-650-2", first_day="2017-07-28")
READ = Check("Varta, from a public text", "2026-11-25", "patrul-650")

RURAL, URBAN = "rural", "urban"


@dataclass(frozen=True, slots=True)
class Norm:
    """People of a beat at most, by kind of beat, in force from a day on.

    `verified` covers the numbers; since when they stand so was not confirmed unless `first_day_verified`.
    """

    first_day: date
    people: Mapping[str, int]
    law: Law
    verified: Check | None = None
    first_day_verified: bool = False


# The order was amended by 468/2020 and 301/2022; which of them brought these numbers is not confirmed.
NORMS = (Norm(date(2017, 7, 28), {RURAL: 6_000, URBAN: 7_000}, ORDER, READ),)


def norm_on(day: date) -> Norm | None:
    """Return the norm in force on a day, None before the first."""
    return max((one for one in NORMS if one.first_day <= day), key=lambda one: one.first_day, default=None)


def kind_of(hromada: str, *, has_city: bool) -> str:
    """Return the kind of beat by which a hromada is measured.

    `hromada`: "urban", "settlement", "rural", or "" where no list told it; then a hromada that holds a city
    is urban, since a city is never in a rural one. A settlement hromada is measured by the stricter norm.
    """
    if hromada:
        return URBAN if hromada == URBAN else RURAL
    return URBAN if has_city else RURAL
