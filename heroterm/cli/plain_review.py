"""What a plain shift reads out before words are queued: who reads them, and what a status does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from heroterm.cli.intents import Wanted, advised
from heroterm.cli.invocation import Invocation
from heroterm.cli.plain_words import asked_status
from heroterm.cli.reading import Reading
from heroterm.cli.rules import rulebook, source_of
from heroterm.domain.lifecycle import consequence
from heroterm.domain.outbox import Draft, PublicReply
from heroterm.domain.text import shown
from heroterm.rulebook import local_zone

Ask = Callable[[str], str | None]
Say = Callable[[str], None]


def status_for(
    call: Invocation, read: Reading, draft: Draft, base: Wanted, ask: Ask, say: Say
) -> str | None:
    """The status that goes with a draft, asked for once its readers are said. Enter is the one that
    was chosen before, else the one that fits the words.
    """
    if isinstance(base.comment, PublicReply):
        for line in _readers(call, read, draft):
            say(line)
    usual = draft.status or advised(call, read, read.ticket(draft.ticket_id), base)
    status = asked_status(ask, say, usual)
    if status is not None:
        numbers = rulebook(call.paths).lifecycle
        say(f"{status}: {consequence(status, read.now, numbers, local_zone())}.")
    return status


def _readers(call: Invocation, read: Reading, draft: Draft) -> Iterator[str]:
    """Who gets a reply, and where they read it."""
    ticket = read.ticket(draft.ticket_id)
    asks = read.mirror.person(ticket.requester_id) if ticket.requester_id else None
    slack = source_of(read.mirror, ticket, rulebook(call.paths)) == "slack"
    named = (
        " ".join(filter(None, (asks.name, f"<{asks.email}>" if asks.email else "")))
        if asks
        else "the requester"
    )
    where = "in Slack" if slack else "in a mail"
    yield f"To: {shown(named, single_line=True)}, who reads it {where}."
    people = read.mirror.people(set(ticket.email_cc_ids))
    there = [person.email or person.name for person in people.values()]
    copies = dict.fromkeys([*(one for one in there if one not in draft.remove_ccs), *draft.ccs])
    yield f"Copies: {shown(', '.join(copies), single_line=True) or 'none'}."
