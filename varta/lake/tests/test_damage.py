"""A file of the lake that is missing or corrupted is named, and made anew from entries."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from varta.cases.actions import take
from varta.cases.bulk import take_many
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.cli.refresh import command
from varta.lake import damage, manifest
from varta.lake.refresh import mend, refresh
from varta.lake.source import LakeFiles
from varta.lake.tests.test_refresh import LATER, SYSTEM, calls, rows, settled_refresh, spot  # noqa: F401
from varta.lib.uuid7 import uuid7, uuid7_from
from varta.people.scope import reading

EVERY = '"case", "at", received_at, opened_at, place_pre, unit_pre, category'


@pytest.fixture
def kept(spot):  # noqa: F811
    """Return the calls as the lake should have them, one of them corrected, and a file that holds some."""
    take_many(calls(spot, 12), by=SYSTEM)
    wrong = uuid7_from(RECEIVED, "lake", 1)
    with reading(SYSTEM):
        take(
            key=uuid7(LATER), case=wrong, procedure="call", step="receive", data=CALL | {"category": "alpha"},
            by=SYSTEM, at=RECEIVED + timedelta(seconds=1), received_at=LATER, corrects=wrong,
        )  # fmt: skip
    settled_refresh()
    path, *_ = manifest.read().paths("call.receive")
    return rows("call.receive", EVERY), path


def test_a_missing_file_is_named_with_its_cure_and_the_next_refresh_makes_it_anew(kept):
    right, path = kept
    path.unlink()

    with pytest.raises(damage.LakeDamaged) as damaged:
        LakeFiles().files("call.receive")
    done = refresh(LATER)

    for text in damaged.value.texts.values():
        assert path.name in text
        assert f"varta refresh --rebuild {done.rebuilt[0]}" in text
    assert rows("call.receive", EVERY) == right
    assert damage.found(manifest.read(), deep=True) == []


def test_a_file_that_was_cut_is_found_by_its_size(kept):
    right, path = kept
    path.write_bytes(path.read_bytes()[:100])

    assert [one.why for one in damage.found(manifest.read())] == ["size"]
    refresh(LATER)

    assert rows("call.receive", EVERY) == right


def test_one_changed_byte_is_found_by_the_digest_and_made_anew(kept):
    right, path = kept
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)

    assert damage.found(manifest.read()) == []
    assert [one.why for one in damage.found(manifest.read(), deep=True)] == ["sha256"]
    assert mend(LATER, deep=True).rebuilt

    assert rows("call.receive", EVERY) == right


def test_the_command_makes_a_month_anew_and_refuses_what_is_none(kept):
    right, path = kept
    path.unlink()
    month = path.name[:7]

    done = CliRunner().invoke(command, ["--rebuild", f"call.receive/{month}"])
    refused = [
        CliRunner().invoke(command, ["--rebuild", words])
        for words in ("call.nothing/2019-01", "call.arrive/19")
    ]

    assert (done.exit_code, f"call.receive/{month}" in done.output) == (0, True)
    assert rows("call.receive", EVERY) == right
    assert [one.exit_code for one in refused] == [1, 1]
    assert "no folder call.nothing" in refused[0].output
    assert "Write it as 2019-03" in refused[1].output
