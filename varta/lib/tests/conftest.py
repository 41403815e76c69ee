"""What tests of the embedded server share: a server of their own."""

import os
import shutil

import pytest

from varta.lib import embedded, home


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
    for part in home.path().iterdir():
        if part.is_symlink():  # under root the cluster, or one set aside, lies outside the test's folder
            shutil.rmtree(part.resolve(), ignore_errors=True)
