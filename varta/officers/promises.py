"""Memoranda, duties, stations and what was given, as the entries of `hromada_memorandum` leave them."""

from collections.abc import Callable, Iterable, Sequence
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
        told = told_by(entries)
        ground.existing(told.memorandum.hromada, on=told.memorandum.applied_on)
        values = _values(told.memorandum)
        key = values.pop("key")
        try:
            with transaction.atomic():
                Memorandum.objects.update_or_create(key=key, defaults=values)
                for table, rows in told.rows().items():
                    _replace(table, key, rows)
        except IntegrityError as broken:
            raise errors.AnotherMemorandum(hromada=told.memorandum.hromada.titles) from broken

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows are not those that the entries leave."""
        told = told_by(entries)
        held = Memorandum.objects.filter(key=told.memorandum.key).first()
        if held is None or _values(held) != _values(told.memorandum):
            return True
        return any(
            _held(table, told.memorandum.key) != [_values(row) for row in rows]
            for table, rows in told.rows().items()
        )


def told_by(entries: Sequence[Written]) -> Told:
    """Return what the entries of a case say; raise StepRefused where they contradict each other."""
    counted = effective(entries)
    last = entries[-1]
    opening = counted[0].data
    place = ground.hromadas([opening["hromada"]])[opening["hromada"]]
    memorandum = Memorandum(
        key=last.case_key,
        oblast_id=place.oblast or place.code,
        place_pre=place.pre,
        unit_id=last.unit,
        unit_pre=Unit.objects.values_list("pre", flat=True).get(code=last.unit),
        applied_on=date.fromisoformat(opening["on"]),
        wanted=opening["officers"],
    )
    memorandum.hromada = place
    told = Told(memorandum)
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
    settlement = Territory.objects.filter(code=code).first()
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


def _held(table: type[models.Model], memorandum: UUID) -> list[dict[str, Any]]:
    rows = table._default_manager.filter(memorandum=memorandum).order_by("nth")
    return [_values(row) for row in rows]


def _replace(table: type[models.Model], memorandum: UUID, rows: Iterable[Any]) -> None:
    """Make the rows of the memorandum in this table those given, touching them only where they differ."""
    rows = list(rows)
    held = _held(table, memorandum)
    if held == [_values(row) for row in rows]:
        return
    if held:
        table._default_manager.filter(memorandum=memorandum).delete()
    table._default_manager.bulk_create(rows)
