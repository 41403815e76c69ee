"""The register: who was in which stage on a day, as rows of a page and of a file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from varta.officers import queries
from varta.officers.models import Stay
from varta.officers.stepforms import RegisterForm
from varta.people import queries as people
from varta.people.models import Person
from varta.people.scope import Reader

PER_PAGE = 50
MOST = 20_000  # rows of a file


def narrowed(reader: Reader, form: RegisterForm, *, day: date) -> QuerySet[Stay]:
    """Return the stays of a day that the form asks for, the newest first; without a stage, of all who have not left."""
    given = form.cleaned_data
    found = queries.stays_on(reader, day)
    found = found.filter(stage=given["stage"]) if given.get("stage") else found.exclude(stage=Stay.Stage.LEFT)
    if given.get("cohort"):
        found = found.filter(cohort=given["cohort"])
    place = given.get("territory")
    if place is not None:
        found = found.filter(place_pre__range=(place.pre, place.pre_end))
    for word in (given.get("q") or "").split():
        named = Q(person__surname__istartswith=word) | Q(person__given__istartswith=word)
        found = found.filter(named | Q(person__patronymic__istartswith=word))
    return found.select_related("hromada", "oblast", "cohort").order_by("-began", "case")


def rows(stays: Iterable[Stay], reader: Reader) -> list[dict[str, Any]]:
    """Return rows of the page: each stay with its person, as far as the reader may see the person."""
    some = list(stays)
    persons = persons_of(some, reader)
    return [{"stay": one, "person": persons.get(one.person_id)} for one in some]


def persons_of(stays: Iterable[Stay], reader: Reader) -> Mapping[UUID, Person]:
    """Return the people of these stays by their keys."""
    return people.visible_to(reader).in_bulk({one.person_id for one in stays})


def header() -> list[str]:
    """Return the titles of the columns of the file."""
    return [
        _("Surname and name"),
        _("Stage"),
        _("From"),
        _("Oblast"),
        _("Hromada"),
        _("Code of the hromada"),
        _("Cohort"),
        _("Finished"),
    ]


def file_rows(stays: QuerySet[Stay], reader: Reader) -> Iterator[list[Any]]:
    """Yield the rows of the file."""
    for row in rows(stays[:MOST], reader):
        stay = row["stay"]
        yield [
            str(row["person"] or ""),
            stay.get_stage_display(),
            stay.began,
            stay.oblast.title,
            stay.hromada.title,
            stay.hromada_id,
            stay.cohort_id or "",
            stay.finished or "",
        ]
