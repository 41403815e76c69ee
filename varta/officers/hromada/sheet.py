"""A report as it is shown and printed: the same content on the page, in the preview and on the sheet."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from varta.law import fields_of
from varta.lib.text import transliterate
from varta.officers.hromada import errors, queries, wording
from varta.officers.models import HromadaOpinion, HromadaReport
from varta.places.models import Territory
from varta.procedures.hromada_report import BODY, MARK, Report

SHEET = Path(__file__).parents[1] / "templates" / "officers" / "report.typ"
STANDARDS = ["a-2a", "ua-1"]
UNPRINTABLE = re.compile(r"the text `\"(.*?)\"` could not be displayed")
HEADS = {field.name: field.title for field in fields_of(Report)}
SAID = {
    "title": {"uk": "Звіт перед громадою", "en": "Report to the hromada"},
    "draft": {"uk": "ПРОЄКТ", "en": "DRAFT"},
    "revision": {"uk": "Редакція {nth}: {why}", "en": "Revision {nth}: {why}"},
    "meeting": {"uk": "Зустріч", "en": "Meeting"},
    "figure": {"uk": "Показник", "en": "Figure"},
    "now": {"uk": "Період", "en": "Period"},
    "before": {"uk": "Рік тому", "en": "Year before"},
    "opinion": {"uk": "Оцінка громади", "en": "The hromada’s evaluation"},
    "figures": {"uk": "У цифрах", "en": "In figures"},
    "note": {
        "uk": "Цифри порахувала «Варта» із записів {at}; руками їх не змінюють. Кількості від 1 до 4 приховано.",
        "en": "Varta counted the figures from entries at {at}; no hand changes them. Counts from 1 to 4 are hidden.",
    },
    "fuller": {
        "uk": "",
        "en": "The officer reports in Ukrainian; the full text follows as it was published.",
    },
    "summary": {"uk": "", "en": "In short"},
}


@dataclass(frozen=True)
class Edition:
    """What is drawn: an edition that was published, or a draft beside its figures."""

    hromada: Territory
    first: Any
    last: Any
    held_on: Any
    content: Mapping[str, Any]
    figures: Mapping[str, Any]
    revision: int = 1
    draft: bool = False

    @classmethod
    def of(cls, row: HromadaReport) -> "Edition":
        """Return the edition that a row of published reports holds."""
        return cls(row.hromada, row.first, row.last, row.held_on, row.content, row.figures, row.revision)


def shown(edition: Edition, language: str, *, opinion: HromadaOpinion | None = None) -> dict[str, Any]:
    """Return the report in one language, ready for a template or the typesetter: texts and nothing to compute."""
    content, figures = edition.content, edition.figures
    words = queries.words(content)
    signed = str(content.get("signed", ""))
    return {
        "language": language,
        "day": [edition.last.year, edition.last.month, edition.last.day],
        "title": SAID["title"][language],
        "draft": SAID["draft"][language] if edition.draft else "",
        "hromada": edition.hromada.titles[language],
        "period": wording.period(edition.first, edition.last, language),
        "signed": signed if language == "uk" else transliterate(signed.partition(",")[0]),
        "meeting": _meeting(edition, language),
        "revision": _revision(edition, language),
        "figures_title": SAID["figures"][language],
        "heads": [SAID[name][language] for name in ("figure", "now", "before")],
        "rows": [
            {
                "title": _titled(row, language),
                "definition": row["definition"][language],
                "now": wording.figure(row, "now", language),
                "before": wording.figure(row, "before", language),
                "hidden": row["now"]["state"] != "known",
            }
            for row in figures["rows"]
        ],
        "note": SAID["note"][language].format(at=wording.moment(figures["counted_at"])),
        "summary_title": SAID["summary"][language] if content.get("summary_en") else "",
        "summary": content.get("summary_en", "") if language == "en" else "",
        "fuller": SAID["fuller"][language] if words else "",
        "parts": [{"title": HEADS[name]["uk"], "text": text} for name, text in words.items()],
        "opinion_title": SAID["opinion"][language] if opinion else "",
        "opinion": _opinion(opinion, language),
    }


def _titled(row: Mapping[str, Any], language: str) -> str:
    """Return the name of a figure, with its unit where the name does not say it."""
    if row["additive"] or row["percent"]:
        return str(row["title"][language])
    return f"{row['title'][language]}, {row['unit'][language]}"


def _meeting(edition: Edition, language: str) -> str:
    body = BODY[edition.content["body"]][language] if edition.content.get("body") in BODY else ""
    day = wording.in_words(edition.held_on, language) if edition.held_on else ""
    place = str(edition.content.get("held_at", ""))
    place = place if language == "uk" else transliterate(place)
    return ", ".join(part for part in (day, place, body) if part)


def _revision(edition: Edition, language: str) -> str:
    if edition.revision < 2:
        return ""
    return (
        SAID["revision"][language]
        .format(nth=edition.revision, why=edition.content.get("why", ""))
        .rstrip(": ")
    )


def _opinion(opinion: HromadaOpinion | None, language: str) -> str:
    if opinion is None:
        return ""
    mark = MARK[opinion.mark][language]
    return f"{mark}. {opinion.decision}" if opinion.decision and language == "uk" else mark


def day(text: str) -> date | None:
    """Return a day from its ISO text, None where a draft has none yet."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def pdf(found: Mapping[str, Any]) -> bytes:
    """Return what `shown` gave as PDF/A-2a and PDF/UA-1, the same bytes from the same report.

    Raises SignUnprintable.
    """
    given = {"report": json.dumps(found, ensure_ascii=False)}
    try:
        compiler = typst.Compiler(SHEET.read_bytes(), font_paths=_fonts(), sys_inputs=given)
        return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError as error:
        unknown = UNPRINTABLE.search(str(error))
        if unknown is None:
            raise
        raise errors.SignUnprintable(sign=unknown[1]) from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
