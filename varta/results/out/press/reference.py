"""The names that a template may use with a report, for the help beside the text."""

from typing import Any

from varta.results.out import words
from varta.results.pack import Pack


def named(pack: Pack, language: str) -> list[dict[str, Any]]:
    """Return each indicator's name for the whole with the figure that it gives."""
    found = []
    for chapter in pack.chapters:
        for table in chapter.tables[:1]:
            for head in table.heads:
                figure = table.total.figures[head.code]
                found.append(
                    {
                        "name": f"{{{{ {head.code}.country.now }}}}",
                        "title": words.text(head.title, language),
                        "now": words.shown(figure.now, figure.state, head, language),
                    }
                )
    return found
