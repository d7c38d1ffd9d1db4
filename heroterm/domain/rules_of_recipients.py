"""Rules about who reads it: where it was asked, which seat writes, which address gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heroterm.domain.deeds import NewTicket
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.keyed_words import literal
from heroterm.domain.outbox import Intent, PublicReply
from heroterm.domain.text import shown

_PART = r"[^\s@<>,;\"\\.]{1,63}"
ADDRESS = re.compile(rf"[^\s@<>,;\"\\]{{1,64}}@(?:{_PART}\.){{1,30}}{_PART}")
"""What may stand as a recipient; whether it exists, only Zendesk knows. A host without a dot is
none for Zendesk, which would leave it out without a word."""
_DESKS = ".zendesk.com"
"""Where the hosts of help desks end: an address there is read by no person, but by a desk."""
_SHOWN = 80
WHATEVER_THE_WORDS = ("community-public-reply", "light-agent-reply")
"""Rules that let no answer go from here, whatever it says: it need not be written first."""


LIGHT_AGENT = "Your seat is a light agent: it may write internal notes, not public replies."
UPGRADE = (
    "To write public replies, ask an admin for an agent's seat: Admin Center > People > "
    "Team > Team members > your name > Roles. Then run `heroterm connect` again."
)


def community(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A community question is never answered in public from here (features D9)."""
    if facts.source == "community" and isinstance(intent.comment, PublicReply):
        yield _answer_there(facts.question_url)


def community_letter(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Nor is it answered by a new ticket: as its follow-up, or to whoever asked it."""
    if not isinstance(intent.deed, NewTicket):
        return
    readers = {intent.deed.to_address.casefold()}
    readers |= {address.casefold() for address in intent.changes.add_ccs}
    for question in facts.questions:
        if question.ticket_id == intent.deed.follows_up or readers & question.askers:
            yield _answer_there(question.url)
            return


def _answer_there(url: str | None) -> Finding:
    place = f"at {url}" if url else "on the question's page"
    return Finding(
        "community-public-reply",
        "refuse",
        "Handbook, community questions: \"Important: Don't reply to community questions "
        'directly from Zendesk."',
        f"Answer {literal(place)} ({{open.community}}), then {{ticket.elsewhere}}: a note that you "
        "did, with the status.",
    )


def light_agent(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A light agent writes notes only (features H6)."""
    if facts.light_agent and isinstance(intent.comment, PublicReply):
        yield Finding(
            "light-agent-reply",
            "refuse",
            LIGHT_AGENT,
            "Ask for a full seat for your week, or press {review.to_note} to make this "
            "an internal note.",
        )


def light_agents_change(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Nor does a light agent change anything: Zendesk would refuse all of it (features H6)."""
    replies = isinstance(intent.comment, PublicReply)
    if facts.light_agent and not replies and not (intent.changes.empty and intent.deed is None):
        yield Finding(
            "light-agent-change",
            "refuse",
            "Your seat is a light agent: it may write internal notes, not change tickets.",
            "Say in a note what is to be changed ({ticket.note}; {review.unchanged} in the Review "
            "leaves the status as it is).",
        )


def copies(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A copy goes to a whole address, or it would go nowhere."""
    wrong = next((one for one in intent.changes.add_ccs if not ADDRESS.fullmatch(one)), None)
    if wrong is not None:
        yield Finding(
            "copy-to-no-address",
            "refuse",
            f"{shown(wrong, single_line=True, limit=_SHOWN)!a} is no e-mail address.",
            "Take it off the copies ({review.copies} in the Review), then {review.queue} again.",
        )


def own_copies(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """No copy goes to an address of our own."""
    copied = next((one for one in intent.changes.add_ccs if _own(one, facts)), None)
    if copied is not None:
        yield Finding(
            "own-address-copied",
            "refuse",
            f"{shown(copied, single_line=True, limit=_SHOWN)} is one of our own addresses: a copy "
            "to it would come back as a ticket.",
            "Take it off the copies ({review.copies} in the Review), then {review.queue} again.",
        )


def own_recipient(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """No new ticket goes to an address of our own."""
    if isinstance(intent.deed, NewTicket) and _own(intent.deed.to_address, facts):
        yield Finding(
            "own-address-written-to",
            "refuse",
            f"{shown(intent.deed.to_address, single_line=True, limit=_SHOWN)} is one of our own "
            "addresses: the new ticket would come back to us.",
            "Write to the customer's own address.",
        )


def own_address(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """An answer to an address of our own is asked about."""
    address = "" if isinstance(intent.deed, NewTicket) else facts.requester_address or ""
    if isinstance(intent.comment, PublicReply) and _own(address, facts):
        yield Finding(
            "own-address",
            "ask",
            "The requester's address is one of our own: the answer would not reach a customer.",
            "{thread.identity} shows who really wrote; y sends it all the same.",
        )


def help_desk(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Another help desk as a reader is asked about: the two would answer each other."""
    new = intent.deed if isinstance(intent.deed, NewTicket) else None
    readers = [*([new.to_address] if new is not None else []), *intent.changes.add_ccs]
    desks = (one for one in readers if _host(one).endswith(_DESKS) and not _own(one, facts))
    if (desk := next(desks, None)) is not None:
        yield Finding(
            "help-desk-address",
            "ask",
            f"{shown(desk, single_line=True, limit=_SHOWN)} is a help desk's address: what answers "
            "there may be a machine, in a circle.",
            "{review.edit} goes back to the text; y sends it all the same.",
        )


def _own(address: str, facts: Facts) -> bool:
    own = {one.casefold() for one in facts.own_addresses}
    return bool(address) and (
        address.casefold() in own or bool(facts.own_host and _host(address) == facts.own_host)
    )


def _host(address: str) -> str:
    return address.rpartition("@")[2].casefold().rstrip(".")


def recipient(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A new ticket needs an address, a subject and words."""
    if not isinstance(intent.deed, NewTicket):
        return
    if not ADDRESS.fullmatch(intent.deed.to_address):
        said = shown(intent.deed.to_address, single_line=True, limit=_SHOWN)
        yield Finding(
            "no-recipient",
            "refuse",
            f"{said!a} is no e-mail address.",
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
