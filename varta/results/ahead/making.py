"""Making forecasts in the background: months are counted, each series is forecast, all is kept with its origin."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from varta.figures import Indicator
from varta.indicators import discover
from varta.lake.source import LakeFiles
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people.scope import SYSTEM, Reader, reading
from varta.places.models import Territory
from varta.planning.monthly import Band, NoForecast, Score
from varta.results.ahead import months
from varta.results.ahead.models import Prospect, ProspectOfReport, ProspectRow
from varta.results.ahead.months import Held, Months
from varta.results.ahead.places import scopes_of_places
from varta.results.models import FrozenReport

if TYPE_CHECKING:
    from varta.planning.forecast import Forecast

ASKING = frozenset({"head", "coordinator", "analyst"})
LINES = 20  # rows written at once


class ProspectRefused(ValueError):
    """Forecasts cannot be made as it was asked; `texts` says why in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        self.texts = {"uk": uk, "en": en}
        super().__init__(en)


def may_ask(reader: Reader) -> bool:
    """Return whether the reader's role has forecasts made."""
    return reader.role in ASKING or reader.role == SYSTEM


@transaction.atomic
def ask(*, as_of: date, by: Reader, at: datetime) -> Prospect:
    """Let the worker make the forecasts of a day; return what is to hold them, still empty.

    Raises ProspectRefused for a role that may not ask, and for a month that is not over.
    """
    from varta.results.ahead.jobs import make_forecasts

    if not may_ask(by):
        raise ProspectRefused(
            "Прогноз замовляє керівник, координатор або аналітик.",
            "The head, the coordinator or an analyst asks for forecasts.",
        )
    last = months.period_of(months.number_of(as_of)).last
    if last >= kyiv_day(at):
        raise ProspectRefused(
            f"Місяць {last:%m.%Y} ще не закінчився. Оберіть попередній.",
            f"The month {last:%m.%Y} is not over yet. Choose an earlier one.",
        )
    open_one = Prospect.objects.filter(
        as_of=last, state__in=(Prospect.State.WAITING, Prospect.State.MAKING)
    ).first()
    if open_one:
        return open_one
    made = Prospect.objects.create(key=uuid7(at), as_of=last, made_by_id=by.officer_id, asked_at=at)
    make_forecasts.defer(key=str(made.key))
    return made


def make(key: UUID, *, now: Callable[[], datetime], codes: tuple[str, ...] = ()) -> None:
    """Make forecasts that wait, or that a killed worker left half made; others are left as they are."""
    with reading(Reader.system()):
        held = Prospect.objects.filter(key=key).first()
        if held is None or not held.is_open:
            return
    try:
        _make(held, now, codes)
    except Exception:
        with reading(Reader.system()):
            Prospect.objects.filter(key=key).update(state=Prospect.State.FAILED, made_at=now())
        raise


def _make(held: Prospect, now: Callable[[], datetime], codes: tuple[str, ...]) -> None:
    lake = LakeFiles()
    known = discover()
    indicators = tuple(known[code] for code in codes or known)
    last, until = months.number_of(held.as_of), months.number_of(kyiv_day(now())) - 1
    steps = len(months.pairs(last, until))
    watch = _Watch(held, steps)
    with reading(Reader.system()):
        country = Territory.objects.get(code="UA")
        places = {one.code: one for one in Territory.objects.filter(level__lte=1, code__startswith="UA")}
    found = months.counted(
        lake,
        indicators,
        (country.pre, country.pre_end),
        country.code,
        last=last,
        until=until,
        tell=watch.step,
    )
    with reading(Reader.system()):
        months.with_earlier(found, indicators)
    watch.more(len(found))
    rows = list(_rows(held, found, {one.code: one for one in indicators}, places, last, watch))
    with reading(Reader.system()), transaction.atomic():
        ProspectRow.objects.bulk_create(rows)
        Prospect.objects.filter(key=held.key).update(
            state=Prospect.State.READY,
            made_at=now(),
            counted_at=lake.manifest.refreshed_at,
            watermark=lake.manifest.watermark,
            files=lake.manifest.hashes(),
            version=version("varta"),
        )
        _keep_for_reports(held, now())


def _rows(
    held: Prospect,
    found: Held,
    indicators: dict[str, Indicator],
    places: dict[str, Territory],
    last: int,
    watch: "_Watch",
) -> Iterator[ProspectRow]:
    with reading(Reader.system()):
        scopes = scopes_of_places(list(places.values()))
    for (code, place), held_months in sorted(found.items()):
        watch.step()
        if place in places and held_months.held:
            yield ProspectRow(
                prospect=held,
                indicator=code,
                place=places[place],
                months=held_months.as_plain(),
                outcome=as_plain(
                    _of(indicators[code], held_months, last), indicators[code], held_months, last
                ),
                **scopes[place].as_columns(),
            )


def _of(indicator: Indicator, held: Months, last: int) -> "Forecast | NoForecast":
    from varta.planning.forecast import forecast  # what it needs takes long to load, and pages do not need it

    return forecast(held.series(indicator, last), seed=last)


def as_plain(made: "Forecast | NoForecast", indicator: Indicator, held: Months, last: int) -> dict[str, Any]:
    """Return a forecast as it is kept; numbers are in the indicator's unit."""
    if isinstance(made, NoForecast):
        return {"reason": made.reason, "texts": dict(made.texts)}
    factor = held.series(indicator, last).factor
    return {
        "method": made.method,
        "naive": made.naive_is_best,
        "months": [_band(one, factor) for one in made.months],
        "path": [_band(one, factor) for one in made.path],
        "known": None if made.known is None else made.known * factor,
        "at": [one * factor for one in made.at],
        "origins": made.tried.origins,
        "ahead": made.tried.ahead,
        "scores": [_score(one) for one in made.tried.scores],
        "chosen": _score(made.tried.chosen),
        "wider": made.tried.wider[made.method],
    }


def _band(one: Band, factor: float) -> list[float]:
    return [round(x * factor, 6) for x in (one.middle, one.low80, one.high80, one.low95, one.high95)]


def _score(one: Score) -> list[Any]:
    return [one.method, *(round(x, 4) for x in (one.mase, one.within80, one.within95, one.sums95))]


def keep_for(report: FrozenReport, *, at: datetime) -> ProspectOfReport | None:
    """Keep with a frozen report the newest forecasts that were made as of its last day; None without any.

    Call it as the system. What was kept once stays.
    """
    made = Prospect.objects.filter(as_of=report.asked["to"], state=Prospect.State.READY)
    newest = made.order_by("-asked_at").first()
    if newest is None:
        return None
    kept, _ = ProspectOfReport.objects.get_or_create(
        report=report, defaults={"prospect": newest, "kept_at": at}
    )
    return kept


def _keep_for_reports(held: Prospect, at: datetime) -> None:
    """Keep these forecasts with the reports of their day that have none."""
    waiting = FrozenReport.objects.filter(asked__to=held.as_of.isoformat(), prospect=None)
    ProspectOfReport.objects.bulk_create(
        [ProspectOfReport(report=report, prospect=held, kept_at=at) for report in waiting]
    )


def ready(reader: Reader) -> QuerySet[Prospect]:
    """Return the forecasts that are ready, the latest day first; whose rows the reader sees the rows tell."""
    return Prospect.objects.filter(state=Prospect.State.READY) if reader.known else Prospect.objects.none()


def rows_of(reader: Reader, prospect: Prospect) -> QuerySet[ProspectRow]:
    """Return the rows of places that the reader answers for."""
    return prospect.rows.filter(
        place_from__gte=reader.place_from,
        place_to__lte=reader.place_to,
        unit_from__gte=reader.unit_from,
        unit_to__lte=reader.unit_to,
    ).select_related("place")


class _Watch:
    """Writes down how far the making is, a few times in a hundred steps."""

    def __init__(self, held: Prospect, steps: int) -> None:
        self.key, self.done, self.steps = held.key, 0, steps
        self._tell(state=Prospect.State.MAKING)

    def more(self, steps: int) -> None:
        """Say that so many steps come besides."""
        self.steps += steps
        self._tell()

    def step(self) -> None:
        """Say that one step is done."""
        self.done += 1
        if self.done % LINES == 0:
            self._tell()

    def _tell(self, **more: Any) -> None:
        with reading(Reader.system()):
            Prospect.objects.filter(key=self.key).update(done=self.done, steps=self.steps, **more)
