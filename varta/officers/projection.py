"""Stays as the entries of `officer_training` leave them: the one source of every count of the programme."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.officers import errors, ground
from varta.officers.errors import said
from varta.officers.models import Cohort, Stay
from varta.officers.way import Stage, way_of
from varta.places.models import Territory, Unit

COLUMNS = tuple(field.attname for field in Stay._meta.concrete_fields)
COHORT, HROMADA = COLUMNS.index("cohort_id"), COLUMNS.index("hromada_id")
CANDIDATE = "candidate"  # the part of the person in the case


Values = tuple[Any, ...]


class Stays:
    """Keeps `Stay` for the procedure `officer_training`."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the stays of the case; refuse what cannot follow, a full cohort, a second place at one time."""
        self.write_many([entries])

    def write_many(self, cases: Sequence[Sequence[Written]]) -> None:
        """Write the stays of the cases, with few statements."""
        held = _held([entries[0].case_key for entries in cases])
        computed = stays_of(cases)
        changed = {case: stays for case, stays in computed.items() if held.get(case, []) != _values(stays)}
        if not changed:
            return
        _refuse(changed, held)
        try:
            with transaction.atomic():
                old = [case for case in changed if case in held]
                if old:
                    Stay.objects.filter(case__in=old).delete()
                Stay.objects.bulk_create([stay for stays in changed.values() for stay in stays])
        except IntegrityError as broken:
            raise errors.ServesAlready(where=_elsewhere(changed)) from broken

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows of the case are not those that its entries leave."""
        case = entries[0].case_key
        return _held([case]).get(case, []) != _values(stays_of([entries])[case])


def stays_of(cases: Sequence[Sequence[Written]]) -> dict[UUID, list[Stay]]:
    """Return the stays that the entries of each case describe, not written; raise StepRefused if they cannot."""
    counted = {entries[0].case_key: effective(entries) for entries in cases}
    ways = {case: way_of(entries).stages for case, entries in counted.items()}
    every = [stage for stages in ways.values() for stage in stages]
    places = ground.hromadas(stage.hromada for stage in every)
    units = _pres(stage.unit for stage in every)
    return {
        case: [
            _stay(case, nth, _person(counted[case]), stage, places[stage.hromada], units[stage.unit])
            for nth, stage in enumerate(stages, start=1)
        ]
        for case, stages in ways.items()
    }


def _person(entries: Iterable[Written]) -> UUID:
    person = next((one.person for entry in entries for one in entry.people if one.part == CANDIDATE), None)
    if person is None:
        raise errors.NobodyNamed()
    return person


def _stay(case: UUID, nth: int, person: UUID, stage: Stage, place: Territory, unit_pre: int) -> Stay:
    row = Stay(
        case=case,
        nth=nth,
        person_id=person,
        oblast_id=place.oblast or place.code,
        place_pre=place.pre,
        unit_id=stage.unit,
        unit_pre=unit_pre,
        stage=stage.stage,
        cohort_id=stage.cohort or None,
        began=stage.began,
        ended=stage.ended,
        finished=stage.finished,
        why=stage.why,
    )
    row.hromada = place
    return row


def _pres(codes: Iterable[str]) -> dict[str, int]:
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "pre"))


def _held(cases: Iterable[UUID]) -> dict[UUID, list[Values]]:
    held: dict[UUID, list[Values]] = {}
    for row in Stay.objects.filter(case__in=list(cases)).order_by("case", "nth").values_list(*COLUMNS):
        held.setdefault(row[0], []).append(row)
    return held


def _values(stays: Iterable[Stay]) -> list[Values]:
    return [tuple(getattr(stay, name) for name in COLUMNS) for stay in stays]


def _refuse(changed: Mapping[UUID, Sequence[Stay]], held: Mapping[UUID, Sequence[Values]]) -> None:
    """Refuse hromadas that do not exist on the day, and cohorts that cannot take those who are new to them."""
    stays = [stay for some in changed.values() for stay in some]
    cohorts = Cohort.objects.in_bulk({stay.cohort_id for stay in stays if stay.cohort_id})
    entering: Counter[str] = Counter()
    for stay in stays:
        ground.existing(stay.hromada, on=stay.began)
        if stay.hromada_id not in {row[HROMADA] for row in held.get(stay.case, ())}:
            ground.within_scope(stay.hromada)
        if stay.stage == Stay.Stage.TRAINING:
            _refuse_days(stay, cohorts.get(stay.cohort_id))
            known = {row[COHORT] for row in held.get(stay.case, ())}
            entering[str(stay.cohort_id)] += stay.cohort_id not in known
    for code, many in entering.items():
        cohort = cohorts[code]
        if many and enrolled(code) + many > cohort.capacity:
            raise errors.CohortFull(cohort=code, capacity=cohort.capacity)


def _refuse_days(stay: Stay, cohort: Cohort | None) -> None:
    if cohort is None:
        raise errors.NoCohort(cohort=stay.cohort_id)
    if not cohort.begins <= stay.began <= cohort.ends:
        raise errors.CohortClosed(
            cohort=cohort.code, begins=said(cohort.begins), ends=said(cohort.ends), day=said(stay.began)
        )


def enrolled(cohort: str) -> int:
    """Return how many were ever enrolled in the cohort, of all oblasts; holds others off until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT varta_enrolled(%s, NULL)", [cohort])
        return int(cursor.fetchone()[0])


def _elsewhere(changed: Mapping[UUID, Sequence[Stay]]) -> dict[str, str]:
    """Return where the first of them who is elsewhere on the same days is, as far as the reader may see it."""
    for case, stays in changed.items():
        lasting = Q(pk__in=[])
        for stay in stays:
            if stay.stage != Stay.Stage.LEFT:
                days = Q(ended=None) | Q(ended__gt=stay.began)
                lasting |= days & Q(began__lt=stay.ended) if stay.ended else days
        others = Stay.objects.filter(lasting, person=stays[0].person_id).exclude(case=case)
        other = others.exclude(stage=Stay.Stage.LEFT).select_related("hromada").order_by("-began").first()
        if other is not None:
            return dict(other.hromada.titles)
    return {"uk": "поза вашою зоною відповідальності", "en": "outside your area"}
