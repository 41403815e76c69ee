"""What tests of places share: a small country of one's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from varta.places import codifier, territory

LAND = territory.Root("XX", "Вигадія", "Fancia")
FIRST = """code,parent,name,category,lat,lon,population,population_on
N,,Північ,state,,,,
N-1,N,Берег,county,50.0,10.0,1200,2020-01-01
N-1-a,N-1,Пристань,town,50.01,10.02,,
S,,Південь,state,,,,
S-1,S,Степ,county,40.0,10.0,,
"""


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[..., Path]:
    """Return a file with the given text or bytes in it."""

    def write(content: str | bytes, name: str = "places.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


@pytest.fixture
def load(db: None, file_of: Callable[..., Path]) -> Callable[..., territory.Outcome]:
    """Load a text as the codifier of the invented country on a day."""

    def run(content: str, *, as_of: str = "2024-01-01", allow_loss: bool = True) -> territory.Outcome:
        read = codifier.read(file_of(content), root=LAND.code, as_of=date.fromisoformat(as_of))
        return territory.load(read, root=LAND, allow_loss=allow_loss)

    return run
