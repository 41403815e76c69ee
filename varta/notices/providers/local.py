"""The provider for trying and for tests: notices become files in the home folder and go nowhere."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from varta.lib import home
from varta.notices.letters import Letter


class Folder:
    """Writes each letter as a file named by its key: the same letter twice is one file."""

    def send(self, letter: Letter) -> str:
        """Write the letter and return the name of its file."""
        file = folder() / f"{letter.key}.json"
        home.write_private(file, json.dumps(asdict(letter) | {"key": str(letter.key)}, ensure_ascii=False))
        return file.name


def folder() -> Path:
    """Return where the letters lie."""
    return home.folder("notices")


def letters(limit: int = 50) -> list[dict[str, Any]]:
    """Return the letters that were "sent", the newest first."""
    files = sorted(folder().glob("*.json"), reverse=True)[:limit]
    return [json.loads(file.read_text()) for file in files]
