"""What tests of the embedded server share: a server of their own."""

import os
import shutil

import pytest

from varta.lib import embedded


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Give a server of its own in an empty home folder; it is stopped at the end."""
    held = list(embedded._held)
    embedded._held.clear()
    monkeypatch.setenv("VARTA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VARTA_DATABASE", raising=False)
    yield embedded
    if embedded.is_running():
        embedded.stop()
    for lock in embedded._held:
        os.close(lock)
    embedded._held[:] = held
    shutil.rmtree(embedded._data().parent, ignore_errors=True)  # it may lie outside the test's folder
