"""`v` in the Review: the words as the customer will see them, before anything is queued."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.preview import preview
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE
from heroterm.tui.text import Part, parts, safe_line

_STYLES = {
    "": "",
    "bold": "bold",
    "italic": "italic",
    "code": "$accent",
    "link": "underline",
    "quote": "$text-muted",
}


def show(desk: OnDesk) -> None:
    """Who sees it where, and how it looks there."""
    writing, row = desk.composer.writing, None
    if writing is None:
        return
    if writing.kind == NOTE:
        desk.tell("An internal note is for colleagues: the customer sees nothing of it.")
        return
    row = desk.reading.row(writing.ticket_id)
    source = row.source if row is not None and writing.new is None else "mail"
    lines = [*_head(desk, source), Content("")]
    for pieces in preview(desk.composer.body.strip(), source):
        styled: list[Part] = [(text, _STYLES[kind]) for text, kind in pieces]
        lines.append(parts(*styled))
    desk.explain(f"As the customer sees it, {writing.where}", lines)


def _head(desk: OnDesk, source: str) -> list[Content]:
    writing = desk.composer.writing
    assert writing is not None
    me = desk.reading.state.user_name or "you"
    subject = writing.new.subject if writing.new is not None else ""
    if not subject and source != "slack":
        subject = desk.opened.ticket.subject if desk.opened is not None else ""
    head = [("From", me), ("To", writing.to), ("Copies", ", ".join(writing.add_ccs))]
    head += [("Subject", subject), ("Files", ", ".join(file.name for file in writing.files))]
    return [
        parts((f"{name}: ", "$text-muted"), safe_line(value).plain) for name, value in head if value
    ]
