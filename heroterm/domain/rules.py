"""What may not be sent, what must be asked first, and what is only advised: one list.

The same list is used when an intent is put and again when it is pushed, so that keyboard, macro,
bulk, playbook and command line all meet it (architecture.md §4). A `refuse` cannot be answered
away; an `ask` is settled when its rule stands in the intent's overrides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.source import BADGES
from heroterm.domain.text import shown
from heroterm.domain.ticket import WRITABLE_STATUSES, Ticket

Level = Literal["refuse", "ask", "advice"]
LONGEST = 64_000
"""Characters of one comment; Zendesk cuts off what is beyond 64 KB."""
HOLD_GRACE = timedelta(hours=24)
"""A public reply this recent counts as having told the customer about On-Hold."""
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
ADDRESS = re.compile(r"[^\s@<>,;\"\\]{1,64}@[^\s@<>,;\"\\]{1,255}")
"""What may stand as a recipient; whether it exists, only Zendesk knows."""
_OPEN_STOP = re.compile(r"<<[^<>\n]{1,80}\?>>|\$\d{1,2}<[^<>\n]{0,120}>")
_TEMPLATE = re.compile(r"\{\{[^{}\n]{0,120}\}\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule has to say about an intent. `rule` is its stable name."""

    rule: str
    level: Level
    say: str
    """What is wrong, with the handbook's words where it is the handbook that says so."""
    instead: str = ""
    """What to do now, with its key."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of the world at the moment `now`."""

    ticket: Ticket
    """The ticket that is written to, or on which a deed was decided."""
    now: datetime
    source: str = "mail"
    question_url: str | None = None
    """The community question's own page (source.community_url)."""
    light_agent: bool = False
    """My seat allows internal notes only (features H6)."""
    last_public_by_staff_at: datetime | None = None
    last_public_by_requester_at: datetime | None = None
    open_required_steps: tuple[str, ...] = ()
    """Required steps of a running playbook that are not done, as they are titled."""
    content_warning: bool = False
    requester_address: str | None = None
    own_addresses: tuple[str, ...] = ()
    """Addresses of the account and of me: an answer to one of them goes in a circle."""
    other_customers: tuple[str, ...] = ()
    """Names of other customers' organizations that stand in the words (features D15)."""


Rule = Callable[[Intent, Facts], Iterator[Finding]]


def check(intent: Intent, facts: Facts) -> list[Finding]:
    """Everything that the rules find, refusals first, then questions, then advice."""
    order: tuple[Level, ...] = ("refuse", "ask", "advice")
    rules = RULES if intent.deed is None else RULES_OF_DEEDS
    found = [finding for rule in rules for finding in rule(intent, facts)]
    standing = [f for f in found if not (f.level == "ask" and f.rule in intent.overrides)]
    return sorted(standing, key=lambda finding: order.index(finding.level))


def refusals(findings: list[Finding]) -> list[Finding]:
    """Those that stop the intent whatever anybody answers."""
    return [finding for finding in findings if finding.level == "refuse"]


def placeholders(body: str) -> list[str]:
    """What was left to fill in: `{{…}}` outside code, `<<name?>>`, `$1<what to write>`."""
    return _OPEN_STOP.findall(body) + _TEMPLATE.findall(_CODE.sub(" ", body))


def _closed(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if facts.ticket.status in ("closed", "deleted"):
        yield Finding(
            "closed-ticket",
            "refuse",
            f"Ticket #{facts.ticket.id} is {facts.ticket.status}; nothing can be added to it.",
            "o o opens it in Zendesk, where a follow-up ticket can be made; your text is kept.",
        )


def _empty(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if intent.comment is None:
        if intent.deed is None and intent.changes.empty:
            yield Finding("empty-text", "refuse", "There is nothing to send.", "enter: write it.")
    elif not shown(intent.comment.body).strip():
        yield Finding("empty-text", "refuse", "The text is empty.", "enter goes back to the text.")


def _too_long(intent: Intent, facts: Facts) -> Iterator[Finding]:
    length = len(intent.comment.body) if intent.comment else 0
    if length > LONGEST:
        yield Finding(
            "too-long",
            "refuse",
            f"The text has {length:,} characters; Zendesk takes {LONGEST:,}.",
            "enter goes back to the text: shorten it, or send it in two.",
        )


def _unfilled(intent: Intent, facts: Facts) -> Iterator[Finding]:
    left = placeholders(intent.comment.body) if intent.comment else []
    if left:
        first = shown(left[0], single_line=True, limit=60)
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        yield Finding(
            "unfilled-placeholder",
            "refuse",
            f"{first}{more} is not filled in.",
            "l jumps to it; fill it in or delete it.",
        )


def _community(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if facts.source == "community" and isinstance(intent.comment, PublicReply):
        place = f"at {facts.question_url}" if facts.question_url else "on the question's page"
        yield Finding(
            "community-public-reply",
            "refuse",
            "Handbook, community questions: \"Important: Don't reply to community questions "
            'directly from Zendesk."',
            f"Answer {place} (o c), then d: a note that you did, with the status.",
        )


def _light_agent(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if facts.light_agent and isinstance(intent.comment, PublicReply):
        yield Finding(
            "light-agent-reply",
            "refuse",
            "Your seat is a light agent: it may write internal notes, not public replies.",
            "Ask for a full seat for your week, or press i to make this an internal note.",
        )


def _status(intent: Intent, facts: Facts) -> Iterator[Finding]:
    status = intent.changes.status
    if status is not None and status not in WRITABLE_STATUSES:
        yield Finding(
            "status-not-for-answers",
            "refuse",
            f'"{shown(status, single_line=True, limit=40)}" is not chosen when responding '
            '(handbook, Ticket Status, on New: "you shouldn\'t need to use this").',
            "p Pending, o Open, h On-Hold or s Solved.",
        )


def _hold(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if intent.changes.status != "hold" or facts.ticket.status == "hold":
        return
    told = facts.last_public_by_staff_at
    recently = told is not None and facts.now - told <= HOLD_GRACE
    if not recently and not isinstance(intent.comment, PublicReply):
        yield Finding(
            "hold-needs-reply",
            "refuse",
            'Handbook, On-Hold: "reply to the ticket to let the customer know"; no public reply '
            "is in this update or within the last 24 hours.",
            "r writes the reply and h sets On-Hold with it; or p sets Pending.",
        )


def _steps(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if intent.changes.status == "solved" and facts.open_required_steps:
        count = len(facts.open_required_steps)
        yield Finding(
            "open-required-steps",
            "refuse",
            f"{count} required step{'s' if count > 1 else ''} of the playbook not done, first: "
            f"{facts.open_required_steps[0]}.",
            "p opens the playbook; x ticks a step.",
        )


def _solved_by_note(intent: Intent, facts: Facts) -> Iterator[Finding]:
    elsewhere = facts.source in ("community", "github")
    if intent.changes.status != "solved" or elsewhere or isinstance(intent.comment, PublicReply):
        return
    staff, asked = facts.last_public_by_staff_at, facts.last_public_by_requester_at
    if staff is None or (asked is not None and asked > staff):
        yield Finding(
            "solve-with-note-only",
            "ask",
            "The customer has had no answer since they last wrote. Handbook, Solved: the user "
            '"has replied to confirm", or you "shared the link".',
            "r writes a reply first; y solves it all the same.",
        )


def _own_copies(intent: Intent, facts: Facts) -> Iterator[Finding]:
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


def _own_address(intent: Intent, facts: Facts) -> Iterator[Finding]:
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


def _other_customer(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if isinstance(intent.comment, PublicReply) and facts.other_customers:
        names = ", ".join(shown(one, single_line=True, limit=60) for one in facts.other_customers)
        yield Finding(
            "other-customer-named",
            "ask",
            f"The text names another customer: {names}.",
            "enter goes back to the text; y sends it all the same.",
        )


def _recipient(intent: Intent, facts: Facts) -> Iterator[Finding]:
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


def _deed_alone(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A new ticket has words and fields; a change of a person or an organization has neither."""
    bare = intent.comment is None and intent.changes.empty
    if not isinstance(intent.deed, NewTicket) and not bare:
        yield Finding(
            "deed-alone",
            "refuse",
            "A change of a person or an organization carries no words and no ticket fields.",
            "Queue them one after the other.",
        )


def public_place(content_warning: bool) -> Finding | None:
    """Whether words of this ticket may go into a public place: a GitHub issue, a community page.

    None lets them pass. Asked by whatever builds text for such a place.
    """
    if not content_warning:
        return None
    return Finding(
        "content-warning-public",
        "refuse",
        "This organization's content may offend (handbook, Content Warnings): its words do not go "
        "into a public place.",
        "Describe the problem in your own words, without quotes, pictures and links.",
    )


def _content_warning(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if facts.content_warning and intent.comment is not None:
        yield Finding(
            "content-warning",
            "advice",
            "This organization's content may offend (handbook, Content Warnings): quote and "
            "attach nothing of it.",
            "3 shows the organization.",
        )


def _note_of_elsewhere(intent: Intent, facts: Facts) -> Iterator[Finding]:
    if facts.source == "github" and isinstance(intent.comment, PublicReply):
        yield Finding(
            "answer-where-asked",
            "advice",
            f"{BADGES['github']}: the ticket links to an issue, so that you can answer there.",
            "o g opens the issue; then d notes that you replied.",
        )
    if (
        intent.changes.status == "open"
        and isinstance(intent.comment, InternalNote)
        and len(intent.comment.body.split()) < 3
    ):
        yield Finding(
            "open-needs-words",
            "advice",
            'Handbook, Open: "make sure the other person/team knows about it".',
            "Say in the note what you tried and what is needed.",
        )


RULES: tuple[Rule, ...] = (
    _closed,
    _empty,
    _too_long,
    _unfilled,
    _community,
    _light_agent,
    _status,
    _hold,
    _steps,
    _solved_by_note,
    _own_copies,
    _own_address,
    _other_customer,
    _content_warning,
    _note_of_elsewhere,
)
"""Every rule of a ticket update, in the order in which findings of one level are shown."""
RULES_OF_DEEDS: tuple[Rule, ...] = (
    _empty,
    _too_long,
    _unfilled,
    _recipient,
    _deed_alone,
    _light_agent,
    _own_copies,
    _own_address,
    _other_customer,
)
"""Every rule of a write that goes elsewhere (domain.deeds): the ticket at hand is not written."""
