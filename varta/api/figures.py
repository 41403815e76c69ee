"""Figures: the same rows that the report's page shows."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from varta.api.doors import Opens
from varta.api.schemas import IndicatorOut, Refused, ReportAsked
from varta.figures import Indicator, Period, periods
from varta.figures.periods import PeriodRefused, to_this_day
from varta.indicators import discover
from varta.lib.clock import kyiv_day, now
from varta.results.pack import as_plain, of_report
from varta.results.report import Asked, ReportRefused, make

router = Router(tags=["figures"], auth=Opens("results"))


@router.get("/report", response={200: dict[str, Any], 422: Refused}, summary="The report of a period")
def report(request: HttpRequest, given: Query[ReportAsked]) -> dict[str, Any]:
    """Return the figures of a period beside the same days of the year before, within the reader's scope.

    Chapters, tables and figures as in a frozen report; its edition is 0.

    A figure without a value says whether it is unknown or hidden; zero is a value.
    """
    codes = tuple(code.strip() for code in given.indicators.split(",") if code.strip())
    asked = Asked(_period(given), given.by, given.place, given.unit, codes)
    found = make(asked, reader=request.reader)
    name = f"{found.period.first}-{found.period.last}-{found.level}"
    return as_plain(of_report(found, name=name, at=now()))


def _period(given: ReportAsked) -> Period:
    """Return the period by its name or its days, up to this day."""
    try:
        if given.period:
            period = periods.named(given.period)
        elif given.first and given.last:
            period = Period(given.first, given.last)
        else:
            raise ReportRefused(
                "Назвіть період: from і to, або period, наприклад 2019-9M.",
                "Name the period: from and to, or period, for example 2019-9M.",
            )
        return to_this_day(period, today=kyiv_day(now())).period
    except PeriodRefused as refused:
        raise ReportRefused(refused.texts["uk"], refused.texts["en"]) from refused


@router.get("/indicators", response=list[IndicatorOut], summary="How each indicator is counted")
def indicators(request: HttpRequest) -> list[Indicator]:
    """List all indicators with definition, unit, source, and who checked the definition."""
    return list(discover().values())
