"""Entries reach the lake once each, whatever happens between."""

from datetime import timedelta

import duckdb
import pytest

from tests import databases
from varta.cases.actions import take
from varta.cases.bulk import Row, take_many
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.lake import manifest
from varta.lake import refresh as at_work
from varta.lake.queries import age
from varta.lake.refresh import refresh
from varta.lake.schema import folders
from varta.law import fields_of
from varta.lib.uuid7 import uuid7, uuid7_from
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

SYSTEM = Reader.system()
LATER = RECEIVED + timedelta(days=60)


@pytest.fixture
def spot(committed_db, tmp_path, monkeypatch):
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    with reading(SYSTEM):
        return {"place": Territory.objects.filter(level=3).first().code, "unit": Unit.objects.first().code}


def calls(spot, count, *, days=0, first=0):
    """Return rows of calls that were received and arrived at, `days` later than the story."""
    rows = []
    for nth in range(first, first + count):
        case = uuid7_from(RECEIVED, "lake", nth)
        for step, minutes, data in (("receive", 0, CALL), ("arrive", 7, {})):
            at = RECEIVED + timedelta(days=days, minutes=minutes, seconds=nth)
            key = case if step == "receive" else uuid7_from(at, "lake", nth, step)
            rows.append(Row(key, case, "call", step, at, LATER, data, spot["place"], spot["unit"]))
    return rows


def settled_refresh():
    databases.settle()
    return refresh(LATER)


def rows(folder, columns='"case", "at"'):
    files = [str(path) for path in manifest.read().paths(folder)]
    if not files:
        return []
    return sorted(duckdb.sql(f"SELECT {columns} FROM read_parquet($f)", params={"f": files}).fetchall())


def test_what_was_written_is_in_the_lake_once(spot):
    take_many(calls(spot, 20), by=SYSTEM)

    assert settled_refresh().rows == 40
    assert settled_refresh().rows == 0
    assert len(rows("call.receive")) == len(rows("call.arrive")) == 20


# Texts that are codes: of a hromada in records of the programme, of what a report tells; and each entry's own unit.
CODES = {"hromada", "unit", "indicator", "row", "place", "under"}


def test_no_name_text_address_or_point_leaves_for_the_lake():
    for folder in folders().values():
        columns = set(folder.schema().names)
        written = fields_of(folder.step.record)

        free = {field.name for field in written if field.kind in ("text", "number") or field.personal}
        assert columns & free <= CODES
        assert not columns & {"about", "address", "lat", "lon", "found", "text", "explanation", "people"}


def test_months_are_kyivs(spot):
    last_hour = RECEIVED.replace(month=3, day=31, hour=21, minute=30)  # 1 April in Kyiv
    key = uuid7(last_hour)
    take_many([Row(key, key, "call", "receive", last_hour, LATER, CALL, **spot)], by=SYSTEM)

    settled_refresh()

    assert list(manifest.read().folders["call.receive"]) == ["2026-04"]


def test_a_correction_takes_the_place_of_what_was_wrong(spot):
    take_many(calls(spot, 3), by=SYSTEM)
    settled_refresh()
    wrong = uuid7_from(RECEIVED, "lake", 1)

    with reading(SYSTEM):
        take(
            key=uuid7(LATER), case=wrong, procedure="call", step="receive", data=CALL | {"category": "alpha"},
            by=SYSTEM, at=RECEIVED + timedelta(seconds=1), received_at=LATER, corrects=wrong,
        )  # fmt: skip
    done = settled_refresh()

    assert done.cases_again == 1
    categories = dict(rows("call.receive", '"case", category'))
    assert (categories[wrong], len(categories)) == ("alpha", 3)
    assert dict(rows("call.arrive", '"case", category'))[wrong] == "alpha"


def test_a_refresh_that_is_killed_before_its_manifest_is_simply_done_again(spot, monkeypatch):
    take_many(calls(spot, 10), by=SYSTEM)
    databases.settle()
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "write", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            refresh(LATER)
    assert rows("call.receive") == []

    settled_refresh()

    assert len(rows("call.receive")) == 10


def test_a_transaction_that_still_runs_is_left_for_the_next_time(spot, as_owner):
    with as_owner.transaction():
        as_owner.execute("SELECT pg_current_xact_id()")
        take_many(calls(spot, 2), by=SYSTEM)
        refresh(LATER)
        assert rows("call.receive") == []

    assert settled_refresh().rows == 4


def test_many_small_refreshes_leave_few_files(spot):
    for nth in range(at_work.MOST_PARTS + 3):
        take_many(calls(spot, 1, first=nth), by=SYSTEM)
        settled_refresh()

    [parts] = manifest.read().folders["call.receive"].values()
    assert len(parts) <= at_work.MOST_PARTS
    assert len(rows("call.receive")) == at_work.MOST_PARTS + 3


def test_another_database_makes_the_lake_anew(spot, monkeypatch):
    take_many(calls(spot, 4), by=SYSTEM)
    settled_refresh()
    held = manifest.read()
    manifest.write(manifest.Manifest("another/1", held.watermark, folders=held.folders), now=LATER)

    assert settled_refresh().rows == 8
    assert len(rows("call.receive")) == 4


def test_a_large_load_is_taken_in_ranges(spot, monkeypatch):
    monkeypatch.setattr(at_work, "RANGE", 10)
    for nth in range(4):
        take_many(calls(spot, 4, first=nth * 4, days=nth * 15), by=SYSTEM)

    assert settled_refresh().rows == 32
    assert len(rows("call.receive")) == 16


def test_only_one_process_refreshes_at_a_time(spot):
    with manifest.alone() as alone:
        assert alone
        assert refresh(LATER).by_another


def test_age_is_told_once_there_is_a_lake(spot):
    assert age(LATER) is None

    settled_refresh()

    assert age(LATER + timedelta(seconds=20)) == timedelta(seconds=20)


def test_each_file_has_the_hash_that_the_manifest_names(spot):
    take_many(calls(spot, 5), by=SYSTEM)
    settled_refresh()

    for folder, months in manifest.read().folders.items():
        for part in (part for parts in months.values() for part in parts):
            assert manifest.part_of(manifest.root() / folder / part.file, part.rows) == part
