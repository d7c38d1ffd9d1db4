"""What the hero has made of an issue before it is filed: its words, and the address brought."""

from __future__ import annotations

import json

from heroterm.domain.text import shown
from heroterm.journal.database import Journal
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.reporting import Brought

_WORDS = "issue words: {} {}"
"""Name in the journal's memory, by kind and ticket."""
_ADDRESS = "issue address: {}"
"""The same by the ticket alone: an address is brought to either kind."""


def recall(journal: Journal, kind: str, ticket_id: int) -> tuple[str, Brought]:
    """Words and address as they were left; "" where there are none."""
    words = shown(journal.marks.recall(_WORDS.format(kind, ticket_id)) or "")
    kept = journal.marks.recall_words(_ADDRESS.format(ticket_id))
    address = shown(kept.get("address", ""), single_line=True)
    return words, Brought(address, "existing" in kept)


def keep(desk: OnDesk, kind: str, ticket_id: int, words: str, brought: Brought) -> None:
    """Keep both; "" forgets."""
    known = {"existing": "yes"} if brought.existing else {}
    address = json.dumps({"address": brought.address, **known} if brought.address else {})

    def write(journal: Journal) -> None:
        journal.marks.remember(_WORDS.format(kind, ticket_id), words)
        journal.marks.remember(_ADDRESS.format(ticket_id), address)

    desk.pen.write(write)
