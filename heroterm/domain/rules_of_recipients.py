"""Rules about who reads it: where it was asked, which seat writes, which address gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heroterm.domain.deeds import NewTicket
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Intent, PublicReply
from heroterm.domain.text import shown

ADDRESS = re.compile(r"[^\s@<>,;\"\\]{1,64}@[^\s@<>,;\"\\]{1,255}")
"""What may stand as a recipient; whether it exists, only Zendesk knows."""


def community(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A community question is never answered in public from here (features D9)."""
    if facts.source == "community" and isinstance(intent.comment, PublicReply):
        place = f"at {facts.question_url}" if facts.question_url else "on the question's page"
        yield Finding(
            "community-public-reply",
            "refuse",
            "Handbook, community questions: \"Important: Don't reply to community questions "
            'directly from Zendesk."',
            f"Answer {place} (o c), then d: a note that you did, with the status.",
        )


def light_agent(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A light agent writes notes only (features H6)."""
    if facts.light_agent and isinstance(intent.comment, PublicReply):
        yield Finding(
            "light-agent-reply",
            "refuse",
            "Your seat is a light agent: it may write internal notes, not public replies.",
            "Ask for a full seat for your week, or press i to make this an internal note.",
        )


def own_copies(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """No copy goes to an address of our own."""
    own = {one.casefold() for one in facts.own_addresses}
    copied = next((one for one in intent.changes.add_ccs if one.casefold() in own), None)
    if copied is not None:
        yield Finding(
            "own-address-copied",
            "refuse",
            f"{shown(copied, single_line=True, limit=80)} is one of our own addresses: a copy to "
            "it would come back as a ticket.",
            "Take it off the copies (t in the Review), then y again.",
        )


def own_address(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """An answer to an address of our own is asked about."""
    own = {one.casefold() for one in facts.own_addresses}
    new = intent.deed if isinstance(intent.deed, NewTicket) else None
    address = (new.to_address if new is not None else facts.requester_address or "").casefold()
    if isinstance(intent.comment, PublicReply) and address and address in own:
        yield Finding(
            "own-address",
            "ask",
            "The requester's address is one of our own: the answer would not reach a customer.",
            "H shows who really wrote; y sends it all the same.",
        )


def recipient(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A new ticket needs an address, a subject and words."""
    if not isinstance(intent.deed, NewTicket):
        return
    if not ADDRESS.fullmatch(intent.deed.to_address):
        yield Finding(
            "no-recipient",
            "refuse",
            f"{shown(intent.deed.to_address, single_line=True, limit=80)!a} is no e-mail address.",
            "Say to whom the new ticket goes.",
        )
    if not shown(intent.deed.subject).strip():
        yield Finding("no-subject", "refuse", "The new ticket has no subject.", "Write one.")
    if not isinstance(intent.comment, PublicReply):
        yield Finding(
            "new-ticket-needs-words",
            "refuse",
            "A new ticket goes to a person and needs words for them.",
            "Write the first message.",
        )


def deed_alone(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A new ticket has words and fields; a change of a person or an organization has neither."""
    bare = intent.comment is None and intent.changes.empty
    if not isinstance(intent.deed, NewTicket) and not bare:
        yield Finding(
            "deed-alone",
            "refuse",
            "A change of a person or an organization carries no words and no ticket fields.",
            "Queue them one after the other.",
        )
