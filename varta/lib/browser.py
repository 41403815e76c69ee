"""The browser that the tests drive: found, installed by root, or unpacked beside the data by anybody else."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from varta.lib import home

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")


class BrowserMissing(RuntimeError):
    """There is no Chromium for the browser tests; the message says how to get one."""


def find() -> str | None:
    """Return the path of a Chromium, or None. VARTA_CHROMIUM names one; else the system's, else ours."""
    if given := os.environ.get("VARTA_CHROMIUM"):
        return given if Path(given).exists() else None
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or (str(_unpacked()) if _unpacked().exists() else None)


def install() -> str:
    """Return the path of a Chromium, got with apt-get if there is none yet."""
    if found := find():
        return found
    if shutil.which("apt-get") and not os.environ.get("VARTA_CHROMIUM"):
        try:
            _install() if os.geteuid() == 0 else _unpack()
        except (subprocess.CalledProcessError, OSError) as error:
            raise BrowserMissing(f"{_ADVICE}\n({error})") from error
    if found := find():
        return found
    raise BrowserMissing(_ADVICE)


_ADVICE = """The browser tests need Chromium, and it is not on this machine.
Install it as root:  apt-get install chromium
or name one:         VARTA_CHROMIUM=/path/to/chromium make test"""


def _unpacked() -> Path:
    return home.path() / "browser" / "chromium"


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES)):
        subprocess.run(["apt-get", *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)


def _unpack() -> None:
    """Download Debian's Chromium and the libraries that are missing, and unpack them in the home folder.

    An ordinary user may not install packages, but may download them: apt-get keeps its lists where it is told.
    """
    folder = home.folder("browser")
    root, state = folder / "root", folder / "apt"
    shutil.rmtree(root, ignore_errors=True)
    for needed in (root, state / "lists" / "partial", state / "archives" / "partial"):
        needed.mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-qq", "-o", f"Dir::State::Lists={state / 'lists'}", "-o", f"Dir::Cache={state}"]
    subprocess.run([*apt, "update"], check=True, stdout=subprocess.DEVNULL)
    plan = [*apt, "-s", "install", "--no-install-recommends", *PACKAGES]
    said = subprocess.run(plan, check=True, capture_output=True, text=True).stdout
    missing = re.findall(r"^Inst (\S+)", said, re.MULTILINE)
    subprocess.run([*apt, "download", *missing], check=True, cwd=state, stdout=subprocess.DEVNULL)
    for package in sorted(state.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, root], check=True)
        package.unlink()
    _write_starter(root)
    shutil.rmtree(state)


def _write_starter(root: Path) -> None:
    """Write the script that starts the unpacked browser with its own libraries and fonts."""
    libraries = ":".join(str(path) for path in sorted(root.glob("usr/lib/*-linux-gnu")))
    lines = [
        "#!/bin/sh",
        f'export LD_LIBRARY_PATH="{libraries}:$LD_LIBRARY_PATH"',
        f'export XDG_DATA_DIRS="{root}/usr/share:/usr/share"',
        f'[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="{root}/etc/fonts"',
        f'exec "{root}/usr/lib/chromium/chromium" "$@"',
    ]
    _unpacked().write_text("\n".join(lines) + "\n")
    _unpacked().chmod(0o755)
