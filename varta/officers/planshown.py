"""A plan as a page and a file show it: figures in words, rows, two plans side by side."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from varta.officers.models import Plan
from varta.places.models import Territory
from varta.planning.placement.why import amount

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets run
LEAST_SHOWN = 0.0001  # a smaller gap is shown as being below it


def amount_of(plan: Plan, value: float, language: str) -> str:
    """Return a value of the plan's goal in words: people reached, or mean kilometres."""
    if plan.asked["goal"] == "cover":
        return amount(value, plan.asked["weighed_by"])[language]
    return number(value, language, 2) + ("\u00a0км" if language == "uk" else "\u00a0km")


def number(value: float, language: str, places: int) -> str:
    """Return a number as the language writes it."""
    text = f"{value:,.{places}f}"
    return text.replace(",", "\u00a0").replace(".", ",") if language == "uk" else text


def percent(share: float, language: str, places: int = 1) -> str:
    """Return a share in percent."""
    return number(share * 100, language, places) + "\u00a0%"


def figures(plan: Plan, language: str) -> dict[str, Any]:
    """Return what the plan achieves, its bound and gap, and what its conditions cost, in words."""
    found = plan.outcome or {}
    if "value" not in found:
        return {}
    is_cover = plan.asked["goal"] == "cover"
    return {
        "value": amount_of(plan, found["value"], language),
        "bound": amount_of(plan, found["bound"], language),
        "before": "" if found["before"] is None else amount_of(plan, found["before"], language),
        "share": percent(found["value"] / found["of"], language) if is_cover and found["of"] else "",
        "gap": gap(found["gap"], language),
        "is_proven": found["stopped"] == "proven",
        "seconds": number(found["seconds"], language, 1),
        "officers": sum(found["placed"].values()),
        "places": len(found["placed"]),
        "settlements": found["settlements"],
        "known": found["known"],
        "prices": [_price(plan, one, language) for one in found["prices"]],
    }


def gap(share: float, language: str) -> str:
    """Return a gap in percent; a small one as smaller than the least that is shown."""
    if 0 < share < LEAST_SHOWN:
        return "<\u00a0" + percent(LEAST_SHOWN, language, 2)
    return percent(share, language, 2)


def _price(plan: Plan, one: Mapping[str, Any], language: str) -> dict[str, str]:
    titles = {
        "willing": _("Only hromadas with a memorandum"),
        "fair": _("Fair between oblasts"),
        "pinned": _("Pinned places"),
        "forbidden": _("Forbidden places"),
        "each": _("Limit in one hromada"),
    }
    least, most = (amount_of(plan, one[key], language) for key in ("least", "most"))
    if one["exact"]:
        price = _("nothing") if one["most"] < 0.005 else most
    elif one["least"] < 0.005:
        price = _("at most %(most)s") % {"most": most}
    else:
        price = _("between %(least)s and %(most)s") % {"least": least, "most": most}
    return {"title": titles[one["kind"]], "price": price}


def rows(plan: Plan, places: Mapping[str, Territory], language: str) -> list[dict[str, Any]]:
    """Return a row for each hromada of the plan, by oblast and name, then those that the question forbids."""
    found = plan.outcome or {}
    placed, present = found.get("placed", {}), found.get("present", {})
    oblasts = Territory.objects.in_bulk({place.oblast for place in places.values() if place.oblast})
    pinned, forbidden = set(plan.asked["pinned"]), set(plan.asked["forbidden"])
    listed = []
    for code in {*placed, *pinned, *forbidden} & set(places):
        place = places[code]
        oblast = oblasts.get(place.oblast or "")
        listed.append(
            {
                "code": code,
                "name": place.titles[language],
                "oblast": oblast.titles[language] if oblast else "",
                "order": (code not in placed, oblast.sort_key if oblast else "", place.sort_key),
                "officers": placed.get(code, 0),
                "present": present.get(code, 0),
                "reason": found.get("reasons", {}).get(code, {}).get(language, ""),
                "pinned": code in pinned,
                "forbidden": code in forbidden,
            }
        )
    return sorted(listed, key=lambda row: row["order"])


def classes(plan: Plan) -> dict[str, str]:
    """Return by code what the map shows of a hromada: "new", "both" (new beside present) or "present"."""
    found = plan.outcome or {}
    present = found.get("present", {})
    drawn = dict.fromkeys(present, "present")
    return drawn | {code: "both" if code in present else "new" for code in found.get("placed", {})}


def compared(one: Plan, other: Plan) -> dict[str, str]:
    """Return by code which of two plans sends officers: "first", "second" or "same"."""
    first, second = (plan.outcome or {} for plan in (one, other))
    left, right = first.get("placed", {}), second.get("placed", {})
    return {
        code: "same" if code in left and code in right else "first" if code in left else "second"
        for code in {*left, *right}
    }


def _head(language: str) -> list[str]:
    return {
        "uk": ["Область", "Громада", "Код", "Нових офіцерів", "Уже служать", "Чому"],
        "en": ["Oblast", "Hromada", "Code", "New officers", "Serve already", "Why"],
    }[language]


def _line(row: Mapping[str, Any]) -> list[Any]:
    return [row[key] for key in ("oblast", "name", "code", "officers", "present", "reason")]


def as_csv(listed: list[dict[str, Any]], language: str) -> str:
    """Return the places of a plan as CSV, UTF-8 with a mark; no text is run by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_head(language))
    for row in listed:
        writer.writerow(["'" + one if str(one).startswith(TRIGGERS) else one for one in _line(row)])
    return "\ufeff" + out.getvalue()


def as_xlsx(listed: list[dict[str, Any]], language: str, notes: list[tuple[str, str]]) -> bytes:
    """Return a workbook: the places of a plan, and what it was asked and achieves."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet({"uk": "План", "en": "Plan"}[language])
        sheet.write_row(0, 0, _head(language), bold)
        for nth, row in enumerate(listed, start=1):
            sheet.write_row(nth, 0, _line(row))
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, 2, 22)
        sheet.set_column(5, 5, 110)
        sheet.freeze_panes(1, 2)
        about = book.add_worksheet({"uk": "Про план", "en": "About"}[language])
        about.set_column(0, 1, 44)
        for nth, pair in enumerate(notes):
            about.write_row(nth, 0, pair)
    return out.getvalue()
