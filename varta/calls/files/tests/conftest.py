"""Small files of calls, all rows invented, and a load of them as the command does it."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from varta.calls.files import ground, loading, mapping, reading
from varta.cases.models import Case, Entry
from varta.people.scope import Reader
from varta.people.scope import reading as reading_as_system

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
NOLA = (
    *("NOPD_Item", "Type_", "TypeText", "Priority", "InitialType", "InitialTypeText", "InitialPriority"),
    *("MapX", "MapY", "TimeCreate", "TimeDispatch", "TimeArrive", "TimeClosed", "Disposition"),
    *("DispositionText", "SelfInitiated", "Beat", "BLOCK_ADDRESS", "Zip", "PoliceDistrict", "Location"),
)


def nola(item: str, **cells: str) -> dict[str, str]:
    """Return an invented line of New Orleans with a call of four steps; `cells` changes it."""
    usual = {
        "NOPD_Item": item,
        "TypeText": "DOMESTIC DISTURBANCE",
        "Priority": "2A",
        "TimeCreate": "03/05/2018 10:00:00 AM",
        "TimeDispatch": "03/05/2018 10:04:00 AM",
        "TimeArrive": "03/05/2018 10:15:00 AM",
        "TimeClosed": "03/05/2018 11:00:00 AM",
        "Disposition": "NAT",
        "SelfInitiated": "N",
        "BLOCK_ADDRESS": "001XX Example St",
        "PoliceDistrict": "4",
    }
    return dict.fromkeys(NOLA, "") | usual | cells


@pytest.fixture
def table(tmp_path):
    """Write rows of one shape as a CSV file."""

    def write(rows, name="calls.csv", encoding="utf-8"):
        file = tmp_path / name
        with file.open("w", newline="", encoding=encoding) as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return file

    return write


@pytest.fixture
def load(tmp_path):
    """Load a file with a mapping; give back the totals, with the rejected lines beside them."""

    def run(file: Path, asked: str, **more):
        described = mapping.find(str(asked))
        source = reading.look_through(file, encoding=described.encoding, delimiter=described.delimiter)
        ground.prepare(described, today=date(2026, 11, 1))
        rejects = tmp_path / "rejected.csv"
        totals = loading.load(source, described, rejects=rejects, now=NOW, **more)
        assert totals.lines == totals.loaded + totals.there + totals.rejected
        rejected = list(csv.DictReader(rejects.open(encoding="utf-8"))) if rejects.exists() else []
        assert len(rejected) == totals.rejected
        return totals, rejected

    return run


@pytest.fixture
def written():
    """Return the numbers of cases and entries in the journal."""

    def count():
        with reading_as_system(Reader.system()):
            return Case.objects.count(), Entry.objects.count()

    return count


@pytest.fixture
def steps():
    """Return the entries of all cases in their order, read as the system."""

    def read():
        with reading_as_system(Reader.system()):
            return list(Entry.objects.order_by("case_key", "position"))

    return read
