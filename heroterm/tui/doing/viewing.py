"""`v` in the files: one picture, drawn in cells of two pixels; fetched and decoded by children."""

from __future__ import annotations

from base64 import b64decode

from textual.content import Content

from heroterm.domain.sizes import size_words
from heroterm.domain.ticket import Attachment
from heroterm.errors import HeroError
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.pixels import half_blocks
from heroterm.tui.text import parts
from heroterm.tui.verbs import Document

_FRAME, _AROUND, _WIDEST = 6, 8, 104
"""Columns and rows that the box around a picture takes, and its most columns."""
_COLOURS = ("truecolor", "256")


def look(desk: OnDesk, ticket_id: int, file: Attachment) -> None:
    """Show one picture in a box, once it is here; a terminal without colours shows none."""
    app = desk.app
    if desk.parts.settings.no_color or app.console.color_system not in _COLOURS:
        desk.tell(
            f"Pictures are not shown without colours: {desk.key('files.save')} saves "
            f"{file.file_name} on this machine.",
            severity="warning",
        )
        return
    if not file.content_type.lower().startswith("image/"):
        desk.tell(
            f"{file.file_name} is said to be {file.content_type or 'nothing'}, not a picture: "
            f"{desk.key('files.save')} saves it on this machine."
        )
        return
    columns = min(_WIDEST, app.size.width * 9 // 10 - _FRAME)
    rows = app.size.height * 85 // 100 - _AROUND
    desk.tell(f"Fetching {file.file_name}, {size_words(file.size)} …")

    def seen(document: Document) -> None:
        lines = _lines(document.get("picture"))
        if lines is None:
            desk.tell(f"{file.file_name} came back as no picture.", severity="error")
        else:
            desk.explain(file.file_name, lines)

    def failed(error: HeroError) -> None:
        desk.tell(f"{file.file_name}: {error}", severity="error")

    words = ["show", str(ticket_id), "--picture", str(file.id), "--cells", f"{columns}x{rows}"]
    desk.verbs.run(words, seen, failed)


def _lines(told: object) -> list[Content] | None:
    """The picture with its own size above; None for what is none."""
    match told:
        case {
            "width": int(width),
            "height": int(height),
            "pixels": str(pixels),
            "kind": str(kind),
            "whole": [int(wide), int(high)],
        }:
            raw = b64decode(pixels)
            if len(raw) == width * height * 3:
                head = parts((f"{kind}, {wide} x {high}; drawn {width} x {height}", "$text-muted"))
                return [head, *half_blocks(raw, width)]
    return None
