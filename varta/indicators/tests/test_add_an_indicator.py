"""The page "Add an indicator" is true: its file makes an indicator."""

import re
from pathlib import Path

from varta.figures import Indicator
from varta.figures.periods import nine_months
from varta.figures.sql import Compiler

PAGE = Path(__file__).resolve().parents[3] / "docs/how-to/add-an-indicator.md"


def test_the_file_of_the_page_makes_an_indicator():
    [source] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S)
    made: dict[str, object] = {}

    exec(compile(source, str(PAGE), "exec"), made)

    indicator = made["indicator"]
    assert isinstance(indicator, Indicator)
    compiler = Compiler(nine_months(2019))
    compiler.add(indicator)
    assert list(compiler.scans) == ["call.receive"]
