"""The intent: a write that a person wants, and the states that it may pass through.

Every change to the server is an intent; there is no second path (architecture.md §4). A public
reply and an internal note are different types from the composer to the wire, so that one cannot
become the other by a flag that somebody forgot.

```
 held ──recall──► recalled (the text goes back to its draft)
   │ send_after reached
   ▼
 queued ◄────────────── 409 / 429 / not reached / fenced ───────────┐
   │ read ticket and audits, checks pass                            │
   ▼                                                                │
 sending ──200 with our marker──► sent                              │
   │ ──refused, and nothing older can still land──► needs_you       │
   ▼ no clear answer                                                │
 verify ──marker found──► sent;  fenced ────────────────────────────┘;  undecidable ──► needs_you
```
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

HELD, QUEUED, SENDING, VERIFY = "held", "queued", "sending", "verify"
SENT, NEEDS_YOU, RECALLED, DISCARDED = "sent", "needs_you", "recalled", "discarded"
STATES = (HELD, QUEUED, SENDING, VERIFY, SENT, NEEDS_YOU, RECALLED, DISCARDED)
UNFINISHED = (HELD, QUEUED, SENDING, VERIFY, NEEDS_YOU)
"""States in which the hero's words are not yet seen on the server."""

STATE_WORDS = {
    HELD: "held",
    QUEUED: "waiting to be sent",
    SENDING: "sending",
    VERIFY: "checking whether it arrived",
    SENT: "sent",
    NEEDS_YOU: "needs you",
    RECALLED: "recalled before sending",
    DISCARDED: "discarded",
}
"""What a person reads for each state."""

MARKER = "heroterm_op"
"""Key in `ticket.metadata` that carries the intent's id into the audit (outbox.md §0)."""


@dataclass(frozen=True, slots=True)
class PublicReply:
    """Words for the customer. Sent with `public: true`, always said."""

    body: str


@dataclass(frozen=True, slots=True)
class InternalNote:
    """Words for colleagues. Sent with `public: false`, always said."""

    body: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Field changes of one update; None and empty mean "leave as it is"."""

    status: str | None = None
    priority: str | None = None
    assignee_id: int | None = None
    group_id: int | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    organization_id: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return self == Changes()


@dataclass(frozen=True, slots=True)
class Intent:
    """One update of one ticket: a comment, field changes, or both, sent in one request."""

    id: str
    """UUID made when the hero confirmed; it is the marker on the server."""
    ticket_id: int
    created_at: datetime
    send_after: datetime
    comment: PublicReply | InternalNote | None = None
    changes: Changes = field(default_factory=Changes)
    base_stamp: str | None = None
    """`updated_stamp` of the ticket that the hero was looking at."""
    seen_comment_id: int | None = None
    """Newest comment that the hero had on the screen: what came later stops a public reply."""
    state: str = HELD
    not_before: datetime | None = None
    attempts: int = 0
    stamp: str | None = None
    """`updated_stamp` that the newest attempt carried: its fence."""
    why: str = ""
    """A sentence on why it is in this state, for the person."""
    audit_id: int | None = None
    comment_id: int | None = None
    finished_at: datetime | None = None
    overrides: tuple[str, ...] = ()
    """Names of rules that the hero overrode with open eyes ("collision", …)."""

    @property
    def kind(self) -> str:
        """`public_reply`, `internal_note` or `fields`."""
        match self.comment:
            case PublicReply():
                return "public_reply"
            case InternalNote():
                return "internal_note"
            case None:
                return "fields"

    @property
    def unfinished(self) -> bool:
        """Whether the server has not yet been seen to hold this."""
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written: kept within a second of a pause, keyed by ticket and kind."""

    ticket_id: int
    kind: str
    """`public_reply` or `internal_note`."""
    body: str
    updated_at: datetime
    status: str | None = None
    cursor: tuple[int, int] = (0, 0)
    base_stamp: str | None = None
    seen_comment_id: int | None = None
