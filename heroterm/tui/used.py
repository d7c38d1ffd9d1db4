"""How the canned replies did: what the journal counted, and what of it came back in the mirror."""

from __future__ import annotations

from heroterm.domain.usage import Use, tallied
from heroterm.mirror.last_answers import reopened
from heroterm.tui.reading import Reading


def used(reading: Reading) -> dict[str, Use]:
    """Each reply that was sent from here, by name; nothing while there is no journal. Raises
    StoreError.
    """
    journal, mirror = reading.journal, reading.mirror
    if journal is None:
        return {}
    sent = journal.marks.sent_with()
    solved = [(one.ticket_id, one.at) for one in sent if one.solved and one.at is not None]
    back = reopened(mirror, solved) if mirror is not None and solved else set()
    return tallied(journal.marks.uses(), sent, back)
