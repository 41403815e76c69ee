"""What the benchmarks stand on: a database of their own with durable commits, and tables of figures."""

import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def database() -> Iterator[str]:
    """Give Django a fresh database with territory and units, fsync and synchronous commit on."""
    os.environ.setdefault("VARTA_HOME", str(ROOT / ".varta-test"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varta.settings")
    sys.path.insert(0, str(ROOT))
    from tests import databases

    databases.use()
    name = f"varta_test_bench_{os.getpid()}"
    databases.clone(name)
    os.environ["VARTA_DATABASE"] = name
    try:
        import django

        from varta.lib import postgres

        with postgres.connect_as_superuser() as connection:
            connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")
        django.setup()
        yield name
    finally:
        databases.close_django()
        databases.drop(name)
        databases.leave()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return statistics.quantiles(values, n=1000, method="inclusive")[min(round(share * 1000), 999) - 1]


def table(title: str, head: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    """Print a table whose columns are as wide as their widest cell."""
    rows = [list(map(str, head)), *[list(map(str, line)) for line in lines]]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    print(f"\n{title}")
    for row in rows:
        print(
            "  ".join(
                cell.rjust(width) if n else cell.ljust(width)
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        )
