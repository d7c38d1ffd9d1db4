"""`heroterm new`: a ticket of its own to somebody, who need not have asked for it."""

from __future__ import annotations

from typing import Any

import click

from heroterm.cli.canned import canned_words
from heroterm.cli.intents import Wanted, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.reading import Reading, reading
from heroterm.cli.verb import verb
from heroterm.cli.words import Words, with_options
from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, PublicReply
from heroterm.domain.ticket import Ticket
from heroterm.errors import UsageError


@verb("new")
@click.option("--to", metavar="ADDRESS", help="Who gets it; of a follow-up its requester.")
@click.option("--name", default="", metavar="NAME", help="How that person is called.")
@click.option("--subject", metavar="TEXT", help="Its subject.")
@click.option(
    "--ticket", type=WholeNumber(), metavar="ID", help="The ticket on which you decided it."
)
@click.option(
    "--follow-up", type=WholeNumber(), metavar="ID", help="The closed ticket that it follows up."
)
@with_options
def command(
    call: Invocation,
    to: str | None,
    name: str,
    subject: str | None,
    ticket: int | None,
    follow_up: int | None,
    **words: Any,
) -> int:
    """Put a new ticket into the outbox: its reader gets a mail and can answer."""
    said = Words(**words)
    said.check()
    with reading(call) as read:
        about = ticket if follow_up is None else follow_up
        found = read.ticket(about) if about is not None else None
        if follow_up is not None and found is not None and found.status != "closed":
            raise UsageError(
                f"#{follow_up} is {found.status} and can be answered itself.",
                f"Use `heroterm reply {follow_up}`.",
            )
        new = _new(read, found, to, name, subject, follow_up)
        wanted = Wanted(
            deed=new,
            comment=PublicReply(_text(call, read, found, said)),
            changes=Changes(status=said.status or "pending", add_ccs=said.cc),
            files=said.files(read),
            hold=said.hold,
            at=said.moment(call, None),
            anyway=said.anyway,
        )
        return put(call, read, found, wanted)


def _new(
    read: Reading,
    about: Ticket | None,
    to: str | None,
    name: str,
    subject: str | None,
    follow_up: int | None,
) -> NewTicket:
    """Whom it goes to and what it is called; a follow-up brings both along."""
    asks = about.requester_id if about is not None else None
    person = read.mirror.person(asks) if follow_up is not None and asks else None
    address = to or (person.email if person is not None else None)
    title = subject or (f"Re: {about.subject}" if follow_up is not None and about else None)
    if not address or not title:
        missing = "--to ADDRESS" if not address else "--subject TEXT"
        raise UsageError("A new ticket needs a reader and a subject.", f"Add {missing}.")
    return NewTicket(address, name or (person.name if person else ""), title, follow_up)


def _text(call: Invocation, read: Reading, about: Ticket | None, words: Words) -> str:
    if words.canned is not None and about is None:
        raise UsageError(
            "A canned reply is filled in from a ticket.", "Add --ticket ID, or use --body."
        )

    def canned(name: str, values: Any) -> str:
        assert about is not None
        return canned_words(call, read, about, "public_reply", name, values)

    return words.text(canned)
