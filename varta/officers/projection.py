"""Stays as the entries of `officer_training` leave them: the one source of every count of the programme."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.officers import errors, ground
from varta.officers.errors import said
from varta.officers.models import Cohort, Stay
from varta.officers.way import Stage, way_of
from varta.places.models import Unit

COLUMNS = tuple(field.attname for field in Stay._meta.concrete_fields)
CANDIDATE = "candidate"  # the part of the person in the case


class Stays:
    """Keeps `Stay` for the procedure `officer_training`."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the stays of the case; refuse what cannot follow, a full cohort, a second place at one time."""
        case = entries[0].case_key
        held, computed = _held(case), stays_of(entries)
        if held == _values(computed):
            return
        self._refuse(computed, held)
        try:
            with transaction.atomic():
                if held:
                    Stay.objects.filter(case=case).delete()
                Stay.objects.bulk_create(computed)
        except IntegrityError as broken:
            raise errors.ServesAlready(where=_elsewhere(case, computed)) from broken

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows of the case are not those that its entries leave."""
        return _held(entries[0].case_key) != _values(stays_of(entries))

    def _refuse(self, computed: Sequence[Stay], held: Sequence[tuple]) -> None:
        before = {row[COLUMNS.index("cohort_id")] for row in held}
        for stay in computed:
            ground.existing(stay.hromada, on=stay.began)
            if stay.stage == Stay.Stage.TRAINING:
                _refuse_cohort(stay, new=stay.cohort_id not in before)


def stays_of(entries: Sequence[Written]) -> list[Stay]:
    """Return the stays that the entries of a case describe, without writing them; raise StepRefused if they cannot."""
    counted = effective(entries)
    stages = way_of(counted).stages
    person = next((one.person for entry in counted for one in entry.people if one.part == CANDIDATE), None)
    if person is None:
        raise errors.NobodyNamed()
    places = ground.hromadas(stage.hromada for stage in stages)
    units = _pres(stage.unit for stage in stages)
    rows = []
    for nth, stage in enumerate(stages, start=1):
        place = places[stage.hromada]
        row = Stay(
            case=entries[0].case_key,
            nth=nth,
            person_id=person,
            oblast_id=place.oblast or place.code,
            place_pre=place.pre,
            unit_id=stage.unit,
            unit_pre=units[stage.unit],
            **_days(stage),
        )
        row.hromada = place
        rows.append(row)
    return rows


def _days(stage: Stage) -> dict[str, object]:
    return {
        "stage": stage.stage,
        "cohort_id": stage.cohort or None,
        "began": stage.began,
        "ended": stage.ended,
        "finished": stage.finished,
        "why": stage.why,
    }


def _pres(codes: Iterable[str]) -> dict[str, int]:
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "pre"))


def _held(case: UUID) -> list[tuple]:
    return list(Stay.objects.filter(case=case).order_by("nth").values_list(*COLUMNS))


def _values(stays: Iterable[Stay]) -> list[tuple]:
    return [tuple(getattr(stay, name) for name in COLUMNS) for stay in stays]


def _refuse_cohort(stay: Stay, *, new: bool) -> None:
    """Refuse a cohort that is not there, does not train on the first day, or has no place left."""
    cohort = Cohort.objects.filter(code=stay.cohort_id).first()
    if cohort is None:
        raise errors.NoCohort(cohort=stay.cohort_id)
    if not cohort.begins <= stay.began <= cohort.ends:
        raise errors.CohortClosed(
            cohort=cohort.code, begins=said(cohort.begins), ends=said(cohort.ends), day=said(stay.began)
        )
    if new and enrolled(cohort.code, without=stay.case) >= cohort.capacity:
        raise errors.CohortFull(cohort=cohort.code, capacity=cohort.capacity)


def enrolled(cohort: str, *, without: UUID | None = None) -> int:
    """Return how many were ever enrolled in the cohort, of all oblasts, apart from one case.

    Until the transaction ends nobody else is enrolled in it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT varta_enrolled(%s, %s)", [cohort, without])
        return int(cursor.fetchone()[0])


def _elsewhere(case: UUID, computed: Sequence[Stay]) -> dict[str, str]:
    """Return where the person is on the same days, as far as the reader may see it."""
    lasting = Q()
    for stay in computed:
        if stay.stage != Stay.Stage.LEFT:
            days = Q(ended=None) | Q(ended__gt=stay.began)
            lasting |= days & Q(began__lt=stay.ended) if stay.ended else days
    others = Stay.objects.filter(lasting, person=computed[0].person_id).exclude(case=case)
    other = (
        others.exclude(stage=Stay.Stage.LEFT).select_related("hromada").order_by(F("began").desc()).first()
    )
    if other is None:
        return {"uk": "поза вашою зоною відповідальності", "en": "outside your area"}
    return dict(other.hromada.titles)
