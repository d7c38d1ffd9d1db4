"""`heroterm reply` and `heroterm note`: words for a ticket, from an option, a file or a canned
reply, put into the outbox.
"""

from __future__ import annotations

from typing import Any

import click

from heroterm.cli.canned import canned_words
from heroterm.cli.intents import Wanted, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import TicketNumber
from heroterm.cli.reading import reading
from heroterm.cli.verb import verb
from heroterm.cli.words import Words, with_options
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.errors import UsageError

_TICKET = click.argument("ticket", metavar="ID", type=TicketNumber())


@verb("reply", help="Put a public reply into the outbox: the customer will read it.")
@_TICKET
@with_options
def reply(call: Invocation, ticket: int, **words: Any) -> int:
    """Put a public reply into the outbox."""
    return _answer(call, "public_reply", ticket, Words(**words))


@verb("note", help="Put an internal note into the outbox: colleagues alone will read it.")
@_TICKET
@with_options
def note(call: Invocation, ticket: int, **words: Any) -> int:
    """Put an internal note into the outbox."""
    return _answer(call, "internal_note", ticket, Words(**words))


commands = {"reply": reply, "note": note}


def _answer(call: Invocation, kind: str, ticket: int, words: Words) -> int:
    words.check()
    if words.cc and kind == "internal_note":
        raise UsageError("A note goes to colleagues only and has no copies.", "Leave --cc out.")
    with reading(call) as read:
        found = read.ticket(ticket)
        text = words.text(lambda name, given: canned_words(call, read, found, kind, name, given))
        reader = read.mirror.person(found.requester_id) if found.requester_id else None
        wanted = Wanted(
            comment=PublicReply(text) if kind == "public_reply" else InternalNote(text),
            changes=Changes(status=words.status, add_ccs=words.cc),
            files=words.files(read),
            hold=words.hold,
            at=words.moment(call, reader),
            anyway=words.anyway,
        )
        return put(call, read, found, wanted)
