"""What stands in the thread's place while a content warning has not been answered."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.content_gate import Gate
from heroterm.tui.keymap import Keymap
from heroterm.tui.opened import Opened
from heroterm.tui.text import parts, safe

TAGGED = "The ticket is tagged with a content warning; the organization's field says nothing."


def gate_lines(gate: Gate, opened: Opened, width: int, keymap: Keymap) -> list[Content]:
    """The warning, what lies behind it, and the keys; nothing of the ticket's words."""
    files = sum(len(comment.attachments) for comment in opened.comments)
    messages = _many(len(opened.comments), "message")
    behind = f"{messages}, {_many(files, 'file')}, and every link of the ticket."
    whose = f"{gate.organization}: " if gate.organization else ""
    here, room = keymap.key("pane.ticket"), max(10, width - 2)
    made = [
        parts(("CONTENT WARNING", "$sla-breached bold")),
        *safe(f"{whose}{gate.reason}" if gate.reason else TAGGED, "bold").wrap(room),
        Content(""),
        *parts(("Behind it: ", "$text-muted"), behind).wrap(room),
        Content(""),
        _way(keymap.key("gate.once"), f"show it once, from this pane ({here})"),
    ]
    if gate.organization_id is not None:
        always = f"always this week for {gate.organization}"
        made += _way(keymap.key("gate.always"), always).wrap(room)
    zendesk = f"leave it closed; {keymap.key('open.ticket')} opens it in Zendesk"
    made += _way(keymap.key("desk.back"), zendesk).wrap(room)
    return [Content(""), *(Content.assemble("  ", line) for line in made)]


def _way(key: str, words: str) -> Content:
    return parts((f" {key} ", "$accent bold"), words)


def _many(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count or 'no'} {word}s"
