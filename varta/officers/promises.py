"""Memoranda, duties, stations and what was given, as the entries of `hromada_memorandum` leave them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.law import Text
from varta.officers import errors, ground
from varta.officers.errors import said
from varta.officers.models import Asset, Duty, Memorandum, Station
from varta.places.models import Territory, Unit
from varta.procedures import hromada_memorandum

BELOW: tuple[type[models.Model], ...] = (Duty, Station, Asset)


@dataclass
class Told:
    """A memorandum and its rows, not written."""

    memorandum: Memorandum
    settlements: Mapping[str, Territory]
    duties: dict[int, Duty] = field(default_factory=dict)
    stations: dict[int, Station] = field(default_factory=dict)
    assets: list[Asset] = field(default_factory=list)

    def rows(self) -> dict[type[models.Model], list[Any]]:
        """Return the rows below the memorandum, by their table, in their order."""
        duties = [self.duties[nth] for nth in sorted(self.duties)]
        stations = [self.stations[nth] for nth in sorted(self.stations)]
        return {Duty: duties, Station: stations, Asset: self.assets}


class Memoranda:
    """Keeps the tables of memoranda for the procedure `hromada_memorandum`."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the rows of the case; refuse days and numbers that cannot be, and a second memorandum at once."""
        self.write_many([entries])

    def write_many(self, cases: Sequence[Sequence[Written]]) -> None:
        """Write the rows of the cases, with few statements."""
        told = told_by(cases)
        for one in told:
            ground.within_scope(ground.existing(one.memorandum.hromada, on=one.memorandum.applied_on))
        held = Memorandum.objects.in_bulk([one.memorandum.key for one in told])
        try:
            with transaction.atomic():
                Memorandum.objects.bulk_create([m.memorandum for m in told if m.memorandum.key not in held])
                for one in told:
                    _save_changed(one.memorandum, held.get(one.memorandum.key))
                for table in BELOW:
                    _replace(table, told)
        except IntegrityError as broken:
            raise errors.AnotherMemorandum(hromada=_doubled(told).titles) from broken

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows are not those that the entries leave."""
        [told] = told_by([entries])
        held = Memorandum.objects.filter(key=told.memorandum.key).first()
        if held is None or _values(held) != _values(told.memorandum):
            return True
        return any(_held(table, [told.memorandum.key]) != _by_memorandum(table, [told]) for table in BELOW)


def told_by(cases: Sequence[Sequence[Written]]) -> list[Told]:
    """Return what the entries of each case say; raise StepRefused where they contradict each other."""
    places = ground.hromadas(effective(entries)[0].data["hromada"] for entries in cases)
    codes = {entries[-1].unit for entries in cases}
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "pre"))
    settlements = _settlements(cases)
    return [_told(entries, places, units, settlements) for entries in cases]


def _settlements(cases: Sequence[Sequence[Written]]) -> dict[str, Territory]:
    """Return the settlements in which stations are opened, by their codes; unknown ones are missing."""
    codes = {entry.data["settlement"] for entries in cases for entry in entries if entry.step == "station"}
    return Territory.objects.in_bulk(codes) if codes else {}


def _told(
    entries: Sequence[Written],
    places: Mapping[str, Territory],
    units: Mapping[str, int],
    settlements: Mapping[str, Territory],
) -> Told:
    counted, last = effective(entries), entries[-1]
    opening = counted[0].data
    place = places[opening["hromada"]]
    memorandum = Memorandum(
        key=last.case_key,
        oblast_id=place.oblast or place.code,
        place_pre=place.pre,
        unit_id=last.unit,
        unit_pre=units[last.unit],
        applied_on=date.fromisoformat(opening["on"]),
        wanted=opening["officers"],
    )
    memorandum.hromada = place
    told = Told(memorandum, settlements)
    for entry in counted[1:]:
        _STEPS[entry.step](told, entry)
    return told


def _title(entry: Written) -> Text:
    return hromada_memorandum.procedure.step(entry.step).title


def _day(entry: Written, name: str = "on") -> date:
    return date.fromisoformat(entry.data[name])


def _maybe(entry: Written, name: str) -> date | None:
    given = entry.data[name]
    return date.fromisoformat(given) if given else None


def _after_signing(told: Told, entry: Written) -> date:
    """Return the day of the entry; refuse one before the memorandum was signed."""
    day, signed = _day(entry), told.memorandum.signed_on
    if signed is None or day < signed:
        raise errors.NotSigned(what=_title(entry), day=said(day), since=said(signed) if signed else "—")
    return day


def _sign(told: Told, entry: Written) -> None:
    day, applied = _day(entry), told.memorandum.applied_on
    if day < applied:
        before = {"uk": "подано заявку", "en": "the application"}
        raise errors.TooEarly(what=_title(entry), day=said(day), before=before, since=said(applied))
    told.memorandum.signed_on, told.memorandum.until = day, _maybe(entry, "until")
    told.memorandum.officers = entry.data["officers"]


def _refuse(told: Told, entry: Written) -> None:
    told.memorandum.ended_on, told.memorandum.end_why = _day(entry), "refused"


def _amend(told: Told, entry: Written) -> None:
    _after_signing(told, entry)
    told.memorandum.officers, told.memorandum.until = entry.data["officers"], _maybe(entry, "until")


def _end(told: Told, entry: Written) -> None:
    told.memorandum.ended_on, told.memorandum.end_why = _after_signing(told, entry), entry.data["reason"]


def _promise(told: Told, entry: Written) -> None:
    nth, data = entry.data["number"], entry.data
    if nth in told.duties:
        raise errors.NumberTaken(number=nth)
    told.duties[nth] = Duty(
        memorandum_id=told.memorandum.key,
        nth=nth,
        side=data["side"],
        what=data["what"],
        about=data["about"],
        due=_day(entry, "due"),
    )


def _fulfil(told: Told, entry: Written) -> None:
    duty = told.duties.get(entry.data["number"])
    if duty is None or duty.met_on is not None:
        raise errors.NoSuchNumber(number=entry.data["number"])
    duty.met_on = _after_signing(told, entry)


def _station(told: Told, entry: Written) -> None:
    nth, code, hromada = entry.data["number"], entry.data["settlement"], told.memorandum.hromada
    if nth in told.stations:
        raise errors.NumberTaken(number=nth)
    settlement = told.settlements.get(code)
    if settlement is None or not hromada.holds(settlement):
        shown = settlement.titles if settlement else code
        raise errors.OutsideHromada(settlement=shown, hromada=hromada.titles)
    told.stations[nth] = Station(
        memorandum_id=told.memorandum.key,
        nth=nth,
        settlement_id=code,
        address=entry.data["address"],
        opened_on=_after_signing(told, entry),
    )


def _close_station(told: Told, entry: Written) -> None:
    station = told.stations.get(entry.data["number"])
    if station is None or station.closed_on is not None:
        raise errors.NoSuchNumber(number=entry.data["number"])
    day = _day(entry)
    if day < station.opened_on:
        before = {"uk": "відкрито станцію", "en": "the station was opened"}
        raise errors.TooEarly(what=_title(entry), day=said(day), before=before, since=said(station.opened_on))
    station.closed_on = day


def _asset(told: Told, entry: Written) -> None:
    data = entry.data
    told.assets.append(
        Asset(
            memorandum_id=told.memorandum.key,
            nth=len(told.assets) + 1,
            kind=entry.step,
            side=data["side"],
            what=data["model"] if entry.step == "vehicle" else data["what"],
            plate=data.get("plate", ""),
            count=data.get("count", 1),
            given_on=_after_signing(told, entry),
        )
    )


_STEPS: dict[str, Callable[[Told, Written], None]] = {
    "refuse": _refuse,
    "sign": _sign,
    "promise": _promise,
    "fulfil": _fulfil,
    "station": _station,
    "close_station": _close_station,
    "vehicle": _asset,
    "equipment": _asset,
    "amend": _amend,
    "end": _end,
}


def _values(row: models.Model) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def _save_changed(row: Memorandum, held: Memorandum | None) -> None:
    if held is not None and _values(held) != _values(row):
        row.save(force_update=True)


Kept = dict[UUID, list[dict[str, Any]]]


def _held(table: type[models.Model], memoranda: Iterable[UUID]) -> Kept:
    kept: Kept = {}
    rows = table._default_manager.filter(memorandum__in=list(memoranda)).order_by("memorandum", "nth")
    for row in rows:
        values = _values(row)
        kept.setdefault(values["memorandum_id"], []).append(values)
    return kept


def _by_memorandum(table: type[models.Model], told: Iterable[Told]) -> Kept:
    found = {one.memorandum.key: [_values(row) for row in one.rows()[table]] for one in told}
    return {key: rows for key, rows in found.items() if rows}


def _replace(table: type[models.Model], told: Sequence[Told]) -> None:
    """Make the rows of these memoranda in this table those told, touching only memoranda where they differ."""
    held, wanted = _held(table, [one.memorandum.key for one in told]), _by_memorandum(table, told)
    changed = {key for key in held | wanted if held.get(key) != wanted.get(key)}
    old = changed & held.keys()
    if old:
        table._default_manager.filter(memorandum__in=old).delete()
    rows = [row for one in told if one.memorandum.key in changed for row in one.rows()[table]]
    table._default_manager.bulk_create(rows)


def _doubled(told: Sequence[Told]) -> Territory:
    """Return a hromada that has a memorandum in force or asked for already."""
    for one in told:
        others = Memorandum.objects.filter(hromada=one.memorandum.hromada, ended_on=None)
        if others.exclude(key=one.memorandum.key).exists():
            return one.memorandum.hromada
    return told[0].memorandum.hromada
