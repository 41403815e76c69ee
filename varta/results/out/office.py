"""Archives without the moment at which they were written: equal reports are equal bytes."""

import io
import re
import zipfile

STAMP = (1980, 1, 1, 0, 0, 0)
MOMENTS = re.compile(
    rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>"
)  # of the workbook behind a chart


def same_bytes(archive: bytes) -> bytes:
    """Return the archive with one moment on all its files, and workbooks within it without theirs."""
    return packed({name: _timeless(name, content) for name, content in _files(archive).items()})


def _timeless(name: str, content: bytes) -> bytes:
    if not name.endswith(".xlsx"):
        return content
    files = _files(content)
    files["docProps/core.xml"] = MOMENTS.sub(b"", files["docProps/core.xml"])
    return packed(files)


def _files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return {name: held.read(name) for name in held.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """Return an archive of these files, all of one moment."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, held in sorted(files.items()):  # office libraries put them in any order
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held)
    return content.getvalue()
