"""The pack on disk: a page to read and a document for the next hero's heroterm."""

from __future__ import annotations

import json
from pathlib import Path

from heroterm.cli.invocation import plain
from heroterm.cli.private_file import private_file
from heroterm.domain.pack import Pack, Unreadable, document, markdown, read
from heroterm.domain.text import shown
from heroterm.errors import UsageError

MOST_BYTES = 8 << 20
"""Of somebody's document: a pack of a whole week is a few hundred kilobytes."""


def page(pack: Pack) -> str:
    """The pack as Markdown, harmless to a terminal."""
    return "\n".join(shown(line) for line in markdown(pack)) + "\n"


def text(pack: Pack) -> str:
    """The pack as JSON, ASCII."""
    return json.dumps({"schema": 1, **document(pack)}, default=plain, indent=2) + "\n"


def write(folder: Path, pack: Pack) -> list[str]:
    """Write both files, for their owner alone; their paths. Raises UsageError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, words in (("handover.md", page(pack)), ("handover.json", text(pack))):
            with private_file(folder / name) as file:
                file.write(words.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written ({error.strerror}).", "Name another folder with --out."
        ) from None
    return [str(folder / name) for name in ("handover.md", "handover.json")]


def read_file(path: Path) -> Pack:
    """A colleague's pack. Raises UsageError for a file that is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).", "Name the pack.") from None
    return parse(data, str(path))


def parse(data: bytes, where: str) -> Pack:
    """A pack out of bytes. Raises UsageError with what does not fit."""
    remedy = "Ask for the handover.json that `heroterm handover --out DIR` writes."
    if len(data) > MOST_BYTES:
        raise UsageError(f"{where} is larger than {MOST_BYTES >> 20} MB.", remedy)
    try:
        return read(json.loads(data))
    except (ValueError, RecursionError):
        raise UsageError(f"{where} is no JSON document.", remedy) from None
    except Unreadable as error:
        raise UsageError(f"{where}: {error}", remedy) from None
