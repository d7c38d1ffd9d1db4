"""How the canned replies did: what the journal counted, and what of it came back in the mirror."""

from __future__ import annotations

from heroterm.domain.usage import Use, tallied
from heroterm.journal.database import Journal
from heroterm.mirror.last_answers import reopened
from heroterm.mirror.reader import Mirror


def used(journal: Journal | None, mirror: Mirror | None) -> dict[str, Use]:
    """Each reply that was sent from here, by name. Raises StoreError."""
    if journal is None:
        return {}
    sent = journal.marks.sent_with()
    solved = [(one.ticket_id, one.at) for one in sent if one.solved and one.at is not None]
    back = reopened(mirror, solved) if mirror is not None and solved else set()
    return tallied(journal.marks.uses(), sent, back)
