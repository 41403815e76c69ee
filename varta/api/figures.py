"""Figures: the same rows that the report's page shows."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from varta.api.doors import Opens
from varta.api.schemas import IndicatorOut, Refused, ReportAsked
from varta.figures import Indicator, Period
from varta.indicators import discover
from varta.results import exports
from varta.results.report import Asked, ReportRefused, make

router = Router(tags=["figures"], auth=Opens("results"))
EARLIEST, LONGEST = 1991, 3660  # year; days: as on the page


@router.get("/report", response={200: dict[str, Any], 422: Refused}, summary="The report of a period")
def report(request: HttpRequest, given: Query[ReportAsked]) -> dict[str, Any]:
    """Return the figures of a period beside the same days of the year before, within the reader's scope.

    A figure without a value says whether it is unknown or hidden; zero is a value.
    """
    codes = tuple(code.strip() for code in given.indicators.split(",") if code.strip())
    asked = Asked(_period(given.first, given.last), given.by, given.place, given.unit, codes)
    return exports.as_json(make(asked, reader=request.reader))


def _period(first: date, last: date) -> Period:
    if last < first or first.year < EARLIEST or (last - first).days > LONGEST:
        raise ReportRefused(
            f"Період {first} – {last} неможливий: він триває до десяти років і не закінчується раніше, ніж почався.",
            f"The period {first} to {last} is impossible: it may last ten years and not end before it begins.",
        )
    return Period(first, last)


@router.get("/indicators", response=list[IndicatorOut], summary="How each indicator is counted")
def indicators(request: HttpRequest) -> list[Indicator]:
    """List all indicators with definition, unit, source, and who checked the definition."""
    return list(discover().values())
