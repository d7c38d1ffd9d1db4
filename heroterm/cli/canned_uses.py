"""How the canned replies did, from the journal and the mirror of one home."""

from __future__ import annotations

from heroterm.cli.invocation import Invocation
from heroterm.domain.usage import Use, tallied
from heroterm.errors import StoreError


def uses_of(call: Invocation) -> dict[str, Use]:
    """How often each was sent from here, and what came of it; nothing where there is no journal
    yet, and nothing reopened where there is no mirror.
    """
    from heroterm.cli.mirrors import open_mirror
    from heroterm.journal.database import open_journal
    from heroterm.mirror.last_answers import reopened

    if not call.paths.journal.exists():
        return {}
    try:
        journal = open_journal(call.paths.journal, clock=call.clock)
    except StoreError:
        return {}
    try:
        before, sent = journal.marks.uses(), journal.marks.sent_with()
    finally:
        journal.close()
    solved = [(one.ticket_id, one.at) for one in sent if one.solved and one.at is not None]
    if not solved:
        return tallied(before, sent, ())
    try:
        mirror = open_mirror(call.paths.mirror)
    except StoreError:
        return tallied(before, sent, ())
    try:
        return tallied(before, sent, reopened(mirror, solved))
    finally:
        mirror.close()
