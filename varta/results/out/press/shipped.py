"""Templates that come with Varta: the statement of a period, and that of the officers' programme."""

from dataclasses import dataclass
from pathlib import Path

from varta.results.pack import Text

TEXTS = Path(__file__).parents[2] / "templates" / "results" / "press" / "texts"


@dataclass(frozen=True)
class Shipped:
    """A template as an editor would write it; its texts lie in files, a paragraph a line."""

    code: str
    title: Text

    @property
    def uk(self) -> str:
        """Return the Ukrainian text."""
        return self._text("uk")

    @property
    def en(self) -> str:
        """Return the English text."""
        return self._text("en")

    def _text(self, language: str) -> str:
        return (TEXTS / f"{self.code}.{language}.txt").read_text("utf-8")


NINE_MONTHS = Shipped(
    "nine-months", {"uk": "Заява за підсумками періоду", "en": "Statement on the results of a period"}
)
PROGRAMME = Shipped(
    "programme",
    {
        "uk": "Заява про програму «Поліцейський офіцер громади»",
        "en": "Statement on the Hromada Police Officer programme",
    },
)
SHIPPED = (NINE_MONTHS, PROGRAMME)
