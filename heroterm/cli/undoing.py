"""`heroterm outbox undo`: take a sent change back by its inverse, through the outbox."""

from __future__ import annotations

from heroterm.cli.intents import Wanted, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import reading
from heroterm.domain.outbox import SENT, Intent
from heroterm.domain.undo import undo as undo_of
from heroterm.errors import RefusedByRule

_RESTORES = ("solve-with-note-only", "solve-unrecorded", "own-address", "other-customer-named")
"""Questions of the rules that are no question where something stands again as it stood."""


def take_back(call: Invocation, sent: Intent, hold: float | None) -> int:
    """Queue what takes a sent intent back. Raises RefusedByRule with the reason why not."""
    with reading(call) as read:
        if sent.state != SENT:
            short = f"`heroterm outbox recall {sent.id[:8]}`"
            raise _refused("It has not been sent.", f"{short} recalls it.")
        done = {intent.undoes for intent in read.journal.outbox.list(all=True)}
        if sent.id in done:
            raise _refused("It was taken back already.", "`heroterm outbox list --all` shows it.")
        ticket = read.mirror.ticket(sent.ticket_id) if sent.ticket_id else None
        if ticket is not None and sent.deed is None and ticket.updated_stamp == sent.stamp:
            again = f"`heroterm sync --once --ticket {ticket.id}` brings it; then again."
            raise _refused("The mirror does not hold the ticket's newest state.", again)
        how = undo_of(sent, ticket)
        if how.refusal:
            raise _refused(how.refusal, "Nothing was queued.")
        wanted = Wanted(
            changes=how.changes, deed=how.deed, hold=hold, anyway=_RESTORES, undoes=sent.id
        )
        return put(call, read, ticket, wanted)


def _refused(say: str, remedy: str) -> RefusedByRule:
    return RefusedByRule(say, remedy, rule="undo")
