"""The guide to adding a procedure works as it is written."""

import re
import sys
from pathlib import Path

import pytest

from varta.law import discover, sources
from varta.law.handbook import chapters, printed

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "add-a-procedure.md"
BLOCKS = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL))


@pytest.fixture
def added(tmp_path, monkeypatch):
    """Do what the guide says, in a folder of its own, and return the new procedure's spec."""
    monkeypatch.setattr(sources, "ACTS", sources.ACTS | {})
    monkeypatch.setattr(sources, "SOURCES", sources.SOURCES | {})
    for module in ("faults", "handbook"):
        for name in {"ACTS", "SOURCES"} & set(vars(sys.modules[f"varta.law.{module}"])):
            monkeypatch.setattr(sys.modules[f"varta.law.{module}"], name, getattr(sources, name))
    exec(BLOCKS["varta/law/sources.py"], vars(sources))
    package = tmp_path / "guide_procedures"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "open_meeting.py").write_text(BLOCKS["varta/procedures/open_meeting.py"], "utf-8")
    (tmp_path / "test_e_open_meeting.py").write_text(BLOCKS["tests/spec/test_e_open_meeting.py"], "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_the_guides_procedure_is_found_proved_and_printed(added, monkeypatch):
    found = discover("guide_procedures")

    monkeypatch.setitem(
        sys.modules, "varta.procedures.open_meeting", sys.modules["guide_procedures.open_meeting"]
    )
    spec: dict[str, object] = {}
    exec(BLOCKS["tests/spec/test_e_open_meeting.py"], spec)
    tests = [test for name, test in spec.items() if name.startswith("test_")]
    for test in tests:
        test()

    page = printed("en", found.values(), chapters(added), {})
    assert len(tests) == 1
    assert "## Open meetings (`open_meeting`)" in page
    assert "After a meeting on 31 December the next is held by 28 February." in page
