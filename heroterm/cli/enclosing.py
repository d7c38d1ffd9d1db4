"""Files of this machine that go with a comment: found by the beginning of a path, read whole."""

from __future__ import annotations

import mimetypes
import os
import re
from dataclasses import dataclass
from pathlib import Path

from heroterm.errors import UsageError
from heroterm.journal.enclosures import LARGEST
from heroterm.zendesk.file_kinds import HEAD, looks_like

_OFFERED = 200
_UNKNOWN = "application/octet-stream"
_BEHIND = re.compile(r"^.*/(?=['\"]?~?/)")
"""What stood there before a whole path was typed, or dropped by the mouse, behind it."""
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it is attached."""

    name: str
    content_type: str
    content: bytes


def paths_like(typed: str) -> list[tuple[str, int | None]]:
    """Paths that begin so, with the size in bytes; None for a folder, whose path ends in `/`.

    Hidden files are offered once their dot is typed. What cannot be listed offers nothing. A whole
    path behind what stood there begins anew, also with a shell's quotes, as terminals drop files.
    """
    found, whole = _begin_so(typed or "~/"), _whole(typed)
    return found or (_begin_so(whole) if whole != typed else [])


def _whole(typed: str) -> str:
    path = _BEHIND.sub("", typed)
    quote = path[:1]
    return path.strip(quote) if quote in ("'", '"') else _ESCAPED.sub(r"\1", path)


def _begin_so(typed: str) -> list[tuple[str, int | None]]:
    path = os.path.expanduser(typed)
    folder, begun = os.path.split(path)
    found: list[tuple[str, int | None]] = []
    try:
        with os.scandir(folder or ".") as entries:
            for entry in entries:
                hidden = entry.name.startswith(".") and not begun.startswith(".")
                if hidden or not entry.name.casefold().startswith(begun.casefold()):
                    continue
                found.append(_offered(entry, folder))
    except OSError:
        return []
    return sorted(found, key=lambda one: (one[1] is not None, one[0].casefold()))[:_OFFERED]


def _offered(entry: os.DirEntry[str], folder: str) -> tuple[str, int | None]:
    path = os.path.join(folder, entry.name)
    try:
        return (f"{path}/", None) if entry.is_dir() else (path, entry.stat().st_size)
    except OSError:
        return path, 0


def read_file(typed: str) -> FileRead:
    """A file's bytes and what it is. Raises UsageError: not there, no file, too large."""
    path = Path(os.path.expanduser(typed))
    kept = "Nothing was attached; name another file."
    try:
        if not path.is_file():
            raise UsageError(f"{path} is no file.", kept)
        size = path.stat().st_size
        if size > LARGEST:
            say = f"{path.name} has {size:,} bytes, and Zendesk takes {LARGEST:,}."
            raise UsageError(say, kept)
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).", kept) from None
    return FileRead(path.name, _kind(path.name, content), content)


def _kind(name: str, content: bytes) -> str:
    """What the bytes show plainly, else what the name's ending says."""
    return looks_like(content[:HEAD]) or mimetypes.guess_type(name)[0] or _UNKNOWN
