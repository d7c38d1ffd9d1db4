"""`heroterm share-draft`: a draft as an internal note that any hero's heroterm can take up."""

from __future__ import annotations

import click

from heroterm.cli.intents import Wanted, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import Seconds, TicketNumber
from heroterm.cli.reading import reading
from heroterm.cli.verb import verb
from heroterm.domain import shared_draft
from heroterm.domain.outbox import InternalNote
from heroterm.errors import UsageError


@verb("share-draft")
@click.argument("ticket", metavar="ID", type=TicketNumber())
@click.option("--hold", type=Seconds(), metavar="SECONDS", help="Wait so long, at most a day.")
def command(call: Invocation, ticket: int, hold: float | None) -> int:
    """Put the draft of a reply into an internal note; the draft itself stays here."""
    with reading(call) as read:
        found, draft = read.ticket(ticket), read.journal.drafts.get(ticket, "public_reply")
        if draft is None or not draft.body.strip():
            raise UsageError(f"There is no draft of a reply on #{ticket}.", "Nothing was queued.")
        words = shared_draft.note(draft, read.state.user_name)
        return put(call, read, found, Wanted(InternalNote(words), hold=hold))
