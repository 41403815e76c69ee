"""Indicators to SQL: one scan of a folder for all that is counted in it, in both periods at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from varta.figures.chance import points
from varta.figures.indicator import (
    BeatsOverNorm,
    Count,
    Covered,
    Indicator,
    KeptInTerm,
    Move,
    PeoplePer,
    PerPopulation,
    PromisesKept,
    Quantile,
    Share,
    ShareWith,
    Stock,
    Unanswered,
    UnitsWith,
)
from varta.figures.periods import Period
from varta.lib.clock import day_start

SPANS = ("now", "before")
WAITED_US = 'epoch_us(f."at") - epoch_us(f.opened_at)'


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of another folder that belong to a scan's rows: "ANTI" those that have none, "LEFT" with theirs.

    `cases`: of the other folder only which cases it has, each once.
    """

    kind: str
    folder: str
    alias: str
    on: str
    cases: bool = False


@dataclass(slots=True)
class Scan:
    """One pass over rows `f` of a folder: aggregates by name, joins and conditions of the pass."""

    folder: str
    aggregates: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, str] = field(default_factory=dict)  # which rows each aggregate is over
    joins: tuple[Join, ...] = ()
    moment: str = 'f."at"'  # what must lie in the period
    every_month: bool = False  # rows of other months count too
    last_days: int = 0  # of a period only so many days up to its end, 0: all
    first_only: bool = False  # of a step taken several times in a case, the first
    moves: tuple[Move, ...] = ()  # the rows are stretches of states, see stocks.py
    quantiles: dict[str, tuple[float, ...]] = field(default_factory=dict)  # name -> shares, of the minutes

    def held_in(self, period: Period) -> str:
        """Return the condition that a row counts in the period."""
        if self.moves:
            return f"f.since < {stamp(period.end)} AND (f.until IS NULL OR f.until >= {stamp(period.end)})"
        start = (
            day_start(period.last - timedelta(days=self.last_days - 1)) if self.last_days else period.start
        )
        return f"{self.moment} >= {stamp(start)} AND {self.moment} < {stamp(period.end)}"


class Compiler:
    """Gathers the scans that a set of indicators needs."""

    def __init__(self, period: Period) -> None:
        self.periods = dict(zip(SPANS, (period, period.year_before()), strict=True))
        self.scans: dict[object, Scan] = {}

    def add(self, indicator: Indicator) -> None:
        """Add what this indicator needs; aggregates are named "CODE.part.span"."""
        measure = indicator.measure
        for span in SPANS:
            name = f"{indicator.code}.{{}}.{span}"
            if isinstance(measure, PerPopulation):
                self._count(measure.count, name, span)
            elif isinstance(measure, Count):
                self._count(measure, name, span)
            elif isinstance(measure, Share):
                self._aggregate(
                    measure.step, name.format("part"), "count(*)", span, measure.whole, measure.part
                )
                self._aggregate(measure.step, name.format("whole"), "count(*)", span, measure.whole)
            elif isinstance(measure, Quantile):
                self._quantile(measure, name, span)
            elif isinstance(measure, Unanswered):
                self._unanswered(measure, name, span)
            elif isinstance(measure, ShareWith):
                self._share_with(measure, name, span)
            elif isinstance(measure, UnitsWith):
                self._units_with(measure, name, span)
            elif isinstance(measure, BeatsOverNorm):
                continue  # no entries are counted, see beats.py
            elif isinstance(measure, PromisesKept):
                self._promises(measure, name, span)
            elif isinstance(measure, Stock | Covered | PeoplePer):
                self._stock(measure, name, span)
            else:
                self._kept(measure, name, span)

    def _aggregate(
        self, folder: str, name: str, call: str, span: str, *conditions: str, scan: object = None
    ) -> None:
        held = self.scans.setdefault(scan or folder, Scan(folder))
        held.conditions[name] = both([held.held_in(self.periods[span]), *conditions])
        held.aggregates[name] = f"{call} FILTER (WHERE {held.conditions[name]})"

    def _count(self, count: Count, name: str, span: str) -> None:
        self._aggregate(count.step, name.format("count"), "count(*)", span, count.where)
        if count.recorded:
            self._recorded(opening_of(count.step), (count.recorded,), name, span)

    def _recorded(self, opening: str, steps: Sequence[str], name: str, span: str) -> None:
        """Count the cases opened, and those whose source records the steps at all."""
        self._aggregate(opening, name.format("opened"), "count(*)", span)
        self._aggregate(opening, name.format("recorded"), "count(*)", span, recorded(steps))

    def _quantile(self, measure: Quantile, name: str, span: str) -> None:
        scan = ("first", measure.step)
        self.scans.setdefault(scan, Scan(measure.step, first_only=True))
        self._aggregate(measure.step, name.format("base"), "count(*)", span, measure.where, scan=scan)
        held, ordered = self.scans[scan], name.format("quantile")
        held.conditions[ordered] = both([held.held_in(self.periods[span]), measure.where])
        # Beside the quantile what its interval may end at: the values are sorted for one as for many.
        held.quantiles[ordered] = points(measure.q)

    def _unanswered(self, measure: Unanswered, name: str, span: str) -> None:
        scan = ("unanswered", measure.opening, measure.steps)
        if scan not in self.scans:
            joins = tuple(
                Join("ANTI", step, f"s{n}", f's{n}."case" = f."case"') for n, step in enumerate(measure.steps)
            )
            self.scans[scan] = Scan(measure.opening, joins=joins)
        self._aggregate(
            measure.opening, name.format("count"), "count(*)", span, recorded(measure.recorded), scan=scan
        )
        self._recorded(measure.opening, measure.recorded, name, span)

    def _kept(self, measure: KeptInTerm, name: str, span: str) -> None:
        late = f"f.late_from_{measure.step.partition('.')[2]}"
        scan = ("kept", measure.opening, measure.step)
        if scan not in self.scans:
            dropped = tuple(
                Join("ANTI", step, f"d{n}", f'd{n}."case" = f."case" AND d{n}."at" < {late}')
                for n, step in enumerate(measure.dropped_by)
            )
            answer = Join("LEFT", measure.step, "s", 's."case" = f."case"')
            # A term in days is late from the first moment of the next day: it was due a moment before.
            moment = f"({late} - INTERVAL 1 MICROSECOND)"
            self.scans[scan] = Scan(
                measure.opening, joins=(*dropped, answer), moment=moment, every_month=True
            )
        self._aggregate(measure.opening, name.format("whole"), "count(*)", span, scan=scan)
        self._aggregate(measure.opening, name.format("part"), "count(*)", span, f's."at" < {late}', scan=scan)

    def _share_with(self, measure: ShareWith, name: str, span: str) -> None:
        scan = ("with", measure.step, measure.other)
        if scan not in self.scans:
            join = Join("LEFT", measure.other, "o", 'o."case" = f."case"', cases=True)
            self.scans[scan] = Scan(measure.step, joins=(join,), every_month=True)
        self._aggregate(measure.step, name.format("whole"), "count(*)", span, measure.where, scan=scan)
        found = 'o."case" IS NOT NULL'
        self._aggregate(measure.step, name.format("part"), "count(*)", span, measure.where, found, scan=scan)

    def _units_with(self, measure: UnitsWith, name: str, span: str) -> None:
        scan = ("units", measure)
        self.scans.setdefault(scan, Scan(measure.step, every_month=True, last_days=measure.days))
        self._aggregate(measure.step, name.format("count"), "count(*)", span, scan=scan)
        self._aggregate(measure.step, name.format("units"), "histogram(f.unit)", span, scan=scan)

    def _promises(self, measure: PromisesKept, name: str, span: str) -> None:
        scan = ("promises", measure)
        if scan not in self.scans:
            same = f's."case" = f."case" AND s."{measure.number}" = f."{measure.number}"'
            join = Join("LEFT", measure.kept, "s", same)
            # A day counts from its midnight in UTC, which lies within the same day of Kyiv.
            moment = f'f."{measure.due}"::TIMESTAMP'
            self.scans[scan] = Scan(measure.step, joins=(join,), moment=moment, every_month=True)
        kept = f's."{measure.on}" <= f."{measure.due}"'
        self._aggregate(measure.step, name.format("whole"), "count(*)", span, measure.where, scan=scan)
        self._aggregate(measure.step, name.format("part"), "count(*)", span, measure.where, kept, scan=scan)

    def _stock(self, measure: Stock | Covered | PeoplePer, name: str, span: str) -> None:
        stock = measure if isinstance(measure, Stock) else measure.stock
        scan, folder = ("stock", stock.moves), stock.moves[0].step
        self.scans.setdefault(scan, Scan(folder, moves=stock.moves))
        state = f"f.state = '{stock.state}'"
        self._aggregate(folder, name.format("count"), "count(*)", span, state, scan=scan)
        if stock is not measure:
            placed = "f.hromada IS NOT NULL"
            self._aggregate(
                folder, name.format("hromadas"), "histogram(f.hromada)", span, state, placed, scan=scan
            )

    def behind(self, indicator: Indicator) -> tuple[Scan, str]:
        """Return the scan and the condition of the rows that this period's figure is counted from."""
        for part in ("count", "whole", "base"):
            name = f"{indicator.code}.{part}.now"
            for scan in self.scans.values():
                if name in scan.conditions:
                    return scan, scan.conditions[name]
        raise LookupError(f"Nothing is counted for {indicator.code}.")

    def either(self, scan: Scan) -> str:
        """Return the condition that a row counts in one of the periods."""
        return " OR ".join(f"({scan.held_in(self.periods[span])})" for span in SPANS)


def both(conditions: Iterable[str]) -> str:
    """Return the condition that all of these hold."""
    return " AND ".join(f"({condition})" for condition in conditions if condition != "true")


def recorded(steps: Sequence[str]) -> str:
    """Return the condition that a case's source records all these steps."""
    return " AND ".join(f"NOT contains(f.unrecorded, '\"{step}\"')" for step in steps) or "true"


def stamp(moment: datetime) -> str:
    """Return a moment as a literal in UTC without zone, as the lake has it."""
    return f"TIMESTAMP '{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}'"


def opening_of(step: str) -> str:
    """Return the folder of the opening step of the same procedure."""
    from varta.law import discover

    procedure = discover()[step.partition(".")[0]]
    return f"{procedure.code}.{next(one.code for one in procedure.steps if not one.opened_by)}"
