"""`show --picture`: a file of a thread as few pixels, for whoever draws them in cells."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from heroterm.cli.files import wanted
from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.errors import RefusedByRule, UsageError
from heroterm.pictures.looking import LARGEST_FILE, SAVE, look


def picture(
    call: Invocation, read: Reading, ticket_id: int, number: int, cells: str
) -> dict[str, Any]:
    """Fetch a file, have it decoded, keep nothing. Raises RefusedByRule for what is no picture."""
    columns, rows = _cells(cells)
    file = wanted(read, ticket_id, number)
    if file.size > LARGEST_FILE:
        say = f"The picture is not shown. It is larger than {LARGEST_FILE >> 20} MB."
        raise RefusedByRule(say, SAVE, rule="picture")
    from heroterm.cli.on_demand import on_demand  # the wire is loaded for this alone

    with TemporaryDirectory(prefix="heroterm-") as folder:
        with on_demand(call) as asked:
            saved = asked.save(file, Path(folder), most=LARGEST_FILE)
        seen = look(saved.path, columns, rows)
    return {
        "width": seen.width,
        "height": seen.height,
        "pixels": b64encode(seen.pixels).decode("ascii"),
        "kind": seen.kind,
        "whole": list(seen.whole),
        "remarks": list(saved.remarks),
    }


def _cells(text: str) -> tuple[int, int]:
    columns, _, rows = text.partition("x")
    if not (columns.isdigit() and rows.isdigit()):
        raise UsageError("--cells wants columns and rows.", "For example --cells 80x24.")
    return int(columns), int(rows)
