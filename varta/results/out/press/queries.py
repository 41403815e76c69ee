"""Templates and statements of the reader's area."""

from django.db.models import QuerySet

from varta.people.scope import Reader
from varta.results.out.press.models import Published, Template


def _within(reader: Reader) -> dict[str, int]:
    return {
        "place_from__gte": reader.place_from,
        "place_to__lte": reader.place_to,
        "unit_from__gte": reader.unit_from,
        "unit_to__lte": reader.unit_to,
    }


def templates(reader: Reader) -> list[Template]:
    """Return the newest edition of each template, in the order of codes."""
    return list(Template.objects.filter(**_within(reader)).order_by("code", "-edition").distinct("code"))


def editions(reader: Reader, code: str) -> list[Template]:
    """Return all editions of a template, the newest first; none where there is no such template."""
    return list(Template.objects.filter(code=code, **_within(reader)).order_by("-edition"))


def published(reader: Reader) -> QuerySet[Published]:
    """Return the statements on reports of the reader's area, the newest first."""
    return Published.objects.filter(**_within(reader))


def told() -> QuerySet[Published]:
    """Return the statements that were published, the newest first. Public."""
    return Published.objects.all()
