"""The report as CSV, one row for each figure, and the description of its columns by CSV on the Web.

The description is written as Model for Tabular Data and Metadata on the Web asks (W3C Recommendation of
17.12.2015, www.w3.org/TR/tabular-metadata): a table with its schema, beside the file and named after it.
"""

import csv as csv_module
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from varta.results.out import words
from varta.results.out.office import packed
from varta.results.pack import Head, Line, Pack, Table, Text

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet takes a text that begins so for a formula


@dataclass(frozen=True)
class Column:
    """A column: its name for programs, its titles, its type in the words of XML Schema, and what it holds."""

    name: str
    title: Text
    datatype: str
    about: Text
    required: bool = False


COLUMNS = (
    Column("chapter", {"uk": "розділ", "en": "chapter"}, "string",
           {"uk": "Код розділу звіту.", "en": "Code of the report's chapter."}, True),
    Column("level", {"uk": "рівень", "en": "level"}, "string",
           {"uk": "За чим рядок: country, oblast, raion, hromada, directorate, unit.",
            "en": "What the row is: country, oblast, raion, hromada, directorate, unit."}, True),
    Column("code", {"uk": "код", "en": "code"}, "string",
           {"uk": "Код КАТОТТГ або підрозділу; * – усе разом; порожній – місце невідоме.",
            "en": "Code of the place (КАТОТТГ) or the unit; * is the whole; empty: the place is not known."}),
    Column("name", {"uk": "назва", "en": "name"}, "string",
           {"uk": "Назва місця або підрозділу.", "en": "Name of the place or unit."}),
    Column("population", {"uk": "населення", "en": "population"}, "nonNegativeInteger",
           {"uk": "Осіб; порожнє, де не відомо.", "en": "People; empty where not known."}),
    Column("indicator", {"uk": "показник", "en": "indicator"}, "string",
           {"uk": "Код показника; визначення у полі notes опису.",
            "en": "Code of the indicator; definitions are in the notes of the description."}, True),
    Column("indicator_name", {"uk": "назва показника", "en": "indicator name"}, "string",
           {"uk": "Назва показника.", "en": "Name of the indicator."}, True),
    Column("unit", {"uk": "одиниця", "en": "unit"}, "string",
           {"uk": "У чому виміряно; частки лежать між 0 і 1.", "en": "What is measured; shares lie in 0 to 1."}),
    Column("now", {"uk": "період", "en": "period"}, "double",
           {"uk": "Значення за період; порожнє, якщо стан не known.",
            "en": "Value of the period; empty unless the state is known."}),
    Column("state", {"uk": "стан", "en": "state"}, "string",
           {"uk": "known – відомо, unknown – невідомо, hidden – приховано як мале. Нуль – це відоме значення.",
            "en": "known, unknown, or hidden as small. Zero is a known value."}, True),
    Column("before", {"uk": "рік тому", "en": "year before"}, "double",
           {"uk": "Значення за ті самі дні рік тому.", "en": "Value of the same days a year before."}),
    Column("before_state", {"uk": "стан рік тому", "en": "state a year before"}, "string",
           {"uk": "Так само, як стан.", "en": "As state."}, True),
    Column("change", {"uk": "зміна", "en": "change"}, "double",
           {"uk": "Період мінус рік тому, в одиницях показника.",
            "en": "Period minus year before, in the indicator's unit."}),
    Column("change_share", {"uk": "зміна, частка", "en": "change, share"}, "double",
           {"uk": "Зміна як частка значення рік тому.", "en": "Change as a share of the year before."}),
    Column("low", {"uk": "нижня межа", "en": "low"}, "double",
           {"uk": "Нижня межа 95 % інтервалу.", "en": "Lower end of the 95 % interval."}),
    Column("high", {"uk": "верхня межа", "en": "high"}, "double",
           {"uk": "Верхня межа 95 % інтервалу.", "en": "Upper end of the 95 % interval."}),
    Column("notable", {"uk": "помітна зміна", "en": "notable change"}, "string",
           {"uk": "up або down, якщо зміна більша, ніж пояснює випадок.",
            "en": "up or down where the change is larger than chance explains."}),
    Column("share", {"uk": "частка", "en": "share"}, "double",
           {"uk": "Частка від усього.", "en": "Part of the whole."}),
    Column("rank", {"uk": "місце", "en": "rank"}, "positiveInteger",
           {"uk": "Місце серед рядків, 1 – найбільше значення.", "en": "Place among the rows, 1 is the largest."}),
    Column("target", {"uk": "ціль", "en": "target"}, "double",
           {"uk": "Цільове значення.", "en": "Target value."}),
)  # fmt: skip


def csv(pack: Pack, language: str) -> str:
    """Return the figures as CSV: UTF-8 with a mark, decimal points, texts that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv_module.writer(out)
    writer.writerow([column.title[language] for column in COLUMNS])
    writer.writerows([_safe(value) for value in row] for row in records(pack, language))
    return "\ufeff" + out.getvalue()


def records(pack: Pack, language: str) -> Iterator[list[Any]]:
    """Yield one row for each chapter, level, place and indicator, the total last; columns as in COLUMNS."""
    for chapter in pack.chapters:
        for table in chapter.tables:
            for line in (*table.lines, table.total):
                for head in table.heads:
                    yield _record(chapter.code, table, line, head, language)


def _record(chapter: str, table: Table, line: Line, head: Head, language: str) -> list[Any]:
    figure = line.figures[head.code]
    return [
        chapter,
        table.level,
        line.code,
        words.text(line.name, language),
        line.population,
        head.code,
        words.text(head.title, language),
        words.text(head.unit, language),
        *(getattr(figure, column.name) for column in COLUMNS[8:]),
    ]


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    return "'" + value if isinstance(value, str) and value.startswith(TRIGGERS) else value


def described(pack: Pack, language: str, *, url: str) -> dict[str, Any]:
    """Return the description of the CSV at `url`: its columns, what it tells, and how each indicator is counted."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": url,
        "dc:title": words.text(pack.title, language),
        "dc:language": language,
        "dc:issued": {"@value": pack.made_at.isoformat(), "@type": "dateTime"},
        "dc:identifier": pack.name,
        "dc:description": f"{words.whose(pack, language)}. {words.edition(pack, language)}. "
        f"{words.period(pack.first, pack.last, language)}. SHA-256: {words.digest(pack)}.",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(column) for column in COLUMNS],
            "primaryKey": ["chapter", "level", "code", "indicator"],
        },
        "notes": [
            {
                "indicator": head.code,
                "title": dict(head.title),
                "definition": dict(head.definition),
                "breaks": [dict(one) for one in head.breaks],
            }
            for head in words.heads(pack)
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": dict(column.title),
        "datatype": column.datatype,
        "required": column.required,
        "dc:description": column.about["en"],
    }


def csv_zip(pack: Pack, language: str) -> bytes:
    """Return an archive of the CSV and its description; the same bytes from the same pack."""
    url = f"{pack.name}.csv"
    description = json.dumps(described(pack, language, url=url), ensure_ascii=False, indent=2, sort_keys=True)
    files = {url: csv(pack, language), f"{url}-metadata.json": description}
    return packed({name: content.encode() for name, content in files.items()})
