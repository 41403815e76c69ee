"""What became of places and units between the first day of the year before and the period's last: words for rows.

Figures of both periods are counted on today's ground: what a merged place recorded counts in the one it became.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from varta.figures import Period, Text
from varta.figures.engine import PLACE_LEVELS
from varta.places.models import Territory, TerritoryChange, Unit

Notes = Mapping[str, tuple[Text, ...]]  # code of a row -> what is said of it
TODAY = {
    "uk": "Обидва періоди пораховано на нинішній території.",
    "en": "Both periods are counted on today's territory.",
}


def notes(level: str, period: Period) -> Notes:
    """Return what changed in the rows of a level in these days; rows without changes are left out."""
    found: dict[str, list[Text]] = defaultdict(list)
    days = (period.year_before().first, period.last)
    if level in PLACE_LEVELS:
        _renamed(found, PLACE_LEVELS[level], days)
        _merged(found, PLACE_LEVELS[level], days)
        _began_or_ended(found, Territory.objects.filter(level=PLACE_LEVELS[level], became=None), days)
    else:
        _began_or_ended(found, Unit.objects.all(), days)
    return {code: tuple(texts) for code, texts in found.items()}


def _renamed(found: dict[str, list[Text]], level: int, days: tuple[date, date]) -> None:
    told = TerritoryChange.objects.filter(territory__level=level, until__gt=days[0], until__lte=days[1])
    wanted = told.filter(what__in=(TerritoryChange.What.NAME, TerritoryChange.What.PARENT))
    changes = list(wanted.order_by("until"))
    parents = Territory.objects.in_bulk([one.was for one in changes if one.what == "parent"])
    for one in changes:
        if one.what == TerritoryChange.What.NAME:
            text = {
                "uk": f"До {one.until:%d.%m.%Y} називалося «{one.was}».",
                "en": f"Until {one.until:%d.%m.%Y} it was called “{one.was}”.",
            }
        else:
            was = parents[one.was].titles if one.was in parents else {"uk": one.was, "en": one.was}
            text = {
                "uk": f"До {one.until:%d.%m.%Y} належало до: {was['uk']}. {TODAY['uk']}",
                "en": f"Until {one.until:%d.%m.%Y} it belonged to: {was['en']}. {TODAY['en']}",
            }
        found[one.territory_id].append(text)


def _merged(found: dict[str, list[Text]], level: int, days: tuple[date, date]) -> None:
    ended = Territory.objects.filter(
        level=level, became__isnull=False, valid_to__gt=days[0], valid_to__lte=days[1]
    )
    for one in ended.order_by("valid_to", "sort_key"):
        found[one.became].append(
            {
                "uk": f"З {one.valid_to:%d.%m.%Y} сюди увійшло: {one.titles['uk']}. {TODAY['uk']}",
                "en": f"Since {one.valid_to:%d.%m.%Y} it holds: {one.titles['en']}. {TODAY['en']}",
            }
        )


def _began_or_ended(found: dict[str, list[Text]], rows, days: tuple[date, date]) -> None:
    within = Q(valid_from__gt=days[0], valid_from__lte=days[1]) | Q(
        valid_to__gt=days[0], valid_to__lte=days[1]
    )
    for one in rows.filter(within).order_by("sort_key"):
        if one.valid_from and days[0] < one.valid_from <= days[1]:
            found[one.code].append(
                {
                    "uk": f"Існує з {one.valid_from:%d.%m.%Y}: до того рахувати було нічого.",
                    "en": f"It exists since {one.valid_from:%d.%m.%Y}: before, there was nothing to count.",
                }
            )
        if one.valid_to and days[0] < one.valid_to <= days[1]:
            found[one.code].append(
                {
                    "uk": f"Не існує з {one.valid_to:%d.%m.%Y}: пораховано лише те, що зроблено до цього дня.",
                    "en": f"It is no more since {one.valid_to:%d.%m.%Y}: only what was done before is counted.",
                }
            )
