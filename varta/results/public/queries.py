"""What was published of reports: read by everybody."""

from collections.abc import Sequence

from varta.published.models import Publication
from varta.published.queries import REPORT, told


def published() -> list[tuple[Publication, ...]]:
    """Return the reports that were published, the newest first, each with its editions, the newest first. Public."""
    found: dict[str, list[Publication]] = {}
    for one in told(REPORT).defer("shown").order_by("-at", "-edition"):
        found.setdefault(one.of, []).append(one)
    return [tuple(sorted(editions, key=lambda one: -one.edition)) for editions in found.values()]


def edition(name: str) -> tuple[Publication, Sequence[Publication]] | None:
    """Return a published edition with all editions of its report, the newest first; None if there is none."""
    one = told(REPORT).filter(name=name).first()
    if one is None:
        return None
    return one, list(told(REPORT).filter(of=one.of).defer("shown").order_by("-edition"))
