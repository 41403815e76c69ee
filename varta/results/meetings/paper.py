"""The minutes as an official paper: what PDF and DOCX both print, and the PDF itself (PDF/A-2a, PDF/UA-1)."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from varta.people.scope import Reader
from varta.results.meetings import shown, wording
from varta.results.meetings.errors import Unprintable
from varta.results.meetings.models import Meeting
from varta.results.meetings.slides import in_language

SHEET = Path(__file__).parent / "templates" / "meetings" / "minutes.typ"
STANDARDS = ["a-2a", "ua-1"]
UNPRINTABLE = re.compile(r"the text `\"(.*?)\"` could not be displayed")
SAID = {
    "title": {"uk": "ПРОТОКОЛ", "en": "MINUTES"},
    "of": {"uk": "наради", "en": "of the meeting"},
    "draft": {"uk": "ПРОЄКТ", "en": "DRAFT"},
    "chair": {"uk": "Головує", "en": "Chair"},
    "secretary": {"uk": "Секретар", "en": "Secretary"},
    "present": {"uk": "Присутні", "en": "Present"},
    "absent": {"uk": "Відсутні", "en": "Absent"},
    "invited": {"uk": "Запрошено", "en": "Invited"},
    "agenda": {"uk": "Порядок денний", "en": "Agenda"},
    "former": {"uk": "Виконання рішень попередніх нарад", "en": "Decisions of earlier meetings"},
    "heard": {"uk": "СЛУХАЛИ", "en": "HEARD"},
    "spoke": {"uk": "ВИСТУПИЛИ", "en": "SPOKE"},
    "decided": {"uk": "ВИРІШИЛИ", "en": "DECIDED"},
    "owner": {"uk": "Виконавець", "en": "Owner"},
    "due": {"uk": "Строк", "en": "Term"},
    "state": {"uk": "Стан", "en": "State"},
    "decision": {"uk": "Рішення", "en": "Decision"},
    "report": {
        "uk": "Цифри наради взято із зафіксованого звіту «{name}».",
        "en": "The figures of the meeting are those of the frozen report “{name}”.",
    },
    "in_ukrainian": {
        "uk": "",
        "en": "The minutes were kept in Ukrainian; what was said stands as it was written.",
    },
}


def sheet(meeting: Meeting, reader: Reader, *, today: date, language: str) -> dict[str, Any]:
    """Return the minutes in one language, ready to be drawn: texts and nothing to compute."""
    told = meeting.told
    page = shown.page(meeting, reader, today=today)
    seats = page["seats"]
    words = {name: text[language] for name, text in SAID.items()}
    return {
        "words": words,
        "language": language,
        "draft": words["draft"] if meeting.state != "closed" else "",
        "day": [meeting.on.year, meeting.on.month, meeting.on.day],
        "unit": meeting.unit.titles[language],
        "date": wording.day(meeting.on, language),
        "number": f"№\u00a0{meeting.number}",
        "where": page["where"],
        "title": in_language(told, "title", language),
        "chair": in_language(told, "chair", language),
        "secretary": page["secretary"],
        "present": [_somebody(one) for one in seats if one["came_shade"] in ("ok", "calm")],
        "absent": [_somebody(one) for one in seats if one["came_shade"] == "late"],
        "invited": [one["unit"] for one in seats if not one["came"]],
        "former": [
            [row.number, row.text, row.owner, row.due, _said(row.state, row.days)] for row in page["former"]
        ],
        "items": [_item(one) for one in page["items"]],
        "decided": [_decision(one) for one in page["undecided_items"]],
        "report": words["report"].format(name=meeting.report) if meeting.report else "",
        "note": words["in_ukrainian"],
        "signed": [
            [words["chair"], told["signed"] or in_language(told, "chair", language)],
            [words["secretary"], page["secretary"]],
        ],
    }


def _somebody(seat: Mapping[str, Any]) -> str:
    detail = ", ".join(part for part in (seat["who"], seat["reason"]) if part)
    return f"{seat['unit']}: {detail}" if detail else str(seat["unit"])


def _said(state: str, days: str) -> str:
    return f"{state}, {days}" if days else state


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": item["number"],
        "title": item["title"],
        "speaker": item["speaker"],
        "heard": item["heard"],
        "spoke": item["spoke"],
        "figures": list(item["figures"]),
        "decided": [_decision(one) for one in item["decided"]],
    }


def _decision(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "number": str(one["number"]),
        "text": one["text"],
        "owner": one["owner"],
        "due": f"{one['due']:%d.%m.%Y}",
    }


def pdf(found: Mapping[str, Any]) -> bytes:
    """Return the sheet as PDF, the same bytes from the same minutes. Raises Unprintable."""
    given = {"minutes": json.dumps(found, ensure_ascii=False)}
    try:
        compiler = typst.Compiler(SHEET.read_bytes(), font_paths=_fonts(), sys_inputs=given)
        return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError as error:
        unknown = UNPRINTABLE.search(str(error))
        if unknown is None:
            raise
        raise Unprintable(unknown[1]) from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
