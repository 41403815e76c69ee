"""The report as an SDMX-JSON 2.0 data message (SDMX 3.0), the shape in which statistical offices exchange figures.

One flat data set: an observation is a figure of a place or unit (REF_AREA) of a level, of an indicator, of
a period; the year before is a period of its own. The coded attributes are given as places in their lists
of values, the others as they are. Field guide: github.com/sdmx-twg/sdmx-json, docs/data_message.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from varta.lib.clock import day_end, day_start
from varta.results.out import words
from varta.results.pack import Figure, Head, Line, Pack, Table, Text

SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"
MEDIA_TYPE = "application/vnd.sdmx.data+json;version=2.0.0"
AGENCY = "VARTA"
WHOLE, NOWHERE = "_T", "_X"  # SDMX's codes for a total and for what is not allocated
# Codes of the cross-domain list of observation status: normal; missing; suppressed.
STATUS: Mapping[str, tuple[str, Text]] = {
    "known": ("A", {"uk": "Звичайне значення", "en": "Normal value"}),
    "unknown": ("O", {"uk": "Невідомо", "en": "Missing value"}),
    "hidden": ("Q", {"uk": "Приховано", "en": "Missing value; suppressed"}),
}
NOTABLE: Mapping[str, tuple[str, Text]] = {
    "up": ("UP", {"uk": "Зросло більше, ніж пояснює випадок", "en": "Rose by more than chance explains"}),
    "down": (
        "DOWN",
        {"uk": "Зменшилося більше, ніж пояснює випадок", "en": "Fell by more than chance explains"},
    ),
}
DIMENSIONS = ("LEVEL", "REF_AREA", "INDICATOR", "TIME_PERIOD")
# Uncoded attributes of an observation -> the member of a figure; only the period itself has them.
BOUNDS = {"LOWER_BOUND": "low", "UPPER_BOUND": "high", "BASE": "base", "TARGET": "target"}
NAMES: Mapping[str, Text] = {
    "LEVEL": {"uk": "Рівень", "en": "Level"},
    "REF_AREA": {"uk": "Місце або підрозділ", "en": "Reference area or unit"},
    "INDICATOR": {"uk": "Показник", "en": "Indicator"},
    "TIME_PERIOD": {"uk": "Період", "en": "Time period"},
    "OBS_VALUE": {"uk": "Значення", "en": "Observation value"},
    "OBS_STATUS": {"uk": "Стан спостереження", "en": "Observation status"},
    "NOTABLE": {"uk": "Зміна, більша за випадкову", "en": "Change beyond chance"},
    "LOWER_BOUND": {"uk": "Нижня межа 95 % інтервалу", "en": "Lower end of the 95 % interval"},
    "UPPER_BOUND": {"uk": "Верхня межа 95 % інтервалу", "en": "Upper end of the 95 % interval"},
    "BASE": {"uk": "На чому ґрунтується", "en": "Count that the value rests on"},
    "TARGET": {"uk": "Ціль", "en": "Target"},
    "UNIT_MEASURE": {"uk": "Одиниця виміру", "en": "Unit of measure"},
    "DECIMALS": {"uk": "Знаків після коми", "en": "Decimals"},
}


def message(pack: Pack, language: str) -> dict[str, Any]:
    """Return the message; both languages are in it, `language` is that of the single names."""
    content = _Content(pack, language)
    return {
        "meta": {
            "schema": SCHEMA,
            "id": _identifier(pack),
            "test": False,
            "prepared": pack.made_at.isoformat(),
            "contentLanguages": [language, *({"uk", "en"} - {language})],
            "sender": {"id": AGENCY, **content.named({"uk": "Варта", "en": "Varta"})},
        },
        "data": {"structures": [content.structure()], "dataSets": [content.data_set()]},
    }


def _identifier(pack: Pack) -> str:
    return f"{pack.name}_{pack.edition}_{words.digest(pack)[:12]}"


class _Content:
    """What the structure and the data set share: the lists of values and the places in them."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack, self.language = pack, language
        self.heads = words.heads(pack)
        self.periods = ((pack.first, pack.last), (pack.before_first, pack.before_last))
        tables = [table for chapter in pack.chapters for table in chapter.tables]
        self.levels = list(dict.fromkeys(table.level for table in tables))
        self.areas = {_area(line.code): line.name for table in tables for line in (*table.lines, table.total)}
        self.notes = [(head.code, text) for head in self.heads for text in head.breaks]

    def named(self, text: Text) -> dict[str, Any]:
        """Return a name in the language, and in both."""
        both = {language: words.text(text, language) for language in ("uk", "en")}
        return {"name": both[self.language], "names": both}

    def structure(self) -> dict[str, Any]:
        """Return the structure: dimensions, the measure, attributes."""
        return {
            **self.named(self.pack.title),
            "dataSets": [0],
            "links": _links(),
            "dimensions": {"dataSet": [], "series": [], "observation": list(self._dimensions())},
            "measures": {
                "observation": [
                    {"id": "OBS_VALUE", **self.named(NAMES["OBS_VALUE"]), "format": {"dataType": "Double"}}
                ]
            },
            "attributes": {
                "dataSet": [],
                "series": [],
                "dimensionGroup": self._of_indicator(),
                "observation": list(self._of_observation()),
            },
            "annotations": [
                {"id": f"BREAK_{nth}", "type": "SERIES_BREAK", "title": code,
                 "text": words.text(text, self.language), "texts": dict(text)}
                for nth, (code, text) in enumerate(self.notes)
            ],
        }  # fmt: skip

    def _dimensions(self) -> Iterator[dict[str, Any]]:
        levels = [{"id": level, **self.named(words.LEVELS[level])} for level in self.levels]
        areas = [{"id": code, **self.named(name)} for code, name in self.areas.items()]
        indicators = [self._indicator(head) for head in self.heads]
        values = (levels, areas, indicators, [_time(first, last) for first, last in self.periods])
        roles: Sequence[dict[str, Any]] = ({}, {"roles": ["GEO"]}, {}, {"roles": ["TIME_PERIOD"]})
        for nth, (code, listed, role) in enumerate(zip(DIMENSIONS, values, roles, strict=True)):
            yield {"id": code, **self.named(NAMES[code]), "keyPosition": nth, **role, "values": listed}

    def _indicator(self, head: Head) -> dict[str, Any]:
        described = {language: words.text(head.definition, language) for language in ("uk", "en")}
        breaks = [nth for nth, (code, _text) in enumerate(self.notes) if code == head.code]
        return {
            "id": head.code,
            **self.named(head.title),
            "description": described[self.language],
            "descriptions": described,
            **({"annotations": breaks} if breaks else {}),
        }

    def _of_indicator(self) -> list[dict[str, Any]]:
        """Return the attributes that depend on the indicator alone."""
        related = {"relationship": {"dimensions": ["INDICATOR"]}}
        return [
            {"id": "UNIT_MEASURE", **self.named(NAMES["UNIT_MEASURE"]), **related,
             "format": {"dataType": "String", "isMultiLingual": True}},
            {"id": "DECIMALS", **self.named(NAMES["DECIMALS"]), **related, "format": {"dataType": "Integer"}},
        ]  # fmt: skip

    def _of_observation(self) -> Iterator[dict[str, Any]]:
        for code, values in (("OBS_STATUS", STATUS), ("NOTABLE", NOTABLE)):
            yield {
                "id": code,
                **self.named(NAMES[code]),
                "relationship": {"observation": {}},
                "isMandatory": code == "OBS_STATUS",
                "values": [{"id": short, **self.named(text)} for short, text in values.values()],
            }
        for code in BOUNDS:
            yield {
                "id": code,
                **self.named(NAMES[code]),
                "relationship": {"observation": {}},
                "isMandatory": False,
                "format": {"dataType": "Double"},
            }

    def data_set(self) -> dict[str, Any]:
        """Return the observations, and what depends on the indicator alone."""
        places = ":".join([""] * DIMENSIONS.index("INDICATOR")) + ":"
        return {
            "structure": 0,
            "action": "Information",
            "links": _links(),
            "reportingBegin": self.pack.first.isoformat(),
            "reportingEnd": self.pack.last.isoformat(),
            "validFrom": self.pack.made_at.isoformat(),
            "dimensionGroupAttributes": {
                f"{places}{nth}:": [
                    {language: words.text(head.unit, language) for language in ("uk", "en")}, head.decimals
                ]
                for nth, head in enumerate(self.heads)
            },
            "observations": dict(self._observations()),
        }  # fmt: skip

    def _observations(self) -> Iterator[tuple[str, list[Any]]]:
        areas = {code: nth for nth, code in enumerate(self.areas)}
        heads = {head.code: nth for nth, head in enumerate(self.heads)}
        for table, line in _lines(self.pack):
            level, area = self.levels.index(table.level), areas[_area(line.code)]
            for head in table.heads:
                key = f"{level}:{area}:{heads[head.code]}"
                figure = line.figures[head.code]
                yield f"{key}:0", _now(figure)
                yield f"{key}:1", [figure.before, _status(figure.before_state)]


def _lines(pack: Pack) -> Iterator[tuple[Table, Line]]:
    for chapter in pack.chapters:
        for table in chapter.tables:
            for line in (*table.lines, table.total):
                yield table, line


def _now(figure: Figure) -> list[Any]:
    notable = list(NOTABLE).index(figure.notable) if figure.notable else None
    told = [figure.now, _status(figure.state), notable, *(getattr(figure, one) for one in BOUNDS.values())]
    while told[-1] is None:
        told.pop()
    return told


def _status(state: str) -> int:
    return list(STATUS).index(state)


def _area(code: str) -> str:
    return {"*": WHOLE, "": NOWHERE}.get(code, code)


def _time(first: date, last: date) -> dict[str, Any]:
    """Return a period as SDMX's range of time: its first day and how long it lasts."""
    return {
        "value": f"{first.isoformat()}/{_lasting(first, last)}",
        "start": day_start(first).isoformat(),
        "end": (day_end(last) - timedelta(seconds=1)).isoformat(),
    }


def _lasting(first: date, last: date) -> str:
    """Return a length as ISO 8601 writes it: in months where they are whole, else in days."""
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        return f"P{(after.year - first.year) * 12 + after.month - first.month}M"
    return f"P{(after - first).days}D"


def _links() -> list[dict[str, str]]:
    """Return which structure the figures have."""
    urn = f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={AGENCY}:REPORT(1.0.0)"
    return [{"urn": urn, "rel": "dataflow"}]
