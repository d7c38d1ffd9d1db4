"""Files of an intent, handed over right before the write that publishes them.

An upload alone shows nobody anything, so one that is repeated does no harm (outbox.md §3).
"""

from __future__ import annotations

from heroterm.domain.outbox import Intent
from heroterm.journal.database import Journal
from heroterm.sync.needs import Wire


class Files:
    """Reads what the journal keeps and uploads it. Raises ZendeskError and StoreError."""

    def __init__(self, wire: Wire, journal: Journal) -> None:
        self._wire = wire
        self._journal = journal

    def uploaded(self, intent: Intent, *, again: bool = True) -> tuple[str, ...]:
        """Tokens of the intent's files, in their order.

        With `again` they are uploaded anew for each attempt, because a token dies after an hour.
        Without it those of the first attempt are used: a new ticket must be asked for in the very
        same words each time, and tokens are part of them.
        """
        if not intent.files:
            return ()
        if not again and (kept := self._journal.outbox.uploads(intent.id)):
            return kept
        tokens = tuple(
            self._wire.upload(file.name, file.content_type, self._journal.enclosures.read(file))
            for file in intent.files
        )
        self._journal.outbox.keep_uploads(intent.id, tokens)
        return tokens
