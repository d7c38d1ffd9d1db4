"""What can be undone: what has not left yet, and what was sent and still stands as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.outbox import SENT, Intent
from heroterm.domain.quotes import first_line
from heroterm.tui import intent_words
from heroterm.tui.binding import bindings
from heroterm.tui.commands import UNDO
from heroterm.tui.naming import Names
from heroterm.tui.screens.listing import Listing
from heroterm.tui.text import fit, parts, safe


@dataclass(frozen=True, slots=True)
class Entry:
    """One change that one key takes back: an intent, or all of a bulk change."""

    intents: tuple[Intent, ...]

    @property
    def sent(self) -> bool:
        """Whether it has left: then only its inverse takes it back."""
        return self.intents[0].state == SENT


class UndoScreen(Listing[Entry]):
    """The newest first."""

    BINDINGS = bindings(UNDO)


def line(
    entry: Entry, names: Names, now: datetime, send: str, width: int, *, offline: bool
) -> Content:
    """One change on one line; `send` is the key that sends what waits for the hero; `offline`,
    whether Zendesk is not reached.
    """
    first = entry.intents[0]
    count = len(entry.intents)
    where = intent_words.subject(first) if count == 1 else f"{count} tickets"
    said = ", ".join([*intent_words.deed(first, names), *names.said(first.changes)])
    words = first_line(first.comment.body) if first.comment is not None else ""
    state = "sent" if entry.sent else intent_words.state(first, now, send, offline=offline)
    return parts(
        fit(f" {where}", 12),
        (fit(state, 24) + " ", "$sla-ok" if entry.sent else "$held"),
        (fit(ago(first.finished_at or first.created_at, now), 16) if width > 70 else "", "$muted"),
        fit(said, 40) + " " if words and width > 100 else said + "  " if said else "",
        words,
    )


def detail(entry: Entry, said: Sequence[str], width: int) -> list[Content]:
    """What taking it back would do, and the words that would be taken back."""
    lines = [line for one in said for line in parts(one).wrap(width)]
    comment = entry.intents[0].comment
    if comment is not None:
        lines += [Content(""), *safe(comment.body.strip(), "$text-muted").wrap(width)]
    return lines
