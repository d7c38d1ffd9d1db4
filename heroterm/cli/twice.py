"""A command that was given twice: its words wait in the outbox, or went out a moment ago."""

from __future__ import annotations

from heroterm.cli.reading import Reading
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent


def twice(read: Reading, intent: Intent) -> list[Finding]:
    """The question whether the very same words are to go to a ticket once more; none where they
    wait nowhere, and the mirror holds the answer that they became.
    """
    if intent.comment is None or not intent.ticket_id:
        return []
    body, seen = intent.comment.body, intent.seen_comment_id
    outbox = read.journal.outbox
    found = outbox.same_words(intent.ticket_id, intent.kind, body, seen, but=intent.id)
    if found is None:
        return []
    became = "wait in the outbox" if found.unfinished else "were sent a moment ago"
    return [Finding("same-words", "ask", f"These very words {became} ({found.id[:8]}).")]
